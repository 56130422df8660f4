"""Whatever a review holds, its text is what the file holds, so that offsets into it mean the same to everyone."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from tellygraph.ontology.iris import Iris
from tellygraph.reviews.records import Refusal, Review
from tellygraph.reviews.sources import Notice, read_paths

IRIS = Iris("https://w3id.org/tellygraph/id/")

# Text as critics and their programs write it: any code point but controls, with every kind of line end.
PROSE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"),
        st.sampled_from("\n\r\t\f 🙂’\u2028"),
    ),
    max_size=200,
).map(lambda text: "Nell" + text)


def read_file(name: str, data: bytes) -> list[Review | Refusal | Notice]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        return list(read_paths([str(path)], iris=IRIS))


@given(PROSE, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_text_files_review_is_its_decoded_content(text: str, encoding: str) -> None:
    (review,) = read_file("a.txt", text.encode(encoding))
    assert isinstance(review, Review)
    assert review.text == text
    if review.title is not None:
        assert text[text.index(review.title) :].startswith(review.title)


@given(PROSE, st.sampled_from(["\n", "\r\n", "\r"]))
def test_markdowns_text_is_the_end_of_its_file(text: str, end: str) -> None:
    front = end.join(["---", "show: Saltmarsh", "---", ""])
    (review,) = read_file("a.md", (front + text).encode())
    assert isinstance(review, Review)
    assert (review.show, review.text) == ("Saltmarsh", text)


@given(PROSE, st.booleans())
def test_a_json_lines_text_is_its_string(text: str, ascii_only: bool) -> None:
    line = json.dumps({"id": "x", "text": text}, ensure_ascii=ascii_only).encode()
    (review,) = read_paths(["-"], stdin=io.BytesIO(line), iris=IRIS)
    assert isinstance(review, Review)
    assert review.text == text


@given(
    st.lists(PROSE, min_size=1, max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["", ".gz", ".zst"]),
)
def test_a_csv_rows_text_is_its_value(
    texts: list[str], delimiter: str, end: str, encoding: str, quoting: Literal[0, 1, 2], packing: str
) -> None:
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(["text", "id", "season"])
    writer.writerows([text, f"review {number}", number] for number, text in enumerate(texts))
    data = table.getvalue().encode(encoding)
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}[packing]
    found = read_file(f"a.csv{packing}", pack(data))
    assert [(r.text, r.id, r.season) for r in found if isinstance(r, Review)] == [
        (text, f"review {number}", number) for number, text in enumerate(texts)
    ]
    assert len(found) == len(texts)


@given(st.lists(PROSE, min_size=1, max_size=5))
def test_a_parquet_rows_text_is_its_value(texts: list[str]) -> None:
    file = io.BytesIO()
    pq.write_table(pa.table({"text": texts, "id": range(len(texts))}), file, row_group_size=2)
    found = read_file("a.parquet", file.getvalue())
    assert [(r.text, r.id) for r in found if isinstance(r, Review)] == [(t, str(n)) for n, t in enumerate(texts)]


@settings(max_examples=500)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=100).map(lambda tail: b'{"id":"x","text":"Nell"}\n' + tail),
        st.binary(max_size=100).map(lambda tail: gzip.compress(b'{"id":"x","text":"Nell"}\n' + tail)[: 3 * len(tail)]),
        st.lists(st.sampled_from([b'"', b",", b"\n", b"\r", b"Nell", b"\xff", b"\0", b'""']), max_size=40).map(
            lambda parts: b"id,text\n" + b"".join(parts)
        ),
        st.lists(
            st.sampled_from(
                [b"<p>", b"</p>", b"<table>", b"<tr>", b"<br>", b"<script type='application/ld+json'>", b"</script>",
                 b'{"@type":"Review",', b'"author":', b"[]", b"{", b"}", b"Nell is Sam's sister. ", b"<![CDATA[", b"&#0;",
                 b"<!--", b"<html>", b"\xc3\xab", b"---\n", b"show: x\n", b"<svg>", b"<?xml version='1.0' encoding='x'?>"]
            ),
            max_size=20,
        ).map(b"".join),
    ),
    st.sampled_from(["a.txt", "a.md", "a.html", "a.jsonl", "a.csv", "a.tsv", "a.parquet", "a.csv.gz", "a.jsonl.zst"]),
)  # fmt: skip
def test_no_bytes_are_too_strange_to_be_read_or_refused(data: bytes, name: str) -> None:
    for found in read_file(name, data):
        if isinstance(found, Review):
            assert any(character.isalpha() for character in found.text)
            found.text.encode()
        else:
            assert name in found.source
