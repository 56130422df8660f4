"""Backups: a folder that holds a graph as it was, with a record to hold it to; and the way back.

A backup is a graph's folder like any other (it can be asked, read-only), and `backup.json` in it says how many quads
it holds, and their hash (`canonical.Digest`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from ..errors import InputError, StoreError, VerificationError
from .canonical import digest_of
from .copying import copy, is_folder, verify
from .store import MEMORY, Store, open_store
from .store.embedded import EmbeddedStore
from .store.folder import is_free, made_whole
from .store.lock import alone
from .store.rocksdb import is_store

RECORD = "backup.json"
"""The name of the record."""

_FORMAT = "tellygraph-backup/1"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup's record: `quads` of the graph `source`, with the hash `digest`, as they were at `made` (UTC, ISO)."""

    source: str
    quads: int
    digest: str
    made: str


def back_up(store: Store, folder: str) -> Backup:
    """Write what a store holds to a new folder, read it again and compare count and hash.

    The store may be in use by this program, and by others that read it. The folder appears whole or not at all. Raises
    StoreError if something is there already, VerificationError if the backup is not what was read.
    """
    if not is_free(folder):
        raise StoreError(f"{folder} holds something already: a backup is made in a new folder")
    with made_whole(folder) as making:
        held = digest_of(store.quads())
        if isinstance(store, EmbeddedStore) and store.where != MEMORY:
            store.copy_files(making)
        else:
            with open_store(making) as new:
                new.extend(store.quads())
        with open_store(making, read_only=True) as new:
            verify(store.where, held, folder, digest_of(new.quads()), kept=False)
        record = Backup(store.where, held.count, held.hexdigest(), datetime.now(UTC).isoformat(timespec="seconds"))
        text = json.dumps({"format": _FORMAT, **asdict(record)}, indent=1, ensure_ascii=False)
        Path(making, RECORD).write_text(text + "\n", encoding="utf-8")
    return record


def read_record(folder: str) -> Backup:
    """Return the record of a backup. Raises InputError where there is none."""
    path = Path(folder, RECORD)
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record.pop("format") != _FORMAT:
            raise ValueError(f"it is not of the kind {_FORMAT}")
        return Backup(**record)
    except FileNotFoundError:
        raise InputError(f"{folder} is no backup: it has no {RECORD}; name a folder that `backup` has made") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} is not the record of a backup: {error}") from error


def restore(folder: str, where: str, *, replace: bool = False) -> Backup:
    """Make the graph at `where` what a backup holds, and compare count and hash, before and after.

    A folder appears whole or not at all. A graph that is there already is replaced if `replace` says so, in the moment
    in which the new one stands beside it and is compared; it must not be open anywhere. An endpoint must be empty.
    Raises InputError if `folder` is no backup, VerificationError if it is damaged, StoreError if something is there.
    """
    record = read_record(folder)
    with open_store(folder, read_only=True) as saved:
        held = digest_of(saved.quads())
        if (held.count, held.hexdigest()) != (record.quads, record.digest):
            raise VerificationError(
                f"the backup {folder} is not what it was when it was made: {held}, not {record.quads:,} statements"
                f" (hash {record.digest[:12]}); nothing was restored"
            )
        if not is_folder(where):
            if replace:
                raise StoreError("an endpoint cannot be replaced in one step: empty it, then restore without --replace")
            copy(folder, where)
            return record
        with _place(where, replace=replace), made_whole(where, replace=replace) as making:
            assert isinstance(saved, EmbeddedStore)  # noqa: S101 - it was opened from a folder
            saved.copy_files(making)
            with open_store(making, read_only=True) as new:
                verify(folder, held, where, digest_of(new.quads()), kept=False)
    return record


@contextmanager
def _place(where: str, *, replace: bool) -> Iterator[None]:
    """Keep others out of the graph that is to be replaced, if there is one."""
    with ExitStack() as stack:
        if not is_free(where):
            if not is_store(where):
                raise StoreError(f"{where} is not a graph, and not empty: name a new folder")
            if not replace:
                raise StoreError(f"there is a graph at {where}: name a new folder, or say --replace to give it up")
            stack.enter_context(alone(where))
        yield
