"""The front desk in Python: one object that reads, keeps, answers, draws and exports."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Literal, Self, TypeAlias

from . import graph as _graph
from . import queries as _queries
from .choices import Choices, Decided
from .errors import ExportError
from .files import written
from .fingerprint import Fingerprints, changed_among
from .graph.backup import Backup, back_up
from .graph.decisions import Decision
from .graph.duplicates import LikelyDuplicate, likely_duplicates
from .graph.export import EXPORTERS, export
from .graph.unclear import Unclear, unclear_names
from .information import Info, information
from .ontology import Iris, Report, findings
from .reading import Remark, Source, default_reader, found_in, reader_named, reader_of, readings
from .reviews.records import Reading, Refusal, Review
from .reviews.sureness import without_unsure
from .settings import text_setting

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Triple

    from .graph import Store
    from .queries import Rows
    from .reviews.reader import Reader
    from .visualize import ExplorerPage, Measures, Network, Picture

_NETWORK_FORMATS = ("graphml", "gexf")

EXPORT_FORMATS: tuple[str, ...] = (*(exporter.name for exporter in EXPORTERS), *_NETWORK_FORMATS)
"""What `export` writes: RDF formats and `csv` by the graph, network files by the picture's room."""

State: TypeAlias = Literal["added", "replaced", "unchanged"]


@dataclass(frozen=True, slots=True)
class ReviewAdded:
    """What adding one review did: `state` against what the graph held before, and how many facts it states.

    `left_out` counts its facts that were not sure enough. A review that came unchanged was not `read` again; its facts
    are not counted.
    """

    review: Review
    state: State
    facts: int
    left_out: int = 0
    read: bool = True


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did, counted: reviews by what became of them, their facts, `left_out` ones, and what was not read.

    `not_read` counts those of the `unchanged` reviews that were not read again, since nothing has changed that their
    facts come from: they are not among `facts`.
    `refused` are inputs that could not be read, with the reason; `passed_over` counts files of other kinds and hidden
    ones met in folders; `remarks` are all sentences said on the way, in order.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    not_read: int = 0
    facts: int = 0
    left_out: int = 0
    passed_over: int = 0
    refused: tuple[Refusal, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def reviews(self) -> int:
        """How many reviews were read."""
        return self.added + self.replaced + self.unchanged - self.not_read

    @classmethod
    def of(cls, steps: Iterable[ReviewAdded | Remark]) -> Added:
        """Count steps, to their end."""
        counts = {"added": 0, "replaced": 0, "unchanged": 0}
        facts, left_out, remarks = 0, 0, []
        for step in steps:
            if isinstance(step, ReviewAdded):
                counts[step.state] += 1
                facts += step.facts
                left_out += step.left_out
            else:
                remarks.append(step)
        refused = tuple(remark for remark in remarks if isinstance(remark, Refusal))
        passed_over = sum(remark.passed_over for remark in remarks if not isinstance(remark, Refusal))
        return cls(
            **counts, facts=facts, left_out=left_out, passed_over=passed_over, refused=refused, remarks=tuple(remarks)
        )


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


class KnowledgeGraph:
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

    # ---- who is whom ------------------------------------------------------------------------------------------

    def merge(
        self, one: str, other: str, *, who: str | None = None, why: str | None = None, dry_run: bool = False
    ) -> Decided:
        """Decide that `one` is `other` (names or IRIs of two things of one class): it goes by that address from now on.

        Reviews say so whether they come, go or come back; `undo` takes it back without a trace. One transaction.
        `who` decides: the setting, else who is logged in. With `dry_run` nothing changes, and the answer says what
        would. Raises InputError where the two cannot be one, or an earlier decision says otherwise.
        """
        return Choices(self._store, self._iris).merge(one, other, who, why, dry_run=dry_run)

    def same(
        self, one: str, other: str, *, who: str | None = None, why: str | None = None, dry_run: bool = False
    ) -> Decided:
        """Decide that two are one, as `merge`, and the fuller name stays; or keep `owl:sameAs` to an IRI on the web."""
        return Choices(self._store, self._iris).same(one, other, who, why, dry_run=dry_run)

    def different(
        self, one: str, other: str, *, who: str | None = None, why: str | None = None, dry_run: bool = False
    ) -> Decided:
        """Decide that two are never one, also where a rule took one for the other. Else as `merge`."""
        return Choices(self._store, self._iris).different(one, other, who, why, dry_run=dry_run)

    def split(self, thing: str, *, who: str | None = None, why: str | None = None, dry_run: bool = False) -> Decided:
        """Decide that all that was taken for a thing stands apart from it. Else as `merge`."""
        return Choices(self._store, self._iris).split(thing, who, why, dry_run=dry_run)

    def undo(self, number: int | None = None, *, dry_run: bool = False) -> Decided:
        """Take a decision back, the last one where no number is given: the graph is as if it had never been made.

        Raises InputError if there is no such decision, or one that came later needs it.
        """
        return Choices(self._store, self._iris).undo(number, dry_run=dry_run)

    def decisions(self) -> tuple[Decision, ...]:
        """Return the decisions that hold, in order."""
        return Choices(self._store, self._iris).made()

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

    # ---- pictures and files -----------------------------------------------------------------------------------

    def network(
        self, *, show: str | None = None, about: str | None = None, kind: str | None = None, season: int | None = None
    ) -> Network:
        """Return the facts as a networkx MultiDiGraph (see `visualize.network_of`), or a part of it.

        `show` and `about` (one thing and its neighbours) are names or IRIs; `kind` is a kind ("sibling"), a group of
        kinds ("family") or a relation ("plays"); `season` keeps what is told of that season. Raises
        AmbiguousNameError or InputError where they name nothing.
        """
        from . import visualize

        if about is not None and show is None:  # what is around one thing is found without the rest
            centre, rows = _queries.neighbourhood(self._store, about)
            about = centre.value
        else:
            rows = _queries.ask(self._store, "network", {} if show is None else {"show": show})
        network = visualize.network_of(rows.python())
        if kind is not None:
            network = visualize.of_kinds(network, [kind])
        if season is not None:
            network = visualize.of_season(network, season)
        if about is not None:
            network = visualize.around(network, about)
        return network

    def draw(
        self, *, show: str | None = None, about: str | None = None, kind: str | None = None, season: int | None = None,
        size_by: str | None = None, colour_by: str | None = None,
    ) -> Picture:  # fmt: skip
        """Return the interactive picture of `network`: one page that fetches nothing. See `Picture.save`.

        Sizes and colours may go by a measure: see `visualize.scene_of`.
        """
        from . import visualize

        when = None if season is None else f"season {season}"
        title = ", ".join(part for part in (about, show, kind, when) if part is not None)
        network = self.network(show=show, about=about, kind=kind, season=season)
        return visualize.draw_network(network, title=title or "All reviews", size_by=size_by, colour_by=colour_by)

    def explorer(self, show: str) -> ExplorerPage:
        """Return the explorer of one show (its name or IRI) as one page that fetches nothing. See `ExplorerPage.save`.

        Raises AmbiguousNameError where the name means no show or several, TellygraphError if the explorer is not built.
        """
        from . import visualize
        from .graph.selection import claims_with_words
        from .queries.names import find
        from .queries.statements import of_show

        statements = of_show(self._store, find(self._store, show, ["series"]).value)
        taken = KnowledgeGraph(_graph.open_store(_graph.MEMORY))
        with taken:
            taken.store.extend(claims_with_words(self._store, {s.claim for s in statements}))
            data_files = {style: taken.exported(style) for style in ("turtle", "jsonld", "csv", "gexf")}
        title = next((s.show.label for s in statements if s.show is not None), show)
        return visualize.explorer_page(statements, title=title, data_files=data_files)

    def measures(
        self, *measures: str, show: str | None = None, about: str | None = None, kind: str | None = None,
        season: int | None = None, exact: bool = False,
    ) -> Measures:  # fmt: skip
        """Measure `network`: all `visualize.MEASURES`, or those named. See `visualize.measures_of`.

        Raises InputError for a name that is no measure, and what `network` raises.
        """
        from . import visualize

        network = self.network(show=show, about=about, kind=kind, season=season)
        return visualize.measures_of(network, measures or None, exact=exact)

    def export(
        self, format: str, out: BinaryIO | str | os.PathLike[str], *,  # noqa: A002 - its usual name
        measures: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Write the graph in one of `EXPORT_FORMATS` to an open binary file, or to a path, whole or not at all.

        In GraphML and GEXF, nodes have the `measures` that are named. Raises ExportError for another format, or a
        file that cannot be written, InputError for what is no measure.
        """
        if format not in EXPORT_FORMATS:
            raise ExportError(f"there is no format {format!r}: the formats are {', '.join(EXPORT_FORMATS)}")
        if measures and format not in _NETWORK_FORMATS:
            raise ExportError(f"{format} has no place for measures: they go with {' and '.join(_NETWORK_FORMATS)}")
        if isinstance(out, str | os.PathLike):
            with written(os.fspath(out)) as file:
                self.export(format, file, measures=measures)
        elif format in _NETWORK_FORMATS:
            from . import visualize

            writer = visualize.graphml if format == "graphml" else visualize.gexf
            network = self.network()
            measured = visualize.measures_of(network, measures) if measures else None
            out.write(writer(network, measures=measured).encode())
        else:
            export(self._store, format, out)

    def exported(self, format: str) -> str:  # noqa: A002 - its usual name
        """Return what `export` writes, as text."""
        out = io.BytesIO()
        self.export(format, out)
        return out.getvalue().decode()

    # ---- the graph itself -------------------------------------------------------------------------------------

    def check(self) -> Report:
        """Check the graph against the shapes; the report tells the worst first. Takes about 50 s a million quads."""
        return Report(findings(self._store.quads()))

    def unclear(self) -> Iterator[Unclear]:
        """Yield the names that could be several known characters, which were kept apart; see `graph.unclear`."""
        return unclear_names(self._store, self._iris)

    def likely_duplicates(self) -> list[LikelyDuplicate]:
        """Return pairs of things that may be one, with what speaks for it, best first; see `same`, `different`."""
        return likely_duplicates(self._store, self._iris)

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
