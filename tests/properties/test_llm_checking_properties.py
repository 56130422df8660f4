"""Whatever a model answers, a fact is kept with its exact words and names of the text, or dropped; nothing else happens."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tellygraph import new_review
from tellygraph.ontology.terms import KINDS, RELATIONS, STATUSES
from tellygraph.reviews.llm.answers import Answer, Failed, answer_of, facts_of
from tellygraph.reviews.llm.checking import Checker, NotBelieved, claimed
from tellygraph.reviews.llm.grounding import seasons_said, stands_in
from tellygraph.reviews.llm.windows import Window
from tellygraph.reviews.parts import prepare

TEXT = (
    "Saltmarsh returns for its second season on 4 March, 2023. Nell Harrow (Mara Quill) runs the bakery and her brother Tom hates it. "
    "The Danish drama by Ida Venn has eight hour-long episodes, is set in Kettle Bay, and was Tom’s idea. 😀 Nell is Nell."
)
PREPARED = prepare(new_review(TEXT, id="one", show="Saltmarsh", date="2023"))
CHECKER = Checker(
    PREPARED.review, PREPARED.parts[0], "Saltmarsh", "small", PREPARED.plain, seasons_said(PREPARED.plain)
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """A run of words of the text, or nearly."""
    words = TEXT.split()
    start = draw(st.integers(0, len(words) - 1))
    piece = " ".join(words[start : start + draw(st.integers(1, 6))])
    return draw(st.sampled_from([piece, piece.strip(".,()"), piece.upper(), piece[1:], f" {piece} ", f"{piece}\x00"]))


WORDS = pieces() | st.sampled_from(["Saltmarsh", "Nell Harrow", "Tom", "Mara Quill"]) | JSON


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    """A fact whose parts are mostly fit: one or two of them are anything."""
    relation = draw(st.sampled_from(list(RELATIONS.values())))
    name = st.sampled_from(
        [
            "Nell Harrow",
            "Tom",
            "Mara Quill",
            "Ida Venn",
            "Kettle Bay",
            "Danish",
            "eight",
            "second",
            "March, 2023",
            "drama",
        ]
    )
    fit: dict[str, st.SearchStrategy[Any]] = {
        "relation": st.just(relation.name),
        "subject": name if relation.subject in ("person", "character") else st.just("Saltmarsh"),
        "subject_type": st.just(relation.subject),
        "object": name,
        "object_type": st.just(relation.object),
        "kind": st.sampled_from(list(KINDS)) if relation.name == "relationship" else st.none(),
        "status": st.none() | st.sampled_from(list(STATUSES)),
        "season": st.none() | st.integers(1, 3),
        "quote": st.sampled_from(
            [TEXT, TEXT[:57], TEXT[58:130], TEXT[131:], "Kettle Bay", "Danish drama", "eight hour-long episodes"]
        ),
        "occurrence": st.integers(0, 2),
    }
    unfit = draw(st.sets(st.sampled_from(list(fit)), max_size=2))
    return {key: draw(WORDS if key in unfit else values) for key, values in fit.items()}


@given(facts() | JSON)
def test_a_fact_is_kept_with_its_words_or_dropped(said: object) -> None:
    try:
        claim = claimed(said)
        draft = CHECKER.draft(claim, Window(0, len(TEXT)))
    except NotBelieved:
        return
    assert TEXT[draft.start : draft.end] == claim.quote
    assert draft.relation in RELATIONS
    assert draft.kind is None or KINDS[draft.kind].stated_as is None
    assert draft.status is None or draft.status in STATUSES
    assert draft.season in (None, 2)
    assert all(stands_in(name, PREPARED.plain) for name in (claim.object, draft.subject or "Saltmarsh"))


def test_the_facts_tried_are_not_all_dropped() -> None:
    kept: set[str] = set()

    @given(facts())
    def count(said: dict[str, Any]) -> None:
        with contextlib.suppress(NotBelieved):
            kept.add(CHECKER.draft(claimed(said), Window(0, len(TEXT))).relation)

    count()
    assert len(kept) > 3


@given(
    JSON
    | st.fixed_dictionaries({"choices": JSON})
    | st.fixed_dictionaries(
        {"choices": st.lists(st.fixed_dictionaries({"message": JSON, "finish_reason": JSON}), min_size=1)}
    )
)
def test_an_answer_of_any_shape_is_read_or_failed(reply: object) -> None:
    try:
        found = facts_of(answer_of(json.dumps(reply).encode()))
    except Failed:
        return
    assert isinstance(found, list)


@given(st.binary(max_size=60), st.text(max_size=60))
def test_an_answer_that_is_no_json_is_failed(body: bytes, content: str) -> None:
    for read in (lambda: answer_of(body), lambda: facts_of(Answer(content))):
        try:
            read()
        except Failed:
            continue
        raise AssertionError("nothing of this kind is an answer")
