"""Each way a name finds its character, and what keeps two apart."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from benchmarks.identity import names_of_people
from samples import IRIS
from tellygraph.graph.identity import Candidate, Character, Decided, Series, together

SHOW = IRIS.series("Saltmarsh")


def at(name: str) -> str:
    return IRIS.character(name, SHOW)


def who(
    name: str,
    aliases: Iterable[str] = (),
    actors: Iterable[tuple[str, int | None]] = (),
    beside: Iterable[str] = (),
    kin: Iterable[tuple[str, str]] = (),
    genders: Iterable[str] = (),
) -> Character:
    return Character(
        at(name), frozenset({name}), frozenset(aliases), frozenset(actors), frozenset(map(at, beside)),
        frozenset((kind, at(of)) for kind, of in kin), frozenset(genders),
    )  # fmt: skip


def found(name: str, *known: Character | str, decided: Decided | None = None) -> list[tuple[str, str]]:
    """Whom a name could be, and by which rule."""
    everyone = [one if isinstance(one, Character) else who(one) for one in (*known, name)]
    series = Series(together([{c.iri: c} for c in everyone]).values(), decided)
    named = {c.iri: c.name for c in everyone}
    return [(named[candidate.iri], candidate.rule) for candidate in series.find(at(name))]


@pytest.mark.parametrize(
    ("name", "known", "rule"),
    [
        ("Nelson", "Nick Nelson", "name-part"),
        ("Nick Nelson", "Nicholas 'Nick' Nelson", "name-part"),
        ("Nick", "Nicholas (Nick) Nelson", "name-part"),
        ("Nicholas Nelson", "Nicholas “Nick” Nelson", "nickname"),
        ("Nick Nelson", who("Nicholas Nelson", aliases=["Nick"]), "known-alias"),
        ("Ruth Calder", "DCI Ruth Calder", "name-part"),
        ("Detective Calder", "DCI Ruth Calder", "title"),
        ("Detective Calder", "Ruth Calder", "title"),
        ("Dr Foster", "Doctor Foster", "title"),
        ("Mrs Harrow", "Nell Harrow", "title"),
        ("Captain Jack", "Jack Flint", "title"),
        ("Annemarie Duval", "Anne-Marie Duval", "spelling"),
        ("Katharine Pike", "Katherine Pike", "spelling"),
        ("Nick's mom", "Nick's mother", "role"),
        ("Nick's mum", who("Sarah", kin=[("parent", "Nick")], genders=["f"]), "role"),
    ],
)
def test_one_candidate_is_the_one(name: str, known: Character | str, rule: str) -> None:
    whole = known if isinstance(known, Character) else who(known)
    assert found(name, whole, "Nick" if "Nick's" in name else "Otto Vane") == [(whole.name, rule)]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Mara", "Cara"),
        ("Tom", "Tim"),
        ("Mara Quill", "Cara Quill"),
        ("Marissa Quill", "Larissa Quill"),
        ("Daniel Pike", "Daniela Pike"),
        ("Frances Pike", "Francis Pike"),
        ("Harper", "Harker"),
        ("Dr Calder", "DCI Ruth Calder"),
        ("Aunt Harrow", "Nell Harrow"),
        ("King George", "George Pike"),
        ("Mr Nelson", "Nelson Pike"),
        ("Mr Harrow", who("Nell Harrow", genders=["f"])),
        ("Mrs Harrow", who("Nell Harrow", beside=["Mrs Harrow"])),
        ("Katharine Pike", who("Katherine Pike", beside=["Katharine Pike"])),
        ("Nick's mum", who("Stan", kin=[("parent", "Nick")], genders=["m"])),
        ("Nick's mum", who("Alex", kin=[("parent", "Nick")])),
        ("Nick's brother", who("David", kin=[("sibling", "Nick")])),
        ("Nick's boss", "Nick's mum"),
    ],
)
def test_what_may_be_two_stays_two(name: str, known: Character | str) -> None:
    assert found(name, known, "Nick" if "Nick's" in name else "Otto Vane") == []


def test_two_candidates_are_told_and_not_chosen_between() -> None:
    assert found("Nick", "Nick Nelson", "Nick Clarke") == [("Nick Clarke", "name-part"), ("Nick Nelson", "name-part")]
    sarah, ruth = (who(name, kin=[("parent", "Nick")], genders=["f"]) for name in ("Sarah", "Ruth"))
    assert found("Nick's mum", "Nick", sarah, ruth) == [("Ruth", "role"), ("Sarah", "role")]


def test_men_and_women_of_one_name_are_told_apart_by_their_titles() -> None:
    assert found("Mrs Harrow", "Mr Harrow", "Nell Harrow") == []
    nell = who("Nell Harrow", genders=["f"])
    assert found("Mrs Harrow", "Mr Harrow", nell) == [("Nell Harrow", "title")]


def test_three_spellings_are_one_only_if_each_is_a_spelling_of_each() -> None:
    assert found("Katharine Pike", "Katherine Pike", "Katheryne Pike") == []
    assert found("Katherine Pike", "Katharine Pike", "Kathirine Pike") == [("Kathirine Pike", "spelling")]


def test_the_owner_is_found_first() -> None:
    assert found("Nick's mom", "Nick", "Nick Nelson", "Nick Nelson's mother") == [("Nick Nelson's mother", "role")]
    assert found("Nick's mom", "Nick", "Nick Nelson", "Nick Clarke", "Nick Nelson's mother") == []
    sarah = who("Sarah", kin=[("parent", "Nick")], genders=["f"])
    assert found("Nick Nelson's mum", sarah, "Sarah Nelson", "Nick", "Nick Nelson") == [("Sarah Nelson", "role")]
    assert found("Nick's mum's boss", "Nick", "Nick's mother", "Nick's mum", "Nick's mother's boss") == [
        ("Nick's mother's boss", "role")
    ]


def test_actors_support_a_relative_and_speak_against_one() -> None:
    def of(kind: str, actor: str) -> Character:
        return who("Sarah", actors=[(actor, 1)], kin=[(kind, "Nick")], genders=["f"])

    mum, sister = (
        Character(at(name), frozenset({name}), actors=frozenset({("x:tess", 1)}))
        for name in ("Nick's mum", "Nick's sister")
    )
    for described, kind in ((mum, "parent"), (sister, "sibling")):
        for actor, expected in (("x:tess", [Candidate(at("Sarah"), "role")]), ("x:mara", [])):
            series = Series([described, of(kind, actor), who("Nick")])
            assert list(series.find(described.iri)) == expected


def test_people_decide_over_rules() -> None:
    nick, nelson, whole = at("Nick"), at("Nelson"), at("Nick Nelson")
    apart = Decided(different=frozenset({(nick, whole)}))
    assert found("Nick", "Nick Nelson", decided=apart) == []
    assert found("Nelson", "Nick Nelson", "Nick", decided=apart) == [("Nick Nelson", "name-part")]
    two = Decided(different=frozenset({(nick, nelson)}))
    assert found("Nick", "Nick Nelson", "Nelson", decided=two) == []


def test_letters_are_compared_in_proportion_to_the_names() -> None:
    compared = []
    for people in (300, 3_000):
        series = Series(names_of_people(people))
        for character in series:
            series.find(character.iri)
        compared.append(series.comparisons)
    assert 0 < compared[0] <= 300 * 10 * 10
    assert compared[1] <= compared[0] * 15
