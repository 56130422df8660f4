"""The front door: rows in, an interactive picture out."""

from __future__ import annotations

import html as markup
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ExportError
from .network import Table, network_of
from .page import page_of
from .scene import Scene, scene_of

if TYPE_CHECKING:
    from .network import Network


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """An interactive picture: `html` is one self-contained page, `network` and `scene` what it shows.

    The last expression of a notebook cell shows it in a frame.
    """

    title: str
    html: str
    network: Network = field(compare=False)
    scene: Scene

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page to `path`, in UTF-8, whole or not at all, and return it.

        Raises ExportError naming the file if it cannot be written.
        """
        return written_whole(path, self.html)

    def __repr__(self) -> str:
        return f"<Picture {self.title!r}: {len(self.scene.nodes)} nodes, {len(self.scene.facts)} facts>"

    def _repr_html_(self) -> str:
        """A frame for notebooks. It may run its scripts but has no origin: it cannot reach the notebook."""
        return (
            f'<iframe title="{markup.escape(self.title)}" sandbox="allow-scripts" '
            f'srcdoc="{markup.escape(self.html)}" width="100%" height="640" style="border:0"></iframe>'
        )


def draw(
    rows: Table | Iterable[Mapping[str, object]], *, title: str, seed: int = 7, physics: bool = False,
    size_by: str | None = None, colour_by: str | None = None,
) -> Picture:  # fmt: skip
    """Draw the network of `rows` (columns: `network.COLUMNS`); the same rows, title and seed give the same bytes.

    `size_by` is one of `measures.MEASURES`, `colour_by` one of `measures.NUMBERED`: see `scene_of`. Raises InputError
    if a row lacks what it must have, or the network is larger than the `max_picture_nodes` setting.
    """
    network = network_of(rows)
    return draw_network(network, title=title, seed=seed, physics=physics, size_by=size_by, colour_by=colour_by)


def draw_network(
    network: Network, *, title: str, seed: int = 7, physics: bool = False,
    size_by: str | None = None, colour_by: str | None = None,
) -> Picture:  # fmt: skip
    """Draw a network of `network_of`, or a part of one; see `draw`."""
    scene = scene_of(network, seed=seed, size_by=size_by, colour_by=colour_by)
    return Picture(title, page_of(scene, title=title, physics=physics), network, scene)


def written_whole(path: str | os.PathLike[str], html: str) -> Path:
    """Write a page to `path`, in UTF-8, whole or not at all, and return it. Raises ExportError naming the file."""
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(html.encode())
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ExportError(f"the picture cannot be written to {target}: {error.strerror or error}") from error
    return target


def _umask() -> int:
    """What the user's other new files get: the temporary file starts out private."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
