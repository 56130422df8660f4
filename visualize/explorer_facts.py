"""What is said of one thing, in lines with their words, in plain data ready to be written as JSON.

The explorer's `types.ts` says what each part means.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..ontology.terms import KINDS
from ..queries.statements import Statement, Thing
from ..queries.values import in_context
from .network import folded
from .words import group_of, label_of, phrase_of

Json = dict[str, object]

_DRAWN = ("character", "person", "series")


def fact_lines(statements: Iterable[Statement], about: str, until: int | None = None) -> list[Json]:
    """Return what is stated of one thing, each fact once with all its words as `quote_of` gives them."""
    lines: dict[tuple[object, ...], tuple[Json, list[Statement]]] = {}
    for statement in statements:
        head = _line(statement, about)
        key = tuple(head[name] if name != "other" else _iri(head["other"]) for name in sorted(head))
        lines.setdefault(key, (head, []))[1].append(statement)
    return [
        {
            **head,
            "season": first_season(s.season for s in said_by),
            "reviews": len({s.source.iri for s in said_by}),
            "confidence": float(max(s.confidence for s in said_by)),
            "claims": sorted({s.claim for s in said_by}),
            "quotes": [quote_of(s, until) for s in said_by],
        }
        for head, said_by in lines.values()
    ]


def quote_of(statement: Statement, until: int | None = None) -> Json:
    """Return the words of a statement and whose they are.

    Where the review is of a season after `until`, the words around are left out: they may tell of it.
    """
    source = statement.source
    ahead = until is not None and source.season is not None and source.season > until
    prefix, suffix = ("", "") if ahead else in_context(statement.prefix, statement.suffix)
    return {
        "claim": statement.claim,
        "quote": statement.quote,
        "prefix": prefix,
        "suffix": suffix,
        "season": statement.season,
        "confidence": float(statement.confidence),
        "rule": statement.rule,
        "reader": statement.reader,
        "review": {
            "iri": source.iri,
            "title": source.title,
            "author": source.author,
            "publisher": source.publisher,
            "date": source.date,
            "season": source.season,
            "url": source.url or (source.iri if source.iri.startswith(("http://", "https://")) else None),
        },
    }


def ref_of(thing: Thing) -> Json:
    """Return a thing as other things refer to it."""
    type_ = thing.type if thing.type in _DRAWN else "thing"
    return {"iri": thing.iri, "label": thing.label, "type": type_}


def first_season(seasons: Iterable[int | None]) -> int | None:
    """Return the first season of which something is said; None where something is said of none."""
    seasons = set(seasons)
    return None if None in seasons else min(s for s in seasons if s is not None)


def _line(statement: Statement, about: str) -> Json:
    """What a statement says of the thing `about`, from its side."""
    subject, object_, kind = statement.subject, statement.object, statement.kind
    relation = statement.relation
    head: Json = {
        "relation": relation,
        "group": group_of(relation, kind),
        "status": statement.status,
        "value": None,
        "other": None,
    }
    if not isinstance(object_, Thing):
        return {**head, "phrase": phrase_of(relation, kind), "value": object_}
    source, _, kind = folded(subject.iri, object_.iri, relation, kind)
    of_subject = about == subject.iri or (subject.type == "season" and about != object_.iri)
    other = object_ if of_subject else subject
    if subject.type == "season" and not of_subject and statement.show is not None:
        other = statement.show
    end = about if of_subject or about == object_.iri else subject.iri
    forward = source == (subject.iri if of_subject else end)
    phrase = phrase_of(relation, kind) if forward else _backward(relation, kind)
    return {**head, "phrase": phrase, "other": ref_of(other)}


def _backward(relation: str, kind: str | None) -> str:
    """The words for a fact from the other side: "is played by", "has as parent", "director:"."""
    if relation == "plays":
        return "is played by"
    if kind is None:
        return f"{label_of(relation, None)}:"
    inverse = KINDS[kind].inverse
    return phrase_of("relationship", inverse) if inverse else f"has as {kind}"


def _iri(other: object) -> object:
    return other["iri"] if isinstance(other, dict) else None
