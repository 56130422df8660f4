"""Reading on many machines: reviews in, a folder of N-Quads parts out, quad for quad what one process would add."""

from __future__ import annotations

from .run import ClusterReading, Progress, read_on_spark

__all__ = ["ClusterReading", "Progress", "read_on_spark"]
