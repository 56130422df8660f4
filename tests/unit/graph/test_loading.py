"""Loading N-Quads: what may go in, what is held to a manifest, and that a failure leaves nothing."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Quad, RdfFormat

from samples import IRIS, NORTHGATE, SALTMARSH_1, SAMPLE
from servers import oxigraph_server
from tellygraph.errors import InputError, StoreError
from tellygraph.graph import add_reading, open_store, quads_of
from tellygraph.graph.loading import Loaded, load
from tellygraph.graph.manifest import Manifest, Part, sha256_of, write_manifest
from tellygraph.reviews.records import Reading

QUADS = quads_of(NORTHGATE, SAMPLE[NORTHGATE], IRIS)
MORE = quads_of(SALTMARSH_1, SAMPLE[SALTMARSH_1], IRIS)
GOOD = b'<x:s> <x:p> "good" <x:g> .\n'


def nquads(quads: list[Quad]) -> bytes:
    return pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS)


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """A folder of two parts with a manifest, as reading on many machines leaves it."""
    folder = tmp_path / "parts"
    folder.mkdir()
    entries = []
    for number, quads in enumerate((QUADS, MORE)):
        path = folder / f"part-{number}.nq.gz"
        path.write_bytes(gzip.compress(nquads(quads), mtime=0))
        entries.append(Part(path.name, 1, len(quads), path.stat().st_size, sha256_of(path)))
    write_manifest(folder, Manifest("0", "rules", "x:", (), tuple(entries)))
    return folder


def test_parts_become_a_new_graph_and_loading_them_again_adds_nothing(parts: Path, tmp_path: Path) -> None:
    where = str(tmp_path / "new.db")
    both = len(QUADS) + len(MORE)
    assert load([parts], where) == Loaded(where, 2, both, both, 0)
    assert load([parts], where) == Loaded(where, 2, both, 0, 0)
    with open_store(where, read_only=True) as store:
        assert sorted(store.quads(), key=str) == sorted(QUADS + MORE, key=str)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.db", "parts"], "nothing is left beside it"


def test_what_is_loaded_into_a_graph_comes_to_what_it_holds(parts: Path, tmp_path: Path) -> None:
    where = str(tmp_path / "graph.db")
    with open_store(where) as store:
        add_reading(store, Reading(NORTHGATE, SAMPLE[NORTHGATE]), IRIS)
    assert load([parts], where).added == len(MORE)


def test_an_endpoint_is_loaded_as_well(parts: Path) -> None:
    with oxigraph_server() as url:
        assert load([parts], url).added == len(QUADS) + len(MORE)
        assert load([parts], url).added == 0
        bad = parts / "bad.nq"
        bad.write_bytes(GOOD + b"_:b <x:p> <x:o> <x:g> .\n")
        with pytest.raises(InputError, match="a blank node"):
            load([bad], url)
        with open_store(url) as store:
            assert len(store) == len(QUADS) + len(MORE), "all is looked at before any is sent"


def test_a_folder_without_manifest_gives_its_nquads_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    (folder / "b.nq").write_bytes(nquads(MORE))
    (folder / "a.nq.gz").write_bytes(gzip.compress(nquads(QUADS)))
    (folder / "notes.txt").write_text("not loaded")
    assert load([folder], str(tmp_path / "new.db")).files == 2


@pytest.mark.parametrize("kind", [".gz", ".zst"])
def test_packed_files_are_unpacked_and_broken_ones_refused(tmp_path: Path, kind: str) -> None:
    from tellygraph.reviews.sources.packing import zstd

    path = tmp_path / f"a.nq{kind}"
    if kind == ".gz":
        path.write_bytes(gzip.compress(nquads(QUADS)))
    else:
        with zstd()[0](str(path), "wb") as out:
            out.write(nquads(QUADS))
    assert load([path], str(tmp_path / "new.db")).added == len(QUADS)
    whole = path.read_bytes()
    for broken in (whole[: len(whole) // 2], whole[:40] + bytes(80) + whole[120:], b"plain text"):
        path.write_bytes(broken)
        with pytest.raises(InputError, match=r"a\.nq\.(gz|zst)"):
            load([path], str(tmp_path / "other.db"))
    assert not (tmp_path / "other.db").exists()


def test_a_line_may_lack_its_end_and_be_written_in_any_way(tmp_path: Path) -> None:
    file = tmp_path / "a.nq"
    file.write_bytes(GOOD + b'# a remark\n\n<x:s>\t<x:p>  "tab"@EN <x:g>.\r\n<x:\\u00E9> <x:p> <x:o> <x:g> .')
    assert load([file], str(tmp_path / "new.db")).added == 3


def test_literals_not_in_canonical_form_are_counted(tmp_path: Path) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    lines = [
        ("0.90", "decimal"),
        ("0.90", "decimal"),
        ("7", "int"),
        ("1", "boolean"),
        ("0.9", "decimal"),
        ("x", "integer"),
    ]
    file = tmp_path / "a.nq"
    file.write_text("".join(f'<x:{n}> <x:p> "{text}"^^<{xsd}{kind}> <x:g> .\n' for n, (text, kind) in enumerate(lines)))
    for where in (str(tmp_path / "new.db"), ":memory:"):
        assert load([file], where).not_canonical == 4
    with oxigraph_server() as url:
        assert load([file], url).not_canonical == 4
        with open_store(url) as there, open_store(str(tmp_path / "new.db"), read_only=True) as here:
            assert set(there.quads()) == set(here.quads())


REFUSED = {
    b'<x:s> <x:p> "o" .\n': "a statement of no graph",
    b"<x:s> <x:p> <x:o> .\n": "a statement of no graph",
    b"_:b <x:p> <x:o> <x:g> .\n": "a blank node",
    b"<x:s> <x:p> _:b <x:g> .\n": "a blank node",
    b"<x:s> <x:p> <x:o> _:g .\n": "a blank node",
    b"<x:s> <x:p> <<( <x:s> <x:p> <x:o> )>> <x:g> .\n": "a statement about a statement",
    b'<x:s> <x:p> "o\n': "is not N-Quads",
    b"<x:s> <x:p> <relative> <x:g> .\n": "is not N-Quads",
    b'<x:s> <x:p> "\\q" <x:g> .\n': "is not N-Quads",
    b'<x:s> <x:p> "\xff" <x:g> .\n': "is not N-Quads",
    b'<x:s> <x:p> "o"@en-toolongasubtag <x:g> .\n': "is not N-Quads",
    b"<http://a:b:c/> <x:p> <x:o> <x:g> .\n": "is not N-Quads",
}


@pytest.mark.parametrize("line", REFUSED)
@pytest.mark.parametrize("there", [False, True])
def test_what_cannot_be_kept_is_refused_and_nothing_is_loaded(tmp_path: Path, line: bytes, there: bool) -> None:
    where = str(tmp_path / "graph.db")
    if there:
        open_store(where).close()
    first, second = tmp_path / "first.nq", tmp_path / "second.nq"
    first.write_bytes(GOOD)
    second.write_bytes(GOOD * 3 + line + GOOD)
    with pytest.raises(InputError, match=r"second\.nq, line 4") as caught:
        load([first, second], where)
    assert REFUSED[line] in str(caught.value)
    assert "\n" not in str(caught.value)
    if there:
        with open_store(where) as store:
            assert len(store) == 0
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".db"] == ["graph.db"] * there
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_part_that_is_not_as_its_manifest_says_stops_all(parts: Path, tmp_path: Path) -> None:
    path = parts / "part-1.nq.gz"
    path.write_bytes(gzip.compress(nquads(MORE[:-1]), mtime=0))
    with pytest.raises(InputError, match=r"part-1\.nq\.gz is not what manifest\.json says"):
        load([parts], str(tmp_path / "new.db"))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match=r"part-1\.nq\.gz"):
        load([parts], str(tmp_path / "new.db"))
    path.unlink()
    with pytest.raises(InputError, match=r"part-1\.nq\.gz cannot be read"):
        load([parts], str(tmp_path / "new.db"))
    assert [path.name for path in tmp_path.iterdir()] == ["parts"]


def test_a_count_that_is_not_the_manifests_stops_all(parts: Path, tmp_path: Path) -> None:
    from tellygraph.graph.manifest import read_manifest

    said = read_manifest(parts)
    write_manifest(parts, replace(said, parts=(said.parts[0], replace(said.parts[1], quads=3))))
    with pytest.raises(InputError, match="is not what"):
        load([parts], str(tmp_path / "new.db"))


def test_what_is_no_file_of_nquads_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("no")
    (tmp_path / "a.nq").write_bytes(GOOD)
    for given, words in (
        (["none.nq"], "there is no file"),
        (["a.txt"], "is not of a kind"),
        (["empty"], "holds no N-Quads"),
        (["a.nq", "./a.nq"], "is given twice"),
    ):
        with pytest.raises(InputError, match=words):
            load([tmp_path / name for name in given], str(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()


def test_a_graph_that_is_being_made_is_left_to_who_makes_it(tmp_path: Path) -> None:
    from tellygraph.graph.store.folder import made_whole

    (tmp_path / "a.nq").write_bytes(GOOD)
    where = str(tmp_path / "new.db")
    with made_whole(where), pytest.raises(StoreError, match="is being made by another program"):
        load([tmp_path / "a.nq"], where)


def test_what_a_killed_program_left_beside_a_graph_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / ".new.db.new"
    left.mkdir()
    (left / "000001.sst").write_text("half")
    (tmp_path / "a.nq").write_bytes(GOOD)
    load([tmp_path / "a.nq"], str(tmp_path / "new.db"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.nq", "new.db"]


def test_what_comes_to_a_graphs_place_meanwhile_stays(tmp_path: Path) -> None:
    from tellygraph.graph.store.folder import made_whole

    place = tmp_path / "new.db"

    def taken_meanwhile() -> None:
        with made_whole(str(place)) as new:
            open_store(new).close()
            place.mkdir()
            (place / "mine").write_text("mine")

    with pytest.raises(StoreError, match="something else has come to its place"):
        taken_meanwhile()
    assert [path.name for path in place.iterdir()] == ["mine"]
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]


def test_a_folder_that_cannot_be_moved_over_is_loaded_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "mounted"
    where.mkdir()
    inode = where.stat().st_ino
    (tmp_path / "a.nq").write_bytes(GOOD)
    monkeypatch.setattr(Path, "is_mount", lambda _: True)
    assert load([tmp_path / "a.nq"], str(where)).added == 1
    assert where.stat().st_ino == inode
