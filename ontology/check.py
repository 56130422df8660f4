"""Is this graph sound? The shapes of `shapes.ttl`, applied; the only door to pySHACL.

SHACL Core runs in pySHACL over a plain rdflib memory graph (over an Oxigraph-backed rdflib store it is twenty times
slower). What must hold between statements is SHACL-SPARQL in the same file; pySHACL would run each of those queries
once for every thing in the graph, so they run here once each, on pyoxigraph, over the whole of it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from ..errors import TellygraphError
from .files import text_of

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_MOST_LISTED = 20

Term = NamedNode | BlankNode | Literal


class Severity(IntEnum):
    """How bad a finding is; NONE is the worst of a sound graph."""

    NONE = 0
    INFO = 1
    WARNING = 2
    VIOLATION = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: `message` says what, and what to do about it.

    `focus` is the thing it is about and `shape` the rule it breaks, both IRIs (a blank node is written `_:id`);
    `path` is the property looked at (in SPARQL's syntax where it is more than one) and `value` the offending value,
    None where something is missing.
    """

    severity: Severity
    message: str
    focus: str
    path: str | None
    value: str | None
    shape: str


class Report:
    """Findings, collected: the worst first, then by shape, focus, path and value."""

    __slots__ = ("findings",)

    findings: tuple[Finding, ...]

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=_order))

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    @property
    def worst(self) -> Severity:
        """The worst severity found; `Severity.NONE` if nothing was."""
        return self.findings[0].severity if self.findings else Severity.NONE

    @property
    def violations(self) -> tuple[Finding, ...]:
        """The findings that are violations."""
        return tuple(f for f in self.findings if f.severity is Severity.VIOLATION)

    def as_text(self, *, most: int = _MOST_LISTED) -> str:
        """Return a page for a person: each message once, with up to `most` of the places it holds for.

        The text holds words of reviews as they are; whoever shows it escapes it.
        """
        if not self.findings:
            return "Nothing found: the graph is sound.\n"
        lines = [_headline(self.findings)]
        for (severity, shape, message), group in groupby(self.findings, lambda f: (f.severity, f.shape, f.message)):
            found = list(group)
            lines += ["", f"{severity.name.capitalize()}: {message}", f"  rule: {shape}"]
            for finding in found[:most]:
                value = "" if finding.value is None or finding.value == finding.focus else f"  {finding.value!r}"
                lines.append(f"  - {finding.focus}{value}")
            if len(found) > most:
                lines.append(f"  - and {len(found) - most:,} more")
        return "\n".join(lines) + "\n"

    def raise_for_findings(self, least: Severity = Severity.VIOLATION) -> None:
        """Raise TellygraphError with `as_text()` if anything at least as bad as `least` was found."""
        if self.worst >= least:
            raise TellygraphError(self.as_text())


def findings(statements: Iterable[Quad | Triple]) -> Iterator[Finding]:
    """Check statements against `shapes.ttl`; the graphs they are in do not matter.

    Yields distinct findings in the order of `Report`, the same for the same statements. Takes memory and time in
    proportion to their number (about 30,000 a second). Statements about statements (RDF 1.2 triple terms) are not
    looked at.
    """
    triples = {Triple(s.subject, s.predicate, s.object) for s in statements if not _is_nested(s)}
    shapes = _shapes()
    found = {*_by_sparql(triples, shapes), *_by_pyshacl(triples, shapes)}
    yield from sorted(found, key=_order)


def _order(finding: Finding) -> tuple[int, str, str, str, str, str]:
    f = finding
    return -f.severity, f.shape, f.focus, f.path or "", f.value or "", f.message


def _headline(found: Iterable[Finding]) -> str:
    counts = dict.fromkeys(reversed(Severity), 0)
    for finding in found:
        counts[finding.severity] += 1
    return ", ".join(f"{n:,} {s.name.lower()}{'' if n == 1 else 's'}" for s, n in counts.items() if n)


def _is_nested(statement: Quad | Triple) -> bool:
    return isinstance(statement.object, Triple) or isinstance(statement.subject, Triple)


@cache
def _shapes() -> Graph:
    """Return `shapes.ttl`, parsed; nobody changes it."""
    from rdflib import Graph

    return Graph(bind_namespaces="none").parse(data=text_of("shapes.ttl"), format="turtle")


# --- what must hold between statements: one query each, on pyoxigraph ---------------------------------------------


@dataclass(frozen=True, slots=True)
class _Constraint:
    shape: str
    severity: Severity
    message: str
    select: str
    prefixes: Mapping[str, str]


def _constraints(shapes: Graph) -> list[_Constraint]:
    out = []
    for shape, node in shapes.subject_objects(_sh("sparql")):
        prefixes = {
            str(shapes.value(declared, _sh("prefix"))): str(shapes.value(declared, _sh("namespace")))
            for declared in shapes.objects(shapes.value(node, _sh("prefixes")), _sh("declare"))
        }
        message, select = str(shapes.value(node, _sh("message"))), str(shapes.value(node, _sh("select")))
        severity = _severity(shapes.value(shape, _sh("severity")))
        out.append(_Constraint(str(shape), severity, message, select, prefixes))
    return sorted(out, key=lambda c: c.shape)


def _by_sparql(triples: Iterable[Triple], shapes: Graph) -> Iterator[Finding]:
    store = Store()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    for c in _constraints(shapes):
        rows = store.query(c.select, prefixes=dict(c.prefixes))
        assert isinstance(rows, QuerySolutions)  # noqa: S101 - a test holds every sh:select to SELECT
        for row in rows:
            focus = _text(row["this"])
            # SHACL, section 5.3.2: where the query selects no ?value, the value is the focus node.
            value = _text(row["value"]) if len(row) > 1 else focus
            yield Finding(c.severity, c.message, focus, None, value, c.shape)


# --- the shapes of things: SHACL Core, in pySHACL -----------------------------------------------------------------


def _by_pyshacl(triples: Iterable[Triple], shapes: Graph) -> Iterator[Finding]:
    with _quiet():
        import pyshacl

        data = _memory_graph(triples)
        _, results, _ = pyshacl.validate(data, shacl_graph=_core_of(shapes), inplace=True)
    for result in results.objects(None, _sh("result")):
        value, path = results.value(result, _sh("value")), results.value(result, _sh("resultPath"))
        yield Finding(
            _severity(results.value(result, _sh("resultSeverity"))),
            str(results.value(result, _sh("resultMessage"))),
            _rdflib_text(results.value(result, _sh("focusNode"))),
            None if path is None else _path(results, path),
            None if value is None else _rdflib_text(value),
            str(results.value(result, _sh("sourceShape"))),
        )


def _core_of(shapes: Graph) -> Graph:
    """Return the SHACL Core part, each property shape with the targets of the node shapes it belongs to.

    pySHACL evaluates a property shape anew for each focus node of its node shape, but a property shape with targets
    of its own once for all of them: the same findings in a fraction of the time.
    """
    from rdflib import Graph

    core = Graph(bind_namespaces="none")
    for triple in shapes:
        core.add(triple)
    for shape in set(core.subjects(_sh("sparql"))):
        core.remove((shape, None, None))
    for shape, property_shape in list(core.subject_objects(_sh("property"))):
        core.remove((shape, _sh("property"), property_shape))
        for target in core.objects(shape, _sh("targetClass")):
            core.add((property_shape, _sh("targetClass"), target))
    return core


def _memory_graph(triples: Iterable[Triple]) -> Graph:
    from rdflib import BNode, Graph, URIRef
    from rdflib import Literal as RdflibLiteral

    known: dict[Term, BNode | URIRef | RdflibLiteral] = {}

    def convert(term: Term) -> BNode | URIRef | RdflibLiteral:
        if term not in known:
            if isinstance(term, NamedNode):
                known[term] = URIRef(term.value)
            elif isinstance(term, BlankNode):
                known[term] = BNode(term.value)
            elif term.language or term.datatype.value == _XSD_STRING:
                known[term] = RdflibLiteral(term.value, lang=term.language)
            else:
                known[term] = RdflibLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)
        return known[term]

    graph = Graph(bind_namespaces="none")
    for s, p, o in triples:
        graph.add((convert(s), convert(p), convert(o)))
    return graph


@contextmanager
def _quiet() -> Iterator[None]:
    """Leave no trace: pySHACL adds a log handler and flips rdflib's literal switch, and rdflib logs bad literals."""
    import rdflib

    loggers = [logging.getLogger(name) for name in ("pyshacl-validate", "rdflib.term")]
    before = [(log, log.disabled, log.level, list(log.handlers)) for log in loggers]
    normalize = rdflib.NORMALIZE_LITERALS
    for log in loggers:
        log.disabled = True
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
        for log, disabled, level, handlers in before:
            log.disabled, log.handlers = disabled, handlers
            log.setLevel(level)


def _sh(name: str) -> URIRef:
    from rdflib import URIRef

    return URIRef(_SH + name)


def _severity(node: Node | None) -> Severity:
    return {_SH + "Info": Severity.INFO, _SH + "Warning": Severity.WARNING}.get(str(node), Severity.VIOLATION)


def _text(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def _rdflib_text(node: Node | None) -> str:
    from rdflib import BNode

    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _path(graph: Graph, node: Node) -> str:
    """Return a SHACL path in SPARQL's syntax, without the angle brackets where it is one property."""
    from rdflib import BNode
    from rdflib.namespace import RDF

    if not isinstance(node, BNode):
        return str(node)
    inverse = graph.value(node, _sh("inversePath"))
    if inverse is not None:
        return f"^<{_path(graph, inverse)}>"
    steps = graph.value(node, _sh("alternativePath"))
    separator, items = ("/", node) if steps is None else ("|", steps)
    assert graph.value(items, RDF.first) is not None  # noqa: S101 - our shapes use no other kind of path
    return separator.join(f"<{_path(graph, item)}>" for item in graph.items(items))
