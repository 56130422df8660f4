"""Jobs of the linked data: a thing of the graph as a page or as RDF."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions

from ..errors import InputError
from ..graph import open_store
from ..graph.export import exporter
from ..graph.selection import claims_with_words
from ..graph.store import MEMORY
from ..ontology.terms import SCHEMA
from ..queries.bind import bind
from ..queries.rows import select
from ..queries.statements import Source, Statement, Thing, of_claims, of_reviews, of_show, sources, things
from ..queries.values import text_of, visible
from .explorer_jobs import of_thing
from .formats import FORMATS
from .pages import Around, Whole, page, review_page, thing_page
from .worker import Head, Produced

if TYPE_CHECKING:
    from ..graph import Store
    from ..knowledge_graph import KnowledgeGraph
    from .site import Addresses

_EXPORTERS = {"ttl": "turtle", "jsonld": "jsonld", "nt": "ntriples", "rdf": "rdfxml"}
_MOST_INBOUND = 1000
_PAGE = 500
_SHOWS = """
PREFIX schema: <https://schema.org/>
SELECT ?show (MIN(?name) AS ?first) WHERE { GRAPH ?in { ?show a schema:TVSeries ; schema:name ?name } } GROUP BY ?show
"""
_COUNTS = """
PREFIX schema: <https://schema.org/>
PREFIX tg: <https://w3id.org/tellygraph/ontology#>
SELECT ?show ?reviews ?claims WHERE {
  { SELECT ?show (COUNT(DISTINCT ?in) AS ?reviews)
    WHERE { VALUES ?show { SHOWS } GRAPH ?in { ?show a schema:TVSeries } } GROUP BY ?show }
  { SELECT ?show (COUNT(DISTINCT ?claim) AS ?claims)
    WHERE { VALUES ?show { SHOWS } OPTIONAL { GRAPH ?in { ?claim tg:series ?show } } } GROUP BY ?show }
}
"""
_SEASONS = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?show ?season ?number WHERE {
  VALUES ?show { UNDEF } VALUES ?season { UNDEF }
  GRAPH ?in { ?season schema:partOfSeries ?show ; schema:seasonNumber ?number }
}
"""
_MAKERS = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?review ?maker ?name WHERE {
  VALUES ?review { UNDEF } VALUES ?maker { UNDEF }
  GRAPH ?review { ?review schema:author|schema:publisher ?maker . ?maker schema:name ?name }
}
"""


class NotThereError(InputError):
    """The graph has nothing with this address."""

    def __init__(self, iri: str) -> None:
        super().__init__(iri)

    def __str__(self) -> str:
        return f"the graph has nothing with the address {self.args[0]}"


def is_there(graph: KnowledgeGraph, /, *, iri: str) -> Produced:
    """Answer nothing. Raises NotThereError if the graph says nothing of `iri`."""
    try:
        node = NamedNode(iri)
    except ValueError as error:
        raise NotThereError(iri) from error
    found = graph.store.query(f"ASK {{ GRAPH ?in {{ {node} ?p ?o }} }}")
    if not (isinstance(found, QueryBoolean) and found):
        raise NotThereError(iri)
    return Produced.whole("text/plain", b"")


def document(graph: KnowledgeGraph, /, *, iri: str, extension: str, addresses: Addresses) -> Produced:
    """Return a thing as a document of `FORMATS`. Raises NotThereError."""
    is_there(graph, iri=iri)
    found = _Described(graph, iri)
    if extension == "html":
        return Produced.whole("text/html; charset=utf-8", found.html(addresses))
    name = _EXPORTERS[extension]
    media_type = FORMATS[extension][0]
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    body = found.rdf(name)
    return Produced(Head(media_type + charset), lambda out: out.write(body))


def browse(graph: KnowledgeGraph, /, *, start: int, addresses: Addresses) -> Produced:
    """Return a page of the list of shows, from the one numbered `start`."""
    rows = sorted((text_of(name), text_of(show)) for show, name in select(graph.store, _SHOWS))
    shown = rows[start : start + _PAGE]
    counts = {
        text_of(show): (int(text_of(reviews)), int(text_of(claims)))
        for show, reviews, claims in (select(graph.store, _counting(show for _, show in shown)) if shown else ())
    }
    shows = [
        {"href": addresses.path_of(show), "label": visible(name), "told": _told(*counts.get(show, (0, 0)))}
        for name, show in shown
    ]
    body = page(
        "browse",
        title="Shows",
        told=f"{len(rows):,} shows" + (f", from number {start + 1:,}" if start else ""),
        shows=shows,
        before=f"/browse?start={max(0, start - _PAGE)}" if start else None,
        after=f"/browse?start={start + _PAGE}" if start + _PAGE < len(rows) else None,
    )
    return Produced.whole("text/html; charset=utf-8", body)


def _counting(shows: Iterable[str]) -> str:
    return _COUNTS.replace("SHOWS", " ".join(str(NamedNode(show)) for show in shows))


def _told(reviews: int, facts: int) -> str:
    """Return "1 review, 15 facts"."""
    return f"{reviews:,} review{'s' * (reviews != 1)}, {facts:,} fact{'s' * (facts != 1)}"


class _Described:
    """A thing and what the graph holds about it."""

    def __init__(self, graph: KnowledgeGraph, iri: str) -> None:
        self._store: Store = graph.store
        self._iri = iri
        self._source = sources(graph.store, [iri]).get(iri)
        named = things(graph.store, [iri]).get(iri)
        self._thing = named
        self.statements: list[Statement] = []
        if self._source is not None:
            self.statements = of_reviews(graph.store, [iri])
        elif named is not None:
            self.statements = of_thing(graph, iri, named.type) or of_claims(graph.store, [iri])

    def html(self, addresses: Addresses) -> bytes:
        address = addresses.path_of(self._iri)
        formats = [
            {"media_type": media_type, "name": name, "href": document_path(address, extension)}
            for extension, (media_type, name) in FORMATS.items()
            if extension != "html"
        ]
        json_ld: dict[str, Any] = json.loads(self.rdf("jsonld"))
        around = Around(addresses.path_of, formats, json_ld)
        if self._source is not None:
            rows = select(self._store, bind(_MAKERS, {"review": NamedNode(self._iri)}))
            makers = {text_of(name): text_of(maker) for _, maker, name in rows}
            return review_page(self._source, self.statements, makers, around)
        thing = self._thing
        if thing is None:
            raise NotThereError(self._iri)
        if thing.label == self._iri:  # a claim, a role: things without a name of their own
            thing = replace(thing, label=self._iri.rsplit("/", 2)[-2].capitalize())
        return thing_page(thing, self.statements, self._whole(thing), self._reviews(thing), around)

    def _reviews(self, thing: Thing) -> list[Source]:
        """The reviews that somebody wrote or published."""
        if thing.type not in ("person", "organization"):
            return []
        rows = select(self._store, bind(_MAKERS, {"maker": NamedNode(thing.iri)}))
        return list(sources(self._store, {text_of(review) for review, _, _ in rows}).values())

    def _whole(self, thing: Thing) -> Whole:
        """A show or season with what is stated within it; nothing for other things."""
        if thing.type not in ("series", "season"):
            return Whole()
        end = {"show" if thing.type == "series" else "season": NamedNode(thing.iri)}
        show = next((text_of(show) for show, _, _ in select(self._store, bind(_SEASONS, end))), thing.iri)
        rows = select(self._store, bind(_SEASONS, {"show": NamedNode(show)}))
        seasons = sorted({(int(text_of(number)), text_of(season)) for _, season, number in rows})
        own = {number for number, iri in seasons if iri == thing.iri}
        return Whole([s for s in of_show(self._store, show) if not own or s.season in own], seasons)

    def rdf(self, name: str) -> bytes:
        """Return the thing itself, its claims with their words, and the names of what these mention, in a format."""
        held = open_store(MEMORY)
        claims = {s.claim for s in self.statements}
        held.extend({*self._own(), *claims_with_words(self._store, claims)})
        out = io.BytesIO()
        exporter(name).write(held, out)
        return out.getvalue()

    def _own(self) -> set[Quad]:
        node = NamedNode(self._iri)
        found = set()
        for pattern in (f"{node} ?p ?o . BIND({node} AS ?s)", f"?s ?p {node} . BIND({node} AS ?o)"):
            answer = self._store.query(
                f"SELECT DISTINCT ?g ?s ?p ?o WHERE {{ GRAPH ?g {{ {pattern} }} }} "
                f"ORDER BY ?g ?s ?p ?o LIMIT {_MOST_INBOUND}"
            )
            assert isinstance(answer, QuerySolutions)  # noqa: S101 - it is a SELECT query
            found |= {Quad(row["s"], row["p"], row["o"], row["g"]) for row in answer}
        return found | self._called({end for quad in found for end in (quad.subject, quad.object)}, found)

    def _called(self, ends: set[Any], found: set[Quad]) -> set[Quad]:
        graph = next((quad.graph_name for quad in found), None)
        if graph is None:
            return set()
        iris = [end.value for end in ends if isinstance(end, NamedNode)]
        return {
            Quad(NamedNode(thing.iri), SCHEMA.name, Literal(thing.label), graph)
            for thing in things(self._store, iris).values()
            if thing.label != thing.iri
        }


def document_path(address: str, extension: str) -> str:
    """Return where a document about the thing that is looked at at `address` is.

    >>> document_path("/id/person/mara-quill", "ttl"), document_path("/about?iri=x", "ttl")
    ('/id/person/mara-quill.ttl', '/about?iri=x&as=ttl')
    """
    return f"{address}&as={extension}" if "?" in address else f"{address}.{extension}"
