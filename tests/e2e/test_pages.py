"""The pages of things as programs get them: what stands on them, whatever reviews are called and say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote, urljoin

import httpx
import pytest
from pages_site import BAD, ODD, TYPES, pages_graph
from served import when_counted

from explorer_site import served


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(pages_graph(tmp_path_factory.mktemp("pages") / "G.db")) as address:
        yield address


@pytest.fixture(scope="module")
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, timeout=60, headers={"Accept": "text/html"}) as client:
        yield client


def _read(client: httpx.Client, path: str) -> str:
    """The text of a page, a space for all that is between words."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.text)
    text = re.sub(r"<(script|title|svg)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_the_page_of_a_show_lists_its_cast_its_seasons_and_its_reviews(client: httpx.Client) -> None:
    said = _read(client, TYPES["show"])
    cast, seasons = said.index("Cast and characters"), said.index("Seasons")
    assert "Nell Harrow played by Mara Quill" in said[cast:seasons]
    assert "Bea played by Tess Marlowe" in said[cast:seasons]
    assert "Season 2 Saltmarsh, season 2 was directed by Ada Roe" in said[seasons:]
    assert "Saltmarsh, season 2 premieres on 4 March 2022" in said
    assert "Saltmarsh, season 2 has 6 episodes" in said
    assert "Saltmarsh is shown by Beacon" in said
    assert "Saltmarsh: the returning drama reviewed Cy Dell · The Evening Lamp · 2022-03-11" in said
    assert said.index("Nell Harrow played by") < said.index("Otto played by"), "those of most facts come first"


def test_the_page_of_a_season_has_the_cast_of_that_season(client: httpx.Client) -> None:
    said = _read(client, TYPES["season"])
    assert "Bea played by Tess Marlowe" in said
    assert "Otto" not in said
    assert "other seasons: season 1" in said


def test_the_page_of_a_person_has_their_parts_by_show(client: httpx.Client) -> None:
    said = _read(client, TYPES["person"])
    assert re.search(r"Northgate Mara Quill plays Ruth Calder .* Saltmarsh Mara Quill plays Nell Harrow", said)
    assert "Ana Brook" in _read(client, TYPES["review"])
    written = _read(client, "/id/organization/the-evening-lamp.html")
    assert "Reviews Saltmarsh: the new drama reviewed" in written


def test_facts_are_sentences_from_the_side_of_the_thing_with_their_words(client: httpx.Client) -> None:
    said = _read(client, TYPES["character"])
    for sentence in (
        "Nell Harrow is a sibling of Sam", "Nell Harrow is the spouse of Jonah Pike season 2",
        "Nell Harrow is dating Jonah Pike former · season 1", "Nell Harrow is played by Mara Quill seasons 1 and 2 · 2 reviews",
    ):  # fmt: skip
        assert sentence in said
    assert "up the bakery with her feckless brother Sam (Toby Farrow)." in said
    assert "1 more quote" in said


def test_a_review_has_a_page_whatever_it_is_called(client: httpx.Client) -> None:
    for name in ODD:
        where = re.findall(r'href="([^"]*)"><cite>Review ' + re.escape(name) + "<", client.get(TYPES["show"]).text)
        assert len(set(where)) == 1, name
        address = unescape(where[0])
        sent = client.get(address)
        assert sent.status_code == 303, (name, address)
        told = client.get(sent.headers["location"])
        assert f"<h1>Review {name}</h1>" in told.text, (name, sent.headers["location"])
        turtle = client.get(address, headers={"Accept": "text/turtle"}).headers["location"]
        assert client.get(turtle).headers["content-type"].startswith("text/turtle"), name


def test_every_link_of_the_site_leads_somewhere(client: httpx.Client, site: str) -> None:
    seen, wrong = {"/", "/browse"}, {}
    todo = sorted(seen)
    while todo:
        path = todo.pop()
        answer = client.get(path)
        if answer.status_code not in (200, 303):
            wrong[path] = answer.status_code
        for link in _links(answer):
            address = urljoin(site + path, link).partition("#")[0]
            below = address.removeprefix(site)
            if address.startswith(f"{site}/") and below not in seen and not _elsewhere_tested(below):
                seen.add(below)
                todo.append(below)
        assert len(seen) < 500, "this site is small"
    assert wrong == {}
    listed = re.findall(r"<loc>([^<]*)</loc>", when_counted(client, "/sitemap/1.xml").text)
    things = {unescape(address).removeprefix(site) for address in listed}
    assert len(things) > 20
    nameless = {thing for thing in things if "/source/" in thing}  # the work behind a show: reviews name its author
    assert {thing for thing in things - nameless if not _elsewhere_tested(thing)} <= seen


def _elsewhere_tested(path: str) -> bool:
    """Whether it is one of many alike: a thing in another format, a dump, a view of the explorer."""
    formats = re.search(r"(\.|&as=)(ttl|jsonld|nt|rdf)$", path)
    return path.startswith(("/download/tellygraph", "/?")) or (
        path.startswith(("/id/", "/about")) and formats is not None
    )


def _links(answer: httpx.Response) -> list[str]:
    if answer.status_code == 303:
        return [answer.headers["location"]]
    if not answer.headers["content-type"].startswith("text/html"):
        return []
    return [unescape(link) for link in re.findall(r'\b(?:href|src|action)="([^"]*)"', answer.text)]


def test_hostile_names_are_text_on_pages(client: httpx.Client) -> None:
    at = "/about?iri=" + quote(BAD, safe="")
    paths = [at + "&as=html", "/browse"]
    paths += [unescape(a) for a in _links(client.get(paths[0])) if a.startswith(("/id/", "/about")) and "as=" not in a]
    for path in paths:
        answer = client.get(path, follow_redirects=True)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        assert _Harm.in_page(answer.text) == [], path
        assert "\u202e" not in re.sub(r'<script type="application/ld\+json">.*?</script>', "", answer.text), path


class _Harm(HTMLParser):
    """What a page could do that a page of ours does not."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str | None]] = []

    @classmethod
    def in_page(cls, text: str) -> list[tuple[str, str, str | None]]:
        parser = cls()
        parser.feed(text)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("img", "b", "iframe", "object") or (
            tag == "script" and ("type", "application/ld+json") not in attrs
        ):
            self.found.append((tag, "", None))
        for name, value in attrs:
            link = name in ("href", "src", "action", "xlink:href") and not re.match(
                r"/|#|https?://|data:,$", value or ""
            )
            if link or name.startswith("on") or name == "style":
                self.found.append((tag, name, value))
