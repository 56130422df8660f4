"""Countries by name and adjective, from `rules/countries.toml`, and the regions that stand behind a city's name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _tables() -> tuple[Mapping[str, str], frozenset[str]]:
    data = tomllib.loads(files(__package__).joinpath("rules", "countries.toml").read_text(encoding="utf-8"))
    forms = {form: name for name, others in data["country"].items() for form in (name, *others)}
    return forms, frozenset(data["regions"]["words"])


def country_of(words: str) -> str | None:
    """Return the country that a name or an adjective stands for, or None.

    >>> country_of("Danish"), country_of("New Zealand"), country_of("Fenwick")
    ('Denmark', 'New Zealand', None)
    """
    return _tables()[0].get(words)


@cache
def nationalities() -> frozenset[str]:
    """Return the adjectives of one word: never somebody's name."""
    forms = _tables()[0]
    return frozenset(form for form, name in forms.items() if form != name and " " not in form and form.isalpha())


def is_region(words: str) -> bool:
    """Whether a name behind a city's says where it lies: a country, a state, a province."""
    forms, regions = _tables()
    return words in forms or words in regions


@cache
def nation_words() -> frozenset[str]:
    """Return the last words of nationalities in small letters, as a sketch has them."""
    forms = _tables()[0]
    return frozenset(form.split()[-1].lower() for form, name in forms.items() if form != name and " of " not in form)


@cache
def nation_pattern() -> str:
    """Return the pattern of a nationality in a sketch."""
    return f"(?:{'|'.join(map(re.escape, sorted(nation_words())))})\\|\\S+ "
