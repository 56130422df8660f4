"""On a terminal: progress that goes away again, and lines that fit; in a pipe, neither."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(sys.executable).with_name("tellygraph")


def on_a_terminal(*arguments: object, columns: int = 80, **variables: str) -> str:
    """Run a command whose stdout and stderr are a terminal, and return what the terminal was sent."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm", **variables}
    with subprocess.Popen([SCRIPT, *map(str, arguments)], stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        sent = b""
        try:
            while chunk := os.read(ours, 65536):
                sent += chunk
        except OSError:  # the terminal is gone: Linux says so
            pass
    os.close(ours)
    return sent.decode()


def review(folder: Path) -> Path:
    path = folder / "a.txt"
    path.write_text("Nell Harrow (Mara Quill) is the sister of Sam (Toby Farrow). " * 3, encoding="utf-8")
    return path


COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def test_facts_fit_the_terminal(tmp_path: Path) -> None:
    lines = COLOUR.sub("", on_a_terminal("facts", review(tmp_path), columns=50)).splitlines()
    assert max(map(len, lines)) <= 50
    assert any(line.endswith("…") for line in lines)
    assert "\x1b" not in "".join(lines)


def test_on_a_terminal_the_words_have_colours_and_nothing_else_has(tmp_path: Path) -> None:
    sent = on_a_terminal("facts", review(tmp_path), columns=160, NO_COLOR="")
    coloured = re.findall(r"\x1b\[([0-9;]+)m(.*?)\x1b\[0m", sent)
    assert ("33", "“Nell Harrow (Mara Quill)”") in coloured
    assert any(ink == "32" and "sister" in words for ink, words in coloured)
    assert all(words.startswith("“") and words.endswith("”") for _, words in coloured)


def test_no_colours_where_they_are_not_wanted_or_not_seen(tmp_path: Path) -> None:
    assert "\x1b" not in on_a_terminal("facts", review(tmp_path), NO_COLOR="1")
    assert "\x1b" not in on_a_terminal("facts", review(tmp_path), TERM="dumb")
    piped = subprocess.run([SCRIPT, "facts", review(tmp_path)], capture_output=True, text=True, check=True)
    assert "“Nell Harrow (Mara Quill)”" in piped.stdout
    assert "\x1b" not in piped.stdout
    on_a_terminal("facts", review(tmp_path), "-o", tmp_path / "facts")
    assert (tmp_path / "facts").read_text(encoding="utf-8") == piped.stdout


def test_progress_is_shown_and_taken_away(tmp_path: Path) -> None:
    sent = on_a_terminal("--graph", tmp_path / "g", "add", review(tmp_path))
    assert "Reading… 1 review read, " in sent
    *_, last = sent.splitlines()
    assert last.endswith(f"1 review added, 0 replaced, 0 unchanged: 3 facts in {tmp_path / 'g'}")
    assert last.startswith(("\x1b", "1 review"))  # the line of progress is cleared before it


def test_a_pipe_gets_no_control_sequences(tmp_path: Path) -> None:
    done = subprocess.run([SCRIPT, "--graph", tmp_path / "g", "add", review(tmp_path)], capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.startswith("1 review added")
