"""What relation nouns say here: the kind, its status, and who it is to whom, from the noun and the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..ontology.terms import KINDS
from .items import Item, Sentence
from .lexicon import UNDECIDED_PARTNER, RoleNoun, lexicon
from .name_forms import name_form
from .people import People
from .rules import Match

_FORMER = {"spouse": "ex-spouse", "dating": "ex-partner", "affair": "ex-partner"}
_OVER = (
    "used to",
    "once",
    "formerly",
    "at one time",
    "previously",
    "was briefly",
    "were briefly",
    "had been",
    "long ago",
)
NOT = frozenset(("not", "n't", "never", "neither", "nor", "no"))
_MODIFIER_REACH = 5  # items in front of a relation noun that may change it

# "Y is the SECOND of X's FIRST": what Y is of X.
_BY_WAY_OF = {
    ("sibling", "spouse"): "in-law", ("spouse", "sibling"): "in-law", ("spouse", "parent"): "in-law",
    ("child", "spouse"): "in-law", ("parent", "spouse"): "step-parent", ("spouse", "child"): "step-child",
    ("parent", "sibling"): "aunt/uncle", ("parent", "parent"): "grandparent", ("child", "child"): "grandchild",
    ("sibling", "child"): "niece/nephew", ("aunt/uncle", "child"): "cousin",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """One relation a noun states: "Y is `kind` of X"; where `flip`, X is `kind` of Y."""

    kind: str
    status: str | None = None
    flip: bool = False
    gender: str | None = None
    plural: bool = False
    job: bool = False


def by_way_of(first: str, second: str) -> str | None:
    """Return what somebody's `first`'s `second` is to them ("sister's husband": in-law), if there is a word for it."""
    twin = {"twin": "sibling"}
    return _BY_WAY_OF.get((twin.get(first, first), twin.get(second, second)))


def directed(subject: str, object_: str, kind: str, flip: bool = False) -> tuple[str, str, str]:
    """Write a kind the way it is stored: "child" as "parent" the other way round."""
    if flip:
        subject, object_ = object_, subject
    stated = KINDS[kind].stated_as
    return (object_, subject, stated) if stated is not None else (subject, object_, kind)


def labels(match: Match, people: People, denied: bool = False) -> Iterator[Label]:
    """Yield what the relation nouns in a match's {label} slot state; nothing for what is only nearly so.

    `denied` says that the words around them are known to deny it: "is not her father" then states a denial.
    """
    items = match.sentence.items
    at = [i for i in match.items("label") if items[i].tag in ("ROLE", "ROLES")]
    for number, i in enumerate(at):
        turned = number + 1 < len(at) and any(items[j].value.lower() == "turned" for j in range(i, at[number + 1]))
        before = items[max(match.first, i - _MODIFIER_REACH, at[number - 1] + 1 if number else 0) : i]
        if denied:
            before = tuple(item for item in before if item.value.lower() not in NOT)
        label = _label(match.sentence, lexicon().roles[items[i].value], before, people)
        if label is not None:
            yield once(label) if turned or _says_was(match, label) else label


def _label(sentence: Sentence, noun: RoleNoun, before: Sequence[Item], people: People) -> Label | None:
    words = lexicon()
    kind = noun.kind if noun.kind != UNDECIDED_PARTNER else _partner(sentence, people)
    if kind == "twin" and noun.plural and any(item.tag == "PRP$" or item.value in ("'s", "'") for item in before):
        kind = "child"  # "their twins"
    label = Label(kind, noun.status, noun.flip, noun.gender, noun.plural, noun.job)
    group = KINDS[kind].group
    for i, word in enumerate(said := list(_words(before))):
        if word in words.words("nearly"):
            return None
        if word in words.words("pretended"):
            return _with(label, "pretended")
        if word in words.words("supposed"):
            return _with(label, "accused" if kind == "killer" else "supposed")
        if word in words.words("secret") and group == "romance":
            return _with(label, "secret")
        if word == "unrequited":
            return _with(label, "unrequited")
        if word in words.words("former") and not (word == "old" and group == "social"):
            if word == "then" and i and said[i - 1] not in ("'s", "his", "her", "their"):
                continue
            return once(label) if word != "old" or group in ("romance", "work") else label
        if word == "late" and group in ("social", "work"):
            return _with(label, "former")
    return label


def _words(items: Sequence[Item]) -> Iterator[str]:
    """The words of items in small letters, hyphened ones as one: "one-time"."""
    words = " ".join(item.value.lower() for item in items).replace(" - ", "-")
    yield from words.split()


def once(label: Label) -> Label:
    """What was so once; kinship does not end."""
    if label.kind in _FORMER:
        return Label(_FORMER[label.kind], None, label.flip, label.gender, label.plural)
    if KINDS[label.kind].group == "family" or label.kind in ("ex-spouse", "ex-partner", "killer"):
        return label
    return _with(label, "former")


def _with(label: Label, status: str) -> Label:
    return Label(label.kind, status, label.flip, label.gender, label.plural, label.job)


def _says_was(match: Match, label: Label) -> bool:
    """Whether a copula puts it in the past: "was once her husband"; of marriages a bare `was` does not."""
    if said_to_be_over(match):
        return True
    items = match.sentence.items[max(0, match.first - 1) : match.last]
    words = [item.value.lower() for item in items if item.tag == "VBD"]
    return "was" in words and match.rule.id in ("R7", "R7s") and KINDS[label.kind].group in ("social", "work")


def said_to_be_over(match: Match) -> bool:
    """Whether words in or right before a match say that it was so once: "used to be", "were once", "formerly"."""
    items = match.sentence.items
    near = " ".join(item.value.lower() for item in items[max(0, match.first - 3) : match.last + 1])
    return any(f" {words} " in f" {near} " for words in _OVER) and " at once " not in f" {near} "


def _partner(sentence: Sentence, people: People) -> str:
    """Whether a bare `partner` is one of work or of love."""
    words = lexicon()
    if words.words("domestic") & sentence.features:
        return "dating"
    if words.words("police") & sentence.features:
        return "partner"
    ranks = words.words("rank")
    ranked = any(set((name_form(item.value).honorific or "").split()) & ranks for item in sentence.items)
    known = {s for s in people.names if set((name_form(s).honorific or "").split()) & words.words("police_rank")}
    return "partner" if ranked or known else "dating"
