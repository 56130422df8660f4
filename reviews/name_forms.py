"""A name taken apart: rank, the words of the name proper, nicknames; whether it is written like a person's."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from .lexicon import lexicon


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name taken apart: honorific, the words of the name proper, nicknames in quotes, and a title "Duchess of X"."""

    honorific: str | None
    words: tuple[str, ...]
    nicknames: tuple[str, ...]
    title: str | None = None

    @property
    def core(self) -> str:
        """The name without honorific and nicknames, or with the honorific where only one word is left."""
        name = " ".join(self.words)
        if self.title:
            return f"{name}, {self.title}"
        alone = len(self.words) == 1 or lexicon().words("particle").issuperset(self.words[:-1])
        if self.honorific and (alone or self.honorific in lexicon().words("regnal")):
            return f"{self.honorific} {name}"
        return name


_NICKNAME = re.compile(r"""\s*['"(]([^'"()]+)['")]\s+""")


@lru_cache(maxsize=4_096)
def name_form(surface: str) -> NameForm:
    """Take a name apart.

    >>> name_form("DCI Jonah 'Spud' Pike")
    NameForm(honorific='DCI', words=('Jonah', 'Pike'), nicknames=('Spud',), title=None)
    """
    name, _, title = surface.partition(", ")
    if title:
        return replace(name_form(name), title=title)
    nicknames = tuple(_NICKNAME.findall(" " + surface))
    words = _NICKNAME.sub(" ", " " + surface).split()
    honorifics: list[str] = []
    while len(words) > 1 and words[0].rstrip(".") in lexicon().words("honorific") and words[1] != "of":
        honorifics.append(words.pop(0).rstrip("."))
    return NameForm(" ".join(honorifics) or None, tuple(words), nicknames)


@lru_cache(maxsize=4_096)
def is_full_person_name(surface: str) -> bool:
    """Whether a name is written like a person's full name: two to five words, no article, no word of a company."""
    form = name_form(surface)
    words = form.words
    return (
        2 <= len(words) <= 5
        and words[0] not in ("The", "A", "An", "My", "Your", "Our")
        and form.title is None
        and "of" not in words
        and lexicon().words("organization_tail").isdisjoint(words)
        and not any(ch.isdigit() for ch in surface)
    )
