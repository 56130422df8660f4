"""Every printer, read back by what reads its format."""

from __future__ import annotations

import csv
import io
import json
import re

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
)

from tellygraph.errors import ParameterError
from tellygraph.graph import Store
from tellygraph.ontology.terms import XSD
from tellygraph.queries import PRINTERS, Rows, ask, printed, query
from tellygraph.queries.results import read_json

A, B = NamedNode("https://example.org/a"), NamedNode("https://w3id.org/tellygraph/id/person/b")
HARD = Rows(["thing", "thingName", "n"], [
    (A, Literal('comma, "quote" and\nnew line'), Literal(1)),
    (B, Literal("chat", language="fr"), None),
    (BlankNode("x"), Literal("=1+1|`*_[a](b)<i>"), Literal("0.90", datatype=NamedNode(XSD.base + "decimal"))),
    (None, Literal("\x1b[31mred\x07\u202e"), Literal("2022-03", datatype=NamedNode(XSD.base + "gYearMonth"))),
], labels={"thing": "thingName"})  # fmt: skip
TRIPLES = (
    Triple(A, NamedNode("https://schema.org/name"), Literal('Ä\n"')),
    Triple(B, NamedNode("https://schema.org/spouse"), A),
)
RESULTS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}
GRAPHS = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld"}


def test_the_printers_are_these() -> None:
    assert list(PRINTERS) == ["table", "markdown", "csv", "tsv", "json", "xml", "turtle", "ntriples", "jsonld"]
    assert all(p.name == name and p.help and "/" in p.media_type for name, p in PRINTERS.items())


@pytest.mark.parametrize("name", PRINTERS)
@pytest.mark.parametrize("result", [HARD, Rows(["a"]), True, False, TRIPLES, ()], ids=repr)
def test_every_printer_prints_every_answer_it_takes_and_refuses_the_others(
    name: str, result: Rows | bool | tuple[Triple, ...]
) -> None:
    kind = "rows" if isinstance(result, Rows) else "yes or no" if isinstance(result, bool) else "triples"
    if kind in PRINTERS[name].takes:
        assert printed(result, name).endswith("\n") or not result
    else:
        with pytest.raises(ParameterError, match=f"the format '{name}' cannot hold .*; choose one of: table"):
            printed(result, name)


def test_a_wrong_format_lists_the_right_ones() -> None:
    with pytest.raises(ParameterError, match="there is no format 'excel'; there are: table, markdown, csv"):
        printed(HARD, "excel")


def test_people_get_a_table_and_triples_get_turtle() -> None:
    assert printed(HARD) == printed(HARD, "table")
    assert printed(TRIPLES) == printed(TRIPLES, "turtle")
    assert (printed(True), printed(False)) == ("yes\n", "no\n")


def terms(form: str, text: str) -> list[tuple[object, ...]]:
    solutions = pyoxigraph.parse_query_results(text, format=RESULTS[form])
    assert isinstance(solutions, QuerySolutions)
    assert [v.value for v in solutions.variables] == ["thing", "thingName", "n"]
    return [tuple(s) for s in solutions]


@pytest.mark.parametrize("form", RESULTS)
def test_results_formats_give_back_the_same_terms(form: str) -> None:
    back = terms(form, printed(HARD, form))
    assert [row[1] for row in back] == [row[1] for row in HARD]
    assert [row[2] for row in back] == [row[2] for row in HARD]
    assert [type(row[0]) for row in back] == [type(row[0]) for row in HARD]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_rdflib_reads_them_the_same(form: str) -> None:
    result = rdflib.query.Result.parse(io.BytesIO(printed(HARD[:3], form).encode()), format=form)
    assert [str(row[1]) for row in result] == [row[1].value for row in HARD[:3]]  # type: ignore[index, union-attr]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_yes_and_no_are_read_back(form: str) -> None:
    for truth in (True, False):
        back = pyoxigraph.parse_query_results(printed(truth, form), format=RESULTS[form])
        assert isinstance(back, QueryBoolean)
        assert bool(back) is truth
        assert read_json(printed(truth, "json")) is truth


def test_csv_is_read_back_by_a_spreadsheet() -> None:
    rows = list(csv.reader(io.StringIO(printed(HARD, "csv"), newline="")))
    assert rows[0] == ["thing", "thingName", "n"]
    assert rows[1] == ["https://example.org/a", 'comma, "quote" and\nnew line', "1"]
    assert rows[2][2] == ""
    assert len(rows) == 5


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.none() | st.integers()), max_size=4))
def test_json_gives_back_any_text(values: list[tuple[str, int | None]]) -> None:
    rows = Rows(
        ["a", "b"],
        [(Literal(text), None if n is None else Literal(str(n), datatype=XSD.integer)) for text, n in values],
    )
    assert read_json(printed(rows, "json")) == rows


def test_json_holds_what_rdf_1_2_adds() -> None:
    rows = Rows(["a", "b"], [(Literal("x", language="ar", direction=BaseDirection.RTL), Triple(A, B, Literal("x")))])
    assert read_json(printed(rows, "json")) == rows


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")  # rdflib warns of itself
@pytest.mark.parametrize("form", GRAPHS)
def test_graphs_are_read_back_by_rdflib(form: str) -> None:
    back = rdflib.Graph().parse(data=printed(TRIPLES, form), format=GRAPHS[form])
    assert {tuple(map(str, t)) for t in back} == {(t.subject.value, t.predicate.value, t.object.value) for t in TRIPLES}  # type: ignore[union-attr]
    assert printed(TRIPLES, form) == printed(TRIPLES, form)


def test_turtle_uses_our_prefixes() -> None:
    assert "@prefix schema: <https://schema.org/> ." in printed(TRIPLES, "turtle")


# ---- tables -----------------------------------------------------------------------------------------------------


def test_a_table_in_a_pipe_is_plain_whole_and_shows_names_for_iris() -> None:
    text = printed(HARD)
    lines = text.splitlines()
    assert lines[0].split() == ["thingName", "n"]
    assert lines[2].startswith('comma, "quote" and new line  ')
    assert lines[2].endswith("  1")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b[31mred\\x07\\u202e" in text
    wide = Rows(["a"], [(Literal("word " * 100),)])
    assert ("word " * 100).strip() in printed(wide)


def test_numbers_stand_right_and_wide_letters_take_two_columns() -> None:
    rows = Rows(
        ["name", "n"], [(Literal("中文"), Literal(5)), (Literal("abcd"), Literal(10)), (Literal("e\u0301x"), None)]
    )
    assert printed(rows) == "name   n\n----  --\n中文   5\nabcd  10\ne\u0301x\n"


def test_an_empty_table_says_so() -> None:
    assert printed(Rows(["a", "b"])) == "a  b\n-  -\nNo rows.\n"
    assert printed(Rows(["a"], note="None such.")) == "a\n-\nNone such.\n"
    assert printed(Rows([])) == "\n\nNo rows.\n"


def test_a_table_on_a_terminal_wraps_and_obeys_no_markup() -> None:
    rows = Rows(["a", "b"], [(Literal("[bold]not bold[/bold] \x1b[31m"), Literal("word " * 40))])
    text = printed(rows, width=60)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "[bold]not bold[/bold]" in " ".join(plain.split())
    assert "\\x1b[31m" in plain
    assert max(map(len, plain.splitlines())) <= 60
    assert plain.count("word") == 40
    assert "\x1b[1m" in text, "headings are bold"
    assert "No rows." in printed(Rows(["a"]), width=60)


def test_markdown_links_names_and_escapes_the_rest() -> None:
    text = printed(HARD, "markdown")
    lines = text.splitlines()
    assert lines[0] == "| thingName | n |"
    assert lines[1] == "| --- | --- |"
    assert lines[2].startswith('| [comma, "quote" and new line](<https://example.org/a>) | 1 |')
    assert r"\|\`\*\_\[a\]\(b\)\<i\>" in text
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 3 for line in lines)


def test_an_answer_looks_like_this(sample_graph: Store) -> None:
    rows = ask(sample_graph, "family", {"show": "Saltmarsh"})
    assert printed(rows) == (
        "oneName       is          otherName    season  status  reviews  quote                     reviewTitle\n"
        "------------  ----------  -----------  ------  ------  -------  ------------------------  ---------------------------------\n"
        "Sam           sibling of  Nell Harrow                        1  her feckless brother Sam  Saltmarsh: the new drama reviewed\n"
        "Sam's mother  parent of   Sam                                1  Sam’s mother              Saltmarsh: the new drama reviewed\n"
    )


def test_a_query_of_one_s_own_shows_all_its_columns(sample_graph: Store) -> None:
    rows = query(
        sample_graph,
        "SELECT ?show ?showName WHERE { ?show a <https://schema.org/TVSeries> ; <https://schema.org/name> ?showName }",
    )
    assert printed(rows).splitlines()[0].split() == ["show", "showName"]
    assert "id:series/northgate" in printed(rows)


def test_json_of_an_answer_is_the_w3c_s(sample_graph: Store) -> None:
    data = json.loads(printed(ask(sample_graph, "seasons", {"show": "Saltmarsh"}), "json"))
    assert data["head"]["vars"] == ["season", "premieres", "episodes", "reviews", "seasonIri"]
    assert data["results"]["bindings"][0] == {
        "season": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
        "reviews": {"type": "literal", "value": "2", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
        "seasonIri": {"type": "uri", "value": "https://w3id.org/tellygraph/id/series/saltmarsh/season/1"},
    }
