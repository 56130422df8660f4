"""Paths in, reviews out: files, folders and standard input, in order, and what is refused."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from tellygraph.errors import SettingError
from tellygraph.ontology.iris import Iris
from tellygraph.reviews.records import Refusal, Review
from tellygraph.reviews.sources import FORMATS, SUFFIXES, Notice, read_paths

IRIS = Iris("https://w3id.org/tellygraph/id/")


def read(*paths: object, stdin: bytes = b"", **said: object) -> list[Review | Refusal | Notice]:
    return list(read_paths([str(p) for p in paths], stdin=io.BytesIO(stdin), iris=IRIS, **said))


def only_refusal(found: Sequence[object]) -> Refusal:
    assert len(found) == 1, found
    assert isinstance(found[0], Refusal), found
    return found[0]


def write(folder: Path, name: str, content: str | bytes = "Nell is Sam’s sister.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_file_is_its_text_with_its_name_as_id(tmp_path: Path) -> None:
    path = write(tmp_path, "saltmarsh 1.txt", "Saltmarsh returns\r\n\r\nNell is Sam’s sister. 🙂\r\n")
    assert read(path) == [
        Review(
            "https://w3id.org/tellygraph/id/review/saltmarsh%201.txt",
            "saltmarsh 1.txt",
            "Saltmarsh returns\r\n\r\nNell is Sam’s sister. 🙂\r\n",
            title="Saltmarsh returns",
        )
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Saltmarsh returns\n\nNell is back.", "Saltmarsh returns"),
        ("\n\n  Saltmarsh returns \n \nNell is back.", "Saltmarsh returns"),
        ("Saltmarsh returns\nNell is back.", None),
        ("x" * 200 + "\n\nNell is back.", "x" * 200),
        ("x" * 201 + "\n\nNell is back.", None),
        ("Nell is back.", None),
    ],
)
def test_a_short_first_line_before_a_blank_one_is_the_title_and_stays_in_the_text(
    tmp_path: Path, text: str, title: str | None
) -> None:
    (review,) = read(write(tmp_path, "a.txt", text))
    assert isinstance(review, Review)
    assert (review.title, review.text) == (title, text)


def test_a_folder_is_walked_in_order_of_names_and_says_what_it_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.md", "c.TXT", "still.png", "notes", ".hidden.txt", ".git/x.txt"):
        write(tmp_path, name, f"Nell, in {name}.")
    *reviews, notice = read(tmp_path)
    assert [r.id for r in reviews if isinstance(r, Review)] == ["a/b/c.md", "a/z.txt", "b.txt", "c.TXT"]
    assert notice == Notice(str(tmp_path), "4 passed over (1 .png, 1 no suffix, 2 hidden)", 4)
    assert reviews[0].iri == "https://w3id.org/tellygraph/id/review/a/b/c.md"


def test_links_to_folders_are_not_followed_round_in_circles(tmp_path: Path) -> None:
    write(tmp_path, "a/x.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    review, notice = read(tmp_path)
    assert isinstance(review, Review)
    assert review.id == "a/x.txt"
    assert isinstance(notice, Notice)
    assert notice.passed_over == 1


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    review, notice = read(tmp_path)
    assert isinstance(review, Review)
    assert isinstance(notice, Notice)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert "no file of the kinds .txt, .md, .html, .htm, .jsonl" in only_refusal(read(tmp_path)).reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b" \n\t\n", "it is empty"),
        (b"... 5/5 !!", "it is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "it is binary (byte 8 is NUL)"),
        (b"Nell \x1b[31mred", "not plain text (character 5 is U+001B)"),
        (b"Nell\x07", "U+0007"),
        ("Zoë".encode("latin-1"), "it is not UTF-8 (byte 2, 0xEB)"),
        (b"\xef\xbb\xbfNell \xff", "it is not UTF-8 (byte 8, 0xFF)"),
        (b"\xff\xfeN\x00e", "says UTF-16, but byte 4 is not"),
        ("Nell \ufffe".encode(), "U+FFFE"),
    ],
)
def test_what_is_not_text_is_refused_with_the_place(tmp_path: Path, content: bytes, reason: str) -> None:
    for name in ("bad.txt", "bad.md"):
        refusal = only_refusal(read(write(tmp_path, name, content)))
        assert refusal.source == str(tmp_path / name)
        assert reason in refusal.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_are_understood_and_taken_off(tmp_path: Path, encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    (review,) = read(write(tmp_path, "a.txt", mark + "Zoë 🙂 is here.".encode(encoding)))
    assert isinstance(review, Review)
    assert review.text == "Zoë 🙂 is here."


def test_a_missing_file_is_refused_and_the_others_are_still_read(tmp_path: Path) -> None:
    good = write(tmp_path, "a.txt")
    missing, review = read(tmp_path / "missing.txt", good)
    assert missing == Refusal(str(tmp_path / "missing.txt"), "there is no such file or folder; check the name")
    assert isinstance(review, Review)


def test_a_file_of_another_kind_is_refused_when_named_and_a_nul_in_a_name_is_no_file(tmp_path: Path) -> None:
    refusal = only_refusal(read(write(tmp_path, "review.pdf")))
    kinds = ", ".join(SUFFIXES)
    assert (
        refusal.reason == f"its suffix is not one of {kinds} (packed: .gz, .zst); pipe it into '-' to read it as text"
    )
    assert only_refusal(read("a\0b.txt")).reason == "this is not a file name"


def test_a_name_that_is_not_utf8_is_refused_and_printable(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as out:  # noqa: PTH123 - pathlib has no bytes
        out.write(b"Nell is back.")
    refusal = only_refusal(read(tmp_path)[:1])
    assert "rename it" in refusal.reason
    refusal.source.encode()


def test_over_long_inputs_name_the_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_MAX_REVIEW_CHARS", "20")
    monkeypatch.setenv("TELLYGRAPH_MAX_FILE_BYTES", "40")
    assert isinstance(read(write(tmp_path, "a.txt", "é" * 20))[0], Review)
    chars = only_refusal(read(write(tmp_path, "b.txt", "x" * 21)))
    assert chars.reason == "it has 21 characters, more than 20; split it, or raise TELLYGRAPH_MAX_REVIEW_CHARS"
    size = only_refusal(read(write(tmp_path, "c.txt", "x" * 41)))
    assert size.reason == "it is larger than 40 bytes; split it, or raise TELLYGRAPH_MAX_FILE_BYTES"


def test_a_wrong_setting_is_said_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_MAX_REVIEW_CHARS", "many")
    with pytest.raises(SettingError, match="TELLYGRAPH_MAX_REVIEW_CHARS"):
        read_paths(["a.txt"], iris=IRIS)


def test_standard_input_is_one_text_or_json_lines() -> None:
    (text,) = read("-", stdin=b"Nell is Sam's sister.")
    assert isinstance(text, Review)
    assert text.id == "stdin"
    for mark in (b"", b"\xef\xbb\xbf"):
        (line,) = read("-", stdin=mark + b'{"id": "x", "text": "Nell is back."}')
        assert isinstance(line, Review)
        assert line.id == "x"
    assert only_refusal(read("-")).source == "standard input"
    assert "given twice" in only_refusal(read("-", "-", stdin=b"Nell")[1:]).reason


def test_what_the_user_says_goes_before_what_the_source_says(tmp_path: Path) -> None:
    line = b'{"id": "x", "text": "Nell is back.", "show": "Saltmarsh", "season": 2}'
    path = write(tmp_path, "a.jsonl", line)
    for said, expected in [
        ({}, ("Saltmarsh", 2)),
        ({"season": 3}, ("Saltmarsh", 3)),
        ({"show": "Saltmarsh"}, ("Saltmarsh", 2)),
        ({"show": "Northgate"}, ("Northgate", None)),
        ({"show": "Northgate", "season": 1}, ("Northgate", 1)),
    ]:
        (review,) = read(path, **said)
        assert isinstance(review, Review)
        assert (review.show, review.season) == expected


def test_one_id_for_two_reviews_is_refused_but_one_file_twice_is_read_once(tmp_path: Path) -> None:
    first, other = write(tmp_path, "a/x.txt", "Nell is back."), write(tmp_path, "b/x.txt", "Sam is back.")
    review, refusal = read(first, other)
    assert isinstance(review, Review)
    assert refusal == Refusal(
        str(other), f"the id 'x.txt' was given before, by {first}; give each review an id of its own"
    )
    again = read(first, tmp_path / "a")
    assert again[1] == Notice(str(tmp_path / "a" / "x.txt"), f"it is the same review as {first} and was read once")


@pytest.mark.parametrize(
    "wrong",
    ["", "/", " ", "a\nb", "a\ud800", "x" * 1001,
     "https://w3id.org/tellygraph/id/graph/identity", "https://w3id.org/tellygraph/id/person/kit-connor"],
)  # fmt: skip
def test_an_id_must_be_able_to_name_the_graph_of_a_review(wrong: str) -> None:
    line = json.dumps({"id": wrong, "text": "Nell is back."}).encode()
    assert only_refusal(read("-", stdin=line)).reason.startswith("its id ")


@pytest.mark.parametrize("odd", ["../person/kit-connor", "https://a.example/x#top", "https://[bad/", "Größe 🙂", "<x>"])
def test_an_odd_id_still_names_a_graph_of_its_own(odd: str) -> None:
    (review,) = read("-", stdin=json.dumps({"id": odd, "text": "Nell is back."}).encode())
    assert isinstance(review, Review)
    assert review.id == odd
    assert review.iri.startswith(("https://w3id.org/tellygraph/id/review/", "https://a.example/"))
    NamedNode(review.iri)


def test_the_formats_are_one_visible_list() -> None:
    assert [kind.name for kind in FORMATS] == [
        "text",
        "markdown",
        "HTML",
        "JSON lines",
        "CSV",
        "TSV",
        "Parquet",
        "feed",
        "JSON-LD",
    ]
    assert SUFFIXES == (
        ".txt",
        ".md",
        ".html",
        ".htm",
        ".jsonl",
        ".ndjson",
        ".csv",
        ".tsv",
        ".tab",
        ".parquet",
        ".rss",
        ".atom",
        ".jsonld",
    )


def test_reading_is_a_stream(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    found = read_paths([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], iris=IRIS)
    assert isinstance(next(found), Review)
    write(tmp_path, "b.txt", "Sam is back.")  # is opened only when its turn comes
    assert isinstance(next(found), Review)
