"""Who is whom: partial names become the one known character, or stay themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import permutations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from samples import IRIS, SALTMARSH_1, SAMPLE, fact, statements
from tellygraph.errors import StoreError
from tellygraph.graph import (
    Change,
    add_reading,
    add_readings,
    adding,
    changes,
    has_review,
    open_store,
    quads_of,
    remove_review,
)
from tellygraph.graph.identity import (
    Candidate,
    Character,
    Merge,
    Series,
    is_description,
    is_part,
    merges,
    own_characters,
    resolved,
    together,
)
from tellygraph.graph.store.protocol import QueryResult
from tellygraph.graph.unclear import unclear_names
from tellygraph.ontology.terms import OA, SCHEMA, TG
from tellygraph.reviews.records import Entity, EntityType, Reading, Review

SHOW = IRIS.series("Saltmarsh")


def character(*names: str, aliases: tuple[str, ...] = (), actors: tuple[str, ...] = ()) -> Character:
    played = frozenset((actor, None) for actor in actors)
    return Character(IRIS.character(names[0], SHOW), frozenset(names), frozenset(aliases), played)


def whole_name(name: str, *known: Character) -> str | None:
    one = character(name)
    series = Series(together([{c.iri: c} for c in (one, *known)]).values())
    found = series.find(one.iri)
    return None if len(found) != 1 else series_name(series, found[0])


def series_name(series: Series, candidate: Candidate) -> str:
    known = series.get(candidate.iri)
    assert known is not None
    return known.name


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
    assert whole_name("Ruth", *forms, character("Ruth Calder Orme"), character("Ruth Calder Pike")) is None


def test_another_form_of_the_name_stands_for_it_where_only_one_has_it() -> None:
    known = character("Charles Spring", aliases=("Charlie",))
    charlie = character("Charlie")
    assert Series([known, charlie]).find(charlie.iri) == (Candidate(known.iri, "known-alias"),)
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


def merged(own: list[Character], *known: Character) -> list[str]:
    """Whom the characters of one review become, where another review knows these."""
    named = {c.iri: c for c in own}
    series = Series(together([named, {c.iri: c for c in known}]).values())
    return [merge.known_name for merge in merges(named, series)]


def test_a_review_that_names_both_keeps_them_apart() -> None:
    assert merged([character("Nell")], NELL) == ["Nell Harrow"]
    assert merged([character("Nell"), NELL], NELL) == []


def test_two_of_a_reviews_characters_never_become_the_same() -> None:
    assert merged([character("Nell"), character("Harrow")], NELL) == []


def test_a_name_that_the_review_spells_in_two_ways_stays_as_it_is() -> None:
    assert merged([character("Nell", "NELL")], NELL) == []


def test_another_actor_keeps_characters_apart() -> None:
    mara, tess = IRIS.person("Mara Quill"), IRIS.person("Tess Marlowe")
    known = character("Nell Harrow", actors=(mara,))
    assert merged([character("Nell", actors=(tess,))], known) == []
    assert merged([character("Nell", actors=(mara, tess))], known) == ["Nell Harrow"]


def test_what_a_series_knows_can_change() -> None:
    nell, pike = character("Nell"), character("Nell Pike")
    series = Series([NELL, nell])
    assert series.find(nell.iri) == (Candidate(NELL.iri, "name-part"),)
    series.put([(pike.iri, pike)])
    assert [candidate.iri for candidate in series.find(nell.iri)] == [NELL.iri, pike.iri]
    series.put([(pike.iri, None)])
    assert series.find(nell.iri) == (Candidate(NELL.iri, "name-part"),)
    series.put([(nell.iri, None)])
    assert series.find(nell.iri) == ()


def test_only_characters_of_a_series_take_part() -> None:
    own = own_characters(SAMPLE[SALTMARSH_1])
    assert set(own) == {SHOW}
    assert {c.name for c in own[SHOW].values()} == {"Nell Harrow", "Sam", "Jonah Pike", "Sam's mother", "Otto"}
    assert own[SHOW][NELL.iri].actors == {(IRIS.person("Mara Quill"), None)}


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


def test_a_third_review_makes_a_name_ambiguous_whenever_it_comes() -> None:
    first, second, third = review_of("a", "Nell Harrow"), review_of("b", "Nell"), review_of("c", "Nell Pike")
    assert known_as("b", first, second) == known_as("b", second, first) == ["Nell Harrow"]
    for order in permutations([first, second, third]):
        assert known_as("b", *order) == ["Nell"]


def test_what_was_resolved_is_no_ground_to_resolve_more() -> None:
    """Once the only review that says "Nell Harrow" is gone, the others have their own words back."""
    full, one, two = review_of("a", "Nell Harrow"), review_of("b", "Nell"), review_of("c", "Nell")
    with open_store(":memory:") as store:
        add_readings(store, [one, two], IRIS)
        before = statements(store)
        (addition,) = adding(store, [full], IRIS)
        assert addition.change.removed == 0
        assert addition.elsewhere.removed > 0
        assert addition.merges == ()
        assert len(set(store.quads(NamedNode(IRIS.identity_graph)))) == 12
        assert remove_review(store, "a", IRIS).removed > addition.change.added
        assert statements(store) == before


def test_whoever_says_more_of_a_character_is_not_rewritten() -> None:
    """What changes in a series rewrites the reviews whose names it gives another meaning, and no others."""
    with open_store(":memory:") as store:
        add_readings(store, [review_of("a", "Nell Harrow"), review_of("b", "Nell"), review_of("c", "Otto")], IRIS)
        for late in (review_of("d", "Bea"), review_of("e", "Nell Harrow", "Otto"), review_of("f", "Nell")):
            (addition,) = adding(store, [late], IRIS)
            assert addition.elsewhere == Change()


class Killed(BaseException):
    """Stands for the end of the program."""


def test_what_a_killed_program_left_undone_is_done_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_APART_FROM", 0)
    part, full, late = review_of("a", "Nell"), review_of("b", "Nell Harrow"), review_of("c", "Otto")
    with open_store(":memory:") as store, open_store(":memory:") as whole:
        add_readings(store, [part], IRIS)
        before = statements(store)

        def apply_additions_only(*, remove: object = (), add: Iterable[Quad] = ()) -> None:
            if remove:
                raise Killed
            store.extend(add)

        with monkeypatch.context() as patch:
            patch.setattr(store, "apply", apply_additions_only)
            with pytest.raises(Killed):
                add_readings(store, [full], IRIS)
        assert statements(store) == before | set(quads_of(full.review, full.facts, IRIS))
        (addition,) = adding(store, [late], IRIS)
        assert addition.elsewhere.removed > 0
        add_readings(whole, [full, part, late], IRIS)
        assert statements(store) == statements(whole)


def test_a_reading_that_cannot_be_kept_is_no_ground_either() -> None:
    """A fact about a number: no reader makes one."""
    part, full = review_of("a", "Nell"), review_of("b", "Nell Harrow")
    (said,) = full.facts
    wrong = replace(full, facts=(said, replace(said, subject=Entity("7", EntityType.INTEGER, None))))
    with open_store(":memory:") as store:
        with pytest.raises(TypeError, match="must be a thing"):
            add_readings(store, [part, wrong], IRIS)
        assert statements(store) == set(quads_of(part.review, part.facts, IRIS))


def test_a_graph_that_others_have_changed_is_told_apart_from_ours() -> None:
    part, full = review_of("a", "Nell"), review_of("b", "Nell Harrow")
    with open_store(":memory:") as store:
        add_readings(store, [part], IRIS)
        quotes = [quad for quad in store.quads() if quad.predicate == OA.start]
        store.apply(remove=quotes)
        with pytest.raises(StoreError, match=r"the review .*/review/a is not as it was put into :memory:"):
            add_readings(store, [full], IRIS)
        assert not has_review(store, full.review.iri)


def test_only_reviews_are_asked_who_they_name() -> None:
    part, full = review_of("a", "Nell"), review_of("b", "Nell Harrow")
    elsewhere = NamedNode("https://elsewhere.example/graph")
    with open_store(":memory:") as store:
        nell = NamedNode(NELL.iri)
        store.extend([
            Quad(NamedNode(SHOW), SCHEMA.character, nell, elsewhere),
            Quad(nell, SCHEMA.name, Literal("Nell Harrow"), elsewhere),
        ])  # fmt: skip
        assert [a.merges for a in adding(store, [part], IRIS)] == [()]
        (addition,) = adding(store, [full], IRIS)
        assert addition.elsewhere.added > 0
        assert len(list(store.quads(elsewhere))) == 2


def test_a_merge_whose_review_another_program_took_away_is_no_hindrance() -> None:
    part, full = review_of("a", "Nell"), review_of("b", "Nell Harrow")
    with open_store(":memory:") as store:
        add_readings(store, [part, full], IRIS)
        store.remove(NamedNode(part.review.iri))
        assert add_reading(store, review_of("c", "Nell"), IRIS).removed == 0
        add_reading(store, part, IRIS)
        again = statements(store)
        remove_review(store, "a", IRIS)
        add_reading(store, part, IRIS)
        assert statements(store) == again


def test_somebody_of_another_series_keeps_to_that_series() -> None:
    """A review of Saltmarsh that names Northgate's Ruth Calder says nothing of who "Ruth" is in Saltmarsh."""
    ruth = review_of("a", "Ruth Calder", show="Northgate")
    nell = review_of("b", "Nell")
    (said,) = nell.facts
    friend = replace(said, relation="relationship", kind="friend", subject=said.object, object=ruth.facts[0].object)
    both = replace(nell, facts=(said, friend))
    found = [ruth, both, review_of("c", "Ruth"), review_of("d", "Ruth", show="Northgate")]
    graphs = []
    for order in permutations(found):
        with open_store(":memory:") as store:
            for reading in order:
                add_reading(store, reading, IRIS)
            graphs.append(statements(store))
    assert all(graph == graphs[0] for graph in graphs)
    assert known_as("c", *found) == ["Ruth"]
    assert known_as("d", *found) == ["Ruth Calder"]


def test_names_that_could_be_several_are_told_with_their_reviews() -> None:
    found = [review_of("a", "Nell"), review_of("b", "Nell Harrow"), review_of("c", "Nell Pike"), review_of("d", "Nell")]
    with open_store(":memory:") as store:
        add_readings(store, found[:2], IRIS)
        assert list(unclear_names(store, IRIS)) == []
        add_readings(store, found[2:], IRIS)
        (unclear,) = unclear_names(store, IRIS)
        assert unclear.reviews == (IRIS.review("a"), IRIS.review("d"))
        assert str(unclear) == f"Nell in {IRIS.review('a')} (and 1 more) could be Nell Harrow or Nell Pike"
        remove_review(store, "c", IRIS)
        assert list(unclear_names(store, IRIS)) == []


def test_a_graph_from_before_its_names_were_written_down_is_put_right_by_whoever_writes_next() -> None:
    found = [review_of("a", "Nell"), review_of("b", "Nell Harrow"), review_of("c", "Harrow")]
    with open_store(":memory:") as store, open_store(":memory:") as whole:
        for reading in found[:2]:
            store.extend(quads_of(reading.review, reading.facts, IRIS))
        add_readings(store, found[2:], IRIS)
        add_readings(whole, found, IRIS)
        assert set(store.quads()) == set(whole.quads())


def test_one_more_review_asks_as_much_of_a_store_however_many_it_has() -> None:
    asked = []
    for reviews in (20, 200):
        with open_store(":memory:") as store:
            add_readings(store, [review_of(f"r{n}", "Nell", "Nell Harrow", "Otto") for n in range(reviews)], IRIS)
            answers: list[int] = []

            def query(
                sparql: str, answers: list[int] = answers, ask: Callable[[str], QueryResult] = store.query
            ) -> QueryResult:
                rows = ask(sparql)
                if isinstance(rows, QuerySolutions):
                    told = list(rows)
                    answers.append(len(told))
                    return ask(sparql)
                return rows

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(store, "query", query)
                patch.setattr(store, "graphs", None)
                add_reading(store, review_of("new", "Nell", "Otto"), IRIS)
                add_reading(store, review_of("new", "Otto"), IRIS)
                remove_review(store, "new", IRIS)
            asked.append(answers)
    assert asked[0] == asked[1]
