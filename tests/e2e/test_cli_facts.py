"""`tellygraph facts`: reviews in, facts out, no graph touched; what cannot be read is said and counted."""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from command_line import Ran

from tellygraph.reviews.fact_lines import KEYS

SALTMARSH = (
    "Saltmarsh returns\n\nNell Harrow (Mara Quill) runs the bakery, and Nell’s mother (Ines Oakhurst) keeps bees."
)
NORTHGATE = "Dev Anselm plays Hal Orme in Northgate, and Hal is married to Ruth Calder (Mara Quill). 🙂"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reviews = tmp_path / "reviews"
    reviews.mkdir()
    (reviews / "a.txt").write_text(SALTMARSH, encoding="utf-8")
    (reviews / "b.txt").write_text(NORTHGATE, encoding="utf-8")
    return reviews


def facts(ran: Ran) -> list[dict[str, object]]:
    return [json.loads(line) for line in ran.out.splitlines()]


def plays(ran: Ran) -> set[tuple[str, str]]:
    return {
        (fact["subject"]["name"], fact["object"]["name"])
        for fact in facts(ran)
        if fact["relation"] == "plays"  # type: ignore[index]
    }


def test_a_file_becomes_one_json_object_a_line(run: Callable[..., Ran], folder: Path) -> None:
    ran = run("facts", folder / "a.txt", "--format", "jsonl", "--show", "Saltmarsh", "--season", "2")
    assert (ran.code, ran.err) == (0, "")
    assert plays(ran) >= {("Mara Quill", "Nell Harrow"), ("Ines Oakhurst", "Nell Harrow's mother")}
    for fact in facts(ran):
        assert tuple(fact) == KEYS
        assert fact["show"] == {"name": "Saltmarsh", "iri": "https://w3id.org/tellygraph/id/series/saltmarsh"}
        assert fact["review"] == "https://w3id.org/tellygraph/id/review/a.txt"
        assert SALTMARSH[fact["start"] : fact["end"]] == fact["quote"]  # type: ignore[misc]


def test_a_folder_is_read_in_order_and_the_table_has_the_words(run: Callable[..., Ran], folder: Path) -> None:
    ran = run("facts", folder)
    assert ran.code == 0
    assert ran.out.index("a.txt: Saltmarsh returns") < ran.out.index("b.txt (")
    assert "Mara Quill" in ran.out
    assert "“Dev Anselm plays Hal Orme”" in ran.out


def test_standard_input_is_a_text_or_json_lines(run: Callable[..., Ran]) -> None:
    ran = run("facts", "-", "--format", "jsonl", stdin=NORTHGATE.encode())
    assert ("Dev Anselm", "Hal Orme") in plays(ran)
    assert all(str(fact["review"]).endswith("review/stdin") for fact in facts(ran))
    lines = "".join(json.dumps({"id": name, "text": NORTHGATE}) + "\n" for name in ("one", "two"))
    ran = run("facts", "-", "--format", "jsonl", stdin=lines.encode())
    assert [fact["review"] for fact in facts(ran)] == sorted(str(fact["review"]) for fact in facts(ran))
    assert {str(fact["review"]).rpartition("/")[2] for fact in facts(ran)} == {"one", "two"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "it is empty"),
        ("binary.txt", b"Nell\x00Harrow", "it is binary"),
        ("latin.txt", "Zoë plays".encode("latin-1"), "it is not UTF-8"),
        ("long.txt", b"x" * 2_000, "more than 1,000; split it, or raise TELLYGRAPH_MAX_REVIEW_CHARS"),
        ("review.pdf", b"%PDF", "its suffix is not one of"),
        ("missing.txt", None, "there is no such file"),
    ],
)
def test_an_input_that_cannot_be_read_is_named_and_the_others_are_still_read(
    run: Callable[..., Ran], folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes | None, says: str
) -> None:
    monkeypatch.setenv("TELLYGRAPH_MAX_REVIEW_CHARS", "1000")
    if content is not None:
        (folder / name).write_bytes(content)
    ran = run("facts", folder / name, folder / "a.txt", "--format", "jsonl")
    assert ran.code == 2
    assert ("Mara Quill", "Nell Harrow") in plays(ran)
    first, last = ran.err.splitlines()
    assert first.startswith(f"Error: {folder / name}: ")
    assert says in first
    assert last == "1 input refused, 1 review read."
    assert "Traceback" not in ran.err


def test_a_bad_json_line_is_named_by_its_number(run: Callable[..., Ran]) -> None:
    ran = run("facts", "-", stdin=b'{"id": "x", "text": "Dev Anselm plays Hal Orme."}\n{"id": 7, "text": "Dev."}\n')
    assert ran.code == 2
    assert "Error: standard input, line 2: its 'id' must be text" in ran.err


def test_a_text_has_the_review_with_brackets_round_the_words(run: Callable[..., Ran], folder: Path) -> None:
    ran = run("facts", folder / "a.txt", "--format", "text")
    assert ran.code == 0
    assert re.search(r"^\[1 Nell Harrow \(Mara Quill\)\] runs the bakery, ", ran.out, re.MULTILINE)
    assert "keeps bees." in ran.out
    assert re.search("^ +1 +Mara Quill +plays +Nell Harrow +rule P1$", ran.out, re.MULTILINE)


def page_text(html: str) -> list[str]:
    """What stands as text in the pages of reviews, without the tags."""
    return [
        unescape(re.sub("<[^>]*>", "", text))
        for text in re.findall('<div class="tg-text">(.*?)</div>', html, re.DOTALL)
    ]


def test_a_page_has_every_review_with_its_words_marked(run: Callable[..., Ran], folder: Path, tmp_path: Path) -> None:
    ran = run("facts", folder, "--format", "html", "-o", tmp_path / "page.html")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page_text(html) == [SALTMARSH, NORTHGATE]
    assert "Mara Quill plays Nell Harrow" in html
    assert "The actor in brackets behind the character." in html
    assert "<nav" in html
    assert run("facts", folder, "--format", "html").out == html


def test_a_page_about_one_review_is_headed_by_it(run: Callable[..., Ran], folder: Path) -> None:
    html = run("facts", folder / "a.txt", "--format", "html", "--show", "Saltmarsh").out
    assert "<title>Saltmarsh returns</title>" in html
    assert page_text(html) == [SALTMARSH]


def test_a_page_keeps_to_the_confidence_asked_for(run: Callable[..., Ran], folder: Path) -> None:
    ran = run("facts", folder / "a.txt", "--format", "html", "--min-confidence", "1")
    assert "No facts were read in this review." in ran.out
    assert page_text(ran.out) == [SALTMARSH]
    assert "of confidence below 1 left out." in ran.err


def test_what_is_refused_is_not_in_the_page_and_no_page_is_replaced_by_nothing(
    run: Callable[..., Ran], folder: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    ran = run("facts", folder / "a.txt", "missing.txt", "--format", "html", "-o", page)
    assert ran.code == 2
    before = page.read_text(encoding="utf-8")
    assert page_text(before) == [SALTMARSH]
    ran = run("facts", "missing.txt", "--format", "html", "-o", page)
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == "1 input refused, 0 reviews read."
    assert page.read_text(encoding="utf-8") == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["page.html", "reviews"]


@pytest.mark.parametrize("style", ["table", "text", "jsonl"])
def test_every_format_can_go_to_a_file(run: Callable[..., Ran], folder: Path, tmp_path: Path, style: str) -> None:
    printed = run("facts", folder, "--format", style).out
    ran = run("facts", folder, "--format", style, "-o", tmp_path / "facts")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "facts").read_text(encoding="utf-8") == printed


def test_a_file_that_cannot_be_written_is_named(run: Callable[..., Ran], folder: Path, tmp_path: Path) -> None:
    ran = run("facts", folder, "--format", "html", "-o", tmp_path / "no" / "page.html")
    assert ran.code == 2
    assert f"Error: {tmp_path / 'no' / 'page.html'} cannot be written" in ran.err


def test_no_graph_is_made(run: Callable[..., Ran], folder: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    run("facts", folder)
    assert sorted(tmp_path.rglob("*")) == before


def test_no_text_of_a_review_reaches_the_terminal_as_a_command(run: Callable[..., Ran]) -> None:
    title = "Nell \u009b31m\u202e red"
    ran = run("facts", "-", stdin=json.dumps({"id": "x\u202ey", "text": f"{title}\n\n{NORTHGATE}"}).encode())
    assert ran.code == 0
    assert not set("\u009b\u202e\x1b") & set(ran.out)


SCRIPT = Path(sys.executable).with_name("tellygraph")


def test_whoever_stops_reading_is_left_in_peace(folder: Path) -> None:
    with (folder / "many.jsonl").open("w") as out:
        for number in range(64):
            out.write(json.dumps({"id": f"r{number}", "text": NORTHGATE * 20}) + "\n")
    command = f"{SCRIPT} facts --format jsonl {folder} | head -1 | wc -l; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "141"]
    assert done.stderr == ""


def test_an_interrupt_ends_with_a_word_and_130() -> None:
    reading, writing = os.pipe()
    with subprocess.Popen([SCRIPT, "facts", "-"], stdin=reading, stderr=subprocess.PIPE, text=True) as process:
        os.write(writing, b"A review that")
        while _waiting_bytes(reading):  # it takes them, and waits for the rest
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    os.close(writing)
    os.close(reading)
    assert process.returncode == 130
    assert said.strip() == "Interrupted."


def _waiting_bytes(pipe: int) -> int:
    """How many bytes nobody has read yet."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


@pytest.fixture
def stream(tmp_path: Path) -> Path:
    """JSON lines, enough for several batches, and for facts that fill a pipe."""
    path = tmp_path / "many.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for number in range(150):
            out.write(json.dumps({"id": f"r{number}", "text": NORTHGATE * (1 + number % 7)}) + "\n")
    return path


def test_several_processes_print_the_same_bytes(stream: Path) -> None:
    command = [SCRIPT, "facts", "--format", "jsonl", stream]
    alone = subprocess.run(command, capture_output=True, check=True)
    together = subprocess.run([*command, "--workers", "2"], capture_output=True, check=True)
    assert alone.stdout.count(b"\n") > 150
    assert together.stdout == alone.stdout
    assert (alone.stderr, together.stderr) == (b"", b"")


def test_an_interrupt_ends_all_processes(stream: Path) -> None:
    command = [SCRIPT, "facts", "--format", "jsonl", "--workers", "2", stream]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        process.stdout.readline()  # the processes are at work
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().strip() == "Interrupted."
    until = time.monotonic() + 60
    while alive := _alive(process.pid):
        assert time.monotonic() < until, f"still there: {alive}"
        time.sleep(0.1)


def _alive(group: int) -> list[str]:
    """The processes of a group that have not ended."""
    listed = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
    return [row[2] for row in rows if row[0] == str(group) and not row[1].startswith("Z")]


def test_a_model_does_not_read_in_processes(run: Callable[..., Ran], folder: Path) -> None:
    ran = run("facts", folder, "--reader", "llm", "--workers", "2")
    assert ran.code == 2
    assert ran.err.startswith("Error: the reader 'llm' cannot read in several processes: leave the workers at 1")


PAGE = Path(__file__).parents[2] / "docs" / "own-rules.md"
OWN_RULE = PAGE.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]


class TestRulesOfOnesOwn:
    def test_are_read_too(self, run, tmp_path: Path) -> None:
        (tmp_path / "own.toml").write_text(OWN_RULE, encoding="utf-8")
        (tmp_path / "a.txt").write_text("Nell crosses swords with Otto.", encoding="utf-8")
        ran = run("facts", "a.txt", "--rules", "own.toml", "--format", "jsonl")
        assert [f["rule"] for f in facts(ran)] == ["own-fences"]
        assert facts(run("facts", "a.txt", "--format", "jsonl")) == []

    def test_a_mistake_in_them_ends_with_one_sentence(self, run, tmp_path: Path) -> None:
        (tmp_path / "own.toml").write_text(OWN_RULE.replace('"rival"', '"pal"'), encoding="utf-8")
        ran = run("facts", "a.txt", "--rules", "own.toml")
        assert ran.code == 2
        assert "own.toml: rule 'own-fences' has the kind 'pal'" in ran.err
        assert "Traceback" not in ran.err
