"""Clauses: which word is the subject of the clause a word stands in, from the parse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_RELATIVE = frozenset(("who", "that", "which", "whom"))
_CLIMBS = 30
_SHARES_SUBJECT = frozenset(
    (
        "conj", "xcomp", "advcl", "aux", "auxpass", "prep", "pcomp", "attr", "acomp", "advmod", "prt", "amod", "dep",
        "pobj", "dobj", "oprd", "cc", "preconj",
    )
)  # fmt: skip


def subjects_above(token: Token) -> Iterator[Token]:
    """Yield the subjects of the verbs above `token`, nearest first; `who` yields the noun its clause belongs to."""
    above = token
    for _ in range(_CLIMBS):
        if above.dep_ == "ROOT":
            return
        above = above.head
        for child in above.children:
            if child.dep_ in SUBJECTS and child.i != token.i:
                yield _antecedent(child, above)


def subject_token(token: Token) -> Token | None:
    """Return the subject of the nearest verb above a pronoun that stands before it, or the subject of a main verb."""
    if token.dep_ == "ROOT":
        return next((_antecedent(c, token) for c in token.children if c.dep_ in SUBJECTS), None)
    return next((s for s in subjects_above(token) if s.i < token.i), None)


def clause_subject(token: Token) -> Token | None:
    """Return the subject of the verb or phrase that `token` heads; None where the clause has none of its own.

    Joined verbs, participles and infinitives share the subject of the verb they hang on: "Bea lies, cheats and marries
    Otto". A participle behind a noun has that noun: "a nurse called Bea dating Otto".
    """
    verb = token
    for _ in range(_CLIMBS):
        own = next((c for c in verb.children if c.dep_ in SUBJECTS or c.dep_ in ("expl", "csubj")), None)
        if own is not None:
            return _antecedent(own, verb)
        if verb.dep_ in ("acl", "relcl"):
            return verb.head
        if verb.dep_ == "prep" and verb.lower_ == "for" and any(c.dep_ == "dobj" for c in verb.head.children):
            return None  # "forgives Owen for leaving Dora": who leaves is no subject
        if verb.dep_ == "ROOT" or verb.dep_ not in _SHARES_SUBJECT:
            return None
        verb = verb.head
    return None


def joined(token: Token) -> list[Token]:
    """Return a noun and those joined to it by `and`: "Bea and Otto"."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += joined(child)
    return found


def _antecedent(subject: Token, verb: Token) -> Token:
    """A relative pronoun stands for the noun its clause hangs on."""
    if subject.lower_ in _RELATIVE and subject.tag_ in ("WP", "WDT"):
        clause = verb
        for _ in range(_CLIMBS):
            if clause.dep_ == "relcl":
                return clause.head
            if clause.dep_ == "ROOT":
                break
            clause = clause.head
    return subject
