"""Parts of a network: of some kinds, of some shows, of a season, around one node. Each is a new network; none edits
its input.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from ..errors import AmbiguousNameError, InputError, ParameterError
from ..ontology.terms import KINDS, RELATIONS
from .network import networkx
from .words import GROUPS

if TYPE_CHECKING:
    from .network import Network


def of_kinds(network: Network, kinds: Collection[str]) -> Network:
    """Return the facts of `kinds` and the nodes they join.

    A word is a kind ("sibling"), a group ("family") or a relation ("plays"). A kind that is written the other way
    round ("child") means the one it is written as ("parent").
    Raises InputError for a word that is none of these.
    """
    known = {*KINDS, *GROUPS, *RELATIONS}
    for word in kinds:
        if word not in known:
            raise InputError(f"there is no kind {word!r}{_near(word, known)}; groups are {', '.join(GROUPS)}")
    wanted = {KINDS[w].stated_as or w if w in KINDS else w for w in kinds}
    return _keeping(network, lambda data: bool({data["kind"], data["group"], data["relation"]} & wanted))


def of_shows(network: Network, shows: Iterable[str]) -> Network:
    """Return the facts of `shows`, given by name (in any case) or IRI, and the nodes they join.

    Raises AmbiguousNameError where a name means no show of the network, or several.
    """
    names: dict[str, str] = network.graph["series"]
    wanted = {_named("show", show, names) for show in shows}
    return _keeping(network, lambda data: data["series"] in wanted)


def of_season(network: Network, season: int) -> Network:
    """Return the facts of one season, of whichever shows, and the nodes they join; none says a season by itself."""
    return _keeping(network, lambda data: data["season"] == season)


def around(network: Network, about: str, *, radius: int = 1) -> Network:
    """Return the ego network of `about`, a name (in any case) or IRI: all within `radius` steps, either direction.

    Raises AmbiguousNameError where the name means no node, or several; ParameterError if `radius` is below 0.
    """
    if radius < 0:
        raise ParameterError(f"the radius of the picture is {radius}: use 0 or more")
    labels = {iri: str(data["label"]) for iri, data in network.nodes(data=True)}
    centre = _named("name", about, labels)
    near = networkx().ego_graph(network.to_undirected(as_view=True), centre, radius=radius)
    return network.subgraph(near.nodes).copy()


def _keeping(network: Network, wanted: Callable[[dict[str, Any]], bool]) -> Network:
    edges = [(u, v, k) for u, v, k, data in network.edges(keys=True, data=True) if wanted(data)]
    return network.edge_subgraph(edges).copy()  # type: ignore[arg-type]


def _named(what: str, given: str, names: dict[str, str]) -> str:
    if given in names:
        return given
    found = sorted(iri for iri, name in names.items() if name.casefold() == given.casefold())
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousNameError(f"the {what} {given!r} means several things: give one of {', '.join(found)}")
    raise AmbiguousNameError(f"the network has no {what} {given!r}{_near(given, names.values())}")


def _near(given: str, known: Iterable[str]) -> str:
    by_fold = {name.casefold(): name for name in sorted(known)}
    near = difflib.get_close_matches(given.casefold(), by_fold, n=3)
    return f"; near it are {', '.join(by_fold[n] for n in near)}" if near else ""
