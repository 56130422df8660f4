"""Jobs of the explorer: what `visualize/explorer/src/types.ts` asks for, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ..errors import InputError
from ..graph import open_store
from ..graph.selection import claims_with_words
from ..graph.store import MEMORY
from ..queries import question
from ..queries.bind import bind
from ..queries.statements import Statement, about, of_claims, of_show, things
from ..showing import Showing
from ..visualize.explorer_facts import Json, fact_lines, quote_of, ref_of
from ..visualize.explorer_view import compared, edges_of, said, view_of
from .chains import chain
from .worker import Head, Produced

if TYPE_CHECKING:
    from ..knowledge_graph import KnowledgeGraph

_MOST_CLAIMS = 20_000
_FILES = {
    "turtle": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "csv": "text/csv; charset=utf-8",
    "gexf": "application/gexf+xml",
}


def view(graph: KnowledgeGraph, /, *, show: str | None, around: Sequence[str], until: int | str | None) -> Produced:
    """Return what is stated of a show, and around some things. Raises InputError where the graph has none of them."""
    asked = [iri for iri in (show, *around) if iri is not None]
    named = things(graph.store, asked)
    missing = [iri for iri in asked if iri not in named]
    if missing:
        raise InputError(f"the graph has nothing with the address {missing[0]}")
    if not asked:
        raise InputError("a view is of a show, or around something: say which")
    series = [iri for iri in asked if named[iri].type == "series"]
    found = [s for iri in dict.fromkeys(series) for s in of_show(graph.store, iri)]
    found += about(graph.store, [iri for iri in asked if iri not in series])
    if isinstance(until, str):
        seasons = {s.season for s in found if s.season is not None}
        until = min(seasons) if len(seasons) > 1 else None
    return json_of(view_of(_once(found), title=named[asked[0]].label, until=until))


def thing(graph: KnowledgeGraph, /, *, iri: str, until: int | None, page: str | None) -> Produced:
    """Return what is known of one thing. Raises InputError if the graph does not have it."""
    named = things(graph.store, [iri]).get(iri)
    if named is None:
        raise InputError(f"the graph has nothing with the address {iri}")
    own = [s for s in of_thing(graph, iri, named.type) if s.known(until)]
    scopes = {s.show.iri: s.show for s in own if s.show is not None and s.show.iri != iri}
    return json_of(
        {
            **ref_of(named),
            "names": list(named.names) if until is None else sorted({named.label}),
            "shows": [ref_of(show) for _, show in sorted(scopes.items())],
            "page": page,
            "facts": fact_lines(own, iri, until),
        }
    )


def of_thing(graph: KnowledgeGraph, iri: str, type_: str) -> list[Statement]:
    """Return what is stated of a thing; of a show, what is stated of its seasons too."""
    if type_ != "series":
        return about(graph.store, [iri])
    within = (s for s in of_show(graph.store, iri) if s.subject.type == "season")
    return _once([*about(graph.store, [iri]), *within])


def evidence(graph: KnowledgeGraph, /, *, claims: Sequence[str], until: int | None) -> Produced:
    """Return the words of claims, and of those that say otherwise of the same two things."""
    found = [s for s in of_claims(graph.store, claims) if s.known(until)]
    ends = sorted({s.subject.iri for s in found})
    near = [s for s in about(graph.store, ends) if s.known(until) and s.claim not in set(claims)]
    mine = edges_of(found)
    return json_of(
        {
            "for": [quote_of(s, until) for s in found],
            "against": [
                {"text": said(edge), "quotes": [quote_of(s, until) for s in edge.statements]}
                for edge in edges_of(near)
                if any(edge.contradicts(one) for one in mine)
            ],
        }
    )


def path(graph: KnowledgeGraph, /, *, start: str, goal: str, until: int | None) -> Produced:
    """Return a shortest chain between two things. Raises InputError if the graph lacks one of them."""
    named = things(graph.store, [start, goal])
    for iri in (start, goal):
        if iri not in named:
            raise InputError(f"the graph has nothing with the address {iri}")
    return json_of({
        "from": ref_of(named[start]), "to": ref_of(named[goal]), "steps": chain(graph.store, start, goal, until),
    })  # fmt: skip


def compare(graph: KnowledgeGraph, /, *, show: str, one: int, other: int) -> Produced:
    """Return what two seasons of a show have in common, and what not."""
    return json_of({"show": show, "one": one, "other": other, **compared(of_show(graph.store, show), one, other)})


def file(graph: KnowledgeGraph, /, *, style: str, claims: Sequence[str]) -> Produced:
    """Write some claims with their words in a format. Raises InputError for another format, or too many."""
    if style not in _FILES:
        raise InputError(f"there is no format {style!r} here: the formats are {', '.join(_FILES)}")
    if len(claims) > _MOST_CLAIMS:
        raise InputError(f"at most {_MOST_CLAIMS:,} facts are taken away at once: filter some out, or export the graph")

    taken = open_store(MEMORY)
    taken.extend(claims_with_words(graph.store, claims))
    return Produced(Head(_FILES[style]), lambda out: Showing(taken).export(style, out))


def sparql(graph: KnowledgeGraph, /, *, show: str | None, around: Sequence[str], until: int | None) -> Produced:  # noqa: ARG001
    """Return the query that gives what a view shows."""
    given = {"show": NamedNode(show)} if show is not None else {}
    if around and show is None:
        given["about"] = NamedNode(around[-1])
    text = bind(question("network").text, given)
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    told = [] if until is None else [f"# The view holds back what is said of seasons after {until}."]
    return json_of({"sparql": "\n".join([*told, *lines]).strip() + "\n"})


def _once(found: Sequence[Statement]) -> list[Statement]:
    return list(dict.fromkeys(found))


def json_of(value: Json) -> Produced:
    """Return plain data as an answer."""
    return Produced.whole("application/json", json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
