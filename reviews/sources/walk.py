"""From the paths a user gives to the files to open, in order: a folder is walked, its entries sorted by name."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..records import Refusal
from .inputs import Format, Input, Notice
from .packing import PACKINGS
from .web.addresses import is_url, without_secrets


def inputs(paths: Sequence[str], formats: Sequence[Format]) -> Iterator[Input | Refusal | Notice]:
    """Yield what to open for each path: `-` is standard input, http(s) a page, a folder all files of the `formats`."""
    stdin_taken = False
    for given in paths:
        if given == "-":
            if stdin_taken:
                yield Refusal("standard input", "'-' was given twice; it can be read once")
            else:
                stdin_taken = True
                yield Input("standard input", "stdin", None)
            continue
        if is_url(given):
            yield Input(without_secrets(given), given, None, url=given)
            continue
        path = Path(given)
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:
            yield Refusal(shown(given), why_not(error))
            continue
        if is_folder:
            yield from _folder(path, formats)
        elif format_of(path.name, formats) is None:
            yield Refusal(
                shown(given), f"its suffix is not one of {_kinds(formats)}; pipe it into '-' to read it as text"
            )
        else:
            yield _file(path, path.name)


def format_of(name: str, formats: Sequence[Format]) -> tuple[Format, str | None] | None:
    """Return the format that a file's name speaks of, and its packing ("gzip" or "zstd"); None for other names."""
    stem, packing = _without_packing(name)
    suffix = Path(stem).suffix.lower()
    for kind in formats:
        if suffix in kind.suffixes and (kind.packed or packing is None):
            return kind, packing
    return None


def _without_packing(name: str) -> tuple[str, str | None]:
    for suffix, packing in PACKINGS.items():
        if name.lower().endswith(suffix):
            return name[: -len(suffix)], packing
    return name, None


def _kinds(formats: Sequence[Format]) -> str:
    return f"{', '.join(suffix for kind in formats for suffix in kind.suffixes)} (packed: {', '.join(PACKINGS)})"


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
    # The same file has the same id whether its disk decomposes accents or not, and whether it is packed.
    return Input(shown(path), unicodedata.normalize("NFC", _without_packing(name)[0]), path)


def _folder(folder: Path, formats: Sequence[Format]) -> Iterator[Input | Refusal | Notice]:
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
        elif format_of(path.name, formats) is None or not (path.is_file() or path.is_symlink()):
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
        yield Refusal(shown(folder), f"this folder holds no file of the kinds {_kinds(formats)}")
