"""The manifest of a folder of parts: written last, read with care, and held to the files beside it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tellygraph.errors import InputError
from tellygraph.graph.manifest import (
    MANIFEST,
    InputFile,
    Manifest,
    Part,
    check_part,
    opened_part,
    read_manifest,
    sha256_of,
    write_manifest,
)

LINE = b"<https://e.test/s> <https://e.test/p> <https://e.test/o> <https://e.test/g> .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "part-00000.nq.gz").write_bytes(gzip.compress(LINE, mtime=0))
    return tmp_path


def manifest_of(folder: Path) -> Manifest:
    file = folder / "part-00000.nq.gz"
    part = Part(file.name, 1, 1, file.stat().st_size, sha256_of(file))
    inputs = (InputFile("file:///reviews.jsonl", 2, "5f"),)
    return Manifest("1.2.3", "rules-0a", "https://w3id.org/tellygraph/id/", inputs, (part,), refused=1)


def test_what_was_written_is_read(folder: Path) -> None:
    manifest = manifest_of(folder)
    write_manifest(folder, manifest)
    assert read_manifest(folder) == manifest
    assert (manifest.reviews, manifest.quads) == (1, 1)


def test_parts_are_held_to_their_hash(folder: Path) -> None:
    (part,) = manifest_of(folder).parts
    check_part(folder, part)
    with opened_part(folder, part) as stream:
        assert stream.read() == LINE
    path = folder / part.file
    broken = bytearray(path.read_bytes())
    broken[-9] ^= 1
    path.write_bytes(broken)
    with pytest.raises(InputError, match=r"part-00000\.nq\.gz is not what manifest\.json says"):
        check_part(folder, part)
    path.unlink()
    with pytest.raises(InputError, match="cannot be read: No such file"):
        check_part(folder, part)


def test_half_a_part_is_an_error(folder: Path) -> None:
    (part,) = manifest_of(folder).parts
    path = folder / part.file
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(InputError, match="cannot be read"), opened_part(folder, part) as stream:
        stream.read()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not a manifest of parts"),
        ("[]", "is not a manifest of the kind tellygraph-parts/1"),
        ('{"format": "tellygraph-parts/9"}', "is not a manifest of the kind tellygraph-parts/1"),
        ('{"format": "tellygraph-parts/1"}', "is damaged"),
    ],
)
def test_a_wrong_manifest_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(InputError, match=said):
        read_manifest(tmp_path)


def test_a_folder_without_one_is_not_finished(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no manifest\.json: it is no folder of parts, or one that is not"):
        read_manifest(tmp_path)


def test_a_part_lies_beside_its_manifest(folder: Path) -> None:
    write_manifest(folder, manifest_of(folder))
    record = json.loads((folder / MANIFEST).read_text())
    record["parts"][0]["file"] = "../part-00000.nq.gz"
    (folder / MANIFEST).write_text(json.dumps(record))
    with pytest.raises(InputError, match="not the name of a file beside it"):
        read_manifest(folder)
