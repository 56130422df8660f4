"""Names for the corpus: people, places, titles and channels that nobody has; as many as are asked for."""

from __future__ import annotations

from typing import NamedTuple


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WOMEN = _words("""
Ada Agnes Alma Anya Astrid Bea Bess Carys Celia Clara Cora Dalia Della Dora Edith Elena Elsie Esme Etta Fern
Flora Freya Gemma Greta Hanna Hester Ida Ines Iris Ivy Jana Joan June Kit Lena Lila Lottie Lydia Maeve Mara
Marta Maud Mina Nadia Nell Nora Odette Olive Petra Priya Ruth Sadie Selma Tamsin Thea Tilda Una Vera Wanda Zora
""")
_MEN = _words("""
Abel Alfie Amos Anton Arlo Barnaby Ben Callum Casper Cyril Davit Dev Edgar Elias Emil Ewan Felix Finn Gareth
Gideon Hamish Hugo Idris Ivan Jago Jasper Joel Jonah Kasper Kofi Lars Leon Linus Lorcan Luca Magnus Marlon Milo
Nate Ned Nico Oscar Otis Owen Pavel Percy Quentin Rafe Ravi Roland Rufus Seth Silas Stefan Theo Tobias Tomas
Viktor Wilf Yusuf
""")
_STEMS = _words("""
Ash Bar Bel Black Bram Bran Brock Cal Carn Clay Cold Crow Dal Dun Elm Fair Fen Gar Glen Hard Hart Hazel Hol Kel
Kirk Lang Len Lind Mar Mel Mor Nor Oak Pem Pen Quar Rad Rams Red Rook Ros Sand Sel Shel Stan Ster Strad Swin Tar
Thorn Tren Und Wal War Wex Whit Win Wood Wyn Yar
""")
_ENDS = _words("""
bourne bridge bury by combe cott croft dale den field ford gate grave ham hurst lake land ley low mere mont more
ridge rigg shaw stead stoke stone thorpe thwaite ton tree wick wold worth
""")
_NOUNS = _words("""
Affairs Bay Calling Close Crossing Divided General House Inquest Lane Letters Lights Nights Point Quarter Quay
Reckoning Road Row Rules Square Street Sundays Tides Under
""")
_CHANNELS = (
    "Albion One", "Meridian Four", "Northlight", "Channel Nine", "Lumen", "Harbour Plus", "Kestrel", "Playhouse",
    "Vantage", "Orchard",
)  # fmt: skip


class Person(NamedTuple):
    """A made-up name; `woman` says which words of kinship fit."""

    given: str
    family: str
    woman: bool

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self.given} {self.family}"


def surname(number: int) -> str:
    """Return a surname, another for each number below 2,000; beyond, they are double-barrelled."""
    rest, at = divmod(number, len(_STEMS) * len(_ENDS))
    end, stem = divmod(at, len(_STEMS))
    own = _STEMS[(stem * 7 + end) % len(_STEMS)] + _ENDS[end]
    return own if rest == 0 else f"{surname(rest - 1)}-{own}"


def person(number: int, family: str | None = None) -> Person:
    """Return somebody, another for each number; `family` is their surname, else one of their own."""
    woman = number % 2 == 0
    given = (_WOMEN if woman else _MEN)[number // 2 * 7 % len(_WOMEN)]
    rest, round_ = divmod(number // 120, 2000)
    return Person(given, family or surname((round_ * 13 + number % 120 * 7) % 2000 + rest * 2100), woman)


def title(number: int) -> str:
    """Return the title of a show, another for each number below 50,000."""
    noun, place = number % len(_NOUNS), number // len(_NOUNS)
    return f"{surname(place * 31 + noun * 401 + 17)} {_NOUNS[noun]}"


def channel(number: int) -> str:
    """Return who shows it."""
    return _CHANNELS[number % len(_CHANNELS)]
