"""What a SPARQL server answers, as pyoxigraph's types: rows, a boolean, triples; an error where it is none of them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from ...errors import StoreError
from ...remote import one_line
from .http import Reply


def answer_in(reply: Reply, where: str) -> QuerySolutions | QueryBoolean:
    """Parse an answer, twice: once to the end, to know that it is whole, and once for whoever asked.

    `where` is the server's URL, for the StoreError where it is no such answer.
    """
    format_ = QueryResultsFormat.from_media_type(reply.media_type)
    if format_ not in (QueryResultsFormat.JSON, QueryResultsFormat.XML):
        raise _not_sparql(reply, where)
    try:
        answer = parse_query_results(reply.body, format_)
        if isinstance(answer, QuerySolutions):
            for _ in answer:
                pass
        return parse_query_results(reply.body, format_)
    except (SyntaxError, ValueError) as error:
        raise _garbled(error, where) from error


def triples_in(reply: Reply, where: str) -> Iterator[Triple]:
    """Return the triples of an answer to CONSTRUCT or DESCRIBE; StoreError where it is none, or breaks off."""
    format_ = RdfFormat.from_media_type(reply.media_type)
    if format_ is None:
        raise _not_sparql(reply, where)
    return _triples(reply.body, format_, where)


def rows_of(answer: QuerySolutions | QueryBoolean) -> QuerySolutions:
    """Return the answer to a SELECT; StoreError where the server sent a boolean."""
    if isinstance(answer, QueryBoolean):
        raise StoreError("the endpoint answered a SELECT query with a boolean: name the URL of a SPARQL 1.1 endpoint")
    return answer


def _triples(body: bytes, format_: RdfFormat, where: str) -> Iterator[Triple]:
    try:
        for quad in parse(body, format_, base_iri=where):
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        raise _garbled(error, where) from error


def _not_sparql(reply: Reply, where: str) -> StoreError:
    return StoreError(
        f"{where} answered with {reply.media_type or 'something unnamed'}, which is no SPARQL result: "
        "name the URL of a SPARQL 1.1 endpoint"
    )


def _garbled(error: Exception, where: str) -> StoreError:
    return StoreError(f"{where} sent an answer that cannot be read: {one_line(str(error))}")
