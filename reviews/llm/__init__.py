"""The second reader: a model reads, and only what the words bear out is kept."""

from __future__ import annotations

from .both import BothReaders
from .disagreements import Disagreement
from .reader import LlmReader
from .server import Server
from .usage import Usage

__all__ = ["BothReaders", "Disagreement", "LlmReader", "Server", "Usage"]
