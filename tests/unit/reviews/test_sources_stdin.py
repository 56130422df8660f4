"""Standard input is read as what it begins with, or as the user says that it is."""

from __future__ import annotations

import gzip
import io

import pytest

from samples import IRIS
from tellygraph.errors import InputError
from tellygraph.reviews.records import Refusal, Review
from tellygraph.reviews.sources import INPUT_FORMATS, Notice, read_paths

TEXT = "Nell is back in Saltmarsh, and it is as good as ever."
PAGE = f"<html><body><article><h1>Saltmarsh</h1><p>{TEXT}</p></article></body></html>"
FEED = f"<rss><channel><title>Lamp</title><item><link>https://lamp.example/a</link><description>{TEXT}</description></item></channel></rss>"
JSON_LD = f'{{"@context": "https://schema.org", "@type": "Review", "reviewBody": "{TEXT}"}}'
XML = '<?xml version="1.0" encoding="utf-8"?>\n'


def read(data: str | bytes, kind: str | None = None, **said: object) -> list[Review | Refusal | Notice]:
    stdin = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return list(read_paths(["-"], stdin=stdin, iris=IRIS, stdin_format=kind, **said))  # type: ignore[arg-type]


def text_of(found: list[Review | Refusal | Notice]) -> str:
    (review,) = (item for item in found if isinstance(item, Review))
    return review.text


@pytest.mark.parametrize(
    "data",
    [
        f"id,text\nx,{TEXT!r}\n".replace("'", '"'),
        f"sep=;\nTV Series;Review ID;Body\nSaltmarsh;x;{TEXT}\n",
        f"id\ttext\nx\t{TEXT}\n",
        JSON_LD,
        f"  [{JSON_LD}]",
        f'{{"id": "x", "text": "{TEXT}"}}\n',
        FEED,
        XML + FEED,
        f"---\nshow: Saltmarsh\n---\n{TEXT}",
        TEXT,
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_what_it_begins_with_tells_what_it_is(data: str, packed: bool) -> None:
    whole = gzip.compress(data.encode()) if packed else b"\xef\xbb\xbf" + data.encode()
    assert text_of(read(whole)) == TEXT


@pytest.mark.parametrize("data", [PAGE, f"<!DOCTYPE html>\n{PAGE}", f"\n<!-- a page -->{PAGE}", XML + PAGE])
def test_a_page_is_its_article(data: str) -> None:
    assert text_of(read(data)).endswith(TEXT)
    assert "<" not in text_of(read(data))


def test_a_table_whose_columns_the_user_names_is_a_table() -> None:
    data = f"nr;prose\nx;{TEXT}\n"
    assert text_of(read(data)) == data
    assert text_of(read(data, columns={"id": "nr", "text": "prose"})) == TEXT


@pytest.mark.parametrize(
    "prose", ["[Spoilers] Nell is back.", "id, text: two words", "<3 Nell is back.", "--- Nell ---"]
)
def test_prose_is_prose(prose: str) -> None:
    assert text_of(read(prose)) == prose


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "it is empty"),
        ('[{"id": "x"}]', "it is a JSON list; give each review a line of its own"),
        (XML + "<x/>", "it is XML, and neither a feed nor a page; say what it is with --input-format"),
    ],
)
def test_what_it_cannot_be_is_refused(data: str, reason: str) -> None:
    (refusal,) = read(data)
    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith(reason)


def test_what_the_user_says_goes_first() -> None:
    assert text_of(read(PAGE, "txt")) == PAGE
    assert text_of(read(f"# Saltmarsh\n\n{TEXT}", "md")).endswith(TEXT)
    assert text_of(read(f"id\ttext\nx\t{TEXT}, again\n", "tsv")) == f"{TEXT}, again"
    (refusal,) = read(TEXT, "csv")
    assert isinstance(refusal, Refusal)
    assert "it has no column 'id'" in refusal.reason
    with pytest.raises(InputError, match=r"standard input can be txt, md, html, .*, not 'doc'"):
        read(TEXT, "doc")
    assert list(INPUT_FORMATS) == ["txt", "md", "html", "jsonl", "csv", "tsv", "parquet", "rss", "jsonld"]


def test_a_long_review_is_whole() -> None:
    long = TEXT * 2_000
    assert text_of(read(long)) == long
    assert text_of(read(gzip.compress(long.encode()))) == long
