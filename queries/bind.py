r"""Binding: a question's parameters go into its pattern as RDF terms, never as text.

A parameter `show` is the slot `VALUES ?show { UNDEF }` in the question's pattern: valid SPARQL that leaves ?show
free. Binding fills in the term as pyoxigraph writes it. (A trailing VALUES clause was seen to be ignored on grouped
queries, and engines' own substitutions refuse variables that are not projected.) A parameter may have several slots,
one in each branch of a UNION.

A line that ends in `# given: show` stands only where `show` is given: it narrows the search to what the parameter
reaches, and would only repeat rows without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from ..errors import ParameterError

_SLOT = re.compile(r"\bVALUES \?(\w+) \{ UNDEF \}")
_GIVEN = re.compile(r"# given: (\w+)\Z")
_ESCAPE = re.compile(r"\\(?:\\([uU])|.)", re.DOTALL)


def slots(text: str) -> tuple[str, ...]:
    """Return the names of a query's slots, each once, in the order of the text; comment lines have none."""
    return tuple(dict.fromkeys(m[1] for line in _lines(text) for m in _SLOT.finditer(line)))


def narrowings(text: str) -> tuple[str, ...]:
    """Return the names that lines of a query stand for (`# given: name`), in the order of the text."""
    return tuple(m[1] for line in _lines(text) if (m := _GIVEN.search(line)))


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if not line.startswith("#")]


def bind(text: str, values: Mapping[str, NamedNode | Literal | Iterable[NamedNode | Literal]]) -> str:
    """Return the query with the slots named in `values` filled with their term, or with several alternatives.

    Slots that are not named stay free; lines for parameters that are not named go. Raises ParameterError for a name
    that has no slot, and for no alternatives at all (which would make the answer empty silently).
    """
    known = slots(text)
    filled = {}
    for name, value in values.items():
        if name not in known:
            takes = ", ".join(known) or "none"
            raise ParameterError(f"the query has no place for {name!r}; it takes: {takes}")
        terms = [value] if isinstance(value, NamedNode | Literal) else list(value)
        if not terms:
            raise ParameterError(f"no value was given for {name!r}")
        filled[name] = f"VALUES ?{name} {{ {' '.join(map(written, terms))} }}"
    return "\n".join(
        line if line.startswith("#") else _SLOT.sub(lambda m: filled.get(m[1], m[0]), line)
        for line in text.split("\n")
        if not (given := _GIVEN.search(line)) or given[1] in filled
    )


def written(term: NamedNode | Literal) -> str:
    r"""Return a term as every SPARQL parser reads it.

    pyoxigraph writes it; but SPARQL 1.1 section 19.2 replaces `\u0022` before the text is parsed, and some engines
    (rdflib) do so even in `\\u0022`, which the grammar reads as a backslash and "u0022": a name could end its own
    literal. So the u after an escaped backslash is written `\U00000075`, the same to both.
    """
    return _ESCAPE.sub(lambda m: rf"\\\U{ord(m[1]):08X}" if m[1] else m[0], str(term))
