"""URLs: real servers on loopback, and every way they misbehave."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from site_server import Reply, Site, page, sent_to, site
from tellygraph.errors import SettingError
from tellygraph.ontology.iris import Iris
from tellygraph.remote import HOMEPAGE
from tellygraph.reviews.records import Refusal, Review
from tellygraph.reviews.sources import Notice, read_paths
from tellygraph.reviews.sources.web import Web, WebLimits
from tellygraph.reviews.sources.web.addresses import is_public, plain_url, without_secrets

IRIS = Iris("https://w3id.org/tellygraph/id/")
TEXT = "Nell Harrow (Mara Quill) is back in Saltmarsh, and wetter than she ever was before."
ARTICLE = f"<article><h1>Wetter</h1>{f'<p>{TEXT}</p>' * 5}</article>"
PAGE = f"<html><head><title>Wetter</title></head><body>{ARTICLE}</body></html>"
Found = list[Review | Refusal | Notice]


def read(*urls: str, **more: Any) -> Found:
    return list(read_paths(urls, iris=IRIS, **{"allow_local": True, **more}))


def review_at(url: str, **more: Any) -> Review:
    (review,) = read(url, **more)
    assert isinstance(review, Review), review
    return review


def reason(url: str, **more: Any) -> str:
    (refusal,) = read(url, **more)
    assert isinstance(refusal, Refusal), refusal
    return refusal.reason


@pytest.fixture
def lamp() -> Iterator[Site]:
    with site({"/a": page(PAGE)}) as served:
        yield served


def test_a_page_is_a_review_named_by_its_address(lamp: Site) -> None:
    review = review_at(f"{lamp.url}/a#top")
    assert review.id == review.iri == review.url == f"{lamp.url}/a"
    assert review.title == "Wetter"
    assert TEXT in review.text
    assert lamp.asked == ["/robots.txt", "/a"]
    (agent,) = lamp.agents
    assert agent.startswith("tellygraph/0")
    assert agent.endswith(f" (+{HOMEPAGE})")


@pytest.mark.parametrize(
    ("said", "taken"),
    [("/b", "/b"), ("{url}/b#x", "/b"), ("https://other.example/b", "/a"), ("/", "/a"), ("http://[", "/a")],
)
def test_a_pages_canonical_address_names_it_where_it_is_of_the_same_host(lamp: Site, said: str, taken: str) -> None:
    link = f'<link rel="canonical" href="{said.format(url=lamp.url)}">'
    lamp.pages["/a"] = page(PAGE.replace("<title>", f"{link}<title>"))
    review = review_at(f"{lamp.url}/a")
    assert review.id == review.url == f"{lamp.url}{taken}"


@pytest.mark.parametrize(
    ("path", "type_", "body", "text"),
    [
        ("/a", "text/plain", "Nell is back.", "Nell is back."),
        ("/a.md", "text/plain", "---\nshow: Saltmarsh\n---\nNell is back.", "Nell is back."),
        ("/a", "text/markdown; charset=UTF-8", "---\nshow: Saltmarsh\n---\nNell is back.", "Nell is back."),
        ("/a", "application/x-ndjson", '{"id": "x", "text": "Nell is back."}', "Nell is back."),
        ("/a.jsonl", "application/octet-stream", '{"id": "x", "text": "Nell is back."}', "Nell is back."),
        ("/a.jsonl.gz", "application/gzip", gzip.compress(b'{"id": "x", "text": "Nell is back."}'), "Nell is back."),
        ("/a", "text/csv", "id,text\nx,Nell is back.", "Nell is back."),
        ("/a.csv?raw=1", None, "id,text\nx,Nell is back.", "Nell is back."),
        ("/a", "application/ld+json", json.dumps({"@type": "Review", "reviewBody": "Nell is back."}), "Nell is back."),
        ("/a", "text/plain; charset=iso-8859-1", "Zoë is “back”.".encode("cp1252"), "Zoë is “back”."),
        ("/a", 'text/plain; charset="shift_jis"', "ネル is back.".encode("shift_jis"), "ネル is back."),
    ],
)  # fmt: skip
def test_what_a_page_is_its_server_says(lamp: Site, path: str, type_: str | None, body: str | bytes, text: str) -> None:
    lamp.pages[path] = page(body, type_)
    assert review_at(f"{lamp.url}{path}").text == text


def test_a_page_that_names_its_encoding_itself_is_believed(lamp: Site) -> None:
    latin = PAGE.replace("<title>", '<meta charset="windows-1252"><title>').replace("Nell", "Zoë").encode("cp1252")
    lamp.pages["/a"] = page(latin, "text/html")
    assert "Zoë Harrow" in review_at(f"{lamp.url}/a").text


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (page(b"\x89PNG", "image/png"), "it is 'image/png'; what is read is text, markdown, HTML"),
        (page(PAGE, None), "its server does not say what it is; what is read is"),
        (page("Nell.", "text/plain; charset=rot13"), "its encoding 'rot13' is not known"),
        (page(b"\xff", "text/plain; charset=gbk"), "it is not gbk, as its server says (byte 0)"),
        (page(b"\xff\xff", "text/plain"), "it is not UTF-8"),
        (page("<feed/>", "text/xml"), "it is no feed with entries"),
        (Reply(b"", 404), "there is no such page (HTTP 404)"),
        (Reply(b"", 403), "its server does not let us in (HTTP 403)"),
        (Reply(b"", 500), "its server failed (HTTP 500); try later"),
        (Reply(b"", 304), "its server answers HTTP 304"),
        (page(PAGE, length=100_000), "broke off (peer closed connection"),
        (page("", endless=b"x" * 65_536), "it is larger than 500,000 bytes; raise TELLYGRAPH_URL_MAX_BYTES"),
        (page("x", length=10**15), "it is larger than 500,000 bytes"),
        (page("", endless=b"x"), "did not answer within 1.5 s; raise TELLYGRAPH_URL_TIMEOUT_S"),
        (page("", endless_headers=True), "did not answer within 1.5 s"),
        (page(PAGE, wait_s=30), "did not answer within 1.5 s"),
        (Reply(gzip.compress(b"x" * 9_000_000), headers={"Content-Type": "text/plain", "Content-Encoding": "gzip"}),
         "larger than 600,000 bytes"),
        (Reply(gzip.compress(b"x" * 9_000)[:-9], headers={"Content-Type": "text/plain", "Content-Encoding": "gzip"}),
         "its gzip data is cut off"),
        (Reply(b"x", headers={"Content-Type": "text/plain", "Content-Encoding": "br"}), "it is packed with 'br'"),
        (Reply(b"", 429, {"Retry-After": "3600"}), "its server is busy (HTTP 429) and wants to be asked again in 3,600 s"),
        (sent_to("/a"), "it is sent in a circle"),
        (sent_to("ftp://lamp.example/a"), "it is not an http(s) address"),
        (sent_to("http://me:secret@127.0.0.1/a"), "it has a user name or password in it"),
        (sent_to("http://127.0.0.1:1/a"), "cannot be had"),
    ],
)  # fmt: skip
def test_what_misbehaves_is_refused(lamp: Site, monkeypatch: pytest.MonkeyPatch, reply: Reply, said: str) -> None:
    monkeypatch.setenv("TELLYGRAPH_URL_MAX_BYTES", "500000")
    monkeypatch.setenv("TELLYGRAPH_MAX_FILE_BYTES", "600000")
    monkeypatch.setenv("TELLYGRAPH_URL_TIMEOUT_S", "1.5")
    lamp.pages["/a"] = reply
    why = reason(f"{lamp.url}/a")
    assert said in why or (said == "cannot be had" and "cannot be reached" in why)
    assert "secret" not in why


def test_packed_pages_are_unpacked(lamp: Site) -> None:
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    lamp.pages["/a"] = Reply(gzip.compress(PAGE.encode()), headers=headers)
    assert TEXT in review_at(f"{lamp.url}/a").text


def test_redirects_are_followed_up_to_a_limit(lamp: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    lamp.pages |= {"/1": sent_to("/2"), "/2": sent_to("3", 301), "/3": sent_to(f"{lamp.url}/a", 307)}
    assert review_at(f"{lamp.url}/1").id == f"{lamp.url}/a"
    monkeypatch.setenv("TELLYGRAPH_URL_MAX_REDIRECTS", "2")
    assert reason(f"{lamp.url}/1") == "it is sent elsewhere more than 2 times"


# ---- the local network --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_the_local_network_is_not_read_from(lamp: Site, host: str) -> None:
    port = lamp.url.rpartition(":")[2]
    assert "is of the local network" in reason(f"http://{host}:{port}/a", allow_local=False)
    assert lamp.asked == []


def test_a_name_is_what_it_is_resolved_to_when_it_is_connected_to(lamp: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(lamp.url.rpartition(":")[2])
    answers = ["192.168.1.7", "::1", "169.254.169.254", "100.64.0.1", "fe80::1%lo", "64:ff9b::a00:1"]
    for address in answers:
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda *_, address=address, **__: [(socket.AF_INET, 1, 6, "", (address, port))]
        )
        assert "is of the local network" in reason(f"http://lamp.example:{port}/a", allow_local=False)
    assert lamp.asked == []


def test_a_public_page_does_not_lead_to_the_local_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first name passes for public; where it sends to does not."""
    with site({"/a": sent_to("http://inside.example/secret")}) as served:
        port = int(served.url.rpartition(":")[2])
        real = socket.getaddrinfo

        def resolved(host: str, *args: Any, **more: Any) -> Any:
            return [(socket.AF_INET, 1, 6, "", ("10.0.0.7" if host == "inside.example" else "127.0.0.1", port))]

        monkeypatch.setattr(
            socket, "getaddrinfo", lambda h, *a, **m: resolved(h) if h.endswith("example") else real(h, *a, **m)
        )
        monkeypatch.setattr(
            "tellygraph.reviews.sources.web.connection.is_public", lambda address: address == "127.0.0.1"
        )
        assert "inside.example is of the local network (10.0.0.7)" in reason(
            f"http://lamp.example:{port}/a", allow_local=False
        )


def test_the_setting_allows_the_local_network(lamp: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_URL_ALLOW_LOCAL", "yes")
    assert review_at(f"{lamp.url}/a", allow_local=False)
    monkeypatch.setenv("TELLYGRAPH_URL_ALLOW_LOCAL", "perhaps")
    with pytest.raises(SettingError, match="must be yes or no"):
        read(f"{lamp.url}/a")
    monkeypatch.delenv("TELLYGRAPH_URL_ALLOW_LOCAL")


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.215.14", True), ("2606:4700::1111", True), ("10.1.2.3", False), ("172.16.0.1", False), ("224.0.0.1", False),
     ("fc00::1", False), ("ff02::1", False), ("::", False), ("2002:7f00:1::", False), ("2002:5db8:d70e::1", True),
     ("64:ff9b::5db8:d70e", True), ("64:ff9b::7f00:1", False)],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) == public


@pytest.mark.parametrize("url", ["http://me:secret@lamp.example/a", "https://me@lamp.example"])
def test_names_and_passwords_are_refused_and_not_shown(url: str) -> None:
    (refusal,) = read(url)
    assert isinstance(refusal, Refusal)
    assert refusal.source == without_secrets(url)
    assert "me" not in refusal.source.removesuffix("lamp.example/a").split("@")[0]
    assert "secret" not in str(refusal)


def test_urls_are_asked_for_in_ascii() -> None:
    assert plain_url("HTTP://Größe.example:80/ä b?q=ü%20#x") == "http://xn--gre-6ka8i.example:80/%C3%A4%20b?q=%C3%BC%20"


# ---- manners ------------------------------------------------------------------------------------------------------


def test_robots_txt_is_honoured(lamp: Site) -> None:
    lamp.pages["/robots.txt"] = page("User-agent: *\nDisallow: /a\nAllow: /a/b$\n", "text/plain")
    lamp.pages |= {"/a/b": page(PAGE), "/c": sent_to("/a")}
    assert reason(f"{lamp.url}/a") == f"{lamp.url}/robots.txt does not let programs read it"
    assert review_at(f"{lamp.url}/a/b")
    assert "does not let programs read it" in reason(f"{lamp.url}/c")
    assert "/a" not in lamp.asked


def test_robots_txt_may_mean_us_alone(lamp: Site) -> None:
    lamp.pages["/robots.txt"] = page("User-agent: *\nDisallow: /\n\nUser-agent: tellygraph\nDisallow:\n", "text/plain")
    assert review_at(f"{lamp.url}/a")


@pytest.mark.parametrize("reply", [Reply(b"", 500), Reply(b"", 429), page("", endless=b"#"), sent_to("/robots.txt")])
def test_where_robots_txt_cannot_be_had_nothing_is_read(
    lamp: Site, monkeypatch: pytest.MonkeyPatch, reply: Reply
) -> None:
    monkeypatch.setenv("TELLYGRAPH_URL_TIMEOUT_S", "0.5")
    lamp.pages["/robots.txt"] = reply
    assert [type(found) for found in read(f"{lamp.url}/a", f"{lamp.url}/b")] == [Refusal, Refusal]
    assert set(lamp.asked) == {"/robots.txt"}


def test_the_pause_that_robots_txt_asks_for_is_kept(lamp: Site) -> None:
    lamp.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 0.5\n", "text/plain")
    lamp.pages["/b"] = page(PAGE)
    assert len(read(f"{lamp.url}/a", f"{lamp.url}/b")) == 2
    assert lamp.at[2] - lamp.at[1] >= 0.45


def test_too_long_a_pause_is_refused(lamp: Site) -> None:
    lamp.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 3600\n", "text/plain")
    review, refusal = read(f"{lamp.url}/a", f"{lamp.url}/b")
    assert isinstance(review, Review)
    assert isinstance(refusal, Refusal)
    assert "wants 3,600 s between two requests; raise TELLYGRAPH_URL_LONGEST_WAIT_S" in refusal.reason


def test_a_busy_server_is_asked_again_when_it_says(lamp: Site) -> None:
    waited: list[float] = []
    lamp.pages["/a"] = lambda asked: (
        page(PAGE) if asked == 3 else Reply(b"", 503, {"Retry-After": "7"} if asked == 1 else {})
    )
    web = Web(WebLimits(allow_local=True), sleep=waited.append)
    assert web.fetch(f"{lamp.url}/a").type == "text/html"
    web.close()
    assert waited == [7, 4]


# ---- feeds --------------------------------------------------------------------------------------------------------

RSS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Evening Lamp</title><link>{url}/</link>
<item><title>Wetter</title><link>{url}/a</link><dc:creator>Zoë Brook</dc:creator>
<pubDate>Fri, 11 Mar 2022 23:30:00 +0100</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Nell <b>Harrow</b> (Mara&nbsp;Quill)<br>is back.</p><script>x</script><ul><li>Sam</li></ul>]]></content:encoded></item>
<item><title>Drier</title><guid>{url}/b</guid><description>&lt;p&gt;Nell is gone.&lt;/p&gt;</description></item>
<item><title>Nothing</title><link>{url}/c</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lamp</title>
<entry><id>tag:lamp,1</id><title>Wetter</title><link rel="self" href="{url}/x"/><link href="{url}/a"/>
<author><name>Ana Brook</name></author><published>2022-03-11T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Nell is back.</p><p>So is Sam.</p></div></content></entry>
<entry><id>tag:lamp,2</id><title>Two</title><content type="html">&lt;p&gt;Bea &amp;amp; Sam.&lt;/p&gt;</content></entry>
<entry><id>tag:lamp,3</id><title>Three</title><summary>Short.</summary></entry></feed>"""


def test_an_rss_feeds_entries_are_reviews(lamp: Site) -> None:
    lamp.pages["/feed"] = page(RSS.format(url=lamp.url).encode("latin-1"), "application/rss+xml")
    first, second, refusal, notice = read(f"{lamp.url}/feed")
    assert isinstance(first, Review)
    assert isinstance(second, Review)
    assert first.text == "Nell Harrow (Mara\xa0Quill)\nis back.\n\nSam"
    assert (first.id, first.author, first.date, first.publisher) == (
        f"{lamp.url}/a",
        "Zoë Brook",
        "2022-03-11",
        "The Evening Lamp",
    )
    assert (second.id, second.text, second.url) == (f"{lamp.url}/b", "Nell is gone.", f"{lamp.url}/b")
    assert refusal == Refusal(f"{lamp.url}/feed, entry 3", "it has no text; --follow reads the page it links to")
    assert notice == Notice(f"{lamp.url}/feed", "1 entry has only a summary, which was read; --follow reads the page")


def test_an_atom_feeds_entries_are_reviews(lamp: Site) -> None:
    lamp.pages["/feed"] = page(ATOM.format(url=lamp.url), "application/atom+xml; charset=utf-8")
    first, second, third, _ = read(f"{lamp.url}/feed")
    assert isinstance(first, Review)
    assert (first.id, first.text, first.author, first.date) == (
        f"{lamp.url}/a", "Nell is back.\n\nSo is Sam.", "Ana Brook", "2022-03-11",
    )  # fmt: skip
    assert isinstance(second, Review)
    assert (second.id, second.text, second.url) == ("tag:lamp,2", "Bea & Sam.", None)
    assert isinstance(third, Review)
    assert third.text == "Short."


def test_following_reads_the_pages_under_the_same_rules(lamp: Site) -> None:
    lamp.pages["/feed"] = page(RSS.format(url=lamp.url).encode("latin-1"), "application/rss+xml")
    lamp.pages["/b"] = page(PAGE)
    lamp.pages["/robots.txt"] = page("User-agent: *\nDisallow: /c", "text/plain")
    first, second, refusal = read(f"{lamp.url}/feed", follow=True)
    assert isinstance(first, Review)
    assert isinstance(second, Review)
    assert TEXT in second.text
    assert (second.id, second.publisher, second.title) == (f"{lamp.url}/b", "The Evening Lamp", "Wetter")
    assert isinstance(refusal, Refusal)
    assert refusal.source == f"{lamp.url}/feed, entry 3, {lamp.url}/c"
    assert "does not let programs read it" in refusal.reason


def test_a_feed_may_be_a_file(tmp_path: Any) -> None:
    path = tmp_path / "a.atom"
    path.write_text(ATOM.format(url="https://lamp.example"))
    assert [found.id for found in read(str(path)) if isinstance(found, Review)] == [
        "https://lamp.example/a", "tag:lamp,2", "tag:lamp,3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss><item><title>&c;</title></item></rss>', "it defines entities"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><item><title>&a;</title></item></rss>', "it defines entities"),
        ("<rss><item></rss>", "it is not XML that can be read"),
        ("", "it is not XML that can be read"),
        ("<rss><item><description>Nell.</description></item></rss>", "it has neither a link nor an id"),
        ("<rss>" + "<a>" * 300 + "</a>" * 300 + "</rss>", "it is"),
    ],
)  # fmt: skip
def test_feeds_that_are_none_are_refused(tmp_path: Any, xml: str, said: str) -> None:
    path = tmp_path / "a.rss"
    path.write_text(xml)
    assert reason(str(path)).startswith(said)
