"""Names as they are compared: words, titles, nicknames, descriptions, spellings one edit apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from ...ontology.iris import slug

Words = tuple[str, ...]

# Words that stand before a name and alone name nobody: "the Captain" is not Captain Flint because there is one of
# those. By the office they tell of: two of one office can be one person's ("DCI Calder", "Detective Calder").
_OFFICES: dict[str, tuple[str, ...]] = {
    "police": (
        "detective", "dci", "di", "ds", "dc", "inspector", "sergeant", "constable", "officer", "chief",
        "superintendent", "sheriff", "deputy", "marshal", "agent",
    ),
    "forces": ("captain", "colonel", "commander", "general", "lieutenant", "major", "private", "corporal", "admiral"),
    "medicine": ("doctor", "nurse"),
    "school": ("professor", "teacher"),
    "court": ("judge", "justice"),
    "church": ("reverend", "vicar", "pastor", "bishop"),
    "state": ("president", "senator", "governor", "mayor", "minister"),
}  # fmt: skip
_WOMEN = (
    "aunt", "auntie", "countess", "dame", "duchess", "empress", "lady", "madam", "miss", "mom", "mother", "mrs", "ms",
    "mum", "princess", "queen", "sister",
)  # fmt: skip
_MEN = (
    "brother", "count", "dad", "duke", "emperor", "father", "king", "lord", "master", "mister", "mr", "prince", "sir",
    "uncle",
)  # fmt: skip
_SHORT = {
    "dr": "doctor", "sgt": "sergeant", "capt": "captain", "lt": "lieutenant", "prof": "professor", "mister": "mr",
    "det": "detective", "rev": "reverend", "gen": "general", "col": "colonel", "insp": "inspector", "pc": "constable",
}  # fmt: skip
_OFFICE_OF = {title: office for office, titles in _OFFICES.items() for title in titles}
_GENDER_OF = dict.fromkeys(_WOMEN, "f") | dict.fromkeys(_MEN, "m")
_TITLES = _OFFICE_OF.keys() | _GENDER_OF.keys() | _SHORT.keys()

_ADDRESS = frozenset({"mr", "mrs", "ms", "miss", "master", "madam", "sir", "dame", "lady", "lord"})

_POSSESSIVE = re.compile(r"['’]s\b|s['’](?=\s|$)", re.IGNORECASE)
_OWNED = re.compile(r"(?P<owner>.+(?:['’]s|s['’]))\s+(?P<role>.+)", re.IGNORECASE | re.DOTALL)
_NICKNAME = re.compile(r"(?:^|(?<=\s))(?:\(([^()]+)\)|[\"“]([^\"”]+)[\"”]|['‘]([^'’]+)['’])(?=\s|$)")

# A word this long or longer may be misspelt; a name of one word must be longer. The first letter and the last two
# tell people apart ("Mara" and "Cara", "Daniel" and "Daniela", "Frances" and "Francis").
_LONG, _LONG_ALONE = 6, 7
_LAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: all its `words`, the `titles` in front, and the `core` without titles and nicknames."""

    words: Words
    titles: Words
    core: Words
    nicknames: Words

    @property
    def gender(self) -> str | None:
        """What the titles show: "f", "m" or nothing."""
        shown = {_GENDER_OF[title] for title in self.titles if title in _GENDER_OF}
        return shown.pop() if len(shown) == 1 else None

    @property
    def is_addressed(self) -> bool:
        """Whether its titles are a rank or form of address that goes with a surname, not "King" or "Aunt"."""
        return bool(self.titles) and all(title in _OFFICE_OF or title in _ADDRESS for title in self.titles)

    @property
    def offices(self) -> frozenset[str]:
        """The offices of the titles: "police" for "DCI"."""
        return frozenset(_OFFICE_OF[title] for title in self.titles if title in _OFFICE_OF)


@lru_cache(maxsize=65536)
def tokens(name: str) -> Words:
    """Return a name's words as they are compared: lower case, without accents and apostrophes.

    >>> tokens("Zoë O’Hara-Quill")
    ('zoe', 'ohara-quill')
    """
    return tuple(slug(word) for word in name.split())


@lru_cache(maxsize=65536)
def parsed(name: str) -> Name:
    """Take a name apart.

    >>> parsed("DCI Ruth Calder").core, parsed("Nicholas 'Nick' Nelson").core, parsed("Capt. Flint").titles
    (('ruth', 'calder'), ('nicholas', 'nelson'), ('captain',))
    """
    words = tokens(name)
    nicknames = tuple(word for match in _NICKNAME.findall(name) for word in tokens("".join(match)))
    bare = [word for word in words if word != "the"]
    first = next((at for at, word in enumerate(bare) if word not in _TITLES), len(bare))
    titles = tuple(_SHORT.get(word, word) for word in bare[:first])
    rest = tuple(word for word in bare[first:] if word not in nicknames)
    return Name(words, titles, rest or tuple(bare[first:]), nicknames if rest else ())


@lru_cache(maxsize=65536)
def is_description(name: str) -> bool:
    """Whether a "name" is anchor and role ("Nick Nelson's mom") or a bare title, which is no part of anybody's.

    >>> is_description("Nick's mom"), is_description("the Doctor"), is_description("Nick")
    (True, True, False)
    """
    return _POSSESSIVE.search(name) is not None or all(word in _TITLES or word == "the" for word in tokens(name))


def owner_and_role(name: str) -> tuple[str, str] | None:
    """Return whose and what the unnamed is, else None.

    >>> owner_and_role("Nick Nelson’s best friend"), owner_and_role("the Harrows' boss"), owner_and_role("Nick")
    (('Nick Nelson', 'best friend'), ('the Harrows', 'boss'), None)
    """
    match = _OWNED.fullmatch(name.strip())
    if match is None:
        return None
    owner = match["owner"]
    return owner[:-1] if owner[-1] in "'’" else owner[:-2], " ".join(match["role"].split()).lower()


def is_part(part: Words, whole: Words) -> bool:
    """Whether `part` is a proper run of whole words of `whole`."""
    size = len(part)
    return 0 < size < len(whole) and any(whole[i : i + size] == part for i in range(len(whole) - size + 1))


def runs(words: Words) -> Iterator[Words]:
    """Yield the proper runs of whole words; of names of more than eight words, those at either end."""
    size = len(words)
    for first in range(size):
        for last in range(first + 1, size + 1):
            if last - first < size and (size <= _MOST_WORDS or first == 0 or last == size):
                yield words[first:last]


_MOST_WORDS = 8


@lru_cache(maxsize=65536)
def rank(name: str) -> tuple[int, int, int]:
    """How much a name says: its words without titles, all its words, its letters. A part of a name ranks below it."""
    words = slug(name).split("-")
    titles = next((at for at, word in enumerate(words) if word not in _TITLES), len(words))
    return len(words) - titles, len(words), sum(map(len, words))


def spelling_keys(core: Words) -> Iterator[str]:
    """Yield the keys of which two spellings of one name share one: the letters, and those with one left out."""
    letters = _squashed(core)
    if len(letters) < (_LONG if len(core) > 1 else _LONG_ALONE):
        return
    yield letters
    for at in range(1, len(letters) - 1):
        if letters[at] != letters[at + 1]:
            yield letters[:at] + letters[at + 1 :]


def are_spellings(one: Words, other: Words) -> bool:
    """Whether two names (without titles) are one name in two spellings: hyphens and spaces, or one edit.

    >>> are_spellings(("annemarie", "duval"), ("anne-marie", "duval")), are_spellings(("phillip",), ("philip",))
    (True, False)
    >>> are_spellings(("mara", "quill"), ("cara", "quill")), are_spellings(("nell", "harrow"), ("nell", "harow"))
    (False, False)
    >>> are_spellings(("katherine", "pike"), ("katharine", "pike")), are_spellings(("marissa",), ("marisa",))
    (True, False)
    """
    if one == other:
        return False
    if _squashed(one) == _squashed(other):
        return len(_squashed(one)) >= _LONG_ALONE
    if len(one) != len(other):
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(differing) == 1 and _is_misspelt(*differing[0], _LONG if len(one) > 1 else _LONG_ALONE)


def near_keys(core: Words) -> Iterator[str]:
    """Yield the keys of which two names that are near share one."""
    yield from spelling_keys(core)
    if len(letters := _squashed(core)) > _LONG:
        yield from (letters[1:], letters[:-1])


def are_near(one: Words, other: Words) -> bool:
    """Whether two names (without titles) are at most one edit apart: enough to ask somebody, not to make them one.

    >>> are_near(("nell", "harrow"), ("nell", "harow")), are_near(("nell", "harrow"), ("neil", "farrow"))
    (True, False)
    """
    mine, others = _squashed(one), _squashed(other)
    return min(len(mine), len(others)) >= _LONG and OSA.distance(mine, others, score_cutoff=1) <= 1


def _squashed(core: Words) -> str:
    return "".join(core).replace("-", "")


def _is_misspelt(one: str, other: str, length: int) -> bool:
    if min(len(one), len(other)) < length or one[0] != other[0]:
        return False
    if one[-_LAST_LETTERS:] != other[-_LAST_LETTERS:]:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1
