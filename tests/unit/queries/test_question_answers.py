"""What each question answers, on the sample reviews and on small graphs made to be hard."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from pyoxigraph import Literal, Quad

from samples import IRIS, SAMPLE, fact
from tellygraph.graph import Merge, Store, open_store, quads_of
from tellygraph.graph.identity import merge_quads
from tellygraph.ontology.terms import KINDS, OA, SCHEMA, SKOS, STATUSES
from tellygraph.queries import Question, Rows, ask, catalogue
from tellygraph.reviews.records import Fact, Review

every_question = pytest.mark.parametrize("question", catalogue().values(), ids=lambda q: q.name)


def review(number: int, show: str | None = "Hollow", season: int | None = None) -> Review:
    """A review whose text holds any quote the tests cut out of it."""
    words = "A said B. B said A. Late words. More words."
    return Review(
        IRIS.review(f"h{number}"), f"h{number}", words, show, season, f"Title {number}", "Ann", None, None, None
    )


def said(
    about: Review, relation: str, subject: str, object_: str, *, kind: str | None = None, status: str | None = None,
    season: int | None = None, quote: str = "A said B", confidence: float = 0.9,
) -> Fact:  # fmt: skip
    return fact(
        about, relation, subject, object_, quote, kind=kind, status=status, season=season, confidence=confidence
    )


def put(graph: Store, about: Review, *facts: Fact) -> None:
    graph.extend(quads_of(about, facts, IRIS))


def columns(rows: Rows, *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in names) for row in rows.python()]


# ---- every question ---------------------------------------------------------------------------------------------


@every_question
def test_it_answers_its_sample_as_its_header_says(question: Question, sample_graph: Store) -> None:
    rows = ask(sample_graph, question.name, dict(question.sample.params))
    assert question.sample.unmet(rows) == []


@every_question
def test_it_answers_an_empty_graph_with_no_rows(question: Question, graph: Store) -> None:
    things = {p.name: IRIS.series("x") for p in question.parameters if p.required}
    from pyoxigraph import NamedNode

    assert len(ask(graph, question.name, {k: NamedNode(v) for k, v in things.items()})) == 0


@every_question
def test_names_stand_beside_their_iris(question: Question, sample_graph: Store) -> None:
    rows = ask(sample_graph, question.name, dict(question.sample.params))
    assert all(name in rows.variables for name in rows.labels.values())
    assert question.name in ("shows", "critics", "seasons") or rows.labels


def same_everywhere(quads: Iterable[Quad]) -> list[Quad]:
    """The quads with all names, quotes and titles alike: only IRIs and what is claimed tell rows apart."""
    alike = (SCHEMA.name, OA.exact)
    return [Quad(q.subject, q.predicate, Literal("X"), q.graph_name) if q.predicate in alike else q for q in quads]


@every_question
def test_the_order_is_the_same_whatever_order_the_facts_came_in(question: Question) -> None:
    from pyoxigraph import NamedNode

    quads = same_everywhere(quad for about, facts in SAMPLE.items() for quad in quads_of(about, facts, IRIS))
    show = IRIS.series("Saltmarsh")
    iris = {
        "show": show, "first": show, "second": IRIS.series("Northgate"), "actor": IRIS.person("Dev Anselm"),
        "character": IRIS.character("Sam", show), "thing": IRIS.character("Nell Harrow", show),
        "review": IRIS.review("saltmarsh-1"), "from": IRIS.person("Mara Quill"), "to": IRIS.person("Dev Anselm"),
    }  # fmt: skip
    given = {name: NamedNode(iris[name]) for name in question.required}
    answers = []
    for order in (quads, quads[::-1], sorted(quads, key=lambda q: hash(str(q)[::-1]))):
        with open_store(":memory:") as store:
            store.extend(order)
            answers.append(ask(store, question.name, given))
    assert answers[0] == answers[1] == answers[2]
    assert len(set(answers[0])) == len(answers[0]), "no row twice"


# ---- parameters that may be left out ----------------------------------------------------------------------------


def test_the_cast_of_one_season_is_what_is_said_of_it_or_in_a_review_of_it(sample_graph: Store) -> None:
    second = columns(ask(sample_graph, "cast", {"show": "Saltmarsh", "season": "2"}), "actorName", "firstSeason")
    assert second == [("Dev Anselm", 2), ("Mara Quill", 2), ("Tess Marlowe", 2)]
    assert not ask(sample_graph, "cast", {"show": "Saltmarsh", "season": 3})


@pytest.mark.parametrize("name", ["premieres", "adaptations", "production", "reviews", "most-connected", "corroborated",
                                  "least-certain", "network", "conflicts", "without-actor"])  # fmt: skip
def test_asking_about_one_show_leaves_the_others_out(name: str, sample_graph: Store) -> None:
    everything = ask(sample_graph, name)
    parts = [ask(sample_graph, name, {"show": show}) for show in ("Northgate", "Saltmarsh")]
    assert len(everything) == sum(map(len, parts))
    assert set(everything) == {row for part in parts for row in part}


def test_the_network_about_a_character_has_all_its_edges_and_no_others(sample_graph: Store) -> None:
    rows = ask(sample_graph, "network", {"about": "Otto"})
    assert columns(rows, "sourceName", "relation", "kind", "targetName") == [
        ("Gil Renner", "plays", None, "Otto"),
        ("Otto", "relationship", "ex-spouse", "Sam"),
    ]


def test_the_network_of_one_kind_takes_the_kind_s_name_either_way_round(sample_graph: Store) -> None:
    for kind in ("parent", "child", "https://w3id.org/tellygraph/relationships#parent"):
        rows = ask(sample_graph, "network", {"kind": kind})
        assert columns(rows, "sourceName", "kind", "targetName") == [("Sam's mother", "parent", "Sam")]


# ---- the network ------------------------------------------------------------------------------------------------


def test_the_network_has_exactly_its_columns(sample_graph: Store) -> None:
    assert ask(sample_graph, "network").variables == (
        "source", "sourceName", "sourceType", "target", "targetName", "targetType", "relation", "kind", "status",
        "season", "quote", "review", "reviewTitle", "confidence", "series", "seriesName",
    )  # fmt: skip


def test_a_claim_about_a_season_is_one_about_its_show(sample_graph: Store) -> None:
    rows = ask(sample_graph, "network", {"about": "Ada Roe"})
    assert columns(rows, "source", "sourceName", "sourceType", "season") == [
        (IRIS.series("Saltmarsh"), "Saltmarsh", SCHEMA.TVSeries.value, 2)
    ]


def test_each_kind_is_named_as_the_vocabulary_names_it(graph: Store) -> None:
    about = review(1)
    stated = [kind for kind in KINDS.values() if kind.stated_as is None]
    put(graph, about, *(said(about, "relationship", f"A{n}", "B", kind=k.name) for n, k in enumerate(stated)))
    assert sorted(columns(ask(graph, "network"), "kind")) == sorted((kind.name,) for kind in stated)


def test_a_fact_of_no_show_is_in_the_network_all_the_same(graph: Store) -> None:
    about = review(1)
    one = said(about, "plays", "Pia Stone", "Vera")
    homeless = Fact(one.relation, one.subject, one.object, one.evidence, 0.9, "r", "hand")
    put(graph, about, homeless)
    rows = ask(graph, "network")
    assert columns(rows, "sourceName", "targetName", "series", "seriesName") == [("Pia Stone", "Vera", None, None)]
    assert columns(ask(graph, "who-plays", {"character": "Vera"}), "actorName", "showName") == [("Pia Stone", None)]
    assert columns(ask(graph, "roles-of", {"actor": "Pia Stone"}), "characterName", "showName") == [("Vera", None)]


def test_a_claim_made_twice_in_one_review_has_both_its_places(graph: Store) -> None:
    about = review(1)
    put(graph, about, said(about, "plays", "Pia Stone", "Vera"),
        said(about, "plays", "Pia Stone", "Vera", quote="B said A"))  # fmt: skip
    assert columns(ask(graph, "network"), "quote") == [("A said B",), ("B said A",)]
    assert columns(ask(graph, "cast", {"show": "Hollow"}), "actorName", "reviews", "quote") == [
        ("Pia Stone", 1, "A said B")
    ]


def test_a_thing_that_reviews_write_differently_is_still_one_row(graph: Store) -> None:
    one, other = review(1), review(2)
    put(graph, one, said(one, "plays", "Zoe Ward", "Ada"))
    put(graph, other, said(other, "plays", "Zoë Ward", "Ada"))
    rows = ask(graph, "cast", {"show": "Hollow"})
    assert columns(rows, "actorName", "reviews") == [("Zoe Ward", 2)]


# ---- who plays whom ---------------------------------------------------------------------------------------------


def test_an_actor_without_a_named_role_is_in_the_cast_until_a_review_names_it(graph: Store) -> None:
    one = review(1)
    put(graph, one, said(one, "actor", "Hollow", "Pia Stone"), said(one, "actor", "Hollow", "Max Reed", season=2))
    assert columns(ask(graph, "cast", {"show": "Hollow"}), "actorName", "characterName", "firstSeason") == [
        ("Max Reed", None, 2), ("Pia Stone", None, None),
    ]  # fmt: skip
    assert columns(ask(graph, "roles-of", {"actor": "Pia Stone"}), "showName", "characterName") == [("Hollow", None)]
    other = review(2)
    put(graph, other, said(other, "plays", "Pia Stone", "Vera"))
    assert columns(ask(graph, "cast", {"show": "Hollow"}), "actorName", "characterName") == [
        ("Max Reed", None), ("Pia Stone", "Vera"),
    ]  # fmt: skip
    assert columns(ask(graph, "roles-of", {"actor": "Pia Stone"}), "characterName") == [("Vera",)]
    assert columns(ask(graph, "co-stars", {"actor": "Max Reed"}), "coStarName", "coStarPlays", "actorPlays") == [
        ("Pia Stone", "Vera", None)
    ]


def test_the_words_for_a_role_come_before_a_list_of_names(graph: Store) -> None:
    one = review(1)
    for actor, character in (("Pia Stone", "Vera"), ("Max Reed", "Otis")):
        put(graph, one, said(one, "actor", "Hollow", actor), said(one, "plays", actor, character, quote="More words"))
        other = review(2, "Amber")
        put(graph, other, said(other, "plays", actor, character))
    assert columns(ask(graph, "cast", {"show": "Hollow"}), "quote") == [("More words",), ("More words",)]
    assert ("Hollow", "More words") in columns(ask(graph, "co-stars", {"actor": "Max Reed"}), "showName", "quote")
    shared = ask(graph, "shared-cast", {"first": "Hollow", "second": "Amber"})
    assert columns(shared, "firstQuote", "secondQuote") == [("More words", "A said B"), ("More words", "A said B")]
    put(graph, review(3, "Hollow"), said(review(3, "Hollow"), "plays", "Lou Marsh", "Ivo"))
    chain = ask(graph, "connection", {"from": "Lou Marsh", "to": "Max Reed"})
    assert columns(chain, "plays", "quote") == [("Ivo", "A said B"), ("Otis", "More words")]


def test_a_review_without_a_season_does_not_hide_the_season_another_names(graph: Store) -> None:
    for about in (review(1), review(2, season=3), review(3, season=2)):
        put(graph, about, said(about, "plays", "Pia Stone", "Vera"))
    assert columns(ask(graph, "cast", {"show": "Hollow"}), "firstSeason", "reviews") == [(2, 3)]


@pytest.mark.parametrize("status", STATUSES)
def test_a_role_that_is_not_stated_outright_is_no_role(status: str, graph: Store) -> None:
    about = review(1)
    put(graph, about, said(about, "plays", "Pia Stone", "Vera", status=status))
    put(graph, about, said(about, "plays", "Max Reed", "Otis"))
    assert columns(ask(graph, "cast", {"show": "Hollow"}), "actorName") == [("Max Reed",)]
    assert not ask(graph, "co-stars", {"actor": "Max Reed"})
    assert not ask(graph, "roles-of", {"actor": "Pia Stone"})
    assert not ask(graph, "who-plays", {"character": "Vera"})
    assert columns(ask(graph, "evidence", {"first": "Pia Stone", "second": "Vera"}), "status") == [(status,)]


def test_characters_nobody_is_named_for_are_gaps(graph: Store) -> None:
    one, other = review(1), review(2)
    put(graph, one, said(one, "relationship", "Vera", "Otis", kind="friend"))
    put(graph, other, said(other, "plays", "Max Reed", "Otis"))
    assert columns(ask(graph, "without-actor"), "characterName", "showName") == [("Vera", "Hollow")]
    assert columns(ask(graph, "characters", {"show": "Hollow"}), "characterName", "actorName", "relationships") == [
        ("Otis", "Max Reed", 1), ("Vera", None, 1),
    ]  # fmt: skip


# ---- relationships ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [k for k in KINDS.values() if k.stated_as is None], ids=lambda k: k.slug)
def test_a_relationship_is_found_from_either_end_and_said_the_right_way_round(kind: object, graph: Store) -> None:
    assert hasattr(kind, "name")
    about = review(1)
    put(graph, about, said(about, "relationship", "Vera", "Otis", kind=kind.name))
    (forth,) = columns(ask(graph, "relationships-of", {"character": "Vera"}), "characterName", "is", "otherName")
    (back,) = columns(ask(graph, "relationships-of", {"character": "Otis"}), "characterName", "is", "otherName")
    assert (forth[0], forth[2], back[0], back[2]) == ("Vera", "Otis", "Otis", "Vera")
    assert (forth[1] == back[1]) == (KINDS[kind.name].symmetric)


def test_what_is_denied_is_no_relationship_but_is_evidence(graph: Store) -> None:
    about = review(1)
    for kind in ("spouse", "sibling"):
        put(graph, about, said(about, "relationship", "Vera", "Otis", kind=kind, status="denied"))
    for name, given in (
        ("couples", {"show": "Hollow"}), ("family", {"show": "Hollow"}), ("timeline", {"show": "Hollow"}),
        ("relationships-of", {"character": "Vera"}), ("most-connected", {}),
    ):  # fmt: skip
        assert not ask(graph, name, given), name
    assert columns(ask(graph, "evidence", {"first": "Otis", "second": "Vera"}), "kind", "status") == [
        ("sibling", "denied"), ("spouse", "denied"),
    ]  # fmt: skip


def test_the_timeline_takes_the_season_said_before_the_season_reviewed(graph: Store) -> None:
    about = review(1, season=3)
    put(graph, about, said(about, "relationship", "Vera", "Otis", kind="dating", season=1),
        said(about, "relationship", "Vera", "Otis", kind="spouse"))  # fmt: skip
    assert columns(ask(graph, "timeline", {"show": "Hollow"}), "season", "kind") == [(1, "dating"), (3, "spouse")]


# ---- sources ----------------------------------------------------------------------------------------------------


def conflicts(graph: Store) -> list[tuple[object, ...]]:
    return columns(ask(graph, "conflicts"), "conflict", "oneSubjectName", "oneRelation", "oneObjectName",
                   "otherSubjectName", "otherRelation", "otherObjectName")  # fmt: skip


def test_two_dates_for_one_season_conflict_but_a_year_and_its_day_do_not(graph: Store) -> None:
    for number, date in enumerate(("2021-03-04", "2021", "2021-03", "2022-03-04")):
        about = review(number, season=2)
        put(graph, about, said(about, "premiereDate", "Hollow", date, season=2))
    name = "Hollow, season 2"
    found = conflicts(graph)
    assert found == [
        ("two dates", name, "premiereDate", "2021", name, "premiereDate", "2022-03-04"),
        ("two dates", name, "premiereDate", "2021-03", name, "premiereDate", "2022-03-04"),
        ("two dates", name, "premiereDate", "2021-03-04", name, "premiereDate", "2022-03-04"),
    ]
    (row, *_) = ask(graph, "conflicts").python()
    assert (row["oneQuote"], row["oneReviewTitle"], row["otherReviewTitle"]) == ("A said B", "Title 1", "Title 3")


def test_two_numbers_of_episodes_conflict(graph: Store) -> None:
    for number, count in enumerate(("6", "60")):
        about = review(number)
        put(graph, about, said(about, "episodeCount", "Hollow", count, season=1))
    assert [row[0] for row in conflicts(graph)] == ["two numbers of episodes"]


def test_two_actors_conflict_unless_they_are_named_for_different_seasons(graph: Store) -> None:
    about = review(1)
    put(graph, about, said(about, "plays", "Pia Stone", "Vera", season=1),
        said(about, "plays", "Lou Marsh", "Vera", season=2))  # fmt: skip
    assert conflicts(graph) == []
    put(graph, about, said(about, "plays", "Max Reed", "Vera", season=2))
    assert conflicts(graph) == [("two actors", "Lou Marsh", "plays", "Vera", "Max Reed", "plays", "Vera")]


def test_what_one_review_says_and_another_denies_conflicts(graph: Store) -> None:
    one, other = review(1), review(2)
    put(graph, one, said(one, "relationship", "Vera", "Otis", kind="spouse"))
    put(graph, other, said(other, "relationship", "Vera", "Otis", kind="spouse", status="denied"))
    assert conflicts(graph) == [("said and denied", "Vera", "spouse", "Otis", "Vera", "spouse", "Otis")]


@pytest.mark.parametrize(("first", "second", "conflict"), [
    (("Vera", "parent", "Otis"), ("Otis", "parent", "Vera"), "both ways round"),
    (("Vera", "parent", "Otis"), ("Vera", "sibling", "Otis"), "not both"),
    (("Vera", "parent", "Otis"), ("Otis", "sibling", "Vera"), "not both"),
    (("Vera", "parent", "Otis"), ("Vera", "friend", "Otis"), None),
    (("Vera", "killer", "Otis"), ("Otis", "killer", "Vera"), None),
    (("Vera", "sibling", "Otis"), ("Otis", "sibling", "Vera"), None),
])  # fmt: skip
def test_relatives_who_cannot_be_both_conflict(
    first: tuple[str, str, str], second: tuple[str, str, str], conflict: str | None, graph: Store
) -> None:
    for number, (subject, kind, object_) in enumerate((first, second)):
        about = review(number)
        put(graph, about, said(about, "relationship", subject, object_, kind=kind))
    assert [row[0] for row in conflicts(graph)] == ([] if conflict is None else [conflict])


def test_reviews_that_agree_are_counted_whatever_their_words(graph: Store) -> None:
    for number, quote in enumerate(("Late words", "A said B", "B said A")):
        about = review(number)
        put(graph, about, said(about, "relationship", "Vera", "Otis", kind="friend", quote=quote))
    about = review(9)
    put(graph, about, said(about, "relationship", "Otis", "Vera", kind="boss"))
    rows = ask(graph, "corroborated")
    assert columns(rows, "subjectName", "kind", "objectName", "reviews", "quote", "reviewTitle") == [
        ("Vera", "friend", "Otis", 3, "Late words", "Title 0")
    ]


def test_the_least_certain_come_first_and_agreement_makes_a_fact_as_sure_as_its_surest_words(graph: Store) -> None:
    one, other = review(1), review(2)
    put(graph, one, said(one, "plays", "Pia Stone", "Vera", confidence=0.4),
        said(one, "plays", "Max Reed", "Otis", confidence=0.6))  # fmt: skip
    put(graph, other, said(other, "plays", "Pia Stone", "Vera", confidence=0.95))
    rows = ask(graph, "least-certain")
    assert [(str(c), s) for c, s in columns(rows, "confidence", "subjectName")] == [
        ("0.6", "Max Reed"),
        ("0.95", "Pia Stone"),
    ]


def test_taken_names_are_listed_with_the_rule_and_the_words(graph: Store) -> None:
    about = review(1)
    put(graph, about, said(about, "plays", "Pia Stone", "Vera Lind"))
    show = IRIS.series("Hollow")
    merge = Merge(IRIS.character("Vera", show), "Vera", IRIS.character("Vera Lind", show), "Vera Lind", "name-part")
    graph.extend(merge_quads(about.iri, [merge], IRIS))
    words = "A said B"
    assert columns(ask(graph, "merged"), "name", "knownName", "rule", "evidence", "reviewTitle", "mergedFrom") == [
        ("Vera", "Vera Lind", "name-part", words, "Title 1", merge.merged_from)
    ]


def test_what_is_said_about_a_show_includes_its_seasons_but_not_its_characters_affairs(sample_graph: Store) -> None:
    rows = ask(sample_graph, "about", {"thing": "Saltmarsh"})
    assert sorted(columns(rows, "relation", "objectName")) == [
        ("broadcaster", "Beacon"), ("director", "Ada Roe"), ("director", "Arthur Kimble"), ("episodeCount", "6"),
        ("genre", "crime drama"), ("premiereDate", "2022-03-04"), ("seasonNumber", "2"), ("setting", "Fenwick"),
    ]  # fmt: skip


def test_a_review_without_critic_publisher_date_or_show_is_listed_all_the_same(graph: Store) -> None:
    bare = Review(IRIS.review("bare"), "bare", "Nothing.")
    put(graph, bare)
    assert ask(graph, "reviews").python() == [
        {"reviewTitle": "bare", "showName": None, "season": None, "authorName": None, "publisherName": None,
         "date": None, "claims": 0, "url": None, "review": bare.iri}
    ]  # fmt: skip


def test_a_round_up_is_a_review_of_each_show_it_states_facts_of(graph: Store) -> None:
    about = review(1)
    round_up = Review(about.iri, about.id, about.text)
    put(graph, round_up, said(about, "plays", "Pia Stone", "Vera"))
    assert columns(ask(graph, "reviews", {"show": "Hollow"}), "review", "showName") == [(about.iri, "Hollow")]


def test_the_words_of_kinds_in_the_graph_are_the_scheme_s(sample_graph: Store) -> None:
    labels = {(q.subject, q.object.value) for q in sample_graph.quads() if q.predicate == SKOS.prefLabel}
    assert labels
    assert all(KINDS[label].concept == concept for concept, label in labels)


# ---- round-ups --------------------------------------------------------------------------------------------------


def test_a_round_up_is_a_review_of_every_show_it_tells_of(graph: Store) -> None:
    both = review(1, show=None)
    hollow, saltmarsh = (said(review(1, show=name), "plays", "Ann Lee", "Bea") for name in ("Hollow", "Saltmarsh"))
    put(graph, both, hollow, saltmarsh)
    put(graph, review(2, show="Hollow"))
    assert columns(ask(graph, "reviews", {"show": "Hollow"}), "reviewTitle") == [("Title 1",), ("Title 2",)]
    assert columns(ask(graph, "reviews", {"show": "Saltmarsh"}), "reviewTitle", "showName") == [("Title 1", "Hollow")]
    assert columns(ask(graph, "shows"), "showName", "reviews") == [("Hollow", 2), ("Saltmarsh", 1)]


def test_a_review_of_one_show_that_tells_of_another_is_found_by_both(graph: Store) -> None:
    put(graph, review(1, show="Hollow"), said(review(1, show="Saltmarsh"), "plays", "Ann Lee", "Bea"))
    for show in ("Hollow", "Saltmarsh"):
        assert columns(ask(graph, "reviews", {"show": show}), "reviewTitle", "showName") == [("Title 1", "Hollow")]
