"""The JSON line of a fact is a contract: its keys, their order, and what they hold."""

from __future__ import annotations

import json

import pytest

from samples import NORTHGATE, SALTMARSH_2, SAMPLE
from tellygraph.reviews.fact_lines import KEYS, fact_line
from tellygraph.reviews.records import Fact, Review


def test_a_line_has_exactly_these_keys_in_this_order() -> None:
    director = SAMPLE[SALTMARSH_2][2]
    assert fact_line(director) == (
        '{"review": "https://w3id.org/tellygraph/id/review/saltmarsh-2", "relation": "director",'
        ' "subject": {"name": "Saltmarsh", "type": "season",'
        ' "iri": "https://w3id.org/tellygraph/id/series/saltmarsh/season/2"},'
        ' "object": {"name": "Ada Roe", "type": "person", "iri": "https://w3id.org/tellygraph/id/person/ada-roe"},'
        ' "kind": null, "status": null,'
        ' "show": {"name": "Saltmarsh", "iri": "https://w3id.org/tellygraph/id/series/saltmarsh"}, "season": 2,'
        ' "quote": "Ada Roe directs", "start": 127, "end": 142, "confidence": 0.9, "rule": "sample", "reader": "hand"}'
    )


def test_a_literal_has_no_iri_and_a_relationship_its_kind_and_status() -> None:
    lines = [json.loads(fact_line(fact)) for fact in SAMPLE[SALTMARSH_2]]
    premiere = next(line for line in lines if line["relation"] == "premiereDate")
    assert premiere["object"] == {"name": "2022-03-04", "type": "date", "iri": None}
    crush = next(line for line in lines if line["kind"] == "crush")
    assert (crush["status"], crush["relation"]) == ("unrequited", "relationship")


@pytest.mark.parametrize(("review", "fact"), [(review, fact) for review, facts in SAMPLE.items() for fact in facts])
def test_a_line_leads_back_to_the_words(review: Review, fact: Fact) -> None:
    line = fact_line(fact)
    record = json.loads(line)
    assert tuple(record) == KEYS
    assert "\n" not in line
    assert review.text[record["start"] : record["end"]] == record["quote"]


def test_code_points_are_written_as_they_are() -> None:
    assert "novels" in fact_line(SAMPLE[NORTHGATE][-1])
    assert "Nell’s best friend" in fact_line(SAMPLE[SALTMARSH_2][-2])
