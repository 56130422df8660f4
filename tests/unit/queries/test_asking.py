"""Asking by name: questions, parameters and things are found, or the error says what to do."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from samples import IRIS, NORTHGATE, SALTMARSH_1, fact
from tellygraph.errors import AmbiguousNameError, ParameterError, UnknownQuestionError
from tellygraph.graph import Store, quads_of
from tellygraph.ontology.terms import KINDS, SCHEMA, TG
from tellygraph.queries import ask, catalogue, names, question
from tellygraph.queries.names import find, find_kind

SHOW = IRIS.series("Saltmarsh")


def named(graph: Store, iri: str, name: str, *others: str, kind: NamedNode = TG.Character) -> None:
    """Put a thing with its names into the graph, as one review would."""
    from pyoxigraph import Quad

    from tellygraph.ontology.terms import RDF

    about, where = NamedNode(iri), NamedNode(IRIS.review("names"))
    graph.extend([
        Quad(about, RDF.type, kind, where),
        Quad(about, SCHEMA.name, Literal(name), where),
        *(Quad(about, SCHEMA.alternateName, Literal(other), where) for other in others),
    ])  # fmt: skip


# ---- questions --------------------------------------------------------------------------------------------------


def test_a_question_is_found_by_its_name() -> None:
    assert question("who-plays") is catalogue()["who-plays"]


@pytest.mark.parametrize(
    ("wrong", "meant"), [("who-play", "who-plays"), ("costars", "co-stars"), ("CAST", "cast"), ("review", "reviews")]
)
def test_a_wrong_name_lists_near_names(wrong: str, meant: str) -> None:
    with pytest.raises(UnknownQuestionError, match=rf"there is no question '{wrong}'; did you mean .*\b{meant}\b"):
        question(wrong)


def test_a_name_near_nothing_lists_all_questions() -> None:
    with pytest.raises(UnknownQuestionError, match=r"there are: about, adaptations, .*who-plays, without-actor$"):
        question("xyzzy 42")


# ---- parameters -------------------------------------------------------------------------------------------------


def test_a_missing_parameter_is_named_with_what_it_means(sample_graph: Store) -> None:
    with pytest.raises(ParameterError, match=r"the question 'cast' needs 'show' \(the show\): add show=\.\.\."):
        ask(sample_graph, "cast", {"season": "2"})
    with pytest.raises(ParameterError, match=r"needs 'first' .* and 'second' "):
        ask(sample_graph, "shared-cast")


@pytest.mark.parametrize("blank", ["", "  ", "\t"])
def test_a_blank_value_is_none(blank: str, sample_graph: Store) -> None:
    with pytest.raises(ParameterError, match="needs 'show'"):
        ask(sample_graph, "cast", {"show": blank})
    assert len(ask(sample_graph, "cast", {"show": "Saltmarsh", "season": blank})) == 6


def test_an_unknown_parameter_lists_the_known_ones(sample_graph: Store) -> None:
    with pytest.raises(ParameterError, match=r"'cast' has no parameter 'sho'; it takes: show, season \(optional\)"):
        ask(sample_graph, "cast", {"sho": "Saltmarsh"})
    with pytest.raises(ParameterError, match="'shows' has no parameter 'x'; it takes none"):
        ask(sample_graph, "shows", {"x": ""})


@pytest.mark.parametrize("season", ["two", "2.5", "-1", "2; DROP", -1])
def test_a_season_must_be_a_whole_number(season: str | int, sample_graph: Store) -> None:
    with pytest.raises(ParameterError, match="'season' of the question 'cast' must be a whole number, not"):
        ask(sample_graph, "cast", {"show": "Saltmarsh", "season": season})


def test_terms_may_be_given_as_they_are(sample_graph: Store) -> None:
    assert ask(sample_graph, "cast", {"show": NamedNode(SHOW), "season": Literal(2)}) == ask(
        sample_graph, "cast", {"show": "Saltmarsh", "season": 2}
    )


@pytest.mark.parametrize("kind", ["love interest", "Love Interest", "love-interest", KINDS["love interest"].concept.value,
                                  "rel:love-interest"])  # fmt: skip
def test_a_kind_is_found_by_name_slug_or_iri(kind: str) -> None:
    assert find_kind(kind) == KINDS["love interest"].concept


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.slug)
def test_every_kind_is_found_as_it_is_stated(kind: object) -> None:
    assert hasattr(kind, "name")
    entry = KINDS[kind.name]
    stated = entry if entry.stated_as is None else KINDS[entry.stated_as]
    assert find_kind(entry.name) == find_kind(entry.slug) == stated.concept


def test_an_unknown_kind_lists_near_ones_or_all() -> None:
    with pytest.raises(ParameterError, match=r"'sibbling' is not a kind of relationship; try: .*\bsibling"):
        find_kind("sibbling")
    with pytest.raises(ParameterError, match=r"try: admirer, adoptive child, .*victim"):
        find_kind("zzz")


# ---- things -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [
    "Nell Harrow", "nell harrow", " NELL  HARROW ", "nell-harrow", "Nell", "harrow",
    IRIS.character("Nell Harrow", SHOW), f"<{IRIS.character('Nell Harrow', SHOW)}>",
    "id:series/saltmarsh/character/nell-harrow",
])  # fmt: skip
def test_a_character_is_found_however_a_person_would_say_it(given: str, sample_graph: Store) -> None:
    assert find(sample_graph, given, ["character"]).value == IRIS.character("Nell Harrow", SHOW)


@pytest.mark.parametrize("given", ["Sam's mother", "sam’s mother", "Sam's Mother"])
def test_apostrophes_may_be_straight_or_curly(given: str, sample_graph: Store) -> None:
    assert find(sample_graph, given, ["character"]).value == IRIS.character("Sam's mother", SHOW)


def test_an_exact_name_comes_before_a_longer_one(sample_graph: Store) -> None:
    assert find(sample_graph, "Sam", ["character"]).value == IRIS.character("Sam", SHOW)


def test_a_first_name_is_the_person_and_not_the_person_s_mother(graph: Store) -> None:
    named(graph, "https://x.example/nick", "Nick Nelson")
    named(graph, "https://x.example/mom", "Nick Nelson's mom")
    assert find(graph, "nick", ["character"]).value == "https://x.example/nick"
    assert find(graph, "mom", ["character"]).value == "https://x.example/mom"


def test_accents_do_not_matter_but_an_exact_name_wins(graph: Store) -> None:
    named(graph, "https://x.example/1", "Zoë Ångström")
    assert find(graph, "zoe angstrom", ["character"]).value == "https://x.example/1"
    named(graph, "https://x.example/2", "Zoe Angstrom")
    assert find(graph, "Zoe Angstrom", ["character"]).value == "https://x.example/2"
    with pytest.raises(
        AmbiguousNameError, match=r"Zoe Angstrom <https://x.example/2>, Zoë Ångström <https://x.example/1>"
    ):
        find(graph, "zoe angstrom", ["character"])


def test_other_names_count(graph: Store) -> None:
    named(graph, "https://x.example/1", "Ruth Calder", "the Guv")
    assert find(graph, "the Guv", ["character"]).value == "https://x.example/1"
    assert find(graph, "guv", ["character"]).value == "https://x.example/1"


def test_a_name_of_several_things_lists_them_and_guesses_nothing(graph: Store) -> None:
    for number in range(10):
        named(graph, f"https://x.example/{number}", "Sam")
    with pytest.raises(AmbiguousNameError) as raised:
        find(graph, "Sam", ["character"])
    assert str(raised.value) == (
        "'Sam' could be several characters of the graph; say which, by name or IRI: "
        + ", ".join(f"Sam <https://x.example/{n}>" for n in range(8))
        + ", and 2 more"
    )


def test_a_part_of_several_names_lists_them(graph: Store) -> None:
    named(graph, "https://x.example/1", "Nell Harrow")
    named(graph, "https://x.example/2", "Nell Pike")
    with pytest.raises(AmbiguousNameError, match=r"'nell' could be several characters .*Nell Harrow .*Nell Pike"):
        find(graph, "nell", ["character"])


def test_a_name_of_nothing_lists_near_names(sample_graph: Store) -> None:
    with pytest.raises(
        AmbiguousNameError, match=f"no character of the graph is called 'Nel Harow'; near: Nell Harrow <{SHOW}"
    ):
        find(sample_graph, "Nel Harow", ["character"])
    with pytest.raises(AmbiguousNameError, match=r"^no show of the graph is called 'Zzyzx'$"):
        find(sample_graph, "Zzyzx", ["series"])


@pytest.mark.parametrize(
    ("given", "classes", "meant"),
    [
        ("nell harrow", "character", "/character/nell-harrow"), ("NELL", "character", "/character/nell-harrow"),
        ("quill", "person", "/person/mara-quill"), ("character/otto", "character", "/character/otto"),
        ("saltmarsh", "series", "/series/saltmarsh"), ("northgate", "review", "/review/northgate"),
    ],
)  # fmt: skip
def test_in_a_graph_too_large_to_read_names_are_found_by_their_keys(
    given: str, classes: str, meant: str, sample_graph: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_large(monkeypatch)
    assert find(sample_graph, given, [classes]).value.endswith(meant)


def test_in_a_graph_too_large_to_read_near_names_are_those_that_share_a_key(
    sample_graph: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_large(monkeypatch)
    with pytest.raises(AmbiguousNameError, match=r"'Nel Harow'; near: Nell Harrow"):
        find(sample_graph, "Nel Harow", ["character"])
    with pytest.raises(AmbiguousNameError, match=r"'Saltmarch'; near: Saltmarsh"):
        find(sample_graph, "Saltmarch", ["series"])


def test_part_of_very_many_names_is_no_name(sample_graph: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_MANY", 1)
    with pytest.raises(AmbiguousNameError, match="'nell' is part of very many names"):
        find(sample_graph, "nell", ["character"])


def too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_READ", 0)
    monkeypatch.setattr(names, "_ALL", names._ALL.replace("LIMIT 10000", "LIMIT 0"))


def test_a_name_is_looked_up_among_the_right_things_only(sample_graph: Store) -> None:
    with pytest.raises(AmbiguousNameError, match="no person of the graph is called 'Nell Harrow'"):
        ask(sample_graph, "roles-of", {"actor": "Nell Harrow"})
    assert find(sample_graph, "Nell Harrow", ["person", "character"]).value.endswith("/character/nell-harrow")


def test_an_address_must_be_of_the_graph_and_of_the_right_kind(sample_graph: Store) -> None:
    for address in ("https://example.org/nobody", SHOW):
        with pytest.raises(AmbiguousNameError, match=f"the graph has no person with the address <{address}>"):
            ask(sample_graph, "roles-of", {"actor": address})


@pytest.mark.parametrize("hostile", [
    '" } UNION { ?s ?p ?o } #', "\\u0022", "'; DROP GRAPH <x>", "\x1b[31mred", "\u202egnp.exe", "\ud800", "(((", "a" * 5000, "’",
    "https://example.org/<script>", "<https://example.org/}>", "{}", "%s", "\x00", "-", "/",
])  # fmt: skip
def test_hostile_names_find_nothing_and_print_harmlessly(hostile: str, sample_graph: Store) -> None:
    with pytest.raises((AmbiguousNameError, ParameterError)) as raised:
        find(sample_graph, hostile, ["character"])
    message = str(raised.value)
    message.encode()
    assert "\x1b" not in message
    assert "\u202e" not in message


def test_a_hostile_name_in_the_graph_is_listed_harmlessly(graph: Store) -> None:
    named(graph, "https://x.example/1", "Eve \x1b]0;owned\x07")
    named(graph, "https://x.example/2", "Eve Adams")
    with pytest.raises(AmbiguousNameError, match=r"Eve \\x1b\]0;owned\\x07 <https"):
        find(graph, "Eve", ["character"])


def test_a_review_is_found_by_title_id_or_address(sample_graph: Store) -> None:
    for given in (NORTHGATE.title, "northgate", NORTHGATE.iri):
        assert find(sample_graph, given or "", ["review"]).value == NORTHGATE.iri
    assert find(sample_graph, "saltmarsh-1", ["review"]).value == SALTMARSH_1.iri


def test_names_merged_away_find_the_fuller_character(graph: Store) -> None:
    one = fact(SALTMARSH_1, "plays", "Mara Quill", "Nell Harrow", "Nell Harrow (Mara Quill)")
    from dataclasses import replace

    also = replace(one, object=replace(one.object, aliases=("Nellie",)))
    graph.extend(quads_of(SALTMARSH_1, [also], IRIS))
    assert ask(graph, "who-plays", {"character": "Nellie"}).python()[0]["actorName"] == "Mara Quill"
