"""Parts without a name that an actor plays: what they are called ("Nick Nelson's mom") and whose relatives they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..ontology.terms import KINDS
from .anchors import Discourse
from .castings import Casting
from .drafts import Draft
from .items import Item, Sentence
from .kinds import directed
from .lexicon import lexicon
from .owners import owner_of
from .records import EntityType
from .rules import Match


def unnamed_part(casting: Casting, discourse: Discourse) -> Iterator[Draft]:
    """Yield the cast fact of an unnamed part, and the relationship its name states."""
    match, sentence = casting.match, casting.match.sentence
    role_at, part_at = match.item("role"), match.item("part")
    at = role_at if role_at is not None else part_at
    if at is None:
        return
    surface = _noun_phrase(sentence, at)
    noun = lexicon().roles.get(sentence.items[at].value)
    start, end = sentence.items[casting.first].start, sentence.items[casting.last].end
    owners: tuple[str, ...] = ()
    sure, name = match.rule.confidence, surface
    if match.item("poss") is not None or match.item("anchor") is not None:
        owner = owner_of(match, discourse, None, frozenset())
        if owner is None or len(owner.anchor.names) != 1:
            return
        owners, sure = owner.anchor.names, sure * owner.anchor.certainty
        name = f"{owners[0]}'s {surface}"
    yield Draft(
        "plays", casting.actor, name, EntityType.CHARACTER, start, end, sure, match.rule.id,
        status=casting.status, season=casting.season,
    )  # fmt: skip
    stated = noun if owners else None
    if stated is None and match.item("rel") is not None:
        other = discourse.name_at(sentence.items[match.item("other") or 0])
        owners = () if other is None else (other,)
        stated = lexicon().roles.get(sentence.items[match.item("rel") or 0].value)
    if stated is None or stated.kind not in KINDS:
        return
    for one in owners:
        subject, object_, kind = directed(name, one, stated.kind, stated.flip)
        first = match.item("anchor") if match.item("anchor") is not None else match.item("poss")
        words = sentence.items[casting.first if first is None else first], sentence.items[at]
        begin, stop = (start, end) if match.item("rel") is not None else (words[0].start, words[1].end)
        yield Draft("relationship", subject, object_, EntityType.CHARACTER, begin, stop, sure, match.rule.id, kind=kind)


def unnamed_relative(match: Match, discourse: Discourse) -> Iterator[Draft]:
    """Yield what a relative without name or actor is to its owner: "Nell's gran drinks", but not "Ida, Nell's gran"."""
    items = match.sentence.items
    owner_at, role_at = match.item("anchor"), match.item("role")
    if owner_at is None or role_at is None:
        return
    noun = lexicon().roles.get(items[role_at].value)
    if noun is None or noun.job or noun.plural or noun.kind not in KINDS or KINDS[noun.kind].group not in _KIN:
        return
    owner = discourse.known_name_at(items[owner_at])
    if owner is None or says_who(items, owner_at, role_at):
        return
    name = relative_name(match.sentence, owner, role_at)
    subject, object_, kind = directed(name, owner, noun.kind, noun.flip)
    yield Draft(
        "relationship", subject, object_, EntityType.CHARACTER, items[owner_at].start, items[role_at].end,
        match.rule.confidence, match.rule.id, kind=kind, status=noun.status,
    )  # fmt: skip


def relative_name(sentence: Sentence, owner: str, at: int) -> str:
    """Return what a relative without a name is called, by the noun at item `at`: "Nell Harrow's gran"."""
    return f"{owner}'s {_noun_phrase(sentence, at)}"


_OF_AGE = frozenset(("little", "big", "kid", "baby"))  # "little brother" is a brother
_KIN = ("family", "romance")
_SAYS_OF_BEFORE = frozenset(
    (
        "once",
        "now",
        "formerly",
        "currently",
        "is",
        "was",
        "are",
        "be",
        "as",
        "'s",
        "not",
        "like",
        "than",
        "become",
        "becomes",
    )
)
_GOES_ON_TAGS = ("NAME", "SHOW", "POS", "NN", "NNS", "ROLE", "ROLES", "HYPH", "NNP")
_LINKS = frozenset((",", "is", "was", "-", "–", "—", "and", "called", "named", "turned"))


def says_who(items: Sequence[Item], owner_at: int, role_at: int) -> bool:
    """Whether the words around a relative say who it is: before as its subject or apposition, or right behind."""
    before, behind = items[max(0, owner_at - 2) : owner_at], items[role_at + 1 : role_at + 5]
    if before and before[-1].value.lower() in _SAYS_OF_BEFORE:
        return True
    joined = len(before) == 2 and before[1].value in (",", "-", "–", "—")
    if joined and before[0].tag in ("NAME", "SHOW", "NN", "-RRB-"):
        return True
    if not behind:
        return False
    if behind[0].tag in _GOES_ON_TAGS or behind[0].value in ("(", ":", "/"):
        return True
    return behind[0].value.lower() in _LINKS and any(item.tag in ("NAME", "SHOW") for item in behind[1:])


def _noun_phrase(sentence: Sentence, at: int) -> str:
    """Return a noun with the nouns and adjectives of nation right before it: "estate agent", "American diplomat"."""
    items, words = sentence.items, lexicon()
    first = at
    noun = words.roles.get(items[at].value) if items[at].tag == "ROLE" else None
    while first > 0 and (noun is None or noun.job):
        before, value = items[first - 1], items[first - 1].value
        of_noun = before.tag in ("NN", "HYPH") or (before.tag == "NNP" and value.islower())
        genitive = before.tag == "POS" and first > 1 and items[first - 2].tag in ("NN", "NNS")
        if not (of_noun or genitive or value in words.words("part_of_noun") | words.words("nationality")):
            break
        first -= 1
    start, end = sentence.items[first].start, sentence.items[at].end
    base = sentence.offset
    said = sentence.text[start - base : end - base].split()
    while len(said) > 1 and said[0] in _OF_AGE:
        said = said[1:]
    return " ".join(said)
