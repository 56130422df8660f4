"""Every question's file is as it should be: header, SPARQL, parameters, vocabulary, page."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
from rdflib.plugins.sparql import prepareQuery

from tellygraph.ontology import terms
from tellygraph.ontology.terms import KINDS, RELATIONS, STATUSES, Kind
from tellygraph.queries import Question, catalogue, questions_page
from tellygraph.queries.bind import slots
from tellygraph.queries.header import parse_question
from tellygraph.queries.values import PREFIXES

ROOT = Path(__file__).parents[3]
QUESTIONS = list(catalogue().values())
PROMISED = {
    "cast", "who-plays", "roles-of", "relationships-of", "couples", "family", "crew", "directors", "shows", "seasons",
    "co-stars", "shared-cast", "connection", "evidence", "reviews", "corroborated", "conflicts", "most-connected",
    "network",
}  # fmt: skip
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)


def test_the_catalogue_has_all_that_was_promised() -> None:
    assert set(catalogue()) >= PROMISED
    assert len(catalogue()) == len(list((ROOT / "queries").glob("*.rq"))) >= 30
    assert list(catalogue()) == sorted(catalogue())


@every_question
def test_it_is_sparql_as_it_lies_to_two_parsers(question: Question) -> None:
    pyoxigraph.Store().query(question.text)
    prepareQuery(question.text)


@every_question
def test_it_uses_nothing_that_only_one_engine_knows(question: Question) -> None:
    words = set(re.findall(r"[A-Z]{2,}", re.sub(r'"[^"]*"|<[^>]*>', "", question.sparql)))
    assert not words & {"LATERAL", "SERVICE", "FROM", "ADJUST", "TRIPLE", "MEDIAN", "STDDEV", "REGEX"}
    assert "<<" not in question.sparql
    assert not re.search(r"\b(?:afn|apf|fn|ofn|xsd|bif):", question.sparql)


@every_question
def test_its_header_says_all_there_is_to_say(question: Question) -> None:
    assert question.title.endswith("?")
    assert question.title[0].isupper()
    assert question.description.rstrip('"').endswith(".")
    assert all(p.meaning and p.meaning[0].islower() for p in question.parameters)
    assert not question.sample.missed
    assert {k for k, _ in question.sample.params} >= set(question.required)
    assert {k for k, _ in question.sample.params} <= {p.name for p in question.parameters}


@every_question
def test_each_place_for_a_value_is_a_declared_parameter_and_no_other(question: Question) -> None:
    assert sorted(slots(question.text)) == sorted(p.name for p in question.parameters)
    assert question.text.count("UNDEF") == len(re.findall(r"VALUES \?\w+ \{ UNDEF \}", question.text))


@every_question
def test_it_says_its_order(question: Question) -> None:
    """That the order is total is tested on real answers, in test_question_answers.py."""
    assert len(re.findall(r"^ORDER BY ", question.sparql, re.MULTILINE)) == 1


@every_question
def test_its_prefixes_are_ours_and_used(question: Question) -> None:
    declared = dict(re.findall(r"PREFIX (\w+): <([^>]+)>", question.text))
    used = set(re.findall(r"(?<![\w:])([a-z]+):\w", re.sub(r'<[^>]*>|"[^"]*"', "", question.sparql)))
    assert declared == {name: PREFIXES[name] for name in declared}
    assert set(declared) == used


@every_question
def test_its_terms_are_of_the_vocabularies(question: Question) -> None:
    closed = {"tg": terms.TG, "schema": terms.SCHEMA, "oa": terms.OA, "prov": terms.PROV, "skos": terms.SKOS}
    for prefix, vocabulary in closed.items():
        for local in re.findall(rf"(?<![\w:]){prefix}:(\w+)", question.sparql):
            assert local in vocabulary.__annotations__, f"{prefix}:{local}"
    slugs = {kind.slug for kind in KINDS.values()}
    assert set(re.findall(r"(?<![\w:])rel:([\w-]+)", question.sparql)) <= slugs
    for block in re.findall(r'\?\w*[rR]elation\w* IN \(([^)]*)\)|tg:relation ("\w+")', question.sparql):
        assert set(re.findall(r'"(\w+)"', " ".join(block))) <= set(RELATIONS)
    for block in re.findall(r'\?status\w* !?= "(\w+)"', question.sparql):
        assert block in STATUSES


@every_question
def test_a_question_that_promises_words_names_their_review(question: Question) -> None:
    columns = re.findall(r"\?(\w+)", question.sparql.partition("WHERE")[0])
    if "quote" in columns:
        assert "reviewTitle" in columns or question.name == "facts-of"
        assert "review" in columns


def kinds_of(question: str) -> dict[str, tuple[str, ...]]:
    """The table of kinds in a question: the kind's slug, the words for it, and the words the other way round."""
    rows = re.findall(r'\(rel:([\w-]+) "([^"]+)"(?: "([^"]+)")?\)', catalogue()[question].sparql)
    return {slug: tuple(filter(None, words)) for slug, *words in rows}


def stated(*groups: str) -> list[Kind]:
    return [k for k in KINDS.values() if k.stated_as is None and (not groups or k.group in groups)]


@pytest.mark.parametrize(
    ("question", "groups"), [("couples", ["romance"]), ("family", ["family"]), ("relationships-of", [])]
)
def test_its_table_of_kinds_is_the_vocabulary_s(question: str, groups: list[str]) -> None:
    table = kinds_of(question)
    assert list(table) == [kind.slug for kind in stated(*groups)]
    for kind in stated(*groups):
        words = table[kind.slug]
        if kind.name not in ("dating", "other"):
            assert words[0] != kind.name, "a phrase, not a bare name"
            assert kind.name in words[0], "in the kind's own words"
        if len(words) == 2 and kind.inverse is not None and kind.inverse != "other":
            assert kind.inverse in words[1]
            assert (words[0] == words[1]) == kind.symmetric


def test_the_page_of_questions_is_up_to_date() -> None:
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    assert page == questions_page(), "renew it: python -m tellygraph.queries > docs/questions.md"
    assert all(f"### {name}\n" in page for name in catalogue())


HEADER = "# title: T?\n# description: D.\n# topic: shows\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# description: D.\n# topic: shows\nSELECT * {}", "must have one 'title' line, it has 0"),
        ("# title: T?\n" + HEADER + "SELECT * {}", "must have one 'title' line, it has 2"),
        (HEADER + "# tittle: T?\nSELECT * {}", "says nothing known: '# tittle: T\\?'"),
        (HEADER + "# param: show iri required: x\nSELECT * {}", "must name classes if, and only if, it is an iri"),
        (HEADER + "# param: show iri serie required: x\nSELECT * {}", "must name classes"),
        (HEADER + "# param: show needed\nSELECT * {}", "cannot be read: 'show needed'"),
        (HEADER + "# param: n integer required: x\nSELECT * {}", r"declares \['n'\] but has the slots \[\]"),
        (HEADER + "SELECT * { VALUES ?n { UNDEF } }", r"declares \[\] but has the slots \['n'\]"),
        (HEADER + "# sample: Nick\nSELECT * {}", "not NAME=VALUE: 'Nick'"),
        (HEADER + "# expect: Nick\nSELECT * {}", "not COLUMN=VALUE: 'Nick'"),
        (HEADER + "# search: guess\nSELECT * {}", "has the search 'guess'"),
        (HEADER.replace("shows", "cats") + "SELECT * {}", "has the topic 'cats'"),
    ],
)
def test_a_header_that_is_not_as_it_should_be_says_why(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=f"question 'q'.*{complaint}"):
        parse_question("q", text)


def test_a_header_is_read_into_a_frozen_record() -> None:
    text = (
        "# title: Who?\n# description: One\n#   sentence.\n# topic: shows\n"
        "# param: show iri series|work optional: the show\n# example: show=A = B\n# expect: a=1 | b=x=y\n# expect: 1 row\n"
        "\nSELECT * { VALUES ?show { UNDEF } }\n"
    )
    question = parse_question("q", text)
    assert question.description == "One sentence."
    assert question.parameters[0].classes == ("series", "work")
    assert question.required == ()
    assert question.example.params == (("show", "A = B"),)
    assert [str(e) for e in question.example.expected] == ["a=1 | b=x=y", "1 row"]
    assert question.sparql == "SELECT * { VALUES ?show { UNDEF } }\n"
    with pytest.raises(AttributeError):
        question.title = "x"  # type: ignore[misc]
