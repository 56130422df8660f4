"""The only place where an IRI is minted. Same names, same IRIs, byte for byte.

IRIs are readable and stable: `series/heartstopper/season/2`, `series/heartstopper/character/nick-nelson`,
`person/kit-connor`, `review/...`, all under a base that is a setting.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

from ..settings import text_setting

_APOSTROPHES = re.compile(r"['‘’ʼ′`]")
_NOT_WORD = re.compile(r"[\W_]+")
_ABSOLUTE_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+\Z")


def slug(name: str) -> str:
    """Return a name's form in an IRI: lower case, accents dropped, apostrophes dropped, the rest joined by hyphens.

    Letters of other scripts are kept and percent-encoded. A name without any letter or digit gets `x-` and a
    hash, so that no two of them meet. What comes out, percent-decoded, has the same slug.

    >>> slug("Nick Nelson's mom"), slug("Zoë  Ängström"), slug("Kit/Connor")
    ('nick-nelsons-mom', 'zoe-angstrom', 'kit-connor')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = _NOT_WORD.sub("-", _APOSTROPHES.sub("", plain).casefold()).strip("-")
    if not words:
        return "x-" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return quote(unicodedata.normalize("NFC", words), safe="-")


def is_absolute(text: str) -> bool:
    """Whether a text is an absolute http(s) IRI."""
    if not _ABSOLUTE_IRI.match(text):
        return False
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


_CAST_GRAPH = "graph/cast"


def is_bookkeeping(graph: str) -> bool:
    """Whether a named graph is what the program keeps for itself (`Iris.cast_graph`, under any base), and no facts."""
    return graph.endswith(f"/{_CAST_GRAPH}")


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints IRIs under `base`, which ends with `/`. Pure: no clock, no counter, no store."""

    base: str

    @classmethod
    def default(cls) -> Iris:
        """Mint under the `base` setting. Raises SettingError if that is not an absolute http(s) IRI."""
        return cls(text_setting("base"))

    def review(self, review_id: str) -> str:
        """An absolute http(s) IRI stands for itself; any other id is put below `review/`, `/` kept.

        Slashes around the id are dropped. The segments `.` and `..`, which browsers and parsers would resolve away,
        and an empty id get the hash that a name without letters gets.
        """
        if is_absolute(review_id):
            return review_id
        steps = review_id.strip("/").split("/")
        if steps == [""]:
            return f"{self.base}review/{slug('')}"
        path = "/".join(slug(s) if s in (".", "..") else quote(s, safe="-._~", errors="surrogatepass") for s in steps)
        return f"{self.base}review/{path}"

    def part(self, review_iri: str, name: str) -> str:
        """Something that exists within a review: its `#name`, or `-name` after a fragment the IRI already has."""
        return f"{review_iri}{'-' if '#' in review_iri else '#'}{name}"

    def series(self, title: str) -> str:
        """A series by its title."""
        return f"{self.base}series/{slug(title)}"

    def season(self, series_iri: str, number: int) -> str:
        """A season of a series."""
        return f"{series_iri}/season/{number}"

    def character(self, name: str, scope_iri: str) -> str:
        """A character, scoped to its series; to its review where no series is known."""
        return f"{scope_iri}/character/{slug(name)}"

    def role(self, scope_iri: str, actor_name: str, character_name: str) -> str:
        """The performance of an actor as a character in a series or season."""
        return f"{scope_iri}/role/{slug(actor_name)}--{slug(character_name)}"

    def person(self, name: str) -> str:
        """A real person, by name."""
        return f"{self.base}person/{slug(name)}"

    def organization(self, name: str) -> str:
        """A network, platform, publisher or company."""
        return f"{self.base}organization/{slug(name.replace('+', ' plus '))}"

    def place(self, name: str) -> str:
        """A place or country, real or invented."""
        return f"{self.base}place/{slug(name)}"

    def work(self, title: str) -> str:
        """A source work by its title."""
        return f"{self.base}work/{slug(title)}"

    def unnamed_source(self, series_iri: str, author_name: str) -> str:
        """The work of an author that a series is adapted from, where the text does not name it."""
        return f"{series_iri}/source/{slug(author_name)}"

    def claim(self, *parts: str | None) -> str:
        """What is claimed, as a hash of its parts: two reviews that say the same share it."""
        key = "\x1f".join("" if p is None else p for p in parts)
        return f"{self.base}claim/{hashlib.sha256(key.encode()).hexdigest()[:32]}"

    def decision(self, number: int) -> str:
        """A person's decision about who is whom, by its number."""
        return f"{self.base}decision/{number}"

    @property
    def identity_graph(self) -> str:
        """The named graph of merges and sameAs links."""
        return f"{self.base}graph/identity"

    @property
    def other_graphs(self) -> frozenset[str]:
        """The named graphs that are no reviews."""
        return frozenset((self.identity_graph, self.cast_graph, self.inferred_graph))

    @property
    def cast_graph(self) -> str:
        """The named graph of bookkeeping: what each review itself calls the characters of its series."""
        return f"{self.base}{_CAST_GRAPH}"

    @property
    def inferred_graph(self) -> str:
        """The named graph of inferred triples, always apart."""
        return f"{self.base}graph/inferred"
