"""Networks and dates: what stands in the slots of `rules/broadcast.toml`."""

from __future__ import annotations

from collections.abc import Iterable

from .dates import WEEKDAYS, iso_date, years_of
from .lexicon import lexicon
from .name_forms import is_full_person_name
from .people import People, is_network
from .rules import Match
from .values import Value


def known_networks(found: Iterable[Match], people: People) -> frozenset[str]:
    """Return the names that stand as a network's in a place where nothing else can: "streams on N", "N original"."""
    networks = set()
    for match in found:
        if match.rule.options.get("sure"):
            for slot in ("network", "network2"):
                for at in match.items(slot):
                    name = _network(match, at, people)
                    if name is not None:
                        networks.add(name)
    return frozenset(networks)


def broadcaster(match: Match, at: int, about: Value) -> str | None:
    """Return the network; where the rule asks for one already known, only such or one its own name shows."""
    item = match.sentence.items[at]
    if match.rule.options.get("known") and item.tag != "NET" and not is_network(item.value):
        name = item.value if about.networks & {item.value, f"The {item.value}"} else None
    else:
        name = _network(match, at, about.people)
    before = match.sentence.items[at - 1].value if at else ""
    of_name = item.tag == "NAME" and before in ("Network", "The")
    return f"{before} {name}" if name is not None and of_name else name


def _network(match: Match, at: int, people: People) -> str | None:
    """Return the network; a name that only its place shows to be one must be nobody's."""
    items = match.sentence.items
    item = items[at]
    if _is_compared(match) or item.value in lexicon().words("not_network"):
        return None
    if item.tag == "NET":
        return item.value
    if item.tag != "NAME" or item.value in people.characters | people.actors:
        return None
    if is_network(item.value):
        return item.value
    after = items[match.last + 1].value if match.last + 1 < len(items) else ""
    if after in ("'s", "'", "-") if at == match.last else match.rule.id == "M6" and after in ("of", "by"):
        return None
    if match.rule.options.get("bracket"):
        inside = {i.value.lower() for i in items[at : match.last + 1]}
        return item.value if inside & lexicon().words("time") or any(w[:1].isdigit() for w in inside) else None
    if match.rule.options.get("label"):
        return item.value
    return None if is_full_person_name(item.value) or _is_somebody(item.value, people) else item.value


def _is_somebody(surface: str, people: People) -> bool:
    """Whether a longer name of the text has this word, and is no network's: "Tarn" beside "Tarn Plus" is one."""
    return people.is_spoken_of(surface) and not any(
        is_network(name) and surface in name.split() for name in people.names if name != surface
    )


def _is_compared(match: Match) -> bool:
    """Whether the network is a rival's: "better than anything on N", "rival N"."""
    items = match.sentence.items
    before = {item.value.lower() for item in items[max(0, match.first - 4) : match.last]}
    return bool(before & lexicon().words("rival"))


def start_or_end(match: Match, at: int, about: Value) -> str | None:
    """Return the ISO date at item `at`; of a span of years the first or last, by the slot that asks."""
    items = match.sentence.items
    if any(i.tag == "TITLE" for i in items[max(0, match.first - 8) : match.first]) and not any(
        i.tag == "SHOW" for i in items[match.first : match.last + 1]
    ):
        return None  # "a remake of *Glasswing*, which ran 1979-86"
    if items[match.first].tag == "SHOW" and match.first and items[match.first - 1].tag == "IN":
        return None  # "the war in Saltmarsh ended in 1945"
    item = items[at]
    if item.tag == "SPAN":
        years = years_of(item.value)
        return None if years is None else years[1 if at in match.items("end") else 0]
    if match.items("end") and at in match.items("start") and iso_date(item.value) is None:
        return None
    words = {i.value.lower() for i in items[match.first : at]}
    if item.value.lower() == "night":
        return iso_date("yesterday", about.date)  # "last night"
    if [i.value.lower() for i in items[max(0, match.first - 2) : match.first]] == ["where", "it"]:
        return None  # "with Beacon, where it started on Monday"
    last = bool(words & lexicon().words("past_airing")) or "last" in words
    return iso_date(f"last {item.value}" if last and item.value.lower() in WEEKDAYS else item.value, about.date)
