"""The companies that make a show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .countries import country_of
from .description import company_in
from .lexicon import lexicon
from .name_forms import is_full_person_name
from .people import People
from .records import EntityType
from .rows import Found, is_company, names_listed, opens, speaks_of_show
from .rules import Match

_BETWEEN = frozenset(
    (
        "and", "&", "with", "in", "association", "partnership", "collaboration", "as", "well", "then", "by", "company",
        "companies", "studio", "'s", "of", "for",
    )
)  # fmt: skip
_OF = re.compile(r"\s+of\s+(?:the\s+)?[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)*")


def companies(match: Match, people: People) -> Iterator[Found]:
    """Yield the companies of the list behind the match: by a word of their kind, or in a list with one that has it."""
    sentence = match.sentence
    items = sentence.items
    if not (speaks_of_show(sentence, match.first) or opens(sentence, match.first)):
        return
    listed = list(names_listed(sentence, match.last + 1, between=_BETWEEN))
    sure = match.rule.id == "M32" and any(
        items[i].value.lower().startswith(("compan", "studio")) for i in range(match.first, match.last + 1)
    )
    strict = items[match.first].value.lower() in ("from", "the", "production") or match.first == match.last
    for i in listed:
        name = items[i].value
        if i + 1 < len(items) and items[i + 1].value == "'s":
            continue  # "made by Fenwick's Harrow Films"
        if items[i].tag == "NET" and items[i - 1].value.lower() == "for":
            return
        if country_of(name) or name.strip(".") in lexicon().words("company"):
            continue
        if not (
            items[i].tag == "NET"
            or is_company(name)
            or (not strict and _alone(match, i, people))
            or (sure and not _somebody(name, people))
        ):
            continue
        if is_company(name):
            name = company_in(name)
        more = _OF.match(sentence.text, items[i].end - sentence.offset)
        yield Found("productionCompany", name + (more.group() if more else ""), EntityType.ORGANIZATION, match.first, i)


def company(match: Match, _people: People) -> Iterator[Found]:
    """Yield the company that a name in the match shows to be one."""
    for at in match.items("company"):
        item = match.sentence.items[at]
        if item.tag == "NAME" and is_company(item.value):
            yield Found("productionCompany", company_in(item.value), EntityType.ORGANIZATION, *match.extent)


def _somebody(name: str, people: People) -> bool:
    return name in people.characters | people.actors | people.crew


def _alone(match: Match, at: int, people: People) -> bool:
    """Whether a single word behind `produced by`, not behind "for" or "of", can be no person the text names."""
    items = match.sentence.items
    name = items[at].value
    if " " in name or items[at - 1].value.lower() in ("for", "of", "in"):
        return False
    if at + 1 < len(items) and items[at + 1].value.lower() in ("through", "under", "for"):
        return False
    return not (_somebody(name, people) or people.is_spoken_of(name) or is_full_person_name(name))
