"""What a show is, in the phrase behind `is a`: "a 2004 Danish-Chilean Lamplight Pictures crime film"."""

from __future__ import annotations

from collections.abc import Iterator

from .countries import country_of
from .items import Item
from .lexicon import lexicon
from .name_forms import is_full_person_name
from .people import People
from .records import EntityType
from .rows import Found, is_company, is_generic, show_is_subject
from .rules import Match

_ENDS = (
    "IN",
    "WDT",
    "WP",
    "WP$",
    "WRB",
    ".",
    ":",
    "VBZ",
    "VBP",
    "PRP",
    "PRP$",
    "MD",
    "TO",
    "-LRB-",
    "DT",
    "TITLE",
    "SHOW",
)


def description(match: Match, people: People) -> Iterator[Found]:
    """Yield year, countries, company, genres and the character of the phrase behind the match."""
    sentence = match.sentence
    items = sentence.items
    start = match.last + 1
    head = _head(items, start)
    if head is None or not _of_the_show(match, head):
        return
    first = match.first
    for i in range(start, head + 1):
        item = items[i]
        if item.value == "war film" and _opens_with_capital(match, item) and i > start:
            yield Found("subjectMatter", f"{items[i - 1].value} War", EntityType.TEXT, first, i)
        for relation, value, type_ in _told(items, i, head, people):
            yield Found(relation, value, type_, first, max(i, head) if item.tag == "GENRE" else i)


def _of_the_show(match: Match, head: int) -> bool:
    """Whether the phrase is said of the show: behind it, or in front of it with a comma between."""
    sentence = match.sentence
    items = sentence.items
    if items[match.first].tag == "SHOW":
        return True
    if items[match.last].value.lower() in ("a", "an") and match.first == match.last:
        commas = [i for i in range(head + 1, len(items) - 1) if items[i].value == ","]
        return bool(commas) and items[commas[0] + 1].tag == "SHOW"
    return show_is_subject(sentence, match.first)


def _head(items: tuple[Item, ...], start: int) -> int | None:
    """Return the noun that says it is a film or show: the last before the phrase ends."""
    head = None
    for i in range(start, min(len(items), start + 24)):
        word = items[i].value.lower()
        if items[i].tag in _ENDS or (word in lexicon().words("made") and items[i - 1].tag != "HYPH"):
            break
        if is_generic(items[i]) or word in ("version", "adaptation", "remake", "reboot", "import"):
            head = i
    if head is not None and head + 1 < len(items) and items[head + 1].value.lower() in lexicon().words("no_show"):
        return None
    return head


def _opens_with_capital(match: Match, item: Item) -> bool:
    """Whether "War film" is written so: what stands before it is the war's name."""
    return match.sentence.text[item.start - match.sentence.offset].isupper()


def _told(items: tuple[Item, ...], i: int, head: int, people: People) -> Iterator[tuple[str, str, EntityType]]:
    item = items[i]
    two = f"{items[i - 1].value} {item.value}"
    country = country_of(two) or country_of(item.value)
    if country is not None:
        yield "countryOfOrigin", country, EntityType.COUNTRY
    elif item.value.isdigit() and len(item.value) == 4 and item.value[:2] in ("18", "19", "20"):
        yield "premiereDate", item.value, EntityType.DATE
    elif item.tag == "GENRE" and item.value in lexicon().genres.values():
        yield "genre", item.value, EntityType.TEXT
    elif item.tag == "NAME":
        if is_company(item.value):
            yield "productionCompany", company_in(item.value), EntityType.ORGANIZATION
        elif i < head and _is_figure(item.value, items, i, people):
            yield "character", item.value, EntityType.CHARACTER


def company_in(name: str) -> str:
    """Return the company at the head of a run of capitals: "Warner Bros. Merry Tunes" is from Warner Bros."""
    words = name.split()
    ends = [n for n, word in enumerate(words, 1) if n > 1 and word.strip(".") in lexicon().words("company")]
    return " ".join(words[: ends[-1]]) if ends else name


def _is_figure(name: str, items: tuple[Item, ...], i: int, people: People) -> bool:
    """Whether a cartoon is named after somebody: "a Nell Harrow cartoon"."""
    behind = {item.value.lower() for item in items[i + 1 : i + 4]}
    return (
        is_full_person_name(name)
        and not name.endswith("s")
        and name not in people.actors | people.crew | people.others
        and bool(behind & {"cartoon", "short", "animated", "adventure", "theatrical", "animation"})
    )
