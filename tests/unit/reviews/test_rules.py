"""Every rule reads the sentences it says it reads, and keeps silent where it says so."""

from __future__ import annotations

import re

import pytest

from tellygraph.ontology.iris import Iris
from tellygraph.reviews.reader import RuleReader
from tellygraph.reviews.records import Fact, Review
from tellygraph.reviews.rules import RULE_FILES, Rule, rules
from tellygraph.reviews.rules.own import spelled

IRIS = Iris("https://w3id.org/tellygraph/id/")
RULES = [rule for group in RULE_FILES for rule in rules(group)]


@pytest.fixture(scope="module")
def reader() -> RuleReader:
    return RuleReader(iris=IRIS)


def _read(reader: RuleReader, text: str) -> tuple[Fact, ...]:
    review = Review(
        IRIS.review("example"),
        "example",
        text,
        show="Saltmarsh",
        season=2 if "eason 2" in text or "econd season" in text else None,
    )
    return next(reader.read([review])).facts


@pytest.mark.parametrize("rule", RULES, ids=[r.id for r in RULES])
def test_a_rule_has_examples(rule: Rule) -> None:
    assert len(rule.reads) >= 2
    assert len(rule.silent) >= 1
    assert rule.about.endswith(".")
    assert 0 < rule.confidence <= 1


@pytest.mark.parametrize("rule", RULES, ids=[r.id for r in RULES])
def test_a_rule_reads_its_examples(rule: Rule, reader: RuleReader) -> None:
    for example in rule.reads:
        said = {spelled(f) for f in _read(reader, example.text)}
        assert set(example.facts) <= said, example.text


@pytest.mark.parametrize("rule", RULES, ids=[r.id for r in RULES])
def test_an_example_is_read_by_its_own_rule(rule: Rule, reader: RuleReader) -> None:
    assert any(f.rule == rule.id for example in rule.reads for f in _read(reader, example.text))


@pytest.mark.parametrize("rule", RULES, ids=[r.id for r in RULES])
def test_a_rule_keeps_silent(rule: Rule, reader: RuleReader) -> None:
    for text in rule.silent:
        assert [f for f in _read(reader, text) if f.rule == rule.id] == []


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids)) >= 60
    assert all(re.fullmatch(r"[PRKMH]\d+[a-z]?", i) for i in ids)
