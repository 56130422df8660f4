"""The front door: rows in, an interactive picture out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .network import Table, network_of
from .page import page_of
from .scene import Scene, scene_of
from .self_contained import frame, save_page

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
        return save_page(path, self.html)

    def __repr__(self) -> str:
        return f"<Picture {self.title!r}: {len(self.scene.nodes)} nodes, {len(self.scene.facts)} facts>"

    def _repr_html_(self) -> str:
        return frame(self.title, self.html, height=640)


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
