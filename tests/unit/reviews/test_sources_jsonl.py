"""JSON lines: each line stands alone, a bad one is refused by its number."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tellygraph.ontology.iris import Iris
from tellygraph.reviews.records import Refusal, Review
from tellygraph.reviews.sources import Notice, read_paths

IRIS = Iris("https://w3id.org/tellygraph/id/")
GOOD = {"id": "x", "text": "Nell is back."}


def read(data: bytes | str) -> list[Review | Refusal | Notice]:
    stdin = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return list(read_paths(["-"], stdin=stdin, iris=IRIS))


def line(**more: object) -> str:
    return json.dumps({**GOOD, **more}, ensure_ascii=False)


def reason(data: bytes | str) -> str:
    """The first character of standard input decides its kind, so a good line goes first."""
    good, refusal = read(line(id="first").encode() + b"\n" + (data.encode() if isinstance(data, str) else data))
    assert isinstance(good, Review)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.source == "standard input, line 2"
    return refusal.reason


def test_every_key_arrives() -> None:
    about = {
        "show": "Saltmarsh", "season": 2, "title": "Wetter", "author": "Ana Brook", "publisher": "The Evening Lamp",
        "date": "2022-03-11", "url": "https://lamp.example/2", "licence": "CC-BY-4.0",
    }  # fmt: skip
    assert read(line(**about)) == [Review(IRIS.review("x"), text="Nell is back.", id="x", **about)]


def test_null_and_empty_mean_not_given() -> None:
    assert read(line(show=None, season=None, author="", date=" ")) == [Review(IRIS.review("x"), "x", "Nell is back.")]


def test_a_date_time_loses_its_time() -> None:
    (review,) = read(line(date="2022-03-11T23:30:00+02:00"))
    assert isinstance(review, Review)
    assert review.date == "2022-03-11"


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("{", "not JSON (Expecting property name"),
        ("nonsense", "not JSON (Expecting value at character 0)"),
        ("[1]", "it is not an object"),
        ('{"text": "Nell"}', "it has no 'id'"),
        ('{"id": "y"}', "it has no 'text'"),
        ('{"id": 7, "text": "Nell"}', "its 'id' must be text"),
        ('{"id": "y", "text": null}', "its 'text' must be text"),
        ('{"id": "y", "text": ["Nell"]}', "its 'text' must be text"),
        ('{"id": "y", "text": "Nell", "season": "2"}', "its 'season' must be a whole number, not text"),
        ('{"id": "y", "text": "Nell", "season": true}', "not true or false"),
        ('{"id": "y", "text": "Nell", "season": 2.5}', "not a number"),
        ('{"id": "y", "text": "Nell", "season": -1}', "its 'season' is -1"),
        ('{"id": "y", "text": "Nell", "author": ["A", "B"]}', "its 'author' must be text, not a list"),
        ('{"id": "y", "text": "Nell", "title": "A\\nB"}', "its 'title' holds a line end"),
        ('{"id": "y", "text": "Nell", "date": "11 March 2022"}', "its 'date' is '11 March 2022', not a date like"),
        ('{"id": "y", "text": "Nell", "date": "2022-02-30"}', "a day that no calendar has"),
        ('{"id": "y", "text": "Nell", "date": "2022-13"}', "a day that no calendar has"),
        ('{"id": "y", "text": "Nell", "url": "javascript:alert(1)"}', "not an absolute http(s) address"),
        ('{"id": "y", "text": "Nell", "license": "MIT"}', "unknown key 'license'; did you mean 'licence'?"),
        ('{"id": "y", "text": "Nell", "stars": 5}', "unknown key 'stars'"),
        ('{"id": "y", "text": "Nell", "text": "Sam"}', "the key 'text' is there twice"),
        ('{"id": "y", "text": "Nell", "season": NaN}', "NaN is not JSON"),
        ('{"id": "y", "text": "Nell", "season": ' + "9" * 5000 + "}", "not JSON that can be read"),
        ('{"id": "y", "text": "\\ud800 Nell"}', "U+D800"),
        ('{"id": "y", "text": "Nell\\u0000"}', "U+0000"),
        ('{"id": "y", "text": "  "}', "it is empty"),
        ("[" * 200_000, "nested too deeply"),
        (b'{"id": "y", "text": "Zo\xeb"}', "not UTF-8 (byte 23, 0xEB)"),
        ('{"id": "first", "text": "Nell is back."}', "the id 'first' was given before, by standard input, line 1"),
    ],
)  # fmt: skip
def test_a_bad_line_is_refused_with_a_reason(broken: bytes | str, says: str) -> None:
    assert says in reason(broken)


def test_the_lines_after_a_bad_one_are_still_read_and_blank_ones_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_text("\n".join([line(id="1"), "", "{oops", line(id="2"), "   ", line(id="3")]) + "\r\n")
    found = list(read_paths([str(path)], iris=IRIS))
    assert [r.id if isinstance(r, Review) else r.source for r in found] == ["1", f"{path}, line 3", "2", "3"]


def test_a_line_end_inside_a_string_ends_no_line() -> None:
    (review,) = read(line(text="Nell\u2028Sam\u0085Bea"))
    assert isinstance(review, Review)
    assert review.text == "Nell\u2028Sam\u0085Bea"


def test_utf16_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes((line(id="1") + "\n" + line(id="2", text="Zoë 🙂")).encode("utf-16"))
    assert [r.text for r in read_paths([str(path)], iris=IRIS) if isinstance(r, Review)] == [
        "Nell is back.",
        "Zoë 🙂",
    ]


def test_an_endless_line_is_not_kept_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_MAX_REVIEW_CHARS", "100")
    refusal, review = read(line(text="x" * 200_000) + "\n" + line(id="2"))
    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith("the line is longer than 66,736 bytes")
    assert isinstance(review, Review)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_a_line_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(content)
    assert list(read_paths([str(path)], iris=IRIS)) == [Refusal(str(path), "it is empty: there is not one line in it")]
