"""The endpoint store: any SPARQL 1.1 server. The only door to SPARQLWrapper.

SPARQLWrapper writes the requests; they are sent, and what comes back is read, by `client`, bounded, and parsed by
`answers` into the types the embedded store returns, so that nothing above can tell which store answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import Request

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolution,
    QuerySolutions,
    Triple,
)

from ...errors import QueryError, StoreError
from ...settings import float_setting, int_setting
from . import virtuoso
from .answers import answer_in, rows_of, triples_in
from .client import Client
from .credentials import Credentials
from .http import Reply, checked_url
from .loading import load_in_parts
from .protocol import QueryResult, StoreBase
from .sparql import check_update, outline, problem, unambiguous, update_text

if TYPE_CHECKING:
    import rdflib

_Dataset = tuple[tuple[str, ...], tuple[str, ...]]  # IRIs: the default graph's parts, the named graphs
_ALL: _Dataset = ((), ())

_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_TRIPLES = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"

_NO_UNION = (
    "queries at {where} see only the server's unnamed graph, but every review is a named graph of its own: "
    "switch on the union of all named graphs as the default graph (Oxigraph: --union-default-graph; Fuseki: "
    "tdb2:unionDefaultGraph true; Virtuoso: no DefaultGraph in its virtuoso.ini; Stardog: query.all.graphs=true) "
    "and try again"
)


class EndpointStore(StoreBase):
    """A SPARQL 1.1 server; see `Store` for what it does.

    `where` is its query URL, or `QUERY_URL|UPDATE_URL`. Alone, `.../query` means `.../update` for updates, any other
    URL is used for both. Credentials come from the environment or netrc (`Credentials`). Waits at most the setting
    `query_timeout_s` for an answer, of at most `max_results_bytes`. Raises StoreError if the server cannot be
    reached, or its default graph is not the union of its named graphs (which shows once it holds anything).
    """

    # A few hundred kilobytes a request, which servers take.
    batch_quads = 2_000

    def __init__(self, where: str, *, read_only: bool = False) -> None:
        query_url, _, update_url = where.partition("|")
        self._query_url = self.where = checked_url(query_url)
        self.update_url = checked_url(update_url or _update_url(query_url))
        self.read_only = read_only
        self._timeout_s = float_setting("query_timeout_s")
        self._clients = {url: self._client(url) for url in (self._query_url, self.update_url)}
        self._closed = False
        self._union_seen = False
        self._server: Mapping[str, str] = {}
        self._check_union()

    def _client(self, url: str) -> Client:
        who = Credentials.of(urlsplit(url).hostname or "")
        return Client(who, timeout_s=self._timeout_s, limit=int_setting("max_results_bytes"))

    @property
    def _is_virtuoso(self) -> bool:
        return virtuoso.is_it(self._server)

    def query(
        self, sparql: str, *, default_graphs: Sequence[NamedNode] = (), named_graphs: Sequence[NamedNode] = ()
    ) -> QueryResult:
        """See `Store.query`; whether SERVICE is answered is up to the server."""
        form = outline(sparql).form
        if not self._union_seen:
            self._check_union()
        # Virtuoso carries out updates that are sent to it as queries.
        if self._is_virtuoso and (wrong := problem(sparql)):
            raise wrong
        dataset = tuple(g.value for g in default_graphs), tuple(g.value for g in named_graphs)
        try:
            if form in ("CONSTRUCT", "DESCRIBE"):
                return self._construct(sparql, form, dataset)
            return self._select(
                sparql, form or "SELECT", dataset
            )  # where there is no telling, the server's words tell best
        except QueryError as error:
            raise problem(sparql) or error from error

    def apply(self, *, clear: Iterable[NamedNode] = (), remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        """See `Store.apply`; one request, which is atomic (SPARQL 1.1 Update, section 2.2), but for Virtuoso's."""
        self.check_writable()
        text = update_text(clear=clear, remove=remove, add=add)
        if text:
            self._update(text)

    def update(self, sparql: str) -> None:
        """See `Store.update`; what it means to a server that does not keep to the standard is up to it."""
        check_update(sparql)
        self.check_writable()
        self._update(sparql)

    def extend(self, quads: Iterable[Quad]) -> None:
        """See `Store.extend`; in parts of whole graphs, see `load_in_parts`."""
        self.check_writable()
        load_in_parts(self, quads, self._server)

    def remove(self, graph: NamedNode) -> int:
        """See `Store.remove`."""
        self.check_writable()
        if self._hides(graph):
            return 0
        held = self._count(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
        if held:
            self.apply(clear=[graph])
        return held

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """See `Store.quads`; one request a graph, as rows: half of them cannot be taken for all."""
        for name in [graph] if graph is not None else self.graphs():
            for s, p, o in self._all_rows("?s ?p ?o", f"{{ GRAPH {name} {{ ?s ?p ?o }} }}"):
                yield Quad(s, p, o, name)

    def graphs(self) -> list[NamedNode]:
        """See `Store.graphs`."""
        # Grouped, not DISTINCT: in Virtuoso 7.2.5 that was seen never to come back.
        found = (row["g"] for row in self._all_rows("?g", "{ GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"))
        return sorted((g for g in found if isinstance(g, NamedNode) and not self._hides(g)), key=lambda g: g.value)

    def _hides(self, graph: NamedNode) -> bool:
        return self._is_virtuoso and virtuoso.is_system_graph(graph)

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
        asked = [str(term) for term in (s, p, o, g) if isinstance(term, str)]
        for row in self._all_rows(" ".join(asked) or "*", pattern):
            quad = Quad(subject or row["s"], predicate or row["p"], object_ or row["o"], graph or row["g"])
            if isinstance(quad.graph_name, NamedNode) and not self._hides(quad.graph_name):
                yield quad

    def __len__(self) -> int:
        if not self._is_virtuoso:
            return self._count("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
        ours = virtuoso.without_system_graphs("g")
        each = "SELECT ?g (COUNT(*) AS ?c) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        return self._count(f"SELECT (SUM(?c) AS ?n) WHERE {{ {{ {each} }} {ours} }}")

    def _count(self, sparql: str) -> int:
        (row,) = rows_of(self._select(sparql, "SELECT"))
        return int(row["n"].value) if row["n"] is not None else 0

    def close(self) -> None:
        """See `Store.close`."""
        self._closed = True

    def _check_union(self) -> None:
        """Look whether a triple of a named graph shows in the default graph; an empty server tells nothing."""
        plain = "FILTER(!isBlank(?s) && !isBlank(?o))"
        sample = f"SELECT ?s ?p ?o WHERE {{{{ GRAPH ?g {{{{ ?s ?p ?o }}}} {plain} {{}} }}}} LIMIT 1"
        some = self._select(sample.format(""), "SELECT")
        if self._is_virtuoso:
            some = self._select(sample.format(virtuoso.without_system_graphs("g")), "SELECT")
        for s, p, o in rows_of(some):
            if not self._select(f"ASK {{ {unambiguous(f'{s} {p} {o}')} }}", "ASK"):
                raise StoreError(_NO_UNION.format(where=self.where))
            self._union_seen = True

    def _all_rows(self, variables: str, where: str) -> Iterator[QuerySolution]:
        """Yield the solutions of `SELECT variables WHERE where`, in pages if the server cuts its answers."""
        reply = self._send(self._query_url, f"SELECT {variables} WHERE {where}", "SELECT", _ROWS)
        most = virtuoso.rows_cut_at(reply.headers)
        if most is None:
            virtuoso.check_whole(reply.headers, self.where)
            yield from rows_of(answer_in(reply, self.where))
            return
        page = max(most - 1, 1)  # one less, so that it is not cut
        everything = f"{{ SELECT {variables} WHERE {where} ORDER BY {variables} }}"
        for offset in count(0, page):
            text = f"SELECT {variables} WHERE {{ {everything} }} LIMIT {page} OFFSET {offset}"
            reply = self._send(self._query_url, text, "SELECT", _ROWS)
            virtuoso.check_whole(reply.headers, self.where)
            rows = list(rows_of(answer_in(reply, self.where)))
            yield from rows
            if len(rows) < page:
                return

    def _select(self, sparql: str, form: str, dataset: _Dataset = _ALL) -> QuerySolutions | QueryBoolean:
        if self._is_virtuoso:
            sparql = virtuoso.written(sparql, form)
            if form == "SELECT" and (answer := self._sorted_here(sparql, dataset)) is not None:
                return answer
        reply = self._send(self._query_url, sparql, form, _ROWS, dataset)
        virtuoso.check_whole(reply.headers, self.where)
        return answer_in(reply, self.where)

    def _sorted_here(self, sparql: str, dataset: _Dataset) -> QuerySolutions | None:
        """Answer a SELECT with an ORDER BY, sorted by our own engine; None where that cannot be."""
        text, modifiers, added = virtuoso.parted(sparql)
        if not modifiers:
            return None
        reply = self._send(self._query_url, text, "SELECT", _ROWS, dataset)
        if virtuoso.rows_cut_at(reply.headers) is not None:
            return None  # a LIMIT may keep it below that
        virtuoso.check_whole(reply.headers, self.where)
        return virtuoso.ordered(rows_of(answer_in(reply, self.where)), modifiers, added)

    def _construct(self, sparql: str, form: str, dataset: _Dataset = _ALL) -> Iterator[Triple]:
        text = virtuoso.written(sparql, form) if self._is_virtuoso else sparql
        reply = self._send(self._query_url, text, form, _TRIPLES, dataset)
        virtuoso.check_whole(reply.headers, self.where)
        return triples_in(reply, self.where)

    def _update(self, text: str) -> None:
        reply = self._send(self.update_url, text, "INSERT", "*/*")
        # Some servers say on a page that all went well; a web site's front page does not.
        if reply.media_type == "text/html" and not re.search(rb"success|succeeded|done", reply.body, re.IGNORECASE):
            raise StoreError(
                f"{self.update_url} answered an update with a web page: name the update URL, QUERY_URL|UPDATE_URL"
            )

    def _send(self, url: str, text: str, form: str, accept: str, dataset: _Dataset = _ALL) -> Reply:
        """Send a query or update (`form` INSERT) and return the answer, waiting while the server is busy."""
        return self.send(self._request(url, text, form, accept, dataset), updating=form == "INSERT")

    def send(self, request: Request, *, updating: bool) -> Reply:
        """Send a request to one of this server's URLs; see `Client.send`."""
        if self._closed:
            raise StoreError(f"the graph {self.where} is closed: open it again")
        client = self._clients.get(request.full_url) or self._clients[self.update_url]
        reply = client.send(request, updating=updating)
        self._server = reply.headers
        return reply

    def _request(self, url: str, text: str, form: str, accept: str, dataset: _Dataset) -> Request:
        from SPARQLWrapper import POST, SPARQLWrapper

        wrapper = SPARQLWrapper(url, agent=f"tellygraph/{version('tellygraph')}")
        # Set directly: `setQuery` guesses the form by a pattern that comments and names can mislead, and could
        # so send to the update URL what was meant as a query.
        wrapper.queryString, wrapper.queryType = text, form
        for parameter, graphs in zip(("default-graph-uri", "named-graph-uri"), dataset, strict=True):
            for graph in graphs:
                wrapper.addParameter(parameter, graph)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        if self._is_virtuoso and form != "INSERT":
            wrapper.addParameter("timeout", str(max(1000, round(self._timeout_s * 1000))))
        # Not `query()`: it follows redirects with our credentials, and its digest authentication is global.
        request: Request = wrapper._createRequest()
        return request


def _update_url(query_url: str) -> str:
    base = query_url.rstrip("/")
    return base.removesuffix("/query") + "/update" if base.endswith("/query") else query_url
