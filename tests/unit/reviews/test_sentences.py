"""Where sentences end, and what is parsed."""

from __future__ import annotations

import pytest

from tellygraph.ontology.iris import Iris
from tellygraph.reviews import language
from tellygraph.reviews.reader import RuleReader
from tellygraph.reviews.records import Review
from tellygraph.reviews.sentences import split

IRIS = Iris("https://w3id.org/tellygraph/id/")


@pytest.mark.parametrize(
    "sentences",
    [
        ["It rains.", "It rains harder!", "Does anybody mind?", "No."],
        ["Dr. Anwar Bly meets Mrs. T. Oakes at 9 p.m. on the pier.", "She is late."],
        ["So do I.", "The ending is rushed."],
        ["Otto (Gil Renner. Yes, him.) sells cars.", "He is good at it."],
        ['"I left. You stayed. That is all," says Bea.', "It stings."],
        ['He says "Go home."', "Nobody does."],
        ["Well... he is back.", "Of course he is."],
        ["the vet, e.g. Sal, drinks", ""],
    ],
)
def test_sentences_end_where_a_reader_would_stop(sentences: list[str]) -> None:
    kept = [s for s in sentences if s]
    text = " ".join(kept)
    assert [text[a:b] for a, b in split(text)] == kept


def test_a_title_is_not_cut() -> None:
    text = "I liked Who Is Bea? The Movie a lot. Honestly."
    title = text.index("Who"), text.index(" a lot")
    assert [text[a:b] for a, b in split(text, [title])] == ["I liked Who Is Bea? The Movie a lot.", "Honestly."]


def test_only_sentences_that_bind_somebody_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parse = language.Language.parse

    def noting(self: language.Language, docs: list[object]) -> None:
        parsed.extend(str(doc).strip() for doc in docs)
        parse(self, docs)  # type: ignore[arg-type]

    monkeypatch.setattr(language.Language, "parse", noting)
    text = (
        "It is a slow, grey hour of television. Nell Harrow (Mara Quill) pities her brother Sam. The light is lovely."
    )
    reading = next(RuleReader(iris=IRIS).read([Review(IRIS.review("x"), "x", text, show="Saltmarsh")]))
    assert {f.relation for f in reading.facts} >= {"plays", "relationship"}
    assert parsed == ["Nell Harrow (Mara Quill) pities her brother Sam."]
