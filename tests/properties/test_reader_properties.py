"""Whatever the text, the reader never fails and never says what is not in it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tellygraph.ontology.iris import Iris
from tellygraph.reviews import Review, RuleReader

IRIS = Iris("https://w3id.org/tellygraph/id/")

# Pieces of reviews in any order: far likelier to match a rule, and to break one, than letters at random.
PIECES = (
    "Nell Harrow", "Nell", "Mara Quill", "DCI Pike", "Sam’s", "(", ")", "((", "[", "‘", "’", "“", "”", "*Saltmarsh*", "Saltmarsh",
    "played by", "as", "stars", "is", "and", ",", ".", "!", "?", "—", "his brother", "her mother", "their son", "sister", "wife",
    "are dating", "the two best friends", "Season 2", "second season of", "eight episodes", "premieres on", "Netflix",
    "August 31, 2023", "directed by", "based on", "novel", "\n\n", "\n", "Photo:", "# ", "🙂", "\u00a0", "é", "who", "’s", "'s",
    "not", "set in Fenwick", "crime drama", "Cast:", "Oscar’s", "O’Brien", "Jr.", "1", "twenty-two",
)  # fmt: skip


@cache
def reader() -> RuleReader:
    return RuleReader(iris=IRIS)


def _assert_only_what_is_said(text: str, show: str | None) -> None:
    for fact in next(reader().read([Review(IRIS.review("r"), "r", text, show)])).facts:
        words = fact.evidence
        assert words.quote == text[words.start : words.end] != ""
        assert 0 < fact.confidence <= 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from((" ", "")), st.sampled_from((None, "Saltmarsh")))
def test_pieces_of_reviews_in_any_order(pieces: list[str], glue: str, show: str | None) -> None:
    _assert_only_what_is_said(glue.join(pieces), show)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    _assert_only_what_is_said(text, None)


HOSTILE = {
    "names": "Nell Harrow " * 3000,
    "brackets": "Nell (Mara Quill) " * 2000,
    "open brackets": "( " * 20000,
    "owners": "Nell’s " * 5000,
    "seasons": "Saltmarsh Season 2 " * 3000,
    "titles": "‘Nell of the Harrow and the ’ " * 2000,
    "joined": "Nell and Sam and " * 3000 + "are dating",
    "adjectives": "the weary, sad, old, wet, cold, " * 2000,
    "one word": "a" * 200_000,
    "short lines": "Nell Harrow\n" * 4000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_an_endless_sentence_costs_no_more_than_any_text_of_its_length(name: str) -> None:
    # Takes seconds; took minutes while a pattern or a loop was quadratic.
    _assert_only_what_is_said(HOSTILE[name], "Saltmarsh")
    _assert_only_what_is_said(HOSTILE[name], None)
