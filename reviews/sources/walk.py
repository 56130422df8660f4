"""From the paths a user gives to the files to open, in order: a folder is walked, its entries sorted by name."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from ..records import Refusal
from .inputs import Input, Notice


def inputs(paths: Sequence[str], suffixes: Collection[str]) -> Iterator[Input | Refusal | Notice]:
    """Yield what to open for each path: `-` is standard input, a folder all its files with one of `suffixes`."""
    stdin_taken = False
    for given in paths:
        if given == "-":
            if stdin_taken:
                yield Refusal("standard input", "'-' was given twice; it can be read once")
            else:
                stdin_taken = True
                yield Input("standard input", "stdin", None)
            continue
        path = Path(given)
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:
            yield Refusal(shown(given), why_not(error))
            continue
        if is_folder:
            yield from _folder(path, suffixes)
        elif path.suffix.lower() not in suffixes:
            kinds = ", ".join(suffixes)
            yield Refusal(shown(given), f"its suffix is not one of {kinds}; pipe it into '-' to read it as text")
        else:
            yield _file(path, path.name)


def shown(path: str | Path) -> str:
    """Return a path as text that can be printed, whatever its bytes."""
    return os.fsencode(path).decode("utf-8", "replace")


def why_not(error: OSError | ValueError) -> str:
    """Say in words why a path cannot be opened."""
    match error:
        case FileNotFoundError():
            return "there is no such file or folder; check the name"
        case PermissionError():
            return "it may not be read; check its permissions"
        case OSError():
            return f"it cannot be read: {error.strerror or 'unknown reason'}"
        case _:
            return "this is not a file name"


def _file(path: Path, name: str) -> Input | Refusal:
    try:
        name.encode()
    except UnicodeEncodeError:
        return Refusal(shown(path), "its name is not UTF-8; rename it")
    # The same file has the same id whether its disk decomposes accents or not.
    return Input(shown(path), unicodedata.normalize("NFC", name), path)


def _folder(folder: Path, suffixes: Collection[str]) -> Iterator[Input | Refusal | Notice]:
    found, hidden, others = 0, 0, Counter[str]()
    waiting = [(folder, "")]
    while waiting:
        path, name = waiting.pop()
        try:
            is_folder = not name or (path.is_dir() and not path.is_symlink())
            if is_folder:
                entries = sorted(entry.name for entry in os.scandir(path))
        except OSError as error:
            yield Refusal(shown(path), why_not(error))
            continue
        if is_folder:
            below = [(path / entry, f"{name}/{entry}" if name else entry) for entry in entries if entry[0] != "."]
            hidden += len(entries) - len(below)
            waiting.extend(reversed(below))
        elif path.suffix.lower() not in suffixes or not (path.is_file() or path.is_symlink()):
            others[path.suffix.lower() or "no suffix"] += 1
        elif path.is_dir():  # a link to a folder: not followed, it may lead back here
            others["linked folder"] += 1
        else:
            found += 1
            yield _file(path, name)
    passed = hidden + others.total()
    if passed:
        kinds = [f"{count} {kind}" for kind, count in sorted(others.items())]
        kinds += [f"{hidden} hidden"] if hidden else []
        yield Notice(shown(folder), f"{passed} passed over ({', '.join(kinds)})", passed)
    if not found:
        yield Refusal(shown(folder), f"this folder holds no file of the kinds {', '.join(suffixes)}")
