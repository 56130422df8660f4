"""rdflib's view of a store: an rdflib Store plugin that reads through ours. Import it only when it is asked for.

Reading only, so that a review stays one transaction. Queries go to our store whole; what rdflib can ask and SPARQL
text cannot say (bindings from outside, one graph of a dataset) is answered by rdflib's own engine over `triples`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import pyoxigraph as ox
from rdflib import BNode, Dataset, Graph, Literal, URIRef, Variable
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.store import Store as RdflibStore

from ...errors import StoreError

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.term import Identifier, Node

    from .protocol import Store

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Match = Callable[
    [ox.NamedNode | ox.BlankNode | None, ox.NamedNode | None, Term | None, ox.NamedNode | None], Iterable[ox.Quad]
]
_Triple = tuple["Node", "Node", "Node"]
_Pattern = tuple["Node | None", "Node | None", "Node | None"]

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


def dataset(store: Store, match: Match) -> Dataset:
    """Return an rdflib Dataset that reads `store`; `match` finds the quads of a pattern (None matches anything)."""
    return Dataset(store=StoreView(store, match), default_union=True)


class StoreView(RdflibStore):
    """The plugin; rdflib's names and signatures (rdflib.store.Store)."""

    context_aware = True
    graph_aware = True
    formula_aware = False
    transaction_aware = False

    def __init__(self, store: Store, match: Match) -> None:
        self._ours, self._match = store, match
        self._namespaces: dict[str, URIRef] = {}
        super().__init__()

    def triples(
        self, triple_pattern: _Pattern, context: Graph | None = None
    ) -> Iterator[tuple[_Triple, Iterator[Graph | None]]]:
        """Each triple once, with the graphs that state it."""
        found: dict[ox.Triple, list[ox.NamedNode]] = {}
        for quad in self._quads(triple_pattern, context):
            if isinstance(quad.graph_name, ox.NamedNode):
                found.setdefault(quad.triple, []).append(quad.graph_name)
        for triple, graphs in found.items():
            yield _triple(triple), iter([self._graph(g) for g in graphs])

    def _quads(self, pattern: _Pattern, context: Graph | None) -> Iterable[ox.Quad]:
        graph = None if context is None else context.identifier
        if graph == DATASET_DEFAULT_GRAPH_ID:
            return []  # ours are named graphs only
        s, p, o, g = (None if term is None else to_ox(term) for term in (*pattern, graph))
        if (
            isinstance(s, ox.Literal)
            or isinstance(p, ox.Literal | ox.BlankNode)
            or not isinstance(g, ox.NamedNode | None)
        ):
            return []
        return self._match(s, p, o, g)

    def __len__(self, context: Graph | None = None) -> int:
        if context is None:
            return len({quad.triple for quad in self._ours.quads()})
        return sum(1 for _ in self._quads((None, None, None), context))

    def contexts(self, triple: _Triple | None = None) -> Generator[Graph, None, None]:
        """The graphs that hold anything, or that state `triple`."""
        if triple is None:
            yield from map(self._graph, self._ours.graphs())
            return
        for _, graphs in self.triples(triple):
            yield from (g for g in graphs if g is not None)

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: Any,  # noqa: ANN401, ARG002
    ) -> Result:
        """Answer in our store where it can; NotImplementedError makes rdflib do it."""
        if not isinstance(query, str) or initBindings or queryGraph != "__UNION__":
            raise NotImplementedError
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in initNs.items())
        return _result(self._ours.query(prefixes + query))

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        """Keep a prefix, for writing; it is not stored."""
        if override or prefix not in self._namespaces:
            self._namespaces[prefix] = namespace

    def namespace(self, prefix: str) -> URIRef | None:
        """The namespace of a prefix."""
        return self._namespaces.get(prefix)

    def prefix(self, namespace: URIRef) -> str | None:
        """The prefix of a namespace."""
        return next((name for name, iri in self._namespaces.items() if iri == namespace), None)

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """All prefixes."""
        yield from self._namespaces.items()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise StoreError(f"rdflib's view of {self._ours.where} is for reading: change the graph through Tellygraph")

    add = addN = remove = remove_graph = update = _refuse  # noqa: N815 - rdflib's names

    def add_graph(self, graph: Graph) -> None:
        """Nothing to do: a Dataset calls this when a graph is asked for, too."""

    def _graph(self, name: ox.NamedNode) -> Graph:
        return Graph(store=self, identifier=URIRef(name.value))


def to_ox(term: Node) -> Term:
    """Return an rdflib term as pyoxigraph's. Raises TypeError for what is no RDF term, ValueError for a bad IRI."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or _XSD_STRING)))
    raise TypeError(f"{term!r} is not an RDF term")


def from_ox(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> URIRef | BNode | Literal:
    """Return a pyoxigraph term as rdflib's, its text as it is. Raises TypeError for a triple term."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        if term.datatype.value == _XSD_STRING:
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TypeError("rdflib cannot hold a triple as a term")


def _triple(triple: ox.Triple) -> _Triple:
    return from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)


def _result(answer: ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]) -> Result:
    if isinstance(answer, ox.QueryBoolean):
        result = Result("ASK")
        result.askAnswer = bool(answer)
    elif isinstance(answer, ox.QuerySolutions):
        result = Result("SELECT")
        result.vars = [Variable(v.value) for v in answer.variables]
        names = result.vars
        result.bindings = [
            {name: from_ox(term) for name, term in zip(names, row, strict=True) if term is not None} for row in answer
        ]
    else:
        result = Result("CONSTRUCT")
        result.graph = Graph()
        for triple in answer:
            result.graph.add(_triple(triple))
    return result
