"""Tables, packed files, URLs and feeds from the command line: what is read, refused, and not read again."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Ran, runner

from site_server import page, site

TEXT = "Nell Harrow (Mara Quill) runs the bakery in Saltmarsh."
FEED = "<rss><channel><title>Lamp</title><item><link>{url}/a</link><description>Short.</description></item></channel></rss>"


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Callable[..., Ran]:
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsysbinary)


def test_a_packed_table_with_names_of_its_own(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(f"nr;prose;stars\n1;{TEXT};4\n2;few\n".encode()))
    options = ("a.csv.gz", "--column", "text=prose", "--column", "id=nr", "--show", "Saltmarsh")
    ran = run("facts", *options)
    assert ran.code == 2
    assert "Mara Quill  plays  Nell Harrow" in ran.out
    assert ran.err.splitlines() == [
        "Note: a.csv.gz: its column 'stars' was passed over",
        "Error: a.csv.gz, line 3: it has 2 values for 3 columns",
        "1 input refused, 1 review read.",
    ]
    assert run("add", *options).out.startswith("1 review added, 0 replaced, 0 unchanged: ")
    assert run("add", *options).out == "0 reviews added, 0 replaced, 1 unchanged, not read again, in tellygraph.db\n"
    assert run("remove", "1").code == 0
    assert run("facts", "a.csv.gz", "--column", "prose").err.startswith("Error: --column is given as KEY=NAME")


def test_a_page_and_a_feed_that_is_followed(run: Callable[..., Ran]) -> None:
    with site({"/a": page(TEXT, "text/plain")}) as served:
        served.pages["/feed"] = page(FEED.format(url=served.url), "application/rss+xml")
        refused = run("add", f"{served.url}/a")
        assert refused.code == 2
        assert "is of the local network (127.0.0.1), which is not read from; --allow-local allows it" in refused.err
        assert served.asked == []
        assert run("add", "--allow-local", f"{served.url}/a").out.startswith("1 review added")
        ran = run("add", "--allow-local", "--follow", f"{served.url}/feed")
        assert (ran.code, ran.out.split(":")[0]) == (0, "0 reviews added, 1 replaced, 0 unchanged")  # now of the Lamp
        ran = run("add", "--allow-local", f"{served.url}/feed")
        assert (
            ran.err == f"Note: {served.url}/feed: 1 entry has only a summary, which was read; --follow reads the page\n"
        )
        assert run("add", "http://me:secret@lamp.example/a").err.startswith(
            "Error: http://***@lamp.example/a: it has a user"
        )


@pytest.mark.parametrize("option", ["--follow", "--allow-local"])
def test_options_that_spark_cannot_heed_are_refused(run: Callable[..., Ran], option: str) -> None:
    ran = run("add", "--engine", "spark", option, "a.jsonl")
    assert (ran.code, ran.out) == (2, "")
    assert f"{option} is for reading here: Spark reads no web pages" in ran.err


def test_standard_input_is_what_it_begins_with_or_what_one_says(run: Callable[..., Ran]) -> None:
    table = f"id,text,show\nx,{TEXT},Saltmarsh\n".encode()
    assert run("facts", "-", stdin=table).out.startswith("x (1 fact)\n")
    assert run("facts", "-", "--input-format", "txt", "--show", "Saltmarsh", stdin=table).out.startswith("stdin")
    ran = run("facts", "-", "--input-format", "jsonl", stdin=table)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: standard input, line 1: ")
    ran = run("facts", "a.txt", "--input-format", "csv")
    assert ran.err == "Error: --input-format says what standard input is, and - is not among the paths\n"
