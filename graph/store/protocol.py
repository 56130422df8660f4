"""What a store can do, and the little that both stores share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

from pyoxigraph import BlankNode, NamedNode, Quad, QueryBoolean, QuerySolutions, Triple

from ...errors import StoreError

if TYPE_CHECKING:
    import rdflib

QueryResult = QuerySolutions | QueryBoolean | Iterator[Triple]


@dataclass(frozen=True, slots=True)
class Change:
    """How many quads a write put in and took out."""

    added: int = 0
    removed: int = 0

    def __add__(self, other: Change) -> Change:
        return Change(self.added + other.added, self.removed + other.removed)


@runtime_checkable
class Store(Protocol):
    """A set of named graphs. Both stores behave the same; the conformance suite holds them to it.

    Only named graphs count: what other programs put into the unnamed graph is neither listed nor removed.
    Typed literals must be in canonical form ("0.9", not "0.90"): stores may rewrite them to it.
    Every method raises StoreError where the store cannot be read or written, and after `close`.
    """

    @property
    def where(self) -> str:
        """The folder, `":memory:"`, or the URL (without its password)."""

    @property
    def read_only(self) -> bool:
        """Whether writing is refused (StoreError)."""

    @property
    def batch_quads(self) -> int:
        """How many quads one `apply` had best hold, where there is a choice."""

    def query(
        self, sparql: str, *, default_graphs: Sequence[NamedNode] = (), named_graphs: Sequence[NamedNode] = ()
    ) -> QueryResult:
        """Answer a SPARQL 1.1 query: SELECT as QuerySolutions, ASK as QueryBoolean, else an iterator of Triple.

        The default graph is the union of all named graphs, unless the query says FROM; a triple stated in two graphs
        may match twice, so say DISTINCT. `default_graphs` (together the default graph) and `named_graphs` (all there
        are) stand for the dataset, over what the query says (SPARQL 1.1 Protocol, section 2.1.4). Raises
        QueryError with the place where the text does not parse, for updates,
        and (embedded) for SERVICE; StoreTimeoutError where an endpoint does not answer in time.
        """

    def update(self, sparql: str) -> None:
        """Carry out a SPARQL 1.1 update, as one transaction where the server does (the embedded store does).

        Its default graph is the unnamed one: name graphs, by GRAPH, WITH or USING. Raises QueryError where it does not
        parse, and for LOAD and SERVICE, which would have a server asked that nobody has allowed.
        """

    def replace(self, graph: NamedNode, quads: Iterable[Quad]) -> Change:
        """Leave exactly `quads` (all of `graph`, no blank nodes) in `graph`: one transaction, of the difference only.

        Costs reading the graph as it was. Raises ValueError for a quad of another graph.
        """

    def remove(self, graph: NamedNode) -> int:
        """Take a graph out, in one transaction, and return how many quads it had."""

    def apply(self, *, clear: Iterable[NamedNode] = (), remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        """One transaction: empty the graphs `clear`, take `remove` out, put `add` in. No blank nodes."""

    def extend(self, quads: Iterable[Quad]) -> None:
        """Put any number of quads in, fast; neighbouring quads of one graph get in together or not at all."""

    def compact(self) -> None:
        """Put the files in order after much was put in, which makes questions faster; a server does so by itself."""

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Stream the quads of one graph or of all, in no particular order."""

    def graphs(self) -> list[NamedNode]:
        """Return the graphs that hold anything, sorted by IRI."""

    def rdflib(self) -> rdflib.Dataset:
        """Return an `rdflib.Dataset` over the same data, live; its default graph is the union."""

    def close(self) -> None:
        """Let go of the data; calling it again does nothing."""

    def __len__(self) -> int:
        """The number of quads."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...


class StoreBase(ABC):
    """What both stores do alike."""

    where: str
    read_only: bool
    batch_quads: int

    @abstractmethod
    def apply(self, *, clear: Iterable[NamedNode] = (), remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        """See `Store.apply`."""

    @abstractmethod
    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """See `Store.quads`."""

    @abstractmethod
    def close(self) -> None:
        """See `Store.close`."""

    def replace(self, graph: NamedNode, quads: Iterable[Quad]) -> Change:
        """See `Store.replace`."""
        new = set(quads)
        for quad in new:
            if quad.graph_name != graph:
                raise ValueError(f"{quad} does not belong to the graph {graph}")
        self.check_writable()
        old = set(self.quads(graph))
        added, removed = new - old, old - new
        if removed and any(map(has_blank_node, removed)):  # nobody can name these to take them out one by one
            self.apply(clear=[graph], add=new)
        elif added or removed:
            self.apply(remove=removed, add=added)
        return Change(len(added), len(removed))

    def compact(self) -> None:  # noqa: B027 - not all stores have files
        """See `Store.compact`."""

    def check_writable(self) -> None:
        """Raise StoreError if this store was opened for reading only."""
        if self.read_only:
            raise StoreError(f"the graph {self.where} was opened for reading only: open it for writing to change it")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()


def has_blank_node(quad: Quad) -> bool:
    """Whether a quad's subject or object is a blank node."""
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)
