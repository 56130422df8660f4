"""`Rows` in the W3C's formats for SPARQL results: JSON written here, the others by pyoxigraph from that."""

from __future__ import annotations

import json

from pyoxigraph import (
    BaseDirection,
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    parse_query_results,
)

from ..ontology.terms import RDF, XSD
from .rows import Rows
from .values import Term

_PLAIN = (XSD.base + "string", RDF.base + "langString", RDF.base + "dirLangString")


def to_json(result: Rows | bool) -> str:
    """Return an answer in the SPARQL 1.1 Query Results JSON Format (W3C Recommendation, 21 March 2013)."""
    if isinstance(result, bool):
        return json.dumps({"head": {}, "boolean": result})
    bindings = [
        {name: _json(term) for name, term in zip(result.variables, row, strict=True) if term is not None}
        for row in result
    ]
    return json.dumps({"head": {"vars": result.variables}, "results": {"bindings": bindings}}, ensure_ascii=False)


def to_format(result: Rows | bool, format: QueryResultsFormat) -> str:  # noqa: A002 - pyoxigraph's own name for it
    """Return an answer as pyoxigraph writes it: CSV, TSV, XML or JSON."""
    parsed = parse_query_results(to_json(result), format=QueryResultsFormat.JSON)
    data = parsed.serialize(format=format)
    assert data is not None  # noqa: S101 - bytes are returned where no file is given
    return data.decode()


def read_json(text: str) -> Rows | bool:
    """Read an answer in the JSON format. Raises SyntaxError if it is not that."""
    parsed = parse_query_results(text, format=QueryResultsFormat.JSON)
    return bool(parsed) if isinstance(parsed, QueryBoolean) else Rows.of(parsed)


def _json(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        return {"type": "literal", "value": term.value, **_kind(term)}
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}


def _kind(literal: Literal) -> dict[str, str]:
    if literal.language is None:
        return {} if literal.datatype.value in _PLAIN else {"datatype": literal.datatype.value}
    direction = {"its:dir": "rtl" if literal.direction == BaseDirection.RTL else "ltr"} if literal.direction else {}
    return {"xml:lang": literal.language, **direction}
