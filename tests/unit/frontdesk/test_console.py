"""What is printed for people: aligned, on one line each, harmless to the terminal."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellygraph.console import cells, columns, plural, printable
from tellygraph.errors import ExportError
from tellygraph.files import written


def test_columns_line_up_also_for_wide_letters_and_marks() -> None:
    rows = [("Zoë", "x"), ("Nell Harrow", "y"), ("東京", "z"), ("Zoe\u0308", "w")]
    assert list(columns(rows, None)) == ["Zoë          x", "Nell Harrow  y", "東京         z", "Zoe\u0308          w"]


def test_a_line_is_cut_to_the_width_and_says_so() -> None:
    assert list(columns([("Nell", "“runs the bakery”")], 12)) == ["Nell  “runs…"]
    assert list(columns([("Nell", "東京東京東京東京")], 12)) == ["Nell  東京…"]


@given(st.text(max_size=40), st.text(max_size=40), st.integers(4, 60))
def test_a_line_is_never_wider_than_it_may_be_nor_more_than_a_line(left: str, right: str, width: int) -> None:
    (line,) = columns([(left, right)], width)
    assert cells(line) <= width
    assert len(line.splitlines()) <= 1


@given(st.text())
def test_no_text_gives_the_terminal_an_order(text: str) -> None:
    shown = printable(text)
    assert not {c for c in shown if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202a\u202e\u2066\u2069"}
    assert len(shown.splitlines()) <= 1


def test_counts_have_their_nouns() -> None:
    assert [plural(n, "fact") for n in (0, 1, 2, 12345)] == ["0 facts", "1 fact", "2 facts", "12,345 facts"]


def write_half(out: BinaryIO) -> None:
    out.write(b"half")
    raise ZeroDivisionError


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with pytest.raises(ZeroDivisionError), written(str(path)) as out:
        write_half(out)
    assert path.read_bytes() == b"old"
    with written(str(path)) as out:
        out.write(b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_new_file_has_the_users_usual_rights(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    with written(str(tmp_path / "new")) as out:
        out.write(b"new")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_is_written_through_and_a_device_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with written(str(tmp_path / "link")) as out:
        out.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"
    with written(os.devnull) as out:
        out.write(b"nothing")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("name", ["", "no/such/folder/x"])
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=r"cannot be written: "), written(str(tmp_path / name)):
        pass
