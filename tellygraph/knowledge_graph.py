"""The front desk in Python: one object that reads, keeps, answers, draws and exports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self

from . import graph as _graph
from . import queries as _queries
from .added import Added, ReviewAdded, State
from .deciding import Deciding
from .fingerprint import Fingerprints, changed_among
from .graph.backup import Backup, back_up
from .information import Info, information
from .ontology import Iris, Report, findings
from .reading import Remark, Source, default_reader, found_in, reader_named, reader_of, readings
from .reviews.records import Reading, Review
from .reviews.sureness import without_unsure
from .settings import text_setting
from .showing import Showing

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Triple

    from .graph import Store
    from .queries import Rows
    from .reviews.reader import Reader


def open_graph(
    where: str | os.PathLike[str] | None = None, *, read_only: bool = False, reader: Reader | str | None = None
) -> KnowledgeGraph:
    """Open a graph: a folder (made if it is not there), `":memory:"`, or the URL of a SPARQL 1.1 endpoint.

    Without `where` it is the `graph` setting (`TELLYGRAPH_GRAPH`, else `./tellygraph.db`). Raises StoreError if it
    cannot be opened; with `read_only`, also if there is no graph yet. `reader` finds the facts of what is added: a
    Reader, or a name of `reading.READERS` (SettingError). Close it, or use it in a `with`.
    """
    given = None if where is None else os.fspath(where)
    if isinstance(reader, str):
        reader = reader_named(reader)
    return KnowledgeGraph(_graph.open_store(text_setting("graph", given), read_only=read_only), reader=reader)


class KnowledgeGraph(Deciding, Showing):
    """A graph of what reviews say, on a store; `reader` finds the facts (the rule reader where none is given)."""

    def __init__(self, store: Store, *, reader: Reader | None = None) -> None:
        self._store = store
        self._reader = reader
        self._iris = Iris.default()

    # ---- what goes in and out ---------------------------------------------------------------------------------

    def add(
        self,
        *sources: Source,
        show: str | None = None,
        season: int | None = None,
        hear: Callable[[ReviewAdded | Remark], None] | None = None,
        min_confidence: float = 0.0,
        workers: int = 1,
        force: bool = False,
        columns: Mapping[str, str] | None = None,
        follow: bool = False,
    ) -> Added:
        """Read files, folders and reviews and put their facts in; adding a review again replaces it.

        Each review is one transaction. Inputs that cannot be read are in the report's `refused`; the others are still
        read. `hear` is called with each step as it is done. Facts of less than `min_confidence` are left out and
        counted. More `workers` than one read in so many processes. A review is not read again if nothing has changed
        that its facts come from: what it says and is given with, the reader and its version, the least confidence; with
        `force` it is. `columns` is what tables and JSON lines call our keys: {"text": "body"}; with `follow` the
        pages are read that feeds have only the summaries of. Raises StoreError if the graph cannot be written,
        InputError for a confidence beyond 0 to 1 or a reader that workers cannot have.
        """
        found = found_in(sources, show, season, columns=columns, follow=follow)
        return self.add_found(found, hear=hear, min_confidence=min_confidence, workers=workers, force=force)

    def add_found(
        self,
        found: Iterable[Review | Remark],
        *,
        hear: Callable[[ReviewAdded | Remark], None] | None = None,
        min_confidence: float = 0.0,
        workers: int = 1,
        force: bool = False,
    ) -> Added:
        """Add what a source yields (see `reviews.sources.read_paths`); otherwise as `add`."""
        hear = hear or (lambda _: None)
        not_read = 0

        def passed(review: Review) -> None:
            nonlocal not_read
            not_read += 1
            hear(ReviewAdded(review, "unchanged", 0, read=False))

        def heard() -> Iterator[ReviewAdded | Remark]:
            unchanged = None if force else passed
            for step in self.adding(found, min_confidence=min_confidence, workers=workers, unchanged=unchanged):
                hear(step)
                yield step

        done = Added.of(heard())
        return replace(done, unchanged=done.unchanged + not_read, not_read=not_read)

    def adding(
        self,
        found: Iterable[Review | Remark],
        *,
        min_confidence: float = 0.0,
        workers: int = 1,
        unchanged: Callable[[Review], None] | None = None,
    ) -> Iterator[ReviewAdded | Remark]:
        """Yield each step of adding what a source yields (see `reviews.sources.read_paths`), once it is done.

        Remarks come before the reviews that are still being read beside them. Of facts and workers, see `add`.
        `unchanged` is called, at once, with each review that need not be read again; without it, all are read.
        """
        if workers == 1:
            self._reader = self._reader or default_reader()
        reader = reader_of(self._reader, workers)
        prints = Fingerprints(reader, self._iris, min_confidence)
        if unchanged is not None:
            found = changed_among(found, prints, partial(_graph.fingerprints_of, self._store), unchanged)
        remarks: list[Remark] = []
        counts: dict[str, tuple[int, int]] = {}
        printed: dict[str, str | None] = {}

        def noted(found: Iterable[Review | Remark]) -> Iterator[Review | Remark]:
            for item in found:
                if isinstance(item, Review):  # of two with one address it would be hard to say whose it is
                    printed[item.iri] = None if item.iri in printed else prints.of(item)
                yield item

        def read() -> Iterator[Reading]:
            for item in readings(reader, noted(found)):
                if isinstance(item, Reading):
                    kept, left_out = without_unsure(item, min_confidence)
                    counts[item.review.iri] = (len(kept.facts), left_out)
                    yield replace(kept, fingerprint=printed.pop(item.review.iri, None))
                else:
                    remarks.append(item)

        for addition in _graph.adding(self._store, read(), self._iris):
            yield from remarks
            remarks.clear()
            changed = addition.change.added or addition.change.removed
            state: State = "added" if not addition.replaced else "replaced" if changed else "unchanged"
            yield ReviewAdded(addition.review, state, *counts.pop(addition.review.iri))
        yield from remarks

    def remove(self, *reviews: str) -> int:
        """Take reviews, given by id or IRI, and exactly their facts out; return how many statements that were.

        Raises InputError with near names, and removes nothing, if one of them is not in the graph.
        """
        known = [review for review in reviews if review in self]
        missing = [review for review in reviews if review not in known]
        distinct = {self._iris.review(review): review for review in missing or known}  # a missing one raises
        return sum(_graph.remove_review(self._store, review, self._iris).removed for review in distinct.values())

    def __contains__(self, review: str) -> bool:
        """Whether a review, given by id or IRI, is in the graph."""
        return _graph.has_review(self._store, self._iris.review(review))

    # ---- questions --------------------------------------------------------------------------------------------

    def ask(self, name: str, /, **parameters: str) -> Rows:
        """Answer a question of the catalogue; things are named as the graph names them, or by IRI.

        Raises UnknownQuestionError with near names, ParameterError, or AmbiguousNameError with the candidates.
        """
        return _queries.ask(self._store, name, parameters)

    def query(self, sparql: str, *, services: Mapping[str, str] | None = None) -> Rows | bool | tuple[Triple, ...]:
        """Answer SPARQL: SELECT as Rows, ASK as bool, CONSTRUCT and DESCRIBE as distinct sorted triples.

        The default graph is the union of all reviews' graphs. Raises QueryError if the text is not a query.
        `services` are the servers that SERVICE may ask, URLs by name: `SERVICE <URL>` or `SERVICE <service:NAME>`, no
        others; see `graph.with_services`.
        """
        text = _graph.with_services(sparql, services) if services else sparql
        return _queries.query(self._store, text)

    # ---- the graph itself -------------------------------------------------------------------------------------

    def check(self) -> Report:
        """Check the graph against the shapes; the report tells the worst first. Takes about 50 s a million quads."""
        return Report(findings(self._store.quads()))

    def info(self) -> Info:
        """Count what the graph holds, and say where it is and what it runs on."""
        return information(self._store)

    def backup(self, folder: str | os.PathLike[str]) -> Backup:
        """Write the graph as it is now to a new folder, and compare the two by count and hash; see `graph.backup`.

        The graph stays open, and may be asked meanwhile, not written. Raises StoreError if the folder is not empty,
        VerificationError if the backup is not what the graph holds. `graph.backup.restore` is the way back.
        """
        return back_up(self._store, os.fspath(folder))

    def rdflib(self) -> rdflib.Dataset:
        """Return an `rdflib.Dataset` over the same data; its default graph is the union."""
        return self._store.rdflib()

    @property
    def store(self) -> Store:
        """The store it is kept in."""
        return self._store

    @property
    def where(self) -> str:
        """The folder, `":memory:"`, or the URL without its password."""
        return self._store.where

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.where}>"
