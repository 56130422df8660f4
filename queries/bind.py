r"""Binding: a question's parameters go into its pattern as RDF terms, never as text.

A parameter `show` is the slot `VALUES ?show { UNDEF }` in the question's pattern: valid SPARQL that leaves ?show
free. Binding fills in the term as pyoxigraph writes it. (A trailing VALUES clause was seen to be ignored on grouped
queries, and engines' own substitutions refuse variables that are not projected.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from ..errors import ParameterError

_SLOT = re.compile(r"\bVALUES \?(\w+) \{ UNDEF \}")
_ESCAPE = re.compile(r"\\(?:\\([uU])|.)", re.DOTALL)


def slots(text: str) -> tuple[str, ...]:
    """Return the names of a query's slots in the order of the text; comment lines have none."""
    return tuple(m[1] for line in text.split("\n") if not line.startswith("#") for m in _SLOT.finditer(line))


def bind(text: str, values: Mapping[str, NamedNode | Literal | Iterable[NamedNode | Literal]]) -> str:
    """Return the query with each slot named in `values` filled with its term, or with several alternatives.

    Slots that are not named stay free. Raises ParameterError for a name that has no slot or more than one, and for
    no alternatives at all (which would make the answer empty silently).
    """
    known = slots(text)
    filled = {}
    for name, value in values.items():
        if known.count(name) != 1:
            count, takes = known.count(name) or "no", ", ".join(known) or "none"
            raise ParameterError(f"the query has {count} places for {name!r}; it takes: {takes}")
        terms = [value] if isinstance(value, NamedNode | Literal) else list(value)
        if not terms:
            raise ParameterError(f"no value was given for {name!r}")
        filled[name] = f"VALUES ?{name} {{ {' '.join(map(written, terms))} }}"
    return "\n".join(
        line if line.startswith("#") else _SLOT.sub(lambda m: filled.get(m[1], m[0]), line) for line in text.split("\n")
    )


def written(term: NamedNode | Literal) -> str:
    r"""Return a term as every SPARQL parser reads it.

    pyoxigraph writes it; but SPARQL 1.1 section 19.2 replaces `\u0022` before the text is parsed, and some engines
    (rdflib) do so even in `\\u0022`, which the grammar reads as a backslash and "u0022": a name could end its own
    literal. So the u after an escaped backslash is written `\U00000075`, the same to both.
    """
    return _ESCAPE.sub(lambda m: rf"\\\U{ord(m[1]):08X}" if m[1] else m[0], str(term))
