"""Addresses: readable, stable, and valid whatever a review is called or a character is named."""

from __future__ import annotations

import re
import string
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from rdflib import URIRef

from tellygraph.errors import SettingError
from tellygraph.ontology import Iris, slug

IRIS = Iris("https://w3id.org/tellygraph/id/")
HOSTILE = [
    "", " ", "/", "//", ".", "..", "../..", "a/../b", "./x", "\x00", "a\nb", "\ud800", "%", "%2e%2e", "%zz", "#", "?q=1",
    "<img src=x onerror=alert(1)>", '"><script>', "'; DROP GRAPH <x>", "}{|^`\\", "🙂", "日本", "عربى", "हिन्दी", "ﬁne",
    "İstanbul", "ẞ", "\u202eevil", "\u200b", "http://", "https://", "http://[", "http://[::1", "http://a b/", "HTTP://X/",
    "http://a/%zz", "http://a:port/", "javascript:alert(1)", "file:///etc/passwd", "http://a/\x7f", "http://a/\ud800",
    "http://a/\ufdd0", "http://a/\ue000", "http://x/#a#b", "urn:x", "C:\\reviews\\one.txt", "a" * 5000,
]  # fmt: skip
names = st.text() | st.sampled_from(HOSTILE)
SAFE = string.ascii_letters + string.digits + "-._~"


def assert_valid(iri: str) -> None:
    assert NamedNode(iri).value == iri
    assert URIRef(iri).n3() == f"<{iri}>"  # rdflib refuses to write an IRI with a forbidden character


@given(names)
def test_a_slug_is_never_empty_and_safe_in_an_iri(name: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]|%[0-9A-F]{2})(?:[a-z0-9-]|%[0-9A-F]{2})*", slug(name))
    assert not slug(name).endswith("-")


@given(names)
def test_the_slug_of_a_slug_is_itself(name: str) -> None:
    assert slug(unquote(slug(name))) == slug(name)


@given(st.text(string.ascii_letters + " -'’.", min_size=1))
def test_a_latin_slug_needs_no_decoding_to_be_its_own_slug(name: str) -> None:
    assert slug(slug(name)) == slug(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nick Nelson", "nick  nelson"),
        ("Zoë", "Zoe"),
        ("D’Arcy", "D'Arcy"),
        ("Ann-Marie", "Ann Marie"),
        ("Ｋit", "Kit"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert slug(one) == slug(other)


@pytest.mark.parametrize(
    ("one", "other"), [("?", "!"), ("🙂", "🙃"), ("日本", "中国"), ("Sam", "Samuel"), ("Eleven", "11"), ("…", "")]
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert slug(one) != slug(other)


@given(names)
@example("http://lamp.example/b#review")
def test_every_review_id_gives_a_valid_iri(review_id: str) -> None:
    iri = IRIS.review(review_id)
    assert_valid(iri)
    assert iri == review_id or iri.startswith(IRIS.base + "review/")
    assert len(iri) > len(IRIS.base + "review/") or iri == review_id


@given(st.lists(st.text(SAFE, min_size=1).filter(lambda s: s not in (".", "..")), min_size=1).map("/".join))
def test_the_iri_of_a_review_ends_with_its_id(review_id: str) -> None:
    assert IRIS.review(review_id) == f"{IRIS.base}review/{review_id}"


@pytest.mark.parametrize("given_", ["..", ".", "../..", "a/../b", "/../", "x/./y"])
def test_no_review_id_climbs_out_of_its_folder(given_: str) -> None:
    path = IRIS.review(given_).removeprefix(IRIS.base)
    assert path.startswith("review/")
    assert not {".", ".."} & set(unquote(path).split("/"))


@pytest.mark.parametrize(
    "iri", ["https://lamp.example/tv/one", "http://lamp.example/a?b=c&d=é", "https://lamp.example/a#review"]
)
def test_an_absolute_iri_stands_for_itself(iri: str) -> None:
    assert IRIS.review(iri) == iri


@pytest.mark.parametrize(
    "broken", ["http://[", "http://a:port/", "http://a b/", "http://a/%zz", "HTTP://X/", "urn:x", "file:///x"]
)
def test_what_is_no_sound_web_address_is_an_id_like_any_other(broken: str) -> None:
    assert IRIS.review(broken).startswith(IRIS.base + "review/")
    assert unquote(IRIS.review(broken)).endswith(broken.rstrip("/"))


@given(names, names)
def test_two_ids_share_an_iri_only_by_their_outer_slashes(one: str, other: str) -> None:
    if one.strip("/") != other.strip("/"):
        assert IRIS.review(one) != IRIS.review(other)


@given(names)
def test_the_parts_of_a_review_have_valid_iris_of_their_own(review_id: str) -> None:
    review = IRIS.review(review_id)
    parts = {IRIS.part(review, name) for name in ("author", "evidence-0123abcd")}
    assert len(parts) == 2
    for part in parts:
        assert_valid(part)
        assert part.startswith(review)


def test_a_part_of_a_review_with_a_fragment_lengthens_the_fragment() -> None:
    assert IRIS.part("https://a.example/b", "author") == "https://a.example/b#author"
    assert IRIS.part("https://a.example/b#review", "author") == "https://a.example/b#review-author"


@given(names, names)
def test_everything_that_is_minted_is_valid(one: str, other: str) -> None:
    series = IRIS.series(one)
    for iri in (
        series,
        IRIS.season(series, 2),
        IRIS.character(other, series),
        IRIS.character(other, IRIS.review(one)),
        IRIS.role(series, one, other),
        IRIS.person(one),
        IRIS.organization(one),
        IRIS.place(one),
        IRIS.work(one),
        IRIS.unnamed_source(series, other),
    ):
        assert_valid(iri)
        assert iri.startswith((IRIS.base, one))


def test_iris_are_readable() -> None:
    heartstopper = IRIS.series("Heartstopper")
    assert heartstopper == "https://w3id.org/tellygraph/id/series/heartstopper"
    assert IRIS.season(heartstopper, 2) == heartstopper + "/season/2"
    assert IRIS.character("Nick Nelson", heartstopper) == heartstopper + "/character/nick-nelson"
    assert IRIS.role(heartstopper, "Kit Connor", "Nick Nelson") == heartstopper + "/role/kit-connor--nick-nelson"
    assert IRIS.person("Kit Connor") == "https://w3id.org/tellygraph/id/person/kit-connor"
    assert IRIS.organization("Disney+") == "https://w3id.org/tellygraph/id/organization/disney-plus"


def test_a_claim_is_a_hash_of_what_is_claimed() -> None:
    assert IRIS.claim("a", None, "b") == IRIS.claim("a", None, "b")
    assert (
        len({IRIS.claim("a", None, "b"), IRIS.claim("a", "b", None), IRIS.claim("ab", None), IRIS.claim("a", "b")}) == 4
    )


def test_the_base_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Iris.default() == IRIS
    monkeypatch.setenv("TELLYGRAPH_BASE", "https://kg.example/tv")
    assert Iris.default().person("Kit Connor") == "https://kg.example/tv/person/kit-connor"
    monkeypatch.setenv("TELLYGRAPH_BASE", "kg.example")
    with pytest.raises(SettingError, match="TELLYGRAPH_BASE"):
        Iris.default()
