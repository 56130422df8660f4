"""What kinship words tell: who the unnamed are ("Nick's mom"), and whether somebody is a woman or a man."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ...ontology.terms import KINDS
from ...reviews.kinds import directed
from ...reviews.lexicon import RoleNoun, lexicon
from .names import owner_and_role, tokens

KIN_KINDS = frozenset({"parent", "sibling", "spouse", "dating", "engaged", "grandparent", "aunt/uncle"})
"""The kinds by which somebody named can be found for the unnamed."""

_ONLY_ONE = frozenset({"parent", "spouse"})
_FAMILIAR = ("family", "romance")
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody unnamed is to whom: `word` is the same for words that mean the same ("mom", "mum", "mother").

    `kind` is the relationship, if it is one by which a named person can be found, and `flip` that the owner is it of
    the unnamed ("daughter": the owner is the parent). Of `only_one` there is one at most.
    """

    word: str
    kind: str | None = None
    flip: bool = False
    gender: str | None = None
    only_one: bool = False


@lru_cache(maxsize=8192)
def role_of(name: str) -> tuple[str, Role] | None:
    """Return whose and what role a description names; None for other names.

    >>> role_of("Nick's mom") == role_of("Nick’s mother"), role_of("Nick's boss")
    (True, ('Nick', Role(word='boss', kind=None, flip=False, gender=None, only_one=False)))
    """
    owned = owner_and_role(name)
    if owned is None:
        return None
    owner, role = owned
    noun = lexicon().roles.get(role)
    if noun is None or noun.plural or noun.job or noun.status or not _is_familiar(noun):
        return owner, Role(" ".join(tokens(role)))
    kind, flip = _directed(noun)
    word = f"{kind}{' of' if flip else ''} {noun.gender or ''}".strip()
    only_one = noun.gender is not None and kind in _ONLY_ONE and not flip
    return owner, Role(word, kind if kind in KIN_KINDS else None, flip, noun.gender, only_one)


def genders(kind: str, quote: str) -> tuple[str | None, str | None]:
    """Return what the words for a relationship tell of the gender of its subject and its object.

    Only kinds with a direction tell: in "Sarah is Nick's mother" the parent is the woman.

    >>> genders("parent", "Sarah is Nick's mother"), genders("parent", "Nick, son of Sarah")
    (('f', None), (None, 'm'))
    >>> genders("parent", "a mother and a father"), genders("sibling", "Tori is Nick's sister")
    ((None, None), (None, None))
    """
    if is_mutual(kind):
        return None, None
    shown: tuple[set[str], set[str]] = (set(), set())
    for word in _WORD.findall(quote.lower()):
        noun = lexicon().roles.get(word)
        if noun is not None and noun.gender and _is_familiar(noun) and _directed(noun)[0] == kind:
            shown[_directed(noun)[1]].add(noun.gender)
    subject, object_ = (told.pop() if len(told) == 1 else None for told in shown)
    return subject, object_


def is_mutual(kind: str) -> bool:
    """Whether somebody is to another what the other is to them."""
    return KINDS[kind].inverse == kind


def _directed(noun: RoleNoun) -> tuple[str, bool]:
    """A noun's kind as it is stored, and whether the owner is the subject."""
    subject, _, kind = directed("the one", "the owner", noun.kind, noun.flip)
    return kind, subject == "the owner"


def _is_familiar(noun: RoleNoun) -> bool:
    return noun.kind in KINDS and KINDS[noun.kind].group in _FAMILIAR
