"""Who is known in a series: what the reviews in a store name, each review's share apart, and who is whom by that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, QuerySolutions

from ..ontology.iris import Iris
from ..ontology.terms import PROV, RDF, SCHEMA, TG
from .identity import Character, Merge, Series, is_scoped, joined, merges, together
from .store.protocol import Store

Characters = Mapping[str, Character]

_NAMES = """
SELECT ?g ?c ?p ?value WHERE {{
  GRAPH ?g {{ ?g {type} {review} . {series} {character} ?c . ?c ?p ?value . FILTER(?p IN ({name}, {alias})) }}
}}"""
_ACTORS = """
SELECT ?g ?c ?actor WHERE {{ GRAPH ?g {{ {series} {character} ?c . ?actor {plays} ?c . }} }}"""
_MERGED = """
SELECT ?g ?c ?merge ?p ?value WHERE {{
  VALUES ?c {{ {characters} }}
  GRAPH {identity} {{ ?merge {into} ?c ; {quoted} ?g ; {type} {merged} ; ?p ?value . }}
}}"""


class Cast:
    """The characters of the series asked for, kept up to date by `put`; three queries the first time for each.

    `merges` is a function of what all reviews of a series name, so that the order in which they came does not matter.
    Work for a review grows with the characters of its own series, not with other series.
    """

    def __init__(self, store: Store, iris: Iris) -> None:
        self._store, self._iris = store, iris
        self._casts: dict[str, _SeriesCast] = {}
        self._series_of: dict[str, set[str]] = {}  # by review
        self._stored: dict[str, dict[str, tuple[Merge, ...]]] = {}  # by review and series
        self._changed: set[str] = set()

    def put(self, review: str, own: Mapping[str, Characters], *, before: Iterable[str] = ()) -> dict[str, Characters]:
        """Note what a review names, by series, in place of what it named, and return that.

        `before` are the series that a review in the store has characters of.
        """
        was: dict[str, Characters] = {}
        for series in sorted({*own, *before, *self._series_of.get(review, ())}):
            if series not in self._casts:
                self._load(series)
            was[series] = self._casts[series].of(review)
            self._changed |= self._casts[series].put(review, own.get(series, {}))
        self._series_of[review] = set(own)
        self._changed.discard(review)
        return was

    def merges(self, review: str) -> tuple[Merge, ...]:
        """Return who in a review is whom, by all that is known now."""
        return tuple(merge for series in self._sorted_series(review) for merge in self._casts[series].merges(review))

    def stored(self, review: str) -> None:
        """Note that a review is in the store now, with its `merges`."""
        series = self._sorted_series(review)
        self._stored[review] = {name: self._casts[name].merges(review) for name in series}

    def changed(self) -> dict[str, tuple[tuple[Merge, ...], tuple[Merge, ...]]]:
        """Return the merges that reviews in the store have and should have, where that changed since last asked."""
        found = {}
        for review in sorted(self._changed & self._stored.keys()):
            stored = self._stored[review]
            before = tuple(merge for series in sorted(stored) for merge in stored[series])
            after = self.merges(review)
            if before != after:
                found[review] = (before, after)
        self._changed.clear()
        return found

    def _sorted_series(self, review: str) -> list[str]:
        return sorted(self._series_of.get(review, ()))

    def _load(self, series: str) -> None:
        reviews, stored = self._read(series)
        self._casts[series] = cast = _SeriesCast(reviews)
        for review in reviews:
            self._series_of.setdefault(review, set()).add(series)
            self._stored.setdefault(review, {})[series] = stored.get(review, ())
            if stored.get(review, ()) != cast.merges(review):  # somebody was killed between two steps
                self._changed.add(review)

    def _read(self, series: str) -> tuple[dict[str, dict[str, Character]], dict[str, tuple[Merge, ...]]]:
        """Return what each review in the store itself calls a series' characters, and the merges made for it."""
        terms: dict[str, object] = {
            "series": NamedNode(series), "character": SCHEMA.character, "name": SCHEMA.name,
            "alias": SCHEMA.alternateName, "plays": TG.plays, "identity": NamedNode(self._iris.identity_graph),
            "into": TG.mergedInto, "quoted": PROV.wasQuotedFrom, "type": RDF.type, "merged": TG.Merge,
            "review": SCHEMA.Review,
        }  # fmt: skip
        names: dict[tuple[str, str], set[str]] = defaultdict(set)
        aliases: dict[tuple[str, str], set[str]] = defaultdict(set)
        actors: dict[tuple[str, str], set[str]] = defaultdict(set)
        for g, c, p, value in self._rows(_NAMES.format(**terms)):
            (names if p == SCHEMA.name else aliases)[g.value, c.value].add(value.value)
        for g, c, actor in self._rows(_ACTORS.format(**terms)):
            actors[g.value, c.value].add(actor.value)
        found: dict[str, dict[str, Character]] = defaultdict(dict)
        for (g, c), called in names.items():
            if is_scoped(c, series):
                found[g][c] = Character(c, frozenset(called), frozenset(aliases[g, c]), frozenset(actors[g, c]))
        terms["characters"] = " ".join(
            sorted(str(NamedNode(c)) for c in {iri for own in found.values() for iri in own})
        )
        stored: dict[str, list[Merge]] = defaultdict(list)
        for (g, c), told in self._records(_MERGED.format(**terms)):
            if whole := found.get(g, {}).pop(c, None):  # else another program took the review away
                (was,), (name,), (rule,) = told[TG.mergedFrom], told[SCHEMA.name], told[TG.mergeRule]
                merge = Merge(was, name, c, whole.name, rule, tuple(sorted(told[SCHEMA.alternateName])))
                stored[g].append(merge)
                found[g][was] = Character(was, frozenset({name}), frozenset(merge.aliases), whole.actors)
        return dict(found), {g: tuple(sorted(made, key=_from)) for g, made in stored.items()}

    def _records(self, sparql: str) -> list[tuple[tuple[str, str], dict[NamedNode, list[str]]]]:
        """Return what is told of each merge, by review and known character; only of those that are told in full."""
        records: dict[tuple[str, str, str], dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
        for g, c, merge, p, value in self._rows(sparql):
            records[g.value, c.value, merge.value][p].append(value.value)
        return [
            ((g, c), told)
            for (g, c, _), told in sorted(records.items())
            if all(len(told[p]) == 1 for p in (TG.mergedFrom, SCHEMA.name, TG.mergeRule))
        ]

    def _rows(self, sparql: str) -> QuerySolutions:
        answer = self._store.query(sparql)
        assert isinstance(answer, QuerySolutions)  # noqa: S101 - they are SELECT queries
        return answer


def _from(merge: Merge) -> str:
    return merge.merged_from


def merges_of_series(reviews: Mapping[str, Characters]) -> dict[str, tuple[Merge, ...]]:
    """Return the merges of each review of one series, by what `own_characters` says of all reviews there are of it.

    The same that a store comes to that the reviews are added to, one by one, in any order.
    """
    cast = _SeriesCast(reviews)
    return {review: cast.merges(review) for review in reviews}


class _SeriesCast:
    """The characters of one series: what each review calls them, and all together."""

    def __init__(self, reviews: Mapping[str, Characters]) -> None:
        self._reviews = dict(reviews)
        self._together = together(reviews.values())
        self._naming: dict[str, set[str]] = defaultdict(set)  # reviews, by character
        for review, characters in reviews.items():
            for iri in characters:
                self._naming[iri].add(review)
        self._series = Series(self._together.values())

    def of(self, review: str) -> Characters:
        return self._reviews.get(review, {})

    def merges(self, review: str) -> tuple[Merge, ...]:
        return merges(self.of(review), self._series)

    def put(self, review: str, characters: Characters) -> set[str]:
        """Take what a review names in place of what it named; return the reviews whose merges that may change."""
        was = self._reviews.pop(review, {})
        if characters:
            self._reviews[review] = characters
        if was == characters:
            return set()
        for iri in was:
            self._naming[iri].discard(review)
        for iri in characters:
            self._naming[iri].add(review)
        known = {iri: self._known(iri, was, characters) for iri in was.keys() | characters.keys()}
        changed = {iri: now for iri, now in known.items() if now != self._together.get(iri)}
        return self._renew(changed) if changed else set()

    def _known(self, iri: str, was: Characters, characters: Characters) -> Character | None:
        """What all reviews say of a character now; where no review said anything less than before, in one step."""
        if iri not in was and iri in self._together:
            return joined(self._together[iri], characters[iri])
        return together({iri: self._reviews[review][iri]} for review in self._naming[iri]).get(iri)

    def _renew(self, changed: Mapping[str, Character | None]) -> set[str]:
        """Resolve names by what is known now, and return the reviews with a name that has another meaning."""
        versions = (character for iri, now in changed.items() for character in (self._together.get(iri), now))
        meant = {name: self._series.find(*name) for name in self._series.near(c for c in versions if c is not None)}
        for iri, now in changed.items():
            self._series.put(iri, now)
            if now is None:
                del self._together[iri], self._naming[iri]
            else:
                self._together[iri] = now
        other = {iri for (iri, name), found in meant.items() if self._series.find(iri, name) != found}
        return {review for iri in other for review in self._naming.get(iri, ())}
