"""The commands, by subject. A command parses, calls one function of the library and prints; it decides nothing.

Libraries and rooms are imported inside commands: `tellygraph --help` is fast.
"""

from __future__ import annotations

from .about import check, info, settings
from .demo import demo
from .identity import decisions, different, merge, same, split, undo
from .measures import measure
from .pictures import draw, export
from .questions import ask, query
from .reviews import add, facts, remove
from .score import score
from .serve import serve
from .stores import backup, copy, load, restore

__all__ = ["COMMANDS"]

COMMANDS = (
    facts,
    add,
    remove,
    ask,
    query,
    measure,
    draw,
    export,
    serve,
    check,
    merge,
    same,
    different,
    split,
    undo,
    decisions,
    info,
    settings,
    demo,
    score,
    load,
    copy,
    backup,
    restore,
)
