"""A review that is to go into a store: what it says in its own words, and as it is told."""

from __future__ import annotations

from dataclasses import replace

from pyoxigraph import NamedNode, Quad

from ..ontology.iris import Iris
from ..reviews.records import Fact, Reading
from .decisions import Decisions
from .identity import Merge, identified, merge_quads, resolved
from .known_shows import Moves
from .own_words import Told, merged, told
from .quads import distinct_quads_of
from .renaming import statements
from .restating import restated_facts
from .retelling import InReview


class Words:
    """What a review says, told by a person's decisions and by what tells namesakes apart.

    `own` are its quads in its own words; `quads` are told by who is whom as well.
    """

    def __init__(self, reading: Reading, decisions: Decisions, iris: Iris) -> None:
        reading = replace(reading, facts=identified(reading.facts, reading.review.people, iris))
        self._reading, self._decisions, self._iris = reading, decisions, iris
        self.own = distinct_quads_of(reading.review, reading.facts, iris, reading.fingerprint)
        self.moves: Moves = {}
        self._decided = bool(decisions) and any(decisions.final(iri) != iri for iri in _named(reading, iris))

    def tell(self, moves: Moves) -> None:
        """Tell it with its names standing for these shows and people."""
        self.moves, self.facts, self._told = moves, self._reading.facts, None
        if moves or self._decided:
            review, resolver = self._reading.review.iri, InReview(self._decisions, moves, self._iris)
            self._told = told(review, statements(self.own), resolver, self._iris)
            self.facts = restated_facts(self._reading.facts, self._told.targets, self._iris)

    facts: tuple[Fact, ...]
    _told: Told | None

    def quads(self, found: tuple[Merge, ...]) -> list[Quad]:
        """Return its quads with its characters merged so, and the record of what it calls things itself."""
        review = self._reading.review
        if self._told is None and not found:
            return list(self.own)
        if self._told is None:
            facts = resolved(self.facts, found)
            quads = distinct_quads_of(review, facts, self._iris, self._reading.fingerprint)
        else:
            graph, now = NamedNode(review.iri), merged(review.iri, self._told.statements, found, self._iris)
            quads = [*(Quad(s, p, o, graph) for s, p, o in now), *self._told.record]
        return quads + merge_quads(review.iri, found, self._iris)


def _named(reading: Reading, iris: Iris) -> set[str]:
    """The addresses of what a review names."""
    facts, about = reading.facts, reading.review
    entities = (entity for fact in facts for entity in (fact.subject, fact.object, fact.show) if entity is not None)
    named = {entity.iri for entity in entities if entity.iri is not None}
    named |= {iris.series(about.show)} if about.show else set()
    return named | ({iris.organization(about.publisher)} if about.publisher else set())
