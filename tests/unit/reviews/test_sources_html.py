"""HTML: the article without its page, and the page's own schema.org Review."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tellygraph.ontology.iris import Iris
from tellygraph.reviews.records import Refusal, Review
from tellygraph.reviews.sources import Notice, read_paths

ARTICLE = """<h1>Saltmarsh returns, wetter</h1>
<p>In season two of <em>Saltmarsh</em>, Nell Harrow (<a href="/mara">Mara
   Quill</a>) and Jonah Pike (Dev&nbsp;Anselm) are married.</p>
<p>Ada Roe directs all six episodes.<br>Sam pines for Jonah.</p>
<h2>The verdict</h2>
<blockquote><p>The tide takes everything, says Nell.</p></blockquote>
<ul><li>Stars: four out of five</li><li>Network: Beacon</li></ul>
<table><tr><td>Nell Harrow</td><td>Mara Quill</td></tr><tr><td>Bea</td><td>Tess Marlowe</td></tr></table>
<p>Nell’s best friend Bea 🙂 is &lt;b&gt;back&lt;/b&gt; &amp; well.</p>"""


def page(json_ld: object = None, head: str = "", article: str = ARTICLE) -> str:
    script = ""
    if json_ld is not None:
        content = json_ld if isinstance(json_ld, str) else json.dumps(json_ld)
        script = f'<script type="application/ld+json">{content}</script>'
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>Saltmarsh | The Lamp</title>{head}{script}</head>
<body><nav><a href="/">Home</a> <a href="/tv">Television</a></nav><article>{article}</article>
<footer>All rights reserved, the usual cookies</footer></body></html>"""


@pytest.fixture
def read(tmp_path: Path):
    def read(content: str | bytes) -> list[Review | Refusal | Notice]:
        path = tmp_path / "a.html"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_paths([str(path)], iris=Iris.default()))

    return read


def test_the_text_is_the_article_with_a_blank_line_between_its_blocks(read) -> None:
    (review,) = read(page())
    assert review.text.split("\n\n") == [
        "Saltmarsh returns, wetter",
        "In season two of Saltmarsh, Nell Harrow (Mara Quill) and Jonah Pike (Dev Anselm) are married.",
        "Ada Roe directs all six episodes.\nSam pines for Jonah.",
        "The verdict",
        "The tide takes everything, says Nell.",
        "Stars: four out of five",
        "Network: Beacon",
        "Nell Harrow | Mara Quill",
        "Bea | Tess Marlowe",
        "Nell’s best friend Bea 🙂 is <b>back</b> & well.",
    ]
    assert "cookies" not in review.text


def test_the_same_page_gives_the_same_text_in_any_order_of_reading(read) -> None:
    first = read(page())
    read(page(article="<p>" + "Another page, with other words. " * 20 + "</p>"))
    assert read(page()) == first


@pytest.mark.parametrize("text", ["<p>Nell is Sam’s sister.</p>", "<html><body>Nell is Sam’s sister.</body></html>"])
def test_a_short_page_is_read_too(read, text: str) -> None:
    (review,) = read(text)
    assert isinstance(review, Review), review
    assert review.text == "Nell is Sam’s sister."


REVIEW = {
    "@type": "Review",
    "headline": "Wetter &amp; better",
    "author": [{"@type": "Person", "name": "Ana Brook"}, "Cy Dell"],
    "publisher": {"@type": "Organization", "name": "The Evening Lamp"},
    "datePublished": "2022-03-11T08:00:00+00:00",
    "url": "https://lamp.example/saltmarsh-2",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "itemReviewed": {
        "@type": "TVSeason", "name": "Series two", "seasonNumber": "2",
        "partOfSeries": {"@type": "TVSeries", "name": "Saltmarsh"},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    "json_ld",
    [
        REVIEW,
        [{"@type": "WebSite", "name": "The Evening Lamp"}, REVIEW],
        {"@context": "https://schema.org", "@graph": [{"@type": "BreadcrumbList"}, REVIEW]},
        {"@type": "NewsArticle", "headline": "Not this", "review": REVIEW},
        {**REVIEW, "@type": ["CriticReview", "NewsArticle"]},
        {**REVIEW, "@type": "https://schema.org/Review"},
        {**REVIEW, "@type": "schema:Review"},
        {**REVIEW, "itemReviewed": {"@type": "TVSeries", "name": "Saltmarsh", "containsSeason": {"seasonNumber": 2}}},
        {
            **REVIEW,
            "itemReviewed": {
                "@type": "TVEpisode", "partOfSeason": {"seasonNumber": 2, "partOfSeries": {"name": "Saltmarsh"}},
            },
        },
        {
            "@graph": [
                {**REVIEW, "publisher": {"@id": "#lamp"}, "itemReviewed": {"@id": "#s2"}},
                {"@id": "#lamp", "@type": "Organization", "name": "The Evening Lamp"},
                {"@id": "#s2", "@type": "TVSeason", "seasonNumber": 2, "partOfSeries": {"@id": "#s"}},
                {"@id": "#s", "@type": "TVSeries", "name": "Saltmarsh"},
            ]
        },
        # a reader's review inside the series is not the page's
        {**REVIEW, "itemReviewed": {**REVIEW["itemReviewed"], "review": {"@type": "Review", "author": "A reader"}}},
    ],
)  # fmt: skip
def test_json_ld_says_what_the_review_is(read, json_ld: object) -> None:
    (review,) = read(page(json_ld))
    assert (review.show, review.season) == ("Saltmarsh", 2)
    assert (review.title, review.author) == ("Wetter & better", "Ana Brook, Cy Dell")
    assert (review.publisher, review.date) == ("The Evening Lamp", "2022-03-11")
    assert review.url == "https://lamp.example/saltmarsh-2"
    assert review.licence == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("json_ld", "says"),
    [
        ("{oops", "a JSON-LD block that is not JSON was passed over"),
        ("[" * 100_000, "a JSON-LD block that is not JSON was passed over"),
        ('"' + "x" * 1_000_001 + '"', "a JSON-LD block of more than 1,000,000 characters was passed over"),
        ([REVIEW, REVIEW], "its JSON-LD holds 2 reviews and was passed over"),
        ({**REVIEW, "datePublished": "last Friday"}, "in its JSON-LD its 'date' is 'last Friday'"),
        ({**REVIEW, "url": "https://a b"}, "in its JSON-LD its 'url' is"),
        ([[{}] * 30_000], "its JSON-LD after the first 20,000 values was passed over"),
    ],
)
def test_json_ld_that_cannot_be_used_is_passed_over_and_said(read, json_ld: object, says: str) -> None:
    notice, review = read(page(json_ld))
    assert isinstance(review, Review)
    assert isinstance(notice, Notice)
    assert notice.message.startswith(says)


@pytest.mark.parametrize(
    "item",
    [
        {"@type": "TVSeason", "name": "Saltmarsh: series two"},
        {"@type": "Movie", "name": "Saltmarsh"},
        [{"@type": "TVSeries", "name": "A"}, {"@type": "TVSeries", "name": "B"}],
        {"@type": 7, "name": ["Saltmarsh"]},
        "Saltmarsh",
        {"@id": "#nowhere"},
        {"@type": "TVSeries", "name": {"@value": 3}, "containsSeason": [{"seasonNumber": 1}, {"seasonNumber": 2}]},
    ],
)
def test_what_json_ld_does_not_say_plainly_is_not_taken(read, item: object) -> None:
    (review,) = read(page({**REVIEW, "itemReviewed": item}))
    assert (review.show, review.season) == (None, None)


def test_meta_tags_fill_in_what_json_ld_leaves_out(read) -> None:
    head = """<meta property="og:title" content="Saltmarsh  returns"><meta name="author" content="Ana Brook">
    <meta property="og:site_name" content="The Evening Lamp"><meta name="date" content="whenever">
    <meta property="article:published_time" content="2022-03-11T08:00:00Z">
    <link rel="canonical" href="https://lamp.example/2">"""
    (review,) = read(page(head=head))
    assert (review.title, review.author, review.publisher) == ("Saltmarsh returns", "Ana Brook", "The Evening Lamp")
    assert (review.date, review.url) == ("2022-03-11", "https://lamp.example/2")
    (review,) = read(page({"@type": "Review", "author": "Cy Dell"}, head=head))
    assert (review.title, review.author) == ("Saltmarsh returns", "Cy Dell")
    (review,) = read(page())
    assert (review.title, review.author) == ("Saltmarsh returns, wetter", None)


@pytest.mark.parametrize(
    "content", ["<html></html>", "<!doctype html><html><head><title>Nell</title></head></html>", "<"]
)
def test_a_page_without_an_article_is_refused(read, content: str) -> None:
    (refusal,) = read(content)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "no article was found in this page; save the review's text as .txt"


def test_a_page_in_another_encoding_is_refused_with_the_byte(read) -> None:
    (refusal,) = read(page(article="<p>Zoë is back.</p>").encode("latin-1"))
    assert isinstance(refusal, Refusal)
    assert "0xEB" in refusal.reason


def test_a_stray_control_character_of_a_page_is_left_out_but_nul_makes_it_binary(read) -> None:
    (review,) = read(page(article=ARTICLE.replace("best friend", "best \x0bfr\x1fiend")))
    assert "Nell’s best friend Bea" in review.text
    (refusal,) = read(page() + "\0")
    assert isinstance(refusal, Refusal)
    assert "binary" in refusal.reason


def test_a_pictures_caption_is_a_paragraph_where_the_picture_stands(tmp_path: Path) -> None:
    prose = (
        "<p>Nell Harrow locks up the bakery again, and the town pretends not to have noticed the flour on her coat.</p>"
    )
    figure = (
        "<figure><img src='n.jpg' alt=''><figcaption>Mara Quill as <em>Nell</em>. Photo: Beacon</figcaption></figure>"
    )
    path = tmp_path / "saltmarsh.html"
    path.write_text(
        f"<html><body><article><h1>Saltmarsh</h1>{prose}{figure}{prose * 4}</article></body></html>", encoding="utf-8"
    )
    (review,) = read_paths([str(path)])
    assert isinstance(review, Review)
    blocks = review.text.split("\n\n")
    assert "Mara Quill as Nell. Photo: Beacon" in blocks
    assert blocks.index("Mara Quill as Nell. Photo: Beacon") < len(blocks) - 1
