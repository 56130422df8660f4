"""The check finds what pySHACL alone would find, says it in one order, and leaves no trace in the process."""

from __future__ import annotations

import dataclasses
import logging
import random
import subprocess
import sys
import time

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Triple
from rdflib.namespace import SH

from samples import IRIS, SALTMARSH_1, SALTMARSH_2, SAMPLE, fact
from tellygraph.errors import TellygraphError
from tellygraph.graph.quads import quads_of
from tellygraph.ontology import KINDS, OA, SCHEMA, TG, XSD, Finding, Report, Severity, findings, text_of
from tellygraph.reviews.records import Review

SHAPES = "https://w3id.org/tellygraph/shapes#"
NELL = NamedNode(IRIS.character("Nell Harrow", IRIS.series("Saltmarsh")))
SAM = NamedNode(IRIS.character("Sam", IRIS.series("Saltmarsh")))
SEASON_2 = NamedNode(IRIS.season(IRIS.series("Saltmarsh"), 2))
FRIEND_OF = KINDS["friend"].predicate
FENWICK = NamedNode(IRIS.place("Fenwick"))


def sound() -> list[Quad]:
    return [quad for review, facts in SAMPLE.items() for quad in quads_of(review, facts, IRIS)]


def broken() -> list[Triple]:
    """The samples with things wrong of every sort: core and SPARQL, violations and warnings, one path and several."""
    kept = [q.triple for q in sound() if q.predicate not in (TG.rule, TG.confidence) and q.object != SCHEMA.Place]
    position = next(t.subject for t in kept if t.predicate == OA.start)
    return [
        *kept,
        Triple(NELL, SCHEMA.children, SAM),
        Triple(SAM, SCHEMA.children, NELL),
        Triple(NELL, FRIEND_OF, FENWICK),
        Triple(NamedNode(IRIS.person("Ada Roe")), TG.plays, NELL),
        Triple(SEASON_2, SCHEMA.startDate, Literal("2022-03-05", datatype=XSD.date)),
        Triple(SEASON_2, SCHEMA.numberOfEpisodes, Literal("many", datatype=XSD.integer)),
        Triple(position, OA.start, Literal("99999", datatype=XSD.integer)),
    ]


def test_a_sound_graph_has_no_findings() -> None:
    report = Report(findings(sound()))
    assert (len(report), report.worst, report.violations) == (0, Severity.NONE, ())
    assert report.as_text() == "Nothing found: the graph is sound.\n"
    report.raise_for_findings()
    report.raise_for_findings(Severity.INFO)


def test_the_findings_are_those_of_pyshacl_on_the_shapes_as_they_lie() -> None:
    """Our two shortcuts (queries run once, property shapes with targets of their own) change nothing."""
    import pyshacl

    data = rdflib.Graph()
    data.parse(data="\n".join(f"{t} ." for t in broken()), format="nt")
    shapes = rdflib.Graph().parse(data=text_of("shapes.ttl"), format="turtle")
    conforms, results, _ = pyshacl.validate(data, shacl_graph=shapes)
    severities = {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING}
    expected = set()
    for result in results.objects(None, SH.result):
        value, focus = results.value(result, SH.value), str(results.value(result, SH.focusNode))
        expected.add((
            severities[results.value(result, SH.resultSeverity)],
            str(results.value(result, SH.resultMessage)),
            focus,
            None if value is None else str(value),
            str(results.value(result, SH.sourceShape)),
        ))  # fmt: skip
    found = {(f.severity, f.message, f.focus, f.value, f.shape) for f in findings(broken())}
    assert not conforms
    assert found == expected
    assert len({shape for *_, shape in found}) >= 10


def test_the_shapes_are_themselves_well_formed() -> None:
    import pyshacl

    shapes = rdflib.Graph().parse(data=text_of("shapes.ttl"), format="turtle")
    pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)  # raises if not


def test_every_constraint_between_statements_is_a_select_that_names_its_class_itself() -> None:
    shapes = rdflib.Graph().parse(data=text_of("shapes.ttl"), format="turtle")
    selects = [str(s) for s in shapes.objects(None, SH.select)]
    assert len(selects) >= 10
    for select in selects:
        assert select.strip().startswith("SELECT DISTINCT $this")


def test_the_order_of_the_statements_and_their_graphs_do_not_matter() -> None:
    shuffled = broken()
    random.Random(7).shuffle(shuffled)
    once = list(findings(broken()))
    assert list(findings([*shuffled, *shuffled])) == once
    assert list(findings(Quad(*t, NELL) for t in shuffled)) == once
    assert list(Report(reversed(once))) == once


def test_the_worst_come_first_and_a_page_says_each_message_once() -> None:
    report = Report(findings(broken()))
    severities = [f.severity for f in report]
    assert severities == sorted(severities, reverse=True)
    assert report.worst is Severity.VIOLATION
    assert set(report.violations) == {f for f in report if f.severity is Severity.VIOLATION} != set(report)
    page = report.as_text(most=2)
    assert page.startswith(f"{len(report.violations):,} violations, {len(report) - len(report.violations)} warnings\n")
    for message in {f.message for f in report}:
        assert page.count(message) == 1
    rules = sum(1 for f in report if f.shape == SHAPES + "Evidence-rule")
    assert f"  rule: {SHAPES}Evidence-rule\n  - {IRIS.base}review/" in page
    assert f"  - and {rules - 2} more\n" in page


def test_one_finding_is_not_counted_as_many() -> None:
    assert Report([Finding(Severity.WARNING, "Odd: look.", "x", None, "v", "s")]).as_text() == (
        "1 warning\n\nWarning: Odd: look.\n  rule: s\n  - x  'v'\n"
    )


def test_raising_is_the_callers_choice() -> None:
    warning = Report([Finding(Severity.WARNING, "Odd: look.", "x", None, None, "s")])
    warning.raise_for_findings()
    with pytest.raises(TellygraphError, match=r"Odd: look\."):
        warning.raise_for_findings(Severity.WARNING)
    with pytest.raises(TellygraphError) as error:
        Report(findings(broken())).raise_for_findings()
    assert error.value.exit_code == 1


def test_a_finding_says_where() -> None:
    found = {f.shape.removeprefix(SHAPES): f for f in findings(broken())}
    related = found["Character-related"]
    assert (related.focus, related.value) == (NELL.value, FENWICK.value)
    assert related.path is not None
    assert related.path.startswith("<https://schema.org/children>|<https://schema.org/parent>|")
    assert found["Evidence-rule"].path == TG.rule.value
    assert found["Evidence-rule"].value is None
    loops = {f.focus for f in findings(broken()) if f.shape == SHAPES + "parent-loop"}
    assert loops == {NELL.value, SAM.value}
    with pytest.raises(dataclasses.FrozenInstanceError):
        related.message = "x"  # type: ignore[misc]


def test_offsets_beyond_the_basic_plane_count_code_points() -> None:
    text = "🙂🙂 Bea (Tess Marlowe) 🙂"
    review = Review(SALTMARSH_2.iri, "emoji", text, "Saltmarsh")
    stated = fact(review, "plays", "Tess Marlowe", "Bea", "🙂 Bea (Tess Marlowe) 🙂")
    assert list(findings(quads_of(review, [stated], IRIS))) == []
    utf16 = dataclasses.replace(stated.evidence, end=stated.evidence.end + 2)
    wrong = quads_of(review, [dataclasses.replace(stated, evidence=utf16)], IRIS)
    assert {f.shape for f in findings(wrong)} == {SHAPES + "quote-length"}


def test_hostile_text_is_carried_as_it_is() -> None:
    name = '"> <img src=x onerror=alert(1)> {?value} \\1'
    genre = Triple(NamedNode(IRIS.series("Northgate")), SCHEMA.genre, Literal(name, language="en"))
    found = list(findings([*sound(), genre]))
    assert [(f.shape, f.value) for f in found] == [(SHAPES + "Series-genre", name)]


def test_statements_about_statements_are_passed_over() -> None:
    nested = Quad(NELL, FRIEND_OF, Triple(NELL, FRIEND_OF, FENWICK))
    assert list(findings([*sound(), nested])) == []


def test_the_process_is_left_as_it_was(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logging.getLogger("pyshacl-validate")
    for normalize in (True, False):
        monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", normalize)
        before = (logger.handlers[:], logger.level, logger.disabled, logging.getLogger("rdflib.term").disabled)
        assert list(findings(broken())), "one literal of it is no integer, which rdflib would log with a traceback"
        assert normalize is rdflib.NORMALIZE_LITERALS
        assert (logger.handlers, logger.level, logger.disabled) == before[:3]
        assert logging.getLogger("rdflib.term").disabled is before[3]
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_importing_the_room_loads_neither_rdflib_nor_pyshacl() -> None:
    code = (
        "import sys, tellygraph.ontology as o; o.Report([]); sys.exit(bool({'rdflib', 'pyshacl'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_thousand_facts_are_checked_in_seconds() -> None:
    """Guards against a constraint that is quadratic or run once a thing; measured at 0.8 s, and 8 s for ten thousand."""
    quads: list[Quad] = []
    for n in range(70):
        review = dataclasses.replace(SALTMARSH_1, iri=IRIS.review(f"saltmarsh-{n}"))
        stated = SAMPLE[SALTMARSH_1]
        facts = [dataclasses.replace(f, evidence=dataclasses.replace(f.evidence, review=review.iri)) for f in stated]
        quads += quads_of(review, facts, IRIS)
    start = time.process_time()
    assert list(findings(quads)) == []
    assert time.process_time() - start < 15
