"""From what a user calls a thing to its IRI: exact names first, then looser ones, never a guess between two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ..errors import AmbiguousNameError, ParameterError
from ..graph.closest import closest
from ..graph.name_keys import loose_keys, word_keys
from ..ontology.iris import slug
from ..ontology.terms import KIND_BASE, KINDS
from .bind import bind
from .header import CLASSES
from .rows import Queryable, Rows, select
from .values import expand, text_of, visible

_LISTED = 8
_WORDS = 3
# As many rows as are read of names that only share a key, and of all names where no key helps.
_MANY = 5_000
_READ = 10_000

_NAMED = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?thing ?name WHERE {
  VALUES ?name { UNDEF }
  VALUES ?class { UNDEF }
  GRAPH ?in { ?thing a ?class ; schema:name|schema:alternateName ?name }
}
"""
# The classes are a FILTER: engines would begin with a VALUES of one class, and so with all things there are of it.
_KEYED = f"""
PREFIX schema: <https://schema.org/>
PREFIX tg: <https://w3id.org/tellygraph/ontology#>
SELECT DISTINCT ?thing ?name WHERE {{
  VALUES ?key {{ UNDEF }}
  VALUES ?second {{ UNDEF }}
  VALUES ?third {{ UNDEF }}
  GRAPH ?in {{
    ?thing tg:nameKey ?key .
    ?thing tg:nameKey ?second .   # given: second
    ?thing tg:nameKey ?third .   # given: third
    ?thing a ?class ; schema:name|schema:alternateName ?name .
  }}
  FILTER(?class IN (%s))
}}
LIMIT {_MANY}
"""
_ALL = f"""
PREFIX schema: <https://schema.org/>
SELECT ?thing ?name WHERE {{
  VALUES ?class {{ UNDEF }}
  GRAPH ?in {{ ?thing a ?class ; schema:name|schema:alternateName ?name }}
}}
LIMIT {_READ}
"""
_ADDRESSED = """
SELECT DISTINCT ?class WHERE {
  VALUES ?thing { UNDEF }
  VALUES ?class { UNDEF }
  GRAPH ?in { ?thing a ?class }
}
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing of the graph under one of its names."""

    iri: str
    name: str

    def __str__(self) -> str:
        return f"{visible(self.name)} <{self.iri}>"


def find(store: Queryable, text: str, classes: Sequence[str]) -> NamedNode:
    """Return the one thing of these classes (names of `CLASSES`) that `text` names or addresses.

    An IRI must be one of the graph's. A name is looked for among names and alternative names in three steps, of which
    the first that finds anything decides: exactly; without regard to case, accents and apostrophes, or as the end of
    an IRI; as whole words of a name ("Nick" is "Nick Nelson" rather than "Nick Nelson's mom"). All steps are lookups
    in an index (see `graph.name_keys`), in a graph of any size; one with up to 10,000 names without keys is read.

    Raises AmbiguousNameError with the candidates if that step finds several things, with near names if none does.
    """
    types = [CLASSES[c] for c in classes]
    given = text.strip()
    address = expand(given)
    if address is not None:
        return _addressed(store, address, types, classes)
    exact = _named(select(store, bind(_NAMED, {"name": _literal(given), "class": types})))
    if exact:
        return _only(given, exact, classes)
    found = _by_keys(store, given, types) or _by_reading(store, given, types)
    if found:
        return _only(given, found, classes)
    raise AmbiguousNameError(_nothing(given, _near(store, given, types), classes))


def _by_keys(store: Queryable, given: str, types: Sequence[NamedNode]) -> list[Named]:
    """Things whose names have the keys of the whole name, else of all its words."""
    tail = given.strip("/").rpartition("/")[2]
    found = _folded(given, _keyed(store, [[slug(given), tail]], types))
    words = sorted(set(word_keys(given)), key=lambda word: (-len(word), word))[:_WORDS]
    if found or not words:
        return found
    sharing = _keyed(store, [[word] for word in words], types)
    if len(sharing) >= _MANY:
        raise AmbiguousNameError(f"{visible(given)!r} is part of very many names: say more of the name, or its IRI")
    return _in_words(given, sharing)


def _by_reading(store: Queryable, given: str, types: Sequence[NamedNode]) -> list[Named]:
    """The same in graphs that others have made, without keys, where all names can be read in no time."""
    rows = select(store, bind(_ALL, {"class": types}))
    everything = _named(rows)
    return [] if len(rows) >= _READ else _folded(given, everything) or _in_words(given, everything)


def _near(store: Queryable, given: str, types: Sequence[NamedNode]) -> list[Named]:
    """Things with a name like it: those that share a key, and others if there are not too many."""
    alike = _keyed(store, [[*word_keys(given), *loose_keys(given)]], types)
    return sorted({*alike, *_named(select(store, bind(_ALL, {"class": types})))}, key=lambda n: (n.iri, n.name))


def _keyed(store: Queryable, keys: Sequence[Sequence[str]], types: Sequence[NamedNode]) -> list[Named]:
    """Things that have one of the first keys, one of the second, ...: at most `_MANY` names."""
    places = zip(("key", "second", "third"), keys, strict=False)
    asked = _KEYED % ", ".join(map(str, types))
    return _named(select(store, bind(asked, {place: list(map(_literal, some)) for place, some in places})))


def find_kind(text: str) -> NamedNode:
    """Return the concept of a relationship kind: "love interest", "love-interest", its IRI, or its inverse ("child").

    Raises ParameterError listing the kinds that are near, or all, if there is no such kind.
    """
    given = text.strip()
    key = slug((expand(given) or given).removeprefix(KIND_BASE))
    by_slug = {slug(kind.name): kind for kind in KINDS.values()} | {kind.slug: kind for kind in KINDS.values()}
    kind = by_slug.get(key)
    if kind is None:
        near = [by_slug[k].name for k in closest(key, by_slug, 3, cutoff=0.6)]
        listed = ", ".join(dict.fromkeys(near)) or ", ".join(sorted(KINDS))
        raise ParameterError(f"{visible(given)!r} is not a kind of relationship; try: {listed}")
    return kind.concept if kind.stated_as is None else KINDS[kind.stated_as].concept


def _literal(text: str) -> Literal:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ParameterError(f"{visible(text)!r} is not text: it has half of a character in it") from error
    return Literal(text)


def _addressed(store: Queryable, address: str, types: Iterable[NamedNode], classes: Sequence[str]) -> NamedNode:
    try:
        node = NamedNode(address)
    except ValueError as error:
        raise ParameterError(f"{visible(address)!r} is not an IRI: {error}") from error
    if not select(store, bind(_ADDRESSED, {"thing": node, "class": types})):
        raise AmbiguousNameError(f"the graph has no {_either(classes)} with the address <{address}>")
    return node


def _named(rows: Rows) -> list[Named]:
    # Sorted here: engines take several times as long for it as for the rest of the query.
    return [Named(iri, name) for iri, name in sorted((text_of(thing), text_of(name)) for thing, name in rows)]


def _folded(given: str, everything: Iterable[Named]) -> list[Named]:
    folded, tail = slug(given), "/" + given.strip("/")
    return [n for n in everything if n.iri.endswith(tail) or slug(n.name) == folded]


def _in_words(given: str, everything: Iterable[Named]) -> list[Named]:
    pattern = re.compile(rf"(?:^|-){re.escape(slug(given))}(?:-|$)")
    found = [n for n in everything if pattern.search(slug(n.name))]
    own = [n for n in found if not re.search(r"s?['’]s?\s", n.name)]
    return own or found


def _only(given: str, found: Sequence[Named], classes: Sequence[str]) -> NamedNode:
    things = {n.iri: n for n in reversed(found)}
    if len(things) == 1:
        return NamedNode(found[0].iri)
    raise AmbiguousNameError(
        f"{visible(given)!r} could be several {_plural(classes)} of the graph; say which, by name or IRI: "
        f"{_list(sorted(things.values(), key=lambda n: (n.name, n.iri)))}"
    )


def _nothing(given: str, everything: Sequence[Named], classes: Sequence[str]) -> str:
    by_name: dict[str, Named] = {}
    for named in everything:
        by_name.setdefault(slug(named.name), named)
    near = [by_name[key] for key in closest(slug(given), by_name, _LISTED, cutoff=0.6)]
    told = f"no {_either(classes)} of the graph is called {visible(given)!r}"
    return f"{told}; near: {_list(near)}" if near else told


def _list(named: Sequence[Named]) -> str:
    more = f", and {len(named) - _LISTED} more" if len(named) > _LISTED else ""
    return ", ".join(map(str, named[:_LISTED])) + more


def _either(classes: Sequence[str]) -> str:
    return " or ".join(("show" if c == "series" else c) for c in classes)


def _plural(classes: Sequence[str]) -> str:
    return " or ".join({"series": "shows", "person": "people"}.get(c, c + "s") for c in classes)
