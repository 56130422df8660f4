"""What can happen to a disk: full, read-only, gone. A sentence says so, in no engine's words, and nothing is half done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from samples import IRIS, NORTHGATE, SALTMARSH_1, SAMPLE
from tellygraph.errors import StoreError
from tellygraph.graph import Store, add_reading, open_store, quads_of
from tellygraph.graph.store.embedded import EmbeddedStore
from tellygraph.graph.store.rocksdb import plain_words
from tellygraph.reviews.records import Reading

SUPPORT = str(Path(__file__).parents[2] / "support")
ENGINES_WORDS = ("RocksDB", "rocksdb", "IO error", "Corruption", "LOCK", ".sst", "While ", "Traceback")

PROGRAM = """
import os, resource, sys
from pathlib import Path
from kills import GRAPH, OTHER, PARTS, REVIEWS, SAVED, _add, copy, load, back_up, open_store, restore
import tellygraph.graph.store.embedded
from tellygraph.errors import StoreError, InputError
how, what, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
if how == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
elif os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)

def backup():
    with open_store(str(folder / GRAPH), read_only=True) as store:
        back_up(store, str(folder / "new.db"))

try:
    {
        "add": lambda: _add(folder / GRAPH, range(REVIEWS), 1),
        "load": lambda: load([folder / PARTS], str(folder / GRAPH)),
        "load-new": lambda: load([folder / PARTS], str(folder / "new.db")),
        "copy": lambda: copy(str(folder / GRAPH), str(folder / "new.db")),
        "copy-into": lambda: copy(str(folder / GRAPH), str(folder / OTHER), into=True),
        "restore": lambda: restore(str(folder / SAVED), str(folder / "new.db")),
        "replace": lambda: restore(str(folder / SAVED), str(folder / GRAPH), replace=True),
        "backup": backup,
    }[what]()
except StoreError as error:
    print(error)
    sys.exit(3)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may look into, with one of everything that is read or written."""
    import kills

    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    try:
        kills._parts(path)
        kills._add(path / kills.GRAPH, range(kills.REVIEWS), 0)
        kills._save(path)
        shutil.rmtree(path / kills.GRAPH)
        kills._add(path / kills.GRAPH, range(30), 0)
        kills._add(path / kills.OTHER, range(60, 70), 0)
        yield path
    finally:
        for inner in (path, *path.rglob("*")):
            inner.chmod(0o755)
        shutil.rmtree(path)


def contents(folder: Path) -> dict[str, str | None]:
    import kills

    return {path.name: kills.held(path) if path.name != kills.PARTS else None for path in sorted(folder.iterdir())}


def run(how: str, what: str, folder: Path) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([SUPPORT, os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how, what, str(folder)], capture_output=True, text=True, env=environment
    )
    assert not any(word in done.stdout + done.stderr for word in ENGINES_WORDS), done.stdout + done.stderr
    return done.returncode, done.stdout


@pytest.mark.parametrize("what", ["add", "load", "load-new", "copy", "copy-into", "restore", "replace", "backup"])
def test_a_full_disk_is_told_and_nothing_is_half_done(folder: Path, what: str) -> None:
    from kills import GRAPH, look_at_reviews

    before = contents(folder)
    code, said = run("full", what, folder)
    assert code == 3, said
    assert "larger than it may" in said or "File too large" in said
    after = contents(folder)
    if what == "add":
        look_at_reviews(folder / GRAPH)
        del after[GRAPH], before[GRAPH]
    assert after == before


@pytest.mark.parametrize("what", ["add", "load", "load-new", "copy", "copy-into", "restore", "replace"])
def test_a_folder_that_may_not_be_written_is_told(folder: Path, what: str) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = contents(folder)
    code, said = run("not mine", what, folder)
    assert code == 3, said
    assert "cannot be" in said
    assert contents(folder) == before


@pytest.mark.parametrize("gone", ["deleted", "moved", "replaced"])
@pytest.mark.parametrize("how", ["transaction", "bulk"])
def test_a_folder_that_goes_away_is_told(tmp_path: Path, gone: str, how: str) -> None:
    where = tmp_path / "graph.db"
    with open_store(str(where)) as store:
        add_reading(store, Reading(NORTHGATE, SAMPLE[NORTHGATE]), IRIS)
        if gone == "deleted":
            shutil.rmtree(where)
        else:
            where.rename(tmp_path / "moved.db")
        if gone == "replaced":
            where.mkdir()
        with pytest.raises(StoreError, match=r"moved or deleted|files of it are gone") as caught:
            _write(store, how)
        assert not any(word in str(caught.value) for word in ENGINES_WORDS)


def _write(store: Store, how: str) -> None:
    if how == "bulk":
        import kills

        with open_store(":memory:") as other:
            kills.add_readings(other, (kills.reading(n, 0) for n in range(20)), IRIS)
            quads = list(other.quads())
        assert len(quads) > 5000
        store.extend(quads)
    else:
        add_reading(store, Reading(SALTMARSH_1, SAMPLE[SALTMARSH_1]), IRIS)


def test_a_damaged_graph_is_told_in_no_engines_words(tmp_path: Path) -> None:
    where = tmp_path / "graph.db"
    with open_store(str(where)) as store:
        assert isinstance(store, EmbeddedStore)
        store.extend(quads_of(NORTHGATE, SAMPLE[NORTHGATE], IRIS))
        store._open.flush()
    for path in where.glob("*.sst"):
        data = bytearray(path.read_bytes())
        data[10:60] = bytes(50)
        path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged") as caught, open_store(str(where), read_only=True) as store:
        list(store.quads())
    assert not any(word in str(caught.value) for word in ENGINES_WORDS)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "IO error: No space left on device: While appending to file: /a/000009.sst: No space left on device",
            "disk is full",
        ),
        ("Corruption: block checksum mismatch: stored = 1, computed = 2, in /a/000009.sst offset 0", "damaged"),
        ("IO error: While open a file for random read: /a/000009.sst: Too many open files", "ulimit -n"),
        ("IO error: While pread offset 0 len 9: /a/1.sst: Input/output error", "the disk reports an error"),
    ],
)
def test_an_engines_words_are_said_in_others(said: str, meant: str) -> None:
    words = plain_words(OSError(said))
    assert meant in words
    assert not any(word in words for word in ENGINES_WORDS)
