"""What a show is about, and whom it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .countries import country_of
from .items import Item
from .lexicon import lexicon
from .name_forms import is_full_person_name
from .people import People, is_network
from .records import EntityType
from .rows import Found, is_company, is_event, is_lone, speaks_of_show, tells_of_show, words_of
from .rules import Match

_NOUNS = ("NN", "NNS", "VBG", "ROLE", "ROLES", "WORK", "BOND")
_MODIFIERS = ("DT", "HYPH", "CD", "NUM", "PRP$", "POS", "CC", "VBN", "PDT")


def matter(match: Match, people: People) -> Iterator[Found]:
    """Yield the noun or name behind the match: past articles, adjectives, "the story of" and "the singer"."""
    sentence = match.sentence
    items = sentence.items
    if not (speaks_of_show(sentence, match.first) or items[0].value.lower() in ("this", "it", "a", "an")):
        return
    i = match.last + 1
    while i < len(items):
        item, word = items[i], items[i].value.lower()
        if item.tag == "NAME":
            yield from _name(match, i, people)
            return
        if item.tag in _NOUNS or item.tag.startswith("NN"):
            last = _end_of_noun(items, i)
            behind = items[last + 1] if last + 1 < len(items) else None
            if behind is not None and behind.tag == "NAME":  # "the singer Bob Dale"
                i = last + 1
                continue
            head = items[last].value.lower()
            goes_on = behind is not None and behind.value.lower() in ("of", "between", "and")
            if goes_on and head in lexicon().words("opens_matter"):
                i = last + 2
                continue
            if not ({head} if last > i and items[i + 1].tag == "POS" else {word, head}) & (
                lexicon().words("no_matter") | lexicon().words("occupation") | lexicon().roles.keys()
            ):
                first = _first_of(match, i)
                value = words_of(sentence, first, last).lower()
                yield Found("subjectMatter", value, EntityType.TEXT, match.first, last)
                for also in _joined(items, last):
                    value = words_of(sentence, also, _end_of_noun(items, also)).lower()
                    yield Found("subjectMatter", value, EntityType.TEXT, match.first, _end_of_noun(items, also))
            return
        if not (item.tag in _MODIFIERS or item.tag.startswith(("JJ", "RB")) or word in ("of", ",")):
            return
        i += 1


def _end_of_noun(items: Sequence[Item], at: int) -> int:
    """Return the last item of a noun of several words: "moon landing", "miners' strike"."""
    while at + 1 < len(items) and items[at + 1].tag in ("NN", "NNS", "NNP", "HYPH", "VBG", "POS", "ROLE", "ROLES"):
        at += 1
    return at


def _joined(items: Sequence[Item], at: int) -> Iterator[int]:
    """Yield the bare nouns that are joined to the one that ends at item `at`: "money, class and fishing"."""
    while at + 2 < len(items) and items[at + 1].value in (",", "and") and items[at + 2].tag in ("NN", "NNS"):
        yield at + 2
        at = _end_of_noun(items, at + 2)


def _first_of(match: Match, noun: int) -> int:
    """Return where the words for the matter begin: "the opioid crisis", "modern slavery"; but "a tired chef"."""
    items = match.sentence.items
    first = noun
    while items[first - 1].tag == "JJ" and first - 1 > match.last:
        first -= 1
    return noun if items[first - 1].value.lower() in ("a", "an") else first


def _name(match: Match, i: int, people: People) -> Iterator[Found]:
    """Yield a name that the show is about, with the noun it goes with: "the Harrow family"."""
    items = match.sentence.items
    name = items[i].value
    if name in people.actors | people.crew or is_network(name) or is_company(name):
        return
    if is_event(name):
        yield Found("subjectMatter", _event_name(match, i), EntityType.TEXT, match.first, i)
        return
    last = i
    while last + 1 < len(items) and items[last + 1].tag in ("NN", "NNS"):
        last += 1
    yield Found("subjectMatter", words_of(match.sentence, i, last), EntityType.TEXT, match.first, last)


def _event_name(match: Match, i: int) -> str:
    """Return an event's name with the nationality or year that belongs to it: "Spanish Civil War"."""
    items = match.sentence.items
    first = i
    if i and (
        country_of(items[i - 1].value) is not None or (items[i - 1].value.isdigit() and len(items[i - 1].value) == 4)
    ):
        first = i - 1
    return words_of(match.sentence, first, i)


def event(match: Match, people: People) -> Iterator[Found]:
    """Yield the war or other event that the name in the match is."""
    at = match.item("event")
    if (
        at is None
        or not is_event(match.sentence.items[at].value)
        or match.sentence.items[at].value in people.characters
    ):
        return
    if speaks_of_show(match.sentence, match.first) and (match.rule.id == "M36w" or tells_of_show(match.sentence)):
        yield Found("subjectMatter", _event_name(match, at), EntityType.TEXT, match.first, at)


def affair(match: Match, _people: People) -> Iterator[Found]:
    """Yield the disaster or scandal that the match ends with."""
    at = match.item("event")
    if at is not None and speaks_of_show(match.sentence, match.first):
        yield Found("subjectMatter", words_of(match.sentence, at, match.last), EntityType.TEXT, match.first, match.last)


def figures(match: Match, people: People) -> Iterator[Found]:
    """Yield the names behind the match that are persons' and nobody's who made the show."""
    sentence = match.sentence
    items = sentence.items
    if not speaks_of_show(sentence, match.first):
        return
    told = match.rule.id == "M38" and is_lone(sentence) and tells_of_show(sentence)
    for i in range(match.last + 1, len(items) if told else min(len(items), match.last + 14)):
        item = items[i]
        if item.tag in ("TITLE", "-LRB-", ".") or (not told and item.tag in ("SHOW", "VBZ", "VBD", "WP", "WDT")):
            return
        if item.value.lower() in ("in", "at", "from", "during", "directed", "produced", "written"):
            return
        if item.tag == "NAME" and _is_figure(match, i, people):
            yield Found("character", item.value, EntityType.CHARACTER, match.first, i)


def _is_figure(match: Match, i: int, people: People) -> bool:
    items = match.sentence.items
    name = items[i].value
    behind = items[i + 1].tag if i + 1 < len(items) else ""
    if behind in ("NN", "NNS", "NNP") or is_company(name) or is_network(name) or is_event(name):
        return False
    if name in people.actors | people.crew | people.others:
        return False
    called = items[i - 1].value.lower() in ("character", "characters", "named", "protagonist", "superhero")
    return called or is_full_person_name(name) or name in people.characters


def hero(match: Match, people: People) -> Iterator[Found]:
    """Yield the hero after whom a series of cartoons is named."""
    at = match.item("hero")
    name = match.sentence.items[at].value if at is not None else ""
    if (
        at is not None
        and is_full_person_name(name)
        and not name.endswith("s")
        and name not in people.crew | people.actors
    ):
        yield Found("character", name, EntityType.CHARACTER, match.first, at)


def stars(match: Match, people: People) -> Iterator[Found]:
    """Yield the stars of a cartoon or an animated short, which nobody acts in."""
    sentence = match.sentence
    words = set(words_of(sentence, match.first, match.last).lower().split())
    if not words & {"cartoon", "cartoons"} and not {"animated", "short"} <= words:
        return
    for i in match.items("star"):
        item = sentence.items[i]
        if item.tag == "NAME" and (item.value in people.actors or item.value not in people.crew):
            yield Found("character", item.value, EntityType.CHARACTER, match.first, i)
