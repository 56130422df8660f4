"""The tables of `docs/ontology.md`, made from the vocabulary and the Turtle so that they cannot drift.

`python -m tellygraph.ontology.tables docs/ontology.md` renews them in place; a test fails where they are stale.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from .files import triples_of
from .terms import KIND_BASE, KIND_GROUPS, KINDS, RELATIONS, SCHEMA, STATUSES, TG

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_WIKIDATA = "http://www.wikidata.org/entity/"
# How a match reads in a table, the strongest first.
_STRENGTHS = {
    "exactMatch": "",
    "closeMatch": "about ",
    "broadMatch": "within ",
    "narrowMatch": "covers ",
    "relatedMatch": "see ",
}


def relations_table() -> str:
    """The relations a fact may state, in the order of the vocabulary."""
    matches = _matches("alignments.ttl")
    rows = []
    for r in RELATIONS.values():
        subject = f"{r.subject} or season" if r.of_season and r.subject == "series" else r.subject
        predicate = "that of its kind" if r.predicate is None else f"`{_curie(r.predicate)}`"
        wikidata = "those of its kind" if r.predicate is None else matches.get(r.predicate.value, "")
        rows.append((f"`{r.name}`", subject, r.label, r.object, predicate, wikidata))
    return _table(("Relation", "Subject", "", "Object", "Property", "Wikidata"), rows)


def kinds_table() -> str:
    """The kinds of relationship, group by group: "subject is KIND of object"."""
    matches = _matches("relationships.ttl")
    rows = []
    for group in KIND_GROUPS:
        for k in KINDS.values():
            if k.group == group:
                other = "the same" if k.symmetric else k.inverse or "no name"
                property_, wikidata = f"`{_curie(k.predicate)}`", matches.get(k.concept.value, "")
                rows.append((k.name, group, other, k.stated_as or "", property_, wikidata))
    return _table(("Kind", "Group", "The other way round", "Turned into", "Property", "Wikidata"), rows)


def statuses_table() -> str:
    """The statuses of a claim."""
    rows = [(f"`{s.name}`", s.meaning, "yes" if s.asserted else "no") for s in STATUSES.values()]
    return _table(("Status", "Meaning", "Plain triple"), rows)


def shapes_table() -> str:
    """What `tellygraph check` finds between statements: name, severity and message of each rule."""
    said: dict[tuple[object, str], object] = {}
    for t in triples_of("shapes.ttl"):
        said[t.subject, _local(t.predicate)] = t.object
    rows = []
    for (shape, predicate), constraint in said.items():
        if predicate == "sparql":
            severity = said.get((shape, "severity"), "Violation")
            message = said[constraint, "message"]
            assert isinstance(message, Literal)  # noqa: S101 - a message is text
            rows.append((f"`{_local(shape)}`", _local(severity).lower(), message.value))
    return _table(("Rule", "Severity", "What it says"), rows)


TABLES: Mapping[str, Callable[[], str]] = {
    "relations": relations_table,
    "kinds": kinds_table,
    "statuses": statuses_table,
    "rules": shapes_table,
}


def renewed(page: str) -> str:
    """Return a Markdown page with its tables made anew: what is between `<!-- table: NAME -->` and `<!-- end -->`.

    Raises KeyError for a NAME that is not in `TABLES`.
    """

    def fill(match: re.Match[str]) -> str:
        return f"<!-- table: {match[1]} -->\n\n{TABLES[match[1]]()}\n<!-- end -->"

    return re.sub(r"<!-- table: (\w+) -->\n.*?<!-- end -->", fill, page, flags=re.DOTALL)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _curie(term: NamedNode) -> str:
    for prefix, base in (("tg", TG.base), ("schema", SCHEMA.base), ("kind", KIND_BASE)):
        if term.value.startswith(base):
            return f"{prefix}:{term.value.removeprefix(base)}"
    return str(term)


def _local(term: object) -> str:
    return re.split(r"[#/]", str(term).strip("<>"))[-1]


def _matches(name: str) -> dict[str, str]:
    """Return the Wikidata properties that each subject matches, the strongest first, in the order of the file."""
    found: dict[str, dict[str, list[str]]] = {}
    for t in triples_of(name):
        strength, match = t.predicate.value.removeprefix(_SKOS), str(t.object).strip("<>").removeprefix(_WIKIDATA)
        if strength in _STRENGTHS and re.fullmatch(r"P\d+", match):
            assert isinstance(t.subject, NamedNode)  # noqa: S101 - our files put no match on a blank node
            found.setdefault(t.subject.value, {}).setdefault(strength, []).append(match)
    return {
        subject: ", ".join(f"{sign}{m}" for s, sign in _STRENGTHS.items() for m in by_strength.get(s, []))
        for subject, by_strength in found.items()
    }


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
