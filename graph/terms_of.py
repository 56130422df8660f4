"""Values and names as terms, as every writer of quads makes them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ..ontology.terms import TG, XSD
from .name_keys import name_keys

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def date_of(date: str) -> Literal:
    """Return an ISO date as gYear, gYearMonth or date."""
    return Literal(date, datatype=_DATE_TYPES[len(date)])


def key_triples(node: NamedNode, *names: str) -> Iterator[Triple]:
    """Yield what a thing is found by under its names."""
    for name in names:
        for key in name_keys(name):
            yield node, TG.nameKey, Literal(key)
