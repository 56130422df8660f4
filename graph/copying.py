"""Copying a graph from one store to another, as a stream, and looking whether it has come whole."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from ..errors import InputError, StoreError, VerificationError
from ..ontology.iris import Iris
from .canonical import Digest, canonical_quad, digest_of, quad_hash
from .cast_index import forget
from .store import MEMORY, Store, open_store
from .store.folder import made_whole, takes_new
from .store.protocol import has_blank_node


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy did: `quads` of the source are at `where` now, `added` of them since; verified by `digest`.

    `digest` is that of the source's graphs as they are at `where` (see `canonical.Digest`), in hexadecimal.
    """

    source: str
    where: str
    quads: int
    added: int
    digest: str


def is_folder(where: str) -> bool:
    """Whether a store's name is that of a folder."""
    return where != MEMORY and "://" not in where


def copy(source: str, to: str, *, into: bool = False, iris: Iris | None = None) -> Copied:
    """Copy the graph at `source` to `to`, folders or endpoints, then read the copy and compare count and hash.

    `to` must hold nothing, or be told `into`: then what it lacks is added, and nothing taken away, so that a copy that
    was interrupted is finished by saying `into`. A new folder appears whole or not at all. The graph is never in
    memory, but with `into` the hashes of one named graph are.

    Raises StoreError if `to` holds something or, with `into`, a review of another wording; InputError for a blank
    node, which no copy can be compared by; VerificationError if the copy is not what was read.
    """
    if is_folder(source) and is_folder(to) and os.path.realpath(source) == os.path.realpath(to):
        raise InputError(f"{source} cannot be copied onto itself: name another place")
    with open_store(source, read_only=True) as old:
        if is_folder(to) and takes_new(to):
            with made_whole(to) as making:
                with open_store(making) as new:
                    sent = _fill(old, new)
                with open_store(making, read_only=True) as new:
                    verify(old.where, sent, to, digest_of(new.quads()), kept=False)
            return Copied(old.where, to, sent.count, sent.count, sent.hexdigest())
        with open_store(to) as new:
            return _into(old, new, iris or Iris.default()) if into else _whole(old, new)


def _whole(old: Store, new: Store) -> Copied:
    if next(new.quads(), None) is not None:
        raise StoreError(
            f"{new.where} holds something already: name a place that is empty, or say --into to add what it lacks"
            " (and to go on with a copy that was interrupted)"
        )
    sent = _fill(old, new)
    verify(old.where, sent, new.where, digest_of(new.quads()))
    return Copied(old.where, new.where, sent.count, sent.count, sent.hexdigest())


def _fill(old: Store, new: Store) -> Digest:
    sent = Digest()
    new.extend(sent.passing(map(_portable, old.quads())))
    return sent


def _into(old: Store, new: Store, iris: Iris) -> Copied:
    there = set(new.graphs())
    shared = set(map(NamedNode, iris.other_graphs))
    others = [g for g in old.graphs() if g in there and g not in shared and not _extends(old, new, g)]
    if others:
        raise StoreError(
            f"{new.where} has other statements of {len(others):,} reviews, such as {others[0].value}: remove them there"
            " and copy again; nothing was copied"
        )
    sent, expected = Digest(), Digest()
    new.extend(_missing(old, new, there, sent, expected))
    found = Digest()
    for graph in old.graphs():
        for quad in new.quads(graph):
            found.add(quad_hash(quad))
    verify(old.where, expected, new.where, found)
    if sent.count and there - shared - set(old.graphs()):
        forget(new, iris)  # reviews of both, whose names were never looked at together
    return Copied(old.where, new.where, len(old), sent.count, found.hexdigest())


def _extends(old: Store, new: Store, graph: NamedNode) -> bool:
    """Whether all that `new` has of a graph is in `old`."""
    known = set(map(quad_hash, old.quads(graph)))
    return all(quad_hash(quad) in known for quad in new.quads(graph))


def _missing(old: Store, new: Store, there: Container[NamedNode], sent: Digest, expected: Digest) -> Iterator[Quad]:
    """Yield what `new` lacks; `expected` is what the graphs of `old` then come to there."""
    for graph in old.graphs():
        known = set(map(quad_hash, new.quads(graph))) if graph in there else set[bytes]()
        for hashed in known:
            expected.add(hashed)
        for quad in map(_portable, old.quads(graph)):
            hashed = quad_hash(quad)
            if hashed not in known:
                expected.add(hashed)
                sent.add(hashed)
                yield quad


def _portable(quad: Quad) -> Quad:
    if has_blank_node(quad):
        raise InputError(
            f"the graph {quad.graph_name} has a blank node, which no copy can be compared by:"
            " give it an IRI, or make a backup of the folder instead"
        )
    return canonical_quad(quad)


def verify(source: str, sent: Digest, where: str, found: Digest, *, kept: bool = True) -> None:
    """Raise VerificationError, with both counts, unless what was found is what was sent; `kept`: it stays there."""
    if sent == found:
        return
    state = (
        f"what is there stays: look whether somebody else writes to {where}, empty it and copy again"
        if kept
        else f"nothing was left at {where}: look whether somebody else writes to {source}, and do it again"
    )
    raise VerificationError(f"{where} is not what was read from {source}: {found}, not {sent}; {state}")
