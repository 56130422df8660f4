"""Canonical quads: literals as stores write them, and one number for a set of quads however it is ordered."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

_XSD = "http://www.w3.org/2001/XMLSchema#"
_AS_THEY_ARE = frozenset({_XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"})
_ANY = NamedNode("tag:any")


def canonical(literal: Literal) -> Literal:
    """Return a literal in the form stores keep: "0.9" for "0.90", an integer for an `xsd:int`."""
    if literal.datatype.value in _AS_THEY_ARE or not literal.datatype.value.startswith(_XSD):
        return literal
    return _canonical(literal)


def is_canonical(lexical: str, datatype: str) -> bool:
    """Whether stores keep a typed literal as it is."""
    if datatype in _AS_THEY_ARE or not datatype.startswith(_XSD):
        return True
    literal = Literal(lexical, datatype=NamedNode(datatype))
    return _canonical(literal) == literal


@lru_cache(maxsize=1 << 16)
def _canonical(literal: Literal) -> Literal:
    """What the engine makes of it is what an engine keeps."""
    store = pyoxigraph.Store()
    store.add(Quad(_ANY, _ANY, literal, _ANY))
    (quad,) = store
    assert isinstance(quad.object, Literal)  # noqa: S101 - it went in as one
    return quad.object
