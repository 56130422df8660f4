"""Loading: N-Quads files into a store, all of them or nothing where the store can."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import RdfFormat, parse

from ..ontology.iris import Iris
from .canonical import canonical_quad
from .cast_index import forget
from .parts import PartFile, Parts, part_files
from .store import MEMORY, Store, open_store
from .store.folder import made_whole, takes_new


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: `files` were read, which hold `quads`; the store has `added` more than before.

    `where` is the store's name. `not_canonical` counts the literals that the store
    writes in another form ("0.9" for "0.90").
    """

    where: str
    files: int
    quads: int
    added: int
    not_canonical: int


def load(paths: Iterable[str | os.PathLike[str]], where: str) -> Loaded:
    """Load N-Quads files, or folders of parts, into the graph at `where` (see `open_store`); a new one is made whole.

    A folder's `manifest.json` is held to: hashes and counts are checked before anything stands. In a folder all files
    go in at once or none does; at an endpoint they are looked through first, then sent, so that
    loading again finishes what was cut short. What the store holds already is not added again; reviews are not
    replaced; names are recognised anew by the next review that is added or removed, or by `settle`. Memory does not
    grow with the files; the time does, and for a store that holds something already with what it holds (it is counted,
    at about 4 million quads a second).

    Raises InputError, and loads nothing, for what is not N-Quads of named graphs without blank nodes, or not what its
    manifest says; StoreError where the store cannot be written.
    """
    files = part_files(paths)
    if where != MEMORY and "://" not in where and takes_new(where):
        with made_whole(where) as new, open_store(new) as store:
            return replace(load_into(store, files), where=where)
    with open_store(where) as store:
        return load_into(store, files)


def load_into(store: Store, files: Sequence[PartFile]) -> Loaded:
    """Load files into an open store; see `load`."""
    from .store.embedded import EmbeddedStore

    forget(store, Iris.default())
    before = len(store)
    parts = Parts(files)
    if isinstance(store, EmbeddedStore):
        try:
            store.load(parts.buffered())
        except SyntaxError as error:
            raise parts.not_nquads(error.lineno or 1, str(error)) from error
    else:
        parts.check()
        store.extend(map(canonical_quad, parse(Parts(files).buffered(), RdfFormat.N_QUADS)))
    return Loaded(store.where, len(files), parts.quads, len(store) - before, parts.not_canonical)
