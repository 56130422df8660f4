"""The console examples of a page: `$ command` lines and what they print, run again and compared.

A block that begins with ```` ```console ```` holds commands, each followed by its output (stdout, then stderr). A line
`...` stands for any number of lines. `python tests/support/console_docs.py PAGE...` writes the outputs anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*(?:\\\n.*)*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """A command as a page shows it, with the output it shows, and where that is in the page."""

    command: str
    output: str
    start: int
    end: int


def shown(page: str) -> Iterator[Shown]:
    """Yield the commands of a page, in order."""
    for block in _BLOCK.finditer(page):
        for match in _COMMAND.finditer(page, block.start(1), block.end(1)):
            yield Shown(match[1], match[2], match.start(2), match.end(2))


def run(command: str) -> str:
    """Run one command of a page in this process, in the current folder, and return what it prints."""
    from tellygraph.cli import main

    line, _, file = command.replace("\\\n", " ").partition(" < ")
    words = shlex.split(line)
    if words[0] == "cat":
        return Path(words[1]).read_text(encoding="utf-8")
    assert words[0] == "tellygraph", command
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    stdin = io.TextIOWrapper(io.BytesIO(Path(file.strip()).read_bytes() if file else b""))
    before = sys.stdin
    sys.stdin = stdin
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), contextlib.suppress(SystemExit):
            main(words[1:])
    finally:
        sys.stdin = before
    printed = "".join(stream.buffer.getvalue().decode() for stream in (out, err))  # type: ignore[attr-defined]
    return printed.replace("\r\n", "\n")  # CSV ends its lines so; pages do not


def matches(expected: str, printed: str) -> bool:
    """Whether what was printed is what the page shows, `...` standing for any lines."""
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", expected, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(parts), printed) is not None


@contextlib.contextmanager
def examples_folder(folder: Path) -> Iterator[None]:
    """Work in `folder`, which gets the examples and their gold."""
    for part in ("examples/reviews", "tests/gold/examples"):
        shutil.copytree(ROOT / part, folder / part)
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def renewed(page: str) -> str:
    """Return the page with outputs as they are now; what still matches stays, `...` and all.

    Outputs with one `...` keep as many lines before and after it; those with more are for people to renew, and stay.
    """
    pieces, position = [], 0
    for example in shown(page):
        printed = run(example.command)
        if not matches(example.output, printed):
            pieces += [page[position : example.start], _shortened(example.output, printed)]
            position = example.end
    return "".join(pieces) + page[position:]


def _shortened(before: str, printed: str) -> str:
    kept = before.splitlines()
    if "..." not in kept:
        return printed
    if kept.count("...") > 1:
        return before
    lines, place = printed.splitlines(keepends=True), kept.index("...")
    return "".join([*lines[:place], "...\n", *lines[len(lines) - len(kept) + place + 1 :]])


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name).resolve()
        with tempfile.TemporaryDirectory() as folder, examples_folder(Path(folder)):
            path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
