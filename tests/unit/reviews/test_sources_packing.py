"""gzip and Zstandard: what is in them is read as it would be without; what is broken or a bomb is refused."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from backports import zstd

from tellygraph.ontology.iris import Iris
from tellygraph.reviews.records import Refusal, Review
from tellygraph.reviews.sources import Notice, Position, read_paths

IRIS = Iris("https://w3id.org/tellygraph/id/")
PACK: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zstd.compress}
KIND = {".gz": "gzip", ".zst": "zstd"}
PAGE = (
    "<html><body><article>"
    + "<p>Nell Harrow (Mara Quill) is back in Saltmarsh, and wetter.</p>" * 9
    + "</article></body></html>"
)
CONTENTS = {
    "a.txt": "Saltmarsh returns\r\n\r\nNell is back.",
    "a.md": "---\nshow: Saltmarsh\n---\nNell is back.",
    "a.html": PAGE,
    "a.jsonl": '{"id": "1", "text": "Nell is back."}\n{"id": "2", "text": "Sam is back."}\n',
    "a.csv": "id,text\n1,Nell is back.\n2,Sam is back.\n",
    "a.tsv": "id\ttext\n1\tNell is back.\n",
}


def read(*paths: object, stdin: bytes = b"") -> list[Review | Refusal | Notice]:
    return list(read_paths([str(path) for path in paths], stdin=io.BytesIO(stdin), iris=IRIS))


def lines(count: int) -> bytes:
    return b"".join(
        json.dumps({"id": str(i), "text": f"Nell is back for the {i}th time, {i * i}."}).encode() + b"\n"
        for i in range(count)
    )


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("name", CONTENTS)
def test_a_packed_file_is_what_is_in_it_with_the_same_id(tmp_path: Path, name: str, suffix: str) -> None:
    plain, packed = tmp_path / name, tmp_path / f"{name}{suffix.upper()}"
    plain.write_text(CONTENTS[name], newline="")
    packed.write_bytes(PACK[suffix](plain.read_bytes()))
    without = read(plain)
    assert without
    assert [replace(found, id=found.id) for found in read(packed) if isinstance(found, Review)] == without


@pytest.mark.parametrize("suffix", PACK)
def test_packed_text_can_be_piped(suffix: str) -> None:
    pack = PACK[suffix]
    (review,) = read("-", stdin=pack(b"Nell is back."))
    assert isinstance(review, Review)
    assert (review.id, review.text) == ("stdin", "Nell is back.")
    assert len(read("-", stdin=pack(lines(3)))) == 3
    (refusal,) = read("-", stdin=pack(b""))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "it is empty; pipe a review or JSON lines into it"


@pytest.mark.parametrize("suffix", PACK)
def test_members_that_follow_one_another_are_one_text(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    data = lines(30)
    path.write_bytes(b"".join(PACK[suffix](data[i : i + 100]) for i in range(0, len(data), 100)))
    assert [found.id for found in read(path) if isinstance(found, Review)] == [str(i) for i in range(30)]


def test_zstd_with_a_frame_to_skip_first_is_zstd(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.zst"
    path.write_bytes(b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + zstd.compress(lines(2)))
    assert len([found for found in read(path) if isinstance(found, Review)]) == 2


@pytest.mark.parametrize("suffix", PACK)
def test_of_a_file_that_is_cut_off_what_was_before_is_kept(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    packed = PACK[suffix](lines(20_000))
    path.write_bytes(packed[: len(packed) // 2])
    *reviews, refusal = read(path)
    assert 2_000 < len(reviews) < 18_000
    assert all(isinstance(review, Review) for review in reviews)
    assert isinstance(refusal, Refusal)
    assert refusal.source == str(path)
    assert refusal.reason.startswith(f"its {KIND[suffix]} data is cut off after ")
    text = tmp_path / f"a.txt{suffix}"
    text.write_bytes(PACK[suffix](b"Nell is back. " * 99)[:-9])
    (refusal,) = read(text)  # half a review is none
    assert isinstance(refusal, Refusal)
    assert "is cut off" in refusal.reason


@pytest.mark.parametrize("suffix", PACK)
def test_broken_data_is_refused_and_what_was_before_is_kept(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    packed = bytearray(PACK[suffix](lines(40_000)))
    middle = len(packed) // 2
    packed[middle : middle + 2000] = b"\xff" * 2000
    path.write_bytes(packed)
    *found, refusal = read(path)
    assert len([item for item in found if isinstance(item, Review)]) > 1000
    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith(f"its {KIND[suffix]} data is broken after ")


@pytest.mark.parametrize("suffix", PACK)
def test_a_name_that_speaks_of_a_packing_that_is_not_there(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.txt{suffix}"
    path.write_text("Nell is back.")
    (refusal,) = read(path)
    assert refusal == Refusal(str(path), f"its name says {KIND[suffix]}, but it is not packed; take the suffix off")


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_a_bomb_is_refused_before_it_goes_off(
    tmp_path: Path, suffix: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELLYGRAPH_MAX_FILE_BYTES", "200000")
    monkeypatch.setenv("TELLYGRAPH_MAX_REVIEW_CHARS", "1000")
    path = tmp_path / f"{name}{suffix}"
    bomb = b"id,text\n1," + b"x" * 3_000_000
    path.write_bytes(PACK[suffix](bomb))
    refusals = [found for found in read(path) if isinstance(found, Refusal)]
    assert refusals
    last = refusals[-1].reason
    assert "unpacks to more than 250 times its size" in last or (
        name == "a.txt" and "larger than 200,000 bytes" in last
    )


@pytest.mark.parametrize("suffix", PACK)
def test_progress_is_the_place_in_the_packed_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(PACK[suffix](lines(50_000)))
    size, position = path.stat().st_size, Position()
    places = [position.done for _ in read_paths([str(path)], iris=IRIS, position=position)]
    assert places == sorted(places)
    assert places[0] < size / 2
    assert places[-1] == size


def test_the_same_review_packed_and_not_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nell is back.")
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"Nell is back."))
    review, notice = read(tmp_path)
    assert isinstance(review, Review)
    assert isinstance(notice, Notice)
    assert notice.message == f"it is the same review as {tmp_path / 'a.txt'} and was read once"
