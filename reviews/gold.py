"""Gold documents: what a review states, marked by hand, to measure a reader by.

A folder of gold holds NAME.json beside its review (NAME.txt, .md or .html), or naming it by `source` and `record`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import ReviewError
from ..ontology.iris import Iris
from .gold_facts import GoldFact, Trap, fact_of, flag_unknown, known_date, maybe, names, needed, trap_of
from .records import Refusal, Review
from .sources import SUFFIXES, read_paths
from .sources.html import HTML
from .text import plain
from .visible import visible_text

_KEYS = {
    "source", "record", "show", "shows", "season", "date",
    "characters", "cast", "aliases", "facts", "traps", "absent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A review and what it states: `name` is the gold file's stem, which is also the review's id.

    `review` has the document's own `date`, if it gives one, but neither its show nor its season: a reader finds them.
    `shows` are the shows of a round-up, each of whose facts says which it is about; empty for other reviews.
    `characters` and `cast` are everyone named. `aliases` are other forms of a name that are as right. `page` is what a
    web page shows, whether the review's text has it or not; the text itself for other reviews.
    """

    name: str
    review: Review
    page: str
    facts: tuple[GoldFact, ...]
    traps: tuple[Trap, ...] = ()
    show: str | None = None
    season: int | None = None
    shows: tuple[str, ...] = ()
    characters: frozenset[str] = frozenset()
    cast: frozenset[str] = frozenset()
    aliases: Mapping[str, tuple[str, ...]] | None = None
    absent: tuple[str, ...] = ()

    def forms(self, name: str) -> frozenset[str]:
        """Return what a name may mean, in plain small letters: itself, and each name it is another form of."""
        known = {key for key, others in (self.aliases or {}).items() if _folded(name) in map(_folded, others)}
        return frozenset(_folded(form) for form in (name, *known))

    def same(self, one: str, other: str) -> bool:
        """Whether two names mean the same: written alike but for case and quotes, or forms of one name."""
        return not self.forms(one).isdisjoint(self.forms(other))


def _folded(name: str) -> str:
    return " ".join(plain(name).casefold().split())


def gold_documents(folder: Path, *, reviews: Path | None = None, iris: Iris | None = None) -> tuple[GoldDocument, ...]:
    """Return the gold of a folder, by name. `reviews` is where a `source` lies, if not in the folder itself.

    Raises ReviewError, naming the file and what to do, for the first that is not gold: a key, relation, kind or status
    that is not ours, words that are not in the review, a review that is not there; and where there is no gold at all.
    """
    if not folder.is_dir():
        raise ReviewError(f"{folder}: there is no such folder; give the folder that holds the gold documents")
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise ReviewError(f"{folder}: there is no gold in it; put a NAME.json beside each NAME.txt")
    texts = _Reviews(reviews or folder, iris or Iris.default())
    return tuple(_document(path, texts) for path in paths)


def _document(path: Path, texts: _Reviews) -> GoldDocument:
    try:
        return _parsed(path, texts)
    except ValueError as error:
        raise ReviewError(f"{path}: {error}") from error


def _parsed(path: Path, texts: _Reviews) -> GoldDocument:
    data = _json_object(path)
    flag_unknown(data, _KEYS, "it")
    shows = names(data, "shows")
    review, page = texts.of(path, data)
    review = replace(review, date=known_date(data) or review.date)
    found: list[object] = needed(data, "facts", list, "it")
    facts = tuple(fact_of(f"fact {n}", given, (review.text, page), shows) for n, given in enumerate(found, start=1))
    forbidden: list[object] = maybe(data, "traps", list, "it") or []
    traps = tuple(trap_of(f"trap {n}", given, (review.text, page)) for n, given in enumerate(forbidden, start=1))
    aliases = maybe(data, "aliases", dict, "it") or {}
    return GoldDocument(
        path.stem, review, page, facts, traps, maybe(data, "show", str, "it"), maybe(data, "season", int, "it"), shows,
        frozenset(names(data, "characters")), frozenset(names(data, "cast")),
        {name: names(aliases, name) for name in aliases}, names(data, "absent"),
    )  # fmt: skip


def _json_object(path: Path) -> dict[str, object]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON at line {error.lineno}: {error.msg}; correct it") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise ValueError(f"it cannot be read: {error.strerror}; check its permissions") from error
    if not isinstance(data, dict) or "facts" not in data:
        raise ValueError("it is not a gold document; it must be an object with 'facts'")
    return data


class _Reviews:
    """The reviews that gold is about; a file with several is read once."""

    def __init__(self, folder: Path, iris: Iris) -> None:
        self._folder, self._iris = folder, iris
        self._read: dict[Path, tuple[Review, ...]] = {}

    def of(self, gold: Path, data: Mapping[str, object]) -> tuple[Review, str]:
        """Return a gold document's review, under the document's name, and what its page shows. Raises ValueError."""
        source, record = data.get("source"), data.get("record")
        path = self._beside(gold) if source is None else self._folder / str(source)
        if not path.is_file():
            raise ValueError(
                f"its source {source} is not in {self._folder}; say with --reviews which folder the reviews are in"
            )
        if path not in self._read:
            self._read[path] = tuple(self._reviews(path))
        found = [review for review in self._read[path] if record is None or review.id == record]
        if len(found) != 1:
            which = "review" if record is None else f"record {record!r}"
            raise ValueError(f"its source {path.name} holds {len(found)} {which}s; name one as 'record'")
        review = replace(found[0], id=gold.stem, iri=self._iris.review(gold.stem))
        is_page = path.suffix.lower() in HTML.suffixes
        return review, visible_text(path.read_text(encoding="utf-8", errors="replace")) if is_page else review.text

    def _reviews(self, path: Path) -> Iterator[Review]:
        for found in read_paths([str(path)], iris=self._iris):
            if isinstance(found, Refusal):
                raise ValueError(f"its review cannot be read: {found.source}: {found.reason}")
            if isinstance(found, Review):
                yield found

    @staticmethod
    def _beside(gold: Path) -> Path:
        for suffix in SUFFIXES:
            if gold.with_suffix(suffix).is_file():
                return gold.with_suffix(suffix)
        kinds = ", ".join(f"{gold.stem}{suffix}" for suffix in SUFFIXES)
        raise ValueError(f"there is no review beside it; put one of {kinds} there, or name it as 'source'")
