"""CSV: one row a claim of a review with its evidence, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO

from pyoxigraph import NamedNode, Quad

from ...ontology.terms import KINDS, OA, RDF, SCHEMA, TG
from ..store.protocol import Store

COLUMNS = (
    "review", "relation", "subject", "subject_iri", "object", "object_iri", "kind", "status", "show", "season",
    "quote", "start", "end", "confidence", "rule", "reader",
)  # fmt: skip

_KIND_NAMES = {kind.concept.value: kind.name for kind in KINDS.values()}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvTable:
    """RFC 4180: comma, CRLF, quotes where needed, one header, UTF-8 without a byte order mark; rows sorted.

    A text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a carriage return) gets an
    apostrophe in front, as OWASP advises: names and quotes come from strangers.
    """

    name = "csv"
    media_type = "text/csv"
    suffix = ".csv"
    named_graphs = True

    def refuses(self, store: Store) -> str | None:  # noqa: ARG002
        """Return None: claims always fit."""
        return None

    def write(self, store: Store, out: BinaryIO) -> int:
        """Write the rows, one review in memory at a time, and return how many."""
        count = 0
        out.write(_lines([COLUMNS]))
        for graph in store.graphs():
            rows = sorted(_rows(graph, store.quads(graph)))
            out.write(_lines([tuple(map(_harmless, row)) for row in rows]))
            count += len(rows)
        return count


def _lines(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _harmless(value: str) -> str:
    return "'" + value if value.startswith(_FORMULA) else value


def _rows(graph: NamedNode, quads: Iterator[Quad]) -> Iterator[tuple[str, ...]]:
    told: dict[tuple[str, NamedNode], list[str]] = defaultdict(list)
    claims = []
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            told[quad.subject.value, quad.predicate].append(getattr(quad.object, "value", ""))
            if quad.predicate == RDF.type and quad.object == TG.Claim:
                claims.append(quad.subject.value)

    def one(node: str, *path: NamedNode) -> str:
        for step in path:
            node = min(told.get((node, step), [""]))
        return node

    def named(claim: str, role: NamedNode) -> tuple[str, str]:
        value = one(claim, role)
        name = one(value, SCHEMA.name)
        return (name, value) if name else (value, "")

    for claim in claims:
        kind = one(claim, TG.kind)
        about = (
            graph.value,
            one(claim, TG.relation),
            *named(claim, RDF.subject),
            *named(claim, RDF.object),
            _KIND_NAMES.get(kind, kind),
            one(claim, TG.status),
            one(claim, TG.series, SCHEMA.name),
            one(claim, TG.season, SCHEMA.seasonNumber),
        )
        for evidence in told.get((claim, TG.evidence), []):
            selectors = sorted(told.get((evidence, OA.hasSelector), []))
            words, start, end = (
                next((found for s in selectors if (found := one(s, part))), "") for part in (OA.exact, OA.start, OA.end)
            )
            yield (*about, words, start, end, *(one(evidence, p) for p in (TG.confidence, TG.rule, TG.reader)))
