"""Reading gold documents: what they hold, and one sentence for each that is not gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tellygraph.errors import ReviewError
from tellygraph.reviews.gold import GoldDocument, gold_documents

TEXT = "Saltmarsh is back. Nell Harrow (Mara Quill) has lost her brother Sam, or so she says."
PLAYS = {
    "relation": "plays", "subject": "Mara Quill", "object": "Nell Harrow", "kind": None, "season": None, "status": None,
    "evidence": "Nell Harrow (Mara Quill)",
}  # fmt: skip
SIBLING = {
    **PLAYS, "relation": "relationship", "subject": "Sam", "object": "Nell Harrow", "kind": "sibling",
    "evidence": "her brother Sam",
}  # fmt: skip


def write(folder: Path, *facts: dict[str, Any], text: str | None = TEXT, name: str = "one", **keys: Any) -> Path:
    document = {"show": "Saltmarsh", "season": None, "facts": list(facts), **keys}
    (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    if text is not None:
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def only(folder: Path, **options: Any) -> GoldDocument:
    (document,) = gold_documents(folder, **options)
    return document


def test_a_document_has_its_review_and_its_facts(tmp_path: Path) -> None:
    trap = {"trap": "T1", "text": "or so she says", "never": [{**SIBLING, "kind": "twin"}]}
    del trap["never"][0]["evidence"]
    document = only(
        write(
            tmp_path,
            PLAYS,
            {**SIBLING, "altKinds": ["twin"], "altSeasons": [2], "optional": True},
            date="2021-03",
            characters=["Sam"],
            cast=["Mara Quill"],
            aliases={"Nell Harrow": ["Nell"]},
            traps=[trap],
        )
    )
    assert (document.name, document.review.id, document.review.text) == ("one", "one", TEXT)
    assert (document.review.date, document.review.show) == ("2021-03", None)
    plays, sibling = document.facts
    assert (plays.kind, plays.optional, sibling.optional) == (None, False, True)
    assert (sibling.kinds, sibling.statuses, sibling.seasons) == (("sibling", "twin"), (None,), (None, 2))
    assert document.traps[0].never == (("relationship", "Sam", "Nell Harrow", "twin"),)
    assert document.same("nell", "Nell Harrow")
    assert not document.same("Nell", "Sam")


def test_names_are_the_same_whatever_their_quotes_and_case(tmp_path: Path) -> None:
    document = only(write(tmp_path, PLAYS, aliases={"Sam's mother": ["the Dowager"], "Rose": ["the Dowager"]}))
    assert document.same("Sam’s  Mother", "sam's mother")
    assert document.same("the Dowager", "Sam's mother")
    assert document.same("the Dowager", "Rose")
    assert not document.same("Rose", "Sam's mother")


def test_a_source_and_a_record_are_found_among_the_reviews(tmp_path: Path) -> None:
    reviews = tmp_path / "reviews"
    reviews.mkdir()
    lines = [{"id": "a", "text": TEXT}, {"id": "b", "text": "Northgate."}]
    (reviews / "all.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    write(tmp_path, PLAYS, text=None, source="all.jsonl", record="a")
    assert only(tmp_path, reviews=reviews).review.text == TEXT
    with pytest.raises(ReviewError, match=r"one\.json: its source all\.jsonl is not in .*; say with --reviews"):
        only(tmp_path)


def test_words_of_a_page_that_the_article_leaves_out_can_be_marked(tmp_path: Path) -> None:
    caption = "<figure><figcaption>Mara Quill as <em>Nell</em> Harrow</figcaption></figure>"
    paragraphs = "".join(f"<p>{TEXT} It rains on the {n}th day, and nobody minds the rain.</p>" for n in range(6, 12))
    page = f"<html><head><title>x</title></head><body><article>{caption}{paragraphs}</article></body></html>"
    write(tmp_path, {**PLAYS, "evidence": "Mara Quill as Nell Harrow"}, PLAYS, text=None)
    (tmp_path / "one.html").write_text(page, encoding="utf-8")
    assert "Mara Quill as Nell Harrow" in only(tmp_path).page
    assert "<p>" not in only(tmp_path).review.text


def test_every_fact_of_a_round_up_has_its_show(tmp_path: Path) -> None:
    write(tmp_path, {**PLAYS, "show": "Saltmarsh"}, show=None, shows=["Saltmarsh", "Northgate"])
    assert (only(tmp_path).shows, only(tmp_path).facts[0].show) == (("Saltmarsh", "Northgate"), "Saltmarsh")
    write(tmp_path, PLAYS, show=None, shows=["Saltmarsh", "Northgate"])
    with pytest.raises(ReviewError, match="fact 1 has the show None; give it one of the document's 'shows'"):
        only(tmp_path)
    write(tmp_path, {**PLAYS, "show": "Saltmarsh"})
    with pytest.raises(ReviewError, match="fact 1 has the show 'Saltmarsh'"):
        only(tmp_path)


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        ({**PLAYS, "relation": "playz"}, "fact 1 has the relation 'playz', which is not ours; did you mean 'plays'?"),
        ({**SIBLING, "kind": "brother"}, "fact 1 has the kind 'brother', which is not ours; "),
        ({**SIBLING, "kind": "child"}, "fact 1 has the kind 'child'; write 'parent' the other way round"),
        (
            {**SIBLING, "kind": None},
            "fact 1 has the relation 'relationship' and the kind None; only a relationship has",
        ),
        ({**PLAYS, "kind": "sibling"}, "fact 1 has the relation 'plays' and the kind 'sibling'"),
        ({**SIBLING, "altKinds": ["son"]}, "fact 1 has the kind 'son', which is not ours"),
        ({**SIBLING, "altKinds": "twin"}, "fact 1 has the altKinds 'twin'; it must be a list"),
        ({**PLAYS, "status": "past"}, "fact 1 has the status 'past', which is not ours"),
        ({**PLAYS, "season": "2"}, "fact 1 has the season '2'; write a whole number or null"),
        ({**PLAYS, "optional": "yes"}, "fact 1 has the optional 'yes'; it must be true or false"),
        (
            {**PLAYS, "evidence": "Nell (Mara Quill)"},
            "fact 1 has the evidence 'Nell (Mara Quill)', which is not in the",
        ),
        ({**PLAYS, "evidence": ""}, "fact 1 has the evidence '', which is not in the review; copy the words exactly"),
        ({**PLAYS, "subject": 7}, "fact 1 has the subject 7; it must be text"),
        ({k: v for k, v in PLAYS.items() if k != "object"}, "fact 1 has no 'object'; add it"),
        ({**PLAYS, "evidnce": "x"}, "fact 1 has the key 'evidnce', which is not ours; did you mean 'evidence'?"),
        ("Nell", "fact 1 is not an object"),
    ],
)
def test_a_fact_that_is_none_is_named(tmp_path: Path, fact: Any, says: str) -> None:
    with pytest.raises(ReviewError) as raised:
        gold_documents(write(tmp_path, fact))
    assert f"one.json: {says}" in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"date": "3 March"}, "its date '3 March' is not one; write it as 2023"),
        ({"facts": {}}, "it has the facts {}; it must be a list"),
        ({"cast": [1]}, "it has 'cast' that are not all text"),
        ({"aliases": ["Nell"]}, "it has the aliases ['Nell']; it must be an object"),
        ({"chracters": []}, "it has the key 'chracters', which is not ours; did you mean 'characters'?"),
        ({"source": "other.txt"}, "its source other.txt is not in "),
        (
            {"traps": [{"trap": "T1", "text": "no such words", "never": []}]},
            "trap 1 has the text 'no such words', which",
        ),
        ({"traps": [{"trap": "T1", "text": TEXT}]}, "trap 1 has no 'never'; add it"),
    ],
)
def test_a_document_that_is_none_is_named(tmp_path: Path, keys: dict[str, Any], says: str) -> None:
    with pytest.raises(ReviewError) as raised:
        gold_documents(write(tmp_path, PLAYS, **keys))
    assert f"one.json: {says}" in str(raised.value)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match=r"there is no gold in it; put a NAME\.json beside"):
        gold_documents(tmp_path)
    with pytest.raises(ReviewError, match="there is no such folder"):
        gold_documents(tmp_path / "gone")
    with pytest.raises(ReviewError, match=r"there is no review beside it; put one of one\.txt"):
        gold_documents(write(tmp_path, PLAYS, text=None))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"facts": [}', "it is not JSON at line 1: "),
        (b"[]", "it is not a gold document; it must be an object with 'facts'"),
        (b'{"floor": 1}', "it is not a gold document"),
        ("{'é'}".encode("latin-1"), "it is not UTF-8 (byte 2)"),
    ],
)
def test_a_file_that_is_no_document_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "one.json").write_bytes(content)
    with pytest.raises(ReviewError) as raised:
        gold_documents(tmp_path)
    assert f"one.json: {says}" in str(raised.value)


def test_a_review_that_cannot_be_read_is_the_gold_s_fault(tmp_path: Path) -> None:
    write(tmp_path, PLAYS, text="")
    with pytest.raises(ReviewError, match=r"one\.json: its review cannot be read: .*one\.txt: it is empty"):
        gold_documents(tmp_path)
