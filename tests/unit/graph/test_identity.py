"""Who is whom: partial names become the one known character, or stay themselves."""

from __future__ import annotations

import pytest

from samples import IRIS, SALTMARSH_1, SAMPLE, fact
from tellygraph.graph import add_reading, adding, open_store
from tellygraph.graph.identity import (
    Character,
    Merge,
    Series,
    is_description,
    is_part,
    merges,
    own_characters,
    resolved,
)
from tellygraph.ontology.terms import SCHEMA, TG
from tellygraph.reviews.records import EntityType, Reading, Review

SHOW = IRIS.series("Saltmarsh")


def character(*names: str, aliases: tuple[str, ...] = (), actors: tuple[str, ...] = ()) -> Character:
    return Character(IRIS.character(names[0], SHOW), frozenset(names), frozenset(aliases), frozenset(actors))


def whole_name(name: str, *known: Character) -> str | None:
    found = Series(known).find(IRIS.character(name, SHOW), name)
    return None if found is None else found[0].name


NELL = character("Nell Harrow")


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("Nell", [NELL], "Nell Harrow"),
        ("Harrow", [NELL], "Nell Harrow"),
        ("NELL", [NELL], "Nell Harrow"),
        ("Zoe", [character("Zoë Quill")], "Zoë Quill"),
        ("O’Hara", [character("Finn O'Hara")], "Finn O'Hara"),
        ("Ruth Calder", [character("DCI Ruth Calder")], "DCI Ruth Calder"),
        ("Nell Harrow", [NELL], None),
        ("Nel", [NELL], None),
        ("Corrin", [character("Harry Hyde-Corrin")], None),
        ("Nell Pike", [NELL], None),
        ("Ruth Orme", [character("Ruth Ann Orme")], None),
        ("Nell", [NELL, character("Nell Pike")], None),
        ("Harrow", [NELL, character("Sam Harrow")], None),
        ("Nell", [], None),
    ],
)
def test_a_name_is_whole_when_one_known_name_holds_its_words(
    name: str, known: list[Character], expected: str | None
) -> None:
    assert whole_name(name, *known) == expected


def test_longer_and_longer_forms_of_one_name_are_one_candidate() -> None:
    forms = [character("Ruth Calder"), character("DCI Ruth Calder")]
    assert whole_name("Ruth", *forms) == "DCI Ruth Calder"
    assert whole_name("Ruth", *forms, character("Ruth Orme")) is None
    assert whole_name("Ruth", *forms, character("Ruth Calder Orme")) is None


def test_another_form_of_the_name_stands_for_it_where_only_one_has_it() -> None:
    known = character("Charles Spring", aliases=("Charlie",))
    assert Series([known]).find("x:charlie", "Charlie") == (known, "known-alias")
    assert whole_name("Charlie", known, character("Charlotte Pike", aliases=("Charlie",))) is None


@pytest.mark.parametrize(
    "name", ["Nell's mother", "Nell Harrow’s boss", "the Harrows' neighbour", "the Doctor", "Captain", "DCI"]
)
def test_who_is_only_described_names_nobody_else(name: str) -> None:
    assert is_description(name)
    known = [character("Nell Harrow"), character("Doctor Foster"), character("Captain Flint"), character("DCI Calder")]
    assert whole_name(name, *known) is None
    assert whole_name("Nell", character(name)) is None


@pytest.mark.parametrize("name", ["Otto", "Finn O'Shea", "D'Artagnan", "Doctor Foster"])
def test_names_with_apostrophes_and_titles_are_names(name: str) -> None:
    assert not is_description(name)


def test_parts_are_runs_of_whole_words() -> None:
    whole = ("dci", "ruth", "calder")
    assert is_part(("ruth",), whole)
    assert is_part(("ruth", "calder"), whole)
    assert not is_part(whole, whole)
    assert not is_part(("dci", "calder"), whole)
    assert not is_part((), whole)


def test_a_review_that_names_both_keeps_them_apart() -> None:
    own = {c.iri: c for c in (character("Nell"), NELL)}
    assert merges(own, [NELL]) == []


def test_two_of_a_reviews_characters_never_become_the_same() -> None:
    own = {c.iri: c for c in (character("Nell"), character("Harrow"))}
    assert merges(own, [NELL]) == []


def test_another_actor_keeps_characters_apart() -> None:
    mara, tess = IRIS.person("Mara Quill"), IRIS.person("Tess Marlowe")
    known = character("Nell Harrow", actors=(mara,))
    nell = character("Nell", actors=(tess,))
    assert merges({nell.iri: nell}, [known]) == []
    again = character("Nell", actors=(mara, tess))
    assert [m.known_name for m in merges({again.iri: again}, [known])] == ["Nell Harrow"]


def test_only_characters_of_a_series_take_part() -> None:
    own = own_characters(SAMPLE[SALTMARSH_1])
    assert set(own) == {SHOW}
    assert {c.name for c in own[SHOW].values()} == {"Nell Harrow", "Sam", "Jonah Pike", "Sam's mother", "Otto"}
    assert own[SHOW][NELL.iri].actors == {IRIS.person("Mara Quill")}


def test_resolved_facts_name_the_known_character_and_keep_the_old_form() -> None:
    review = Review(IRIS.review("x"), "x", "Nell is Bea's friend.", "Saltmarsh")
    said = fact(review, "relationship", "Nell", "Bea", "Nell is Bea's friend", kind="friend")
    merge = Merge(said.subject.iri or "", "Nell", NELL.iri, "Nell Harrow", "name-part")
    (now,) = resolved([said], [merge])
    assert (now.subject.name, now.subject.iri, now.subject.aliases) == ("Nell Harrow", NELL.iri, ("Nell",))
    assert now.object == said.object
    assert now.evidence == said.evidence
    assert now.subject.type is EntityType.CHARACTER


def review_of(id_: str, *names: str, show: str = "Saltmarsh") -> Reading:
    text = " ".join(f"{name} is here." for name in names)
    review = Review(IRIS.review(id_), id_, text, show)
    return Reading(review, tuple(fact(review, "character", show, name, f"{name} is here") for name in names))


def known_as(id_: str, *readings: Reading) -> list[str]:
    with open_store(":memory:") as store:
        for reading in readings:
            add_reading(store, reading, IRIS)
        graph = IRIS.review(id_)
        return sorted(row[0].value for row in store.query(
            f"SELECT ?n WHERE {{ GRAPH <{graph}> {{ ?c a {TG.Character} ; {SCHEMA.name} ?n }} }}"
        ))  # fmt: skip


def test_series_keep_their_characters_apart() -> None:
    assert known_as("b", review_of("a", "Nell Harrow", show="Northgate"), review_of("b", "Nell")) == ["Nell"]


def test_a_third_review_can_make_a_name_ambiguous_again() -> None:
    first, second = review_of("a", "Nell Harrow"), review_of("b", "Nell")
    assert known_as("b", first, second) == ["Nell Harrow"]
    assert known_as("b", first, review_of("c", "Nell Pike"), second) == ["Nell"]
    assert known_as("b", first, second, review_of("c", "Nell Pike"), second) == ["Nell"]


def test_what_was_resolved_is_no_ground_to_resolve_more() -> None:
    """Once the only review that says "Nell Harrow" is gone, adding the others again brings their own words back."""
    full, one, two = review_of("a", "Nell Harrow"), review_of("b", "Nell"), review_of("c", "Nell")
    with open_store(":memory:") as store:
        for reading in (full, one, two):
            add_reading(store, reading, IRIS)
        from tellygraph.graph import remove_review

        remove_review(store, "a", IRIS)
        additions = [addition for reading in (one, two) for addition in adding(store, [reading], IRIS)]
        assert [a.merges for a in additions] == [(), ()]
        assert store.graphs() == sorted(store.graphs(), key=lambda g: g.value)
        assert [g.value for g in store.graphs()] == [IRIS.review("b"), IRIS.review("c")]
