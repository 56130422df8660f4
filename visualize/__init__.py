"""How it is shown: rows of claims become a network, the network a scene, the scene one interactive page.

`draw` does all of it; the views (`of_kinds`, `of_shows`, `of_season`, `around`) cut out parts of a network first;
`graphml` and `gexf` hand it to others, `measures_of` measures it. `marked_page` and `marked_part` show reviews with
the words of their facts marked; `explorer_page` is the explorer of a show as one file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .explorer_page import ExplorerPage, explorer_page
from .marked import marked_page, marked_part
from .measures import MEASURES, NUMBERED, Measures, measures_of, simple_graph
from .network import COLUMNS, Quote, network_of
from .network_files import gexf, graphml
from .picture import Picture, draw, draw_network
from .scene import Scene, scene_of
from .views import around, of_kinds, of_season, of_shows
from .words import GROUPS

if TYPE_CHECKING:
    from .network import Network as Network

__all__ = [
    "COLUMNS",
    "GROUPS",
    "MEASURES",
    "NUMBERED",
    "ExplorerPage",
    "Measures",
    "Picture",
    "Quote",
    "Scene",
    "around",
    "draw",
    "draw_network",
    "explorer_page",
    "gexf",
    "graphml",
    "marked_page",
    "marked_part",
    "measures_of",
    "network_of",
    "of_kinds",
    "of_season",
    "of_shows",
    "scene_of",
    "simple_graph",
]
