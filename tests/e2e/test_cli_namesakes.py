"""Shows of one title and people of one name, from the command line: told apart, listed with the reason, decided."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from command_line import Ran

PEOPLE = "https://lamp.example/people"


def review(text: str, show: str, actors: list[dict[str, object]]) -> str:
    about = {"@type": "TVSeries", "name": show, "actor": actors}
    return json.dumps({
        "@context": "https://schema.org", "@type": "Review", "name": show, "reviewBody": text, "itemReviewed": about
    })  # fmt: skip


def quill(number: int, **more: object) -> dict[str, object]:
    return {"@type": "Person", "name": "Mara Quill", "@id": f"{PEOPLE}/{number}", **more}


REVIEWS = {
    "one.jsonld": review("Nell Harrow (Mara Quill) runs the bakery.", "Saltmarsh", [quill(7, birthDate="1970-03-01")]),
    "two.jsonld": review("Otto Wren (Mara Quill) keeps the gate.", "Northgate", [quill(9)]),
    "plain.md": "---\nshow: Northgate\n---\nOtto Wren (Mara Quill) keeps the gate shut.\n",
    "else.md": "---\nshow: Elsewhere\n---\nUna Passby (Mara Quill) sings.\n",
}


@pytest.fixture
def tg(run: Callable[..., Ran], tmp_path: Path) -> Callable[..., Ran]:
    for name, text in REVIEWS.items():
        (tmp_path / name).write_text(text)
    return lambda *arguments: run("--graph", tmp_path / "g.db", *arguments)


def test_people_of_one_name_are_told_apart_listed_and_decided(tg: Callable[..., Ran], tmp_path: Path) -> None:
    assert tg("add", *(tmp_path / name for name in REVIEWS)).code == 0
    rows = json.loads(tg("ask", "merged", "--format", "json").out)["results"]["bindings"]
    assert [(row["knownName"]["value"], row["rule"]["value"], row["evidence"]["value"]) for row in rows] == [
        ("Mara Quill (lamp.example/people/7)", "person-id", f"{PEOPLE}/7"),
        ("Mara Quill (lamp.example/people/9)", "person-id", f"{PEOPLE}/9"),
        ("Mara Quill (lamp.example/people/9)", "person-show", "Otto Wren (Mara Quill)"),
    ]
    before = tg("export", "--format", "nquads").out
    said = f"<{PEOPLE}/7>"
    assert said in before
    checked = tg("check").out
    assert "unclear: Mara Quill in" in checked
    assert "could be Mara Quill (lamp.example/people/7) or Mara Quill (lamp.example/people/9)" in checked
    command = checked.partition("`tellygraph ")[2].partition("`")[0].split()
    assert tg(*command).code == 0
    assert "unclear" not in tg("check").out
    assert "person-id" in tg("ask", "merged").out  # whom a source identifies, a name does not decide
    assert tg("undo").code == 0
    assert tg("export", "--format", "nquads").out == before


def test_the_order_in_which_they_come_makes_no_difference(run: Callable[..., Ran], tmp_path: Path) -> None:
    graphs = set()
    for number, order in enumerate(list(permutations(REVIEWS))[::7]):
        for name, text in REVIEWS.items():
            (tmp_path / name).write_text(text)
        for name in order:
            assert run("--graph", tmp_path / f"{number}.db", "add", tmp_path / name).code == 0
        graphs.add(run("--graph", tmp_path / f"{number}.db", "export", "--format", "nquads").out)
    assert len(graphs) == 1


def test_a_bare_title_is_listed_with_the_show_it_was_taken_for_and_why(tg: Callable[..., Ran], tmp_path: Path) -> None:
    cast = "Nell Harrow (Mara Quill) runs the bakery. Jonah Pike is played by Dev Anselm.\n"
    for name, show in (("old", "Saltmarsh (2001)"), ("new", "Saltmarsh (2015)"), ("bare", "Saltmarsh")):
        (tmp_path / f"{name}.md").write_text(
            f"---\nshow: {show}\n---\n{'Tess Marlowe is Ruth.' if name == 'new' else cast}"
        )
    assert tg("add", *(tmp_path / f"{name}.md" for name in ("old", "new", "bare"))).code == 0
    (row,) = json.loads(tg("ask", "merged", "--format", "json").out)["results"]["bindings"]
    assert (row["name"]["value"], row["knownName"]["value"], row["rule"]["value"]) == (
        "Saltmarsh", "Saltmarsh (2001)", "series-cast"
    )  # fmt: skip
    assert row["evidence"]["value"] in cast
    assert row["reviewTitle"]["value"] == "bare.md"
