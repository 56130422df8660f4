"""What it was measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path


def conditions(libraries: Iterable[str]) -> str:
    """Return the machine, Python and the versions of libraries, in one phrase."""
    parts = [f"{cores()} of {processor()}", platform.system(), f"Python {platform.python_version()}"]
    parts += [f"{name} {version(name)}" for name in libraries]
    return ", ".join(parts)


def cores() -> str:
    """Return how many cores this program may use."""
    number = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return f"{number} core{'s' if number != 1 else ''}"


def processor() -> str:
    """Return the processor's own name, as far as the system tells it."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def load() -> float | None:
    """Return how many programs wanted a core in the last minute, where the system tells it."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None
