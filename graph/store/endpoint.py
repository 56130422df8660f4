"""The endpoint store: any SPARQL 1.1 server. The only door to SPARQLWrapper.

SPARQLWrapper builds and sends the requests; what it returns is read here, bounded, and parsed by pyoxigraph into the
types the embedded store returns, so that nothing above can tell which store answered.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from http.client import HTTPException
from importlib.metadata import version
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from ...errors import StoreError
from ...remote import one_line
from ...settings import float_setting, int_setting
from .http import Address, Refused, Reply, patiently, read_bounded, told, too_slow
from .protocol import QueryResult, StoreBase
from .sparql import outline, unambiguous, update_text

if TYPE_CHECKING:
    import rdflib

_Dataset = tuple[tuple[str, ...], tuple[str, ...]]  # IRIs: the default graph's parts, the named graphs

_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_TRIPLES = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"

_NO_UNION = (
    "queries at {where} see only the server's unnamed graph, but every review is a named graph of its own: "
    "switch on the union of all named graphs as the default graph (Oxigraph: --union-default-graph; Fuseki: "
    "tdb2:unionDefaultGraph true; Stardog: query.all.graphs=true) and try again"
)


class EndpointStore(StoreBase):
    """A SPARQL 1.1 server; see `Store` for what it does.

    `where` is its query URL, or `QUERY_URL|UPDATE_URL`. Alone, `.../query` means `.../update` for updates, any other
    URL is used for both. `http://user:password@host/...` sends HTTP basic authentication. Waits at most the setting
    `query_timeout_s` for an answer, of at most `max_results_bytes`. Raises StoreError if the server cannot be
    reached, or its default graph is not the union of its named graphs (which shows once it holds anything).
    """

    # A few hundred kilobytes a request, which servers take.
    batch_quads = 2_000

    def __init__(self, where: str, *, read_only: bool = False) -> None:
        query_url, _, update_url = where.partition("|")
        self._query_at = Address.of(query_url)
        self._update_at = Address.of(update_url or _update_url(query_url))
        self.where = self._query_at.url
        self.read_only = read_only
        self._timeout_s = float_setting("query_timeout_s")
        self._limit = int_setting("max_results_bytes")
        self._closed = False
        self._union_seen = False
        self._check_union()

    def query(
        self, sparql: str, *, default_graphs: Sequence[NamedNode] = (), named_graphs: Sequence[NamedNode] = ()
    ) -> QueryResult:
        """See `Store.query`; whether SERVICE is answered is up to the server."""
        form = outline(sparql).form
        if not self._union_seen:
            self._check_union()
        dataset = tuple(g.value for g in default_graphs), tuple(g.value for g in named_graphs)
        if form in ("CONSTRUCT", "DESCRIBE"):
            return self._construct(sparql, form, dataset)
        return self._select(
            sparql, form or "SELECT", dataset
        )  # where there is no telling, the server's words explain it best

    def apply(self, *, clear: Iterable[NamedNode] = (), remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        """See `Store.apply`; one request, which is atomic (SPARQL 1.1 Update, section 2.2)."""
        self.check_writable()
        text = update_text(clear=clear, remove=remove, add=add)
        if text:
            self._send(self._update_at, text, "INSERT", "*/*")

    def extend(self, quads: Iterable[Quad]) -> None:
        """See `Store.extend`; requests of whole graphs, of 2,000 quads or one graph, whichever is more."""
        self.check_writable()
        waiting: list[Quad] = []
        for _, members in groupby(quads, key=lambda q: q.graph_name):
            together = list(members)
            if waiting and len(waiting) + len(together) > self.batch_quads:
                self.apply(add=waiting)
                waiting = []
            waiting += together
        self.apply(add=waiting)

    def remove(self, graph: NamedNode) -> int:
        """See `Store.remove`."""
        self.check_writable()
        count = self._count(f"GRAPH {graph} {{ ?s ?p ?o }}")
        if count:
            self.apply(clear=[graph])
        return count

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """See `Store.quads`; one request a graph."""
        for name in [graph] if graph is not None else self.graphs():
            pattern = f"{{ GRAPH {name} {{ ?s ?p ?o }} }}"
            for triple in self._construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}", "CONSTRUCT"):
                yield Quad(triple.subject, triple.predicate, triple.object, name)

    def graphs(self) -> list[NamedNode]:
        """See `Store.graphs`."""
        rows = _rows(self._select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", "SELECT"))
        return sorted((row["g"] for row in rows if isinstance(row["g"], NamedNode)), key=lambda g: g.value)

    def rdflib(self) -> rdflib.Dataset:
        """See `Store.rdflib`; every pattern rdflib looks for is a request."""
        from .rdflib_view import dataset

        return dataset(self, self._match)

    def _match(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        object_: NamedNode | BlankNode | Literal | None,
        graph: NamedNode | None,
    ) -> Iterator[Quad]:
        if isinstance(subject, BlankNode) or isinstance(object_, BlankNode):
            return  # a server's blank nodes cannot be asked for
        s, p, o, g = subject or "?s", predicate or "?p", object_ or "?o", graph or "?g"
        pattern = unambiguous(f"{{ GRAPH {g} {{ {s} {p} {o} }} }}")
        for row in _rows(self._select(f"SELECT * WHERE {pattern}", "SELECT")):
            yield Quad(subject or row["s"], predicate or row["p"], object_ or row["o"], graph or row["g"])

    def __len__(self) -> int:
        return self._count("GRAPH ?g { ?s ?p ?o }")

    def _count(self, pattern: str) -> int:
        (row,) = _rows(self._select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}", "SELECT"))
        return int(row["n"].value)

    def close(self) -> None:
        """See `Store.close`."""
        self._closed = True

    def _check_union(self) -> None:
        """Look whether a triple of a named graph shows in the default graph; an empty server tells nothing."""
        plain = "FILTER(!isBlank(?s) && !isBlank(?o))"
        some = self._select(f"SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {plain} }} LIMIT 1", "SELECT")
        for s, p, o in _rows(some):
            if not self._select(f"ASK {{ {unambiguous(f'{s} {p} {o}')} }}", "ASK"):
                raise StoreError(_NO_UNION.format(where=self.where))
            self._union_seen = True

    def _select(self, sparql: str, form: str, dataset: _Dataset = ((), ())) -> QuerySolutions | QueryBoolean:
        reply = self._send(self._query_at, sparql, form, _ROWS, dataset)
        format_ = QueryResultsFormat.from_media_type(reply.media_type)
        if format_ not in (QueryResultsFormat.JSON, QueryResultsFormat.XML):
            raise self._not_sparql(reply)
        try:
            return parse_query_results(reply.body, format_)
        except SyntaxError as error:
            raise self._garbled(error) from error

    def _construct(self, sparql: str, form: str, dataset: _Dataset = ((), ())) -> Iterator[Triple]:
        reply = self._send(self._query_at, sparql, form, _TRIPLES, dataset)
        format_ = RdfFormat.from_media_type(reply.media_type)
        if format_ is None:
            raise self._not_sparql(reply)
        return self._triples(reply.body, format_)

    def _triples(self, body: bytes, format_: RdfFormat) -> Iterator[Triple]:
        try:
            for quad in parse(body, format_, base_iri=self.where):
                yield quad.triple
        except SyntaxError as error:
            raise self._garbled(error) from error

    def _not_sparql(self, reply: Reply) -> StoreError:
        return StoreError(
            f"{self.where} answered with {reply.media_type or 'something unnamed'}, which is no SPARQL result: "
            "name the URL of a SPARQL 1.1 endpoint"
        )

    def _garbled(self, error: SyntaxError) -> StoreError:
        return StoreError(f"{self.where} sent an answer that cannot be read: {one_line(str(error))}")

    def _send(self, at: Address, text: str, form: str, accept: str, dataset: _Dataset = ((), ())) -> Reply:
        """Send a query or update (`form` INSERT) and return the answer, waiting while the server is busy."""
        if self._closed:
            raise StoreError(f"the graph {self.where} is closed: open it again")
        try:
            once = partial(self._send_once, at, text, form, accept, dataset)
            return patiently(once, where=at.url, patience_s=self._timeout_s)
        except Refused as refused:
            raise told(refused, where=at.url, updating=form == "INSERT") from refused
        except TimeoutError as error:
            raise too_slow(at.url) from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise too_slow(at.url) from error
            raise StoreError(f"{at.url} cannot be reached ({error.reason}): is the server running?") from error
        except (OSError, HTTPException) as error:
            raise StoreError(f"{at.url} broke off: {one_line(str(error)) or type(error).__name__}") from error

    def _send_once(self, at: Address, text: str, form: str, accept: str, dataset: _Dataset) -> Reply:
        from SPARQLWrapper import POST, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        wrapper = SPARQLWrapper(at.url, agent=f"tellygraph/{version('tellygraph')}")
        # Set directly: `setQuery` guesses the form by a pattern that comments and names can mislead, and could
        # so send to the update URL what was meant as a query.
        wrapper.queryString, wrapper.queryType = text, form
        for parameter, graphs in zip(("default-graph-uri", "named-graph-uri"), dataset, strict=True):
            for graph in graphs:
                wrapper.addParameter(parameter, graph)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        wrapper.setTimeout(self._timeout_s)  # type: ignore[arg-type]  # for urlopen, which takes fractions
        if at.user is not None:
            wrapper.setCredentials(at.user, at.password or "")
        deadline = time.monotonic() + self._timeout_s
        try:
            response = wrapper.query().response
        except HTTPError as error:
            raise Refused(error.code, error.read(_ERROR_BYTES), error.headers.get("Retry-After")) from error
        except SPARQLWrapperException as error:
            cause = error.__context__
            assert isinstance(cause, HTTPError)  # noqa: S101 - Wrapper.py raises these for an HTTPError only
            raise Refused(cause.code, _body(error), cause.headers.get("Retry-After")) from error
        with response:
            body = read_bounded(response, where=at.url, limit=self._limit, deadline=deadline)
            length = response.headers.get("Content-Length")
            if length is not None and int(length) != len(body):
                raise StoreError(f"{at.url} broke off after {len(body):,} of {length} bytes: try again")
            return Reply(response.headers.get_content_type(), body)


_ERROR_BYTES = 10_000


def _rows(answer: QuerySolutions | QueryBoolean) -> QuerySolutions:
    if isinstance(answer, QueryBoolean):
        raise StoreError("the endpoint answered a SELECT query with a boolean: name the URL of a SPARQL 1.1 endpoint")
    return answer


def _update_url(query_url: str) -> str:
    base = query_url.rstrip("/")
    return base.removesuffix("/query") + "/update" if base.endswith("/query") else query_url


def _body(error: Exception) -> bytes:
    """Return the server's words from a SPARQLWrapper exception, which keeps them only as the repr in its message."""
    _, found, text = str(error).partition("\n\nResponse:\n")
    body = ast.literal_eval(text) if found else b""
    return body if isinstance(body, bytes) else b""
