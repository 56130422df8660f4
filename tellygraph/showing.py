"""Pictures and files: the part of `KnowledgeGraph` that shows a graph and hands it on."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from . import graph as _graph
from . import queries as _queries
from .errors import ExportError
from .files import written
from .graph.export import EXPORTERS, export

if TYPE_CHECKING:
    from .graph import Store
    from .visualize import ExplorerPage, Measures, Network, Picture

_NETWORK_FORMATS = ("graphml", "gexf")

EXPORT_FORMATS: tuple[str, ...] = (*(exporter.name for exporter in EXPORTERS), *_NETWORK_FORMATS)
"""What `export` writes: RDF formats and `csv` by the graph, network files by the picture's room."""


class Showing:
    """The graph of a store as a network, a picture, an explorer, a file."""

    def __init__(self, store: Store) -> None:
        self._store = store

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
        with _graph.open_store(_graph.MEMORY) as taken:
            taken.extend(claims_with_words(self._store, {s.claim for s in statements}))
            data_files = {style: Showing(taken).exported(style) for style in ("turtle", "jsonld", "csv", "gexf")}
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
