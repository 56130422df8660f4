"""CSV, TSV and Parquet: one review a row; a row that cannot be read is refused by its place."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tellygraph.errors import InputError
from tellygraph.ontology.iris import Iris
from tellygraph.reviews.records import Refusal, Review
from tellygraph.reviews.sources import Notice, Position, columns_of, read_paths

IRIS = Iris("https://w3id.org/tellygraph/id/")
Found = list[Review | Refusal | Notice]


def read(path: Path, **columns: str) -> Found:
    return list(read_paths([str(path)], iris=IRIS, columns=columns))


def table(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def parquet(folder: Path, name: str = "a.parquet", **columns: Any) -> Path:
    pq.write_table(pa.table(columns), folder / name, row_group_size=100)
    return folder / name


def texts(found: Found) -> list[str]:
    return [item.text for item in found if isinstance(item, Review)]


def refused(found: Found) -> list[str]:
    return [f"{Path(item.source).name}: {item.reason}" for item in found if isinstance(item, Refusal)]


EVERY_KEY = {
    "id": "x", "text": "Nell is back.", "show": "Saltmarsh", "season": 2, "title": "Wetter", "author": "Ana Brook",
    "publisher": "The Evening Lamp", "date": "2022-03-11", "url": "https://lamp.example/2", "licence": "CC-BY-4.0",
}  # fmt: skip


def test_every_key_is_a_column(tmp_path: Path) -> None:
    review = Review(IRIS.review("x"), **EVERY_KEY)  # type: ignore[arg-type]
    rows = ",".join(EVERY_KEY) + "\n" + ",".join(str(value) for value in EVERY_KEY.values()) + "\n"
    assert read(table(tmp_path, rows)) == [review]
    assert read(table(tmp_path, rows.replace(",", "\t"), "a.tsv")) == [review]
    assert read(parquet(tmp_path, **{key: [value] for key, value in EVERY_KEY.items()})) == [review]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_dialects_are_told_by_the_first_row(tmp_path: Path, delimiter: str, end: str, encoding: str) -> None:
    rows = [["id", "Review-Text", "season"], ["ë", f'"Nell, Sam; ""Bea""|\t{end}are back."', "3"], ["2", "Sam.", ""]]
    content = "".join(delimiter.join(row) + end for row in rows)
    first, second = read(table(tmp_path, content.encode(encoding)))
    assert isinstance(first, Review)
    assert isinstance(second, Review)
    assert (first.id, first.text, first.season) == ("ë", f'Nell, Sam; "Bea"|\t{end}are back.', 3)
    assert (second.text, second.season) == ("Sam.", None)


def test_excels_first_line_says_the_delimiter(tmp_path: Path) -> None:
    assert texts(read(table(tmp_path, "sep=#\r\nid#text\r\n1#Nell is back.\r\n"))) == ["Nell is back."]


def test_columns_go_by_their_own_names_aliases_and_what_the_user_calls_them(tmp_path: Path) -> None:
    path = table(tmp_path, "id,Body,TV Series,stars\n1,Nell is back.,Saltmarsh,4\n")
    review, notice = sorted(read(path), key=lambda item: isinstance(item, Notice))
    assert isinstance(review, Review)
    assert (review.text, review.show) == ("Nell is back.", "Saltmarsh")
    assert notice == Notice(str(path), "its column 'stars' was passed over")
    (review,) = [item for item in read(path, text="TV Series", id="Body") if isinstance(item, Review)]
    assert (review.id, review.text, review.show) == ("Nell is back.", "Saltmarsh", None)


def test_an_address_can_be_id_and_url(tmp_path: Path) -> None:
    (review,) = read(table(tmp_path, "link,text\nhttps://lamp.example/1,Nell is back.\n"), id="link")
    assert isinstance(review, Review)
    assert review.id == review.iri == review.url == "https://lamp.example/1"


@pytest.mark.parametrize(
    ("content", "columns", "reason"),
    [
        ("", {}, "it is empty: there is not one row in it"),
        ("\n\n", {}, "it is empty: there is not one row in it"),
        ("id,prose\n1,Nell\n", {}, "it has no column 'text'; its columns are 'id', 'prose': name one with --column text=NAME"),
        ("text\nNell\n", {}, "it has no column 'id'; its columns are 'text': name one with --column id=NAME"),
        ("id,text,text\n1,a,b\n", {}, "two columns may be its 'text': 'text' and 'text'; say which with --column text=NAME"),
        ("id,body,review\n1,a,b\n", {}, "two columns may be its 'text': 'body' and 'review'; say which with --column text=NAME"),
        ("id,text\n1,a\n", {"text": "prose"}, "it has no column 'prose'; its columns are 'id', 'text'"),
        ('id,"text\n', {}, "its first row cannot be read: it is not CSV (unexpected end of data); a quotation mark inside a quoted value is doubled"),
        (b"id,text,\xff\n", {}, "it is not UTF-8 (byte 8, 0xFF); save it as UTF-8"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_refused(
    tmp_path: Path, content: str | bytes, columns: dict[str, str], reason: str
) -> None:
    assert refused(read(table(tmp_path, content), **columns)) == [f"a.csv: {reason}"]


def test_rows_that_cannot_be_read_are_refused_by_their_lines(tmp_path: Path) -> None:
    rows = [
        b"id,text,season,date",  # 1
        b'1,"Nell\nis back.",1,',  # 2, 3
        b"2,too few",  # 4
        b'3,"Sam "is" back.",1,',  # 5
        b'4,"Bea "5"\n tall, and ""so""\n on",1,',  # 6 to 8
        b"5,Z\xeb,1,",  # 9
        b"6,Nell.,first,",  # 10
        b"7,Nell.,1,yesterday",  # 11
        b"1,Nell.,1,",  # 12
        b"",  # 13
        b"8,,1,",  # 14
        b"9,N\0ell.,1,",  # 15
        b"10,Sam is back.,2,2022",  # 16
    ]
    found = read(table(tmp_path, b"\n".join(rows)))
    assert texts(found) == ["Nell\nis back.", "Sam is back."]
    csv_wrong = "it is not CSV (',' expected after '\"'); a quotation mark inside a quoted value is doubled"
    offset = sum(len(row) + 1 for row in rows[:5]) + len(b"5,Z")
    nul = sum(len(row) + 1 for row in rows[:11]) + len(b"9,N")
    assert refused(found) == [
        "a.csv, line 4: it has 2 values for 4 columns",
        f"a.csv, line 5: {csv_wrong}",
        f"a.csv, lines 6 to 8: {csv_wrong}",
        f"a.csv, line 9: it is not UTF-8 (byte {offset}, 0xEB); save it as UTF-8",
        "a.csv, line 10: its 'season' must be a whole number, not text",
        "a.csv, line 11: its 'date' is 'yesterday', not a date like 2023, 2023-08 or 2023-08-03",
        f"a.csv, line 12: the id '1' was given before, by {tmp_path / 'a.csv'}, line 2; give each review an id of its own",
        "a.csv, line 14: it is empty: there is not one letter in it",
        f"a.csv, line 15: it is binary (byte {nul} is NUL); give the review as text",
    ]


def test_a_quotation_mark_too_many_takes_rows_along_but_never_makes_reviews_of_prose(tmp_path: Path) -> None:
    found = read(table(tmp_path, 'id,text\n1,"5" tall"\nnot,a row\nnor,this\n2,"Sam"\n3,"Nell is "back\n4,Bea\n'))
    assert texts(found) == ["Bea"] or texts(found) == []
    assert refused(found)[0].startswith("a.csv, lines 2 to ")


def test_a_row_longer_than_any_review_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_MAX_REVIEW_CHARS", "100")
    long = "x" * 200_000
    content = f'id,text\n1,{long}\n2,"{long}\n{long}"\n3,Nell is back.\n4,"{"y" * 101}"\n'
    found = read(table(tmp_path, content))
    assert texts(found) == ["Nell is back."]
    longest = "it is longer than 65,936 characters, more than any review may be"
    assert refused(found) == [
        f"a.csv, line 2: {longest}",
        f"a.csv, lines 3 to 4: {longest}",
        "a.csv, line 6: it has 101 characters, more than 100; split it, or raise TELLYGRAPH_MAX_REVIEW_CHARS",
    ]


def test_a_long_review_is_read_whole(tmp_path: Path) -> None:
    text = "Nell is back, wetter. " * 20_000  # longer than Python's csv takes unless told
    assert texts(read(table(tmp_path, f"id,text\n1,{text.replace(',', ';')}\n"))) == [text.replace(",", ";")]


def test_a_table_is_a_stream_and_tells_how_far_it_is(tmp_path: Path) -> None:
    path = table(tmp_path, "id,text\n" + "".join(f"{i},Nell is back for the {i}th time.\n" for i in range(20_000)))
    position = Position()
    found = read_paths([str(path)], iris=IRIS, position=position)
    next(found)
    assert position.done < path.stat().st_size / 20
    assert sum(1 for _ in found) == 19_999
    assert position.done == path.stat().st_size


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("text", "--column is given as KEY=NAME, such as text=body, not 'text'"),
        ("text=", "--column is given as KEY=NAME, such as text=body, not 'text='"),
        ("txt=body", "--column can name no unknown key 'txt'; did you mean 'text'?"),
    ],
)
def test_a_wrong_column_option_is_said(pair: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        columns_of([pair])
    assert str(raised.value) == said


def test_a_column_can_be_named_once() -> None:
    assert columns_of(["text=a", "id = b=c"]) == {"text": "a", "id": "b=c"}
    with pytest.raises(InputError, match="says twice what the 'text' is called"):
        columns_of(["text=a", "text=b"])
    with pytest.raises(InputError, match="unknown key 'body'"):
        read_paths([], iris=IRIS, columns={"body": "text"})


def test_json_lines_take_columns_too_and_then_pass_over_other_keys(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        '{"link": "https://lamp.example/1", "body": "Nell is back.", "stars": [1]}\n{"body": "Sam."}',
        "a.jsonl",
    )
    review, refusal = read(path, text="body", id="link", url="link")
    assert isinstance(review, Review)
    assert (review.id, review.text, review.url) == ("https://lamp.example/1", "Nell is back.", "https://lamp.example/1")
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "it has no 'link', which --column takes for its 'id'"
    assert "unknown key 'link'" in refused(read(path))[0]


# ---- Parquet ------------------------------------------------------------------------------------------------------


def test_parquets_own_types_are_read(tmp_path: Path) -> None:
    moment = datetime.datetime(2022, 3, 11, 23, 30, tzinfo=datetime.UTC)
    path = parquet(
        tmp_path,
        id=pa.array([1, 2], pa.int64()),
        text=pa.array(["Nell is back.", "Sam is back."]).dictionary_encode(),
        season=pa.array([0, None], pa.int32()),
        date=pa.array([moment, None], pa.timestamp("ns", tz="UTC")),
        title=pa.array(["Wetter", ""], pa.large_string()),
        stars=pa.array([[1], [2]]),
    )
    notice, first, second = read(path)
    assert notice == Notice(str(path), "its column 'stars' was passed over")
    assert isinstance(first, Review)
    assert isinstance(second, Review)
    assert (first.id, first.season, first.date, first.title) == ("1", 0, "2022-03-11", "Wetter")
    assert (second.text, second.season, second.date, second.title) == ("Sam is back.", None, None, None)
    days = parquet(tmp_path, id=["x"], body=["Nell."], date=pa.array([datetime.date(2022, 3, 11)]))
    (review,) = read(days)
    assert isinstance(review, Review)
    assert review.date == "2022-03-11"


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"id": ["x"], "text": [["a", "b"]]}, "its column 'text' is nested (list<"),
        ({"id": ["x"], "text": [{"body": "a"}]}, "its column 'text' is nested (struct<"),
        ({"id": ["x"], "text": [1]}, "its column 'text' holds int64; a review's 'text' must be text"),
        ({"id": [0.5], "text": ["a"]}, "its column 'id' holds double; a review's 'id' must be text or whole numbers"),
        ({"text": ["a"]}, "it has no column 'id'; its columns are 'text'"),
        ({"id": pa.array([], pa.string()), "text": pa.array([], pa.string())}, "it is empty: there is not one row in it"),
    ],
)  # fmt: skip
def test_parquet_that_holds_no_reviews_is_refused(tmp_path: Path, columns: dict[str, Any], reason: str) -> None:
    (said,) = refused(read(parquet(tmp_path, **columns)))
    assert said.startswith(f"a.parquet: {reason}")


def test_parquets_rows_are_refused_one_by_one(tmp_path: Path) -> None:
    path = parquet(tmp_path, id=["1", None, "3"], text=["Nell is back.", "Sam.", None], season=[1, 2, 12345])
    assert refused(read(path)) == [
        "a.parquet, row 2: its 'id' must be text",
        "a.parquet, row 3: its 'text' must be text",
    ]


def test_parquet_is_read_group_by_group_and_tells_how_far_it_is(tmp_path: Path) -> None:
    path = parquet(tmp_path, id=list(map(str, range(1000))), text=[f"Nell is back, number {i}." for i in range(1000)])
    position = Position()
    found = read_paths([str(path)], iris=IRIS, position=position)
    places = [position.done for _ in found]
    assert len(places) == 1000
    assert places == sorted(places)
    assert 0 < places[0] < path.stat().st_size / 100
    assert places[-1] == path.stat().st_size


def test_what_is_before_broken_parquet_is_kept(tmp_path: Path) -> None:
    path = parquet(tmp_path, id=list(map(str, range(1000))), text=[f"Nell is back, number {i}." for i in range(1000)])
    good = path.read_bytes()
    middle = len(good) // 2
    path.write_bytes(good[:middle] + b"\xff" * 4000 + good[middle + 4000 :])
    found = read(path)
    assert 100 < len(texts(found)) < 1000
    assert refused(found)[0].startswith("a.parquet: after its row ")
    path.write_bytes(good[:-100])
    assert refused(read(path))[0].startswith("a.parquet: it is not Parquet that can be read (")


def test_parquet_can_be_piped(tmp_path: Path) -> None:
    path = parquet(tmp_path, id=["x"], text=["Nell is back."])
    with path.open("rb") as stdin:
        assert texts(list(read_paths(["-"], stdin=stdin, iris=IRIS))) == ["Nell is back."]


def test_without_pyarrow_the_way_to_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = parquet(tmp_path, id=["x"], text=["Nell is back."])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert refused(read(path)) == ["a.parquet: reading Parquet needs pyarrow: pip install 'tellygraph[parquet]'"]
