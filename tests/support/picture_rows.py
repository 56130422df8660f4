"""Rows for pictures: those of the sample reviews, asked of a bare store, and made-up ones of any size."""

from __future__ import annotations

import random

from pyoxigraph import QuerySolutions, Store

from samples import IRIS, SAMPLE
from tellygraph.graph.quads import quads_of
from tellygraph.ontology.terms import SCHEMA, TG

_QUERY = """
PREFIX tg: <https://w3id.org/tellygraph/ontology#>
PREFIX schema: <https://schema.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?source ?sourceName ?sourceType ?target ?targetName ?targetType ?relation ?kind ?status ?season
       ?quote ?review ?reviewTitle ?confidence ?series ?seriesName WHERE {
  ?claim a tg:Claim ; rdf:subject ?source ; rdf:object ?target ; tg:relation ?relation ; tg:evidence ?evidence .
  ?source a ?sourceType ; schema:name ?sourceName .
  ?target a ?targetType ; schema:name ?targetName .
  FILTER(?sourceType IN (tg:Character, schema:Person, schema:TVSeries, schema:TVSeason))
  FILTER(?targetType IN (tg:Character, schema:Person, schema:TVSeries, schema:TVSeason))
  OPTIONAL { ?claim tg:kind ?concept . BIND(STRAFTER(STR(?concept), "#") AS ?slug) }
  BIND(REPLACE(?slug, "-", " ") AS ?spaced)
  BIND(IF(?slug = "ex-spouse", ?slug, ?spaced) AS ?kind)
  OPTIONAL { ?claim tg:status ?status }
  OPTIONAL { ?claim tg:season/schema:seasonNumber ?season }
  OPTIONAL { ?claim tg:series ?series . ?series schema:name ?seriesName }
  ?evidence oa:hasSource ?review ; tg:confidence ?confidence ; oa:hasSelector/oa:exact ?quote .
  ?review schema:name ?reviewTitle
}"""


def sample_solutions() -> QuerySolutions:
    """The claims of the sample reviews, as a bare store answers."""
    store = Store()
    for review, facts in SAMPLE.items():
        store.extend(quads_of(review, facts, IRIS))
    solutions = store.query(_QUERY, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    return solutions


def sample_rows() -> list[dict[str, object]]:
    """Rows of the sample reviews, as RDF terms, unbound ones left out."""
    solutions = sample_solutions()
    names = [v.value for v in solutions.variables]
    return [{n: s[n] for n in names if s[n] is not None} for s in solutions]


def row(source: str, kind: str, target: str, **more: object) -> dict[str, object]:
    """A row of plain values: two characters of the show Saltmarsh and what one is to the other."""
    series = IRIS.series("Saltmarsh")
    given: dict[str, object] = {
        "source": IRIS.character(source, series),
        "sourceName": source,
        "sourceType": TG.Character.value,
        "target": IRIS.character(target, series),
        "targetName": target,
        "targetType": TG.Character.value,
        "relation": "relationship",
        "kind": kind,
        "quote": f"{source} and {target} by the harbour wall",
        "review": IRIS.review("r1"),
        "reviewTitle": "A fine Saltmarsh",
        "confidence": 0.9,
        "series": series,
        "seriesName": "Saltmarsh",
    }
    return given | more


def crowd(nodes: int, facts: int) -> list[dict[str, object]]:
    """Rows of about so many characters, actors and shows and exactly so many facts, always the same."""
    dice = random.Random(1)
    shows = [(IRIS.series(f"Show {i}"), f"Show {i}") for i in range(max(1, nodes // 28))]
    characters = [
        (IRIS.character(f"Character {i}", shows[i % len(shows)][0]), f"Character {i}", shows[i % len(shows)])
        for i in range((nodes - len(shows)) * 6 // 10)
    ]
    actors = nodes - len(shows) - len(characters)
    kinds = [
        "sibling",
        "parent",
        "spouse",
        "dating",
        "friend",
        "colleague",
        "boss",
        "love interest",
        "enemy",
        "killer",
    ]
    rows = []
    for number in range(facts):
        one, name, show = characters[number % len(characters)]
        common = {
            "target": one, "targetName": name, "targetType": TG.Character.value, "series": show[0], "seriesName": show[1],
            "quote": f"fact {number} about {name}", "review": IRIS.review(f"r{number % 40}"), "confidence": 0.8,
        }  # fmt: skip
        if number < len(characters):
            actor = f"Actor {dice.randrange(actors) if number >= actors else number}"
            rows.append(common | {
                "source": IRIS.person(actor), "sourceName": actor, "sourceType": SCHEMA.Person.value, "relation": "plays",
            })  # fmt: skip
        else:
            other = characters[(number + len(shows) * dice.randrange(1, 12)) % len(characters)]
            rows.append(common | {
                "source": other[0], "sourceName": other[1], "sourceType": TG.Character.value,
                "relation": "relationship", "kind": dice.choice(kinds), "season": dice.choice([None, 1, 2, 3]),
            })  # fmt: skip
    return rows
