"""Who is meant by a name in one review: which names are actors', which characters', and what the fullest form is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .items import Sentence
from .lexicon import lexicon
from .name_forms import is_full_person_name, name_form
from .records import EntityType
from .text import Role

_OWNED = frozenset(("the", "his", "her", "their", "this", "that", "'s"))
_FINITE = frozenset(("VBZ", "VBD", "VBP", "MD"))


@dataclass(frozen=True, slots=True)
class Person:
    """A character or a real person of the review, by the fullest form of the name in the text."""

    name: str
    type: EntityType


@dataclass(slots=True)
class People:
    """The people of one review. Filled while the cast is read, asked afterwards.

    `names` are all names of the text. A single word stands for the one fuller name that has it as first name,
    surname or nickname; where two fit, for itself.
    """

    names: frozenset[str]
    repeated: frozenset[str] = frozenset()  # names that stand more than once
    definite: frozenset[str] = frozenset()  # names that never stand without `the`: "the Duchess"
    agents: frozenset[str] = frozenset()  # names of which the text says what they do or have
    behind: frozenset[str] = frozenset()  # names next to a noun for those behind the camera
    show: str | None = None
    cut_off_at: int | None = None  # where the text ends, if it breaks off in a sentence
    actors: set[str] = field(default_factory=set)
    characters: set[str] = field(default_factory=set)
    crew: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)  # places, organisations: nobody
    genders: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)  # a name as written -> the name it was told to have (P21)
    _settled: dict[str, Person | None] | None = None

    @classmethod
    def named_in(cls, sentences: Sequence[Sentence], show: str | None) -> People:
        """Note the names of a review's prose and how they stand in it."""
        counted: Counter[str] = Counter()
        definite: Counter[str] = Counter()
        agents: set[str] = set()
        behind: set[str] = set()
        with_the: set[str] = set()
        prose = [s for s in sentences if s.role is not Role.HEADLINE]
        for sentence in prose:
            items = sentence.items
            for i, item in enumerate(items):
                if item.tag != "NAME":
                    continue
                before = items[i - 1].value.lower() if i else ""
                counted[item.value] += 1
                definite[item.value] += before in _OWNED
                with_the |= {item.value} if before == "the" else set()
                after = items[i + 1] if i + 1 < len(items) else None
                then = items[i + 2] if i + 2 < len(items) else None
                acts = after is not None and (after.tag in _FINITE or after.value in ("'s", "'"))
                acts = acts or (after is not None and after.tag == "RB" and then is not None and then.tag in _FINITE)
                if acts or (after is not None and not i and after.tag == "NNS"):  # "Dougie drinks."
                    agents.add(item.value)
                if before in lexicon().words("crew"):
                    behind.add(item.value)
        last = prose[-1] if prose else None
        cut = last is not None and last.role is Role.BODY and _breaks_off(last)
        return cls(
            frozenset(counted),
            frozenset(name for name, n in counted.items() if n > 1),
            frozenset(name for name in with_the if definite[name] == counted[name]),
            frozenset(agents),
            frozenset(behind),
            show,
            last.items[-1].end if last is not None and cut else None,
        )

    def settle(self) -> None:
        """Say that the cast and crew are all told: who a name stands for is worked out once from now on."""
        self._settled = {name: self.resolve(name) for name in self.names}

    def resolve(self, surface: str) -> Person | None:
        """Return who a name stands for; None for names of places and organisations.

        A name that nothing tells of is taken for a character: in a review's prose most are.
        """
        if self._settled is not None and surface in self._settled:
            return self._settled[surface]
        if surface in self.others:
            return None
        if surface in self.given:
            return Person(self.given[surface], EntityType.CHARACTER)
        for known, type_ in (
            (self.characters, EntityType.CHARACTER),
            (self.actors, EntityType.PERSON),
            (self.crew, EntityType.PERSON),
        ):
            if surface in known:
                return Person(self.fullest(surface, known, type_), type_)
        character = self._fuller(surface, self.characters)
        real = self._fuller(surface, self.actors | self.crew, by_first_name=False)
        if character is not None and (real is None or _is_first(surface, character)):
            return Person(character, EntityType.CHARACTER)
        if real is not None:
            return Person(real, EntityType.PERSON)
        return Person(self.fullest(surface, set(), EntityType.CHARACTER), EntityType.CHARACTER)

    def fullest(self, surface: str, known: set[str], type_: EntityType) -> str:
        """Return the fullest form of a name of a character or real person, without rank."""
        if type_ is EntityType.CHARACTER:
            if surface in self.given:
                return self.given[surface]
            not_ours = self.actors | self.crew | self.others
            candidates = {n for n in self.names if n not in not_ours} | known
            core = name_form(surface).core
            return self._fuller(surface, candidates) or (
                f"the {core}" if surface in self.definite and " " not in core else core
            )
        return self._fuller(surface, known) or name_form(surface).core

    def _fuller(self, surface: str, candidates: Iterable[str], *, by_first_name: bool = True) -> str | None:
        """Return the one name among `candidates` that a shorter form stands for; real people go by their surnames."""
        form = name_form(surface)
        if form.nicknames or len(form.words) > 1:
            return form.core if any(name_form(c).words == form.words for c in candidates) else None
        word = form.words[0] if form.words else surface
        firsts: set[str] = set()
        lasts: set[str] = set()
        for candidate in candidates:
            other = name_form(candidate)
            if len(other.words) < 2 and other.title is None:
                continue
            if (other.words[0] == word or word in other.nicknames) and (
                form.honorific is None or form.honorific not in ("Mr", "Mrs", "Ms", "Miss", "Lord", "Lady")
            ):
                firsts.add(other.core)
            elif other.words[-1] == word and (form.honorific is None or _same_rank(form.honorific, other.honorific)):
                lasts.add(other.core)
        for found in (firsts, lasts) if by_first_name else (lasts,):
            if len(found) == 1:
                return next(iter(found))
            if found:
                return None
        return None

    def is_actor(self, surface: str) -> bool:
        """Whether a name, whole or in part, stands for a known actor."""
        person = self.resolve(surface)
        return person is not None and person.type is EntityType.PERSON and person.name in self.actors

    def real_name(self, surname: str) -> str | None:
        """Return the one full name of an actor, else of somebody in the text who is no character, with this surname."""
        known = self._fuller(surname, self.actors, by_first_name=False)
        if known is not None:
            return known
        others = self.names - self.characters - self.others
        return self._fuller(
            surname, {n for n in others if is_full_person_name(n) and name_form(n).words[-1] == surname}
        )

    def actor_by_long_surname(self, surface: str) -> str | None:
        """Return the one known actor whose surname, of several words, a name is: "Uí Riain", "Penrose Kemp"."""
        if " " not in surface or surface in self.actors:
            return None
        found = [name for name in self.actors if name.endswith(" " + surface)]
        return found[0] if len(found) == 1 else None

    def is_solid(self, surface: str) -> bool:
        """Whether the text shows that a name is somebody's it speaks of: repeated, or with a word of another name."""
        return surface in self.repeated or self.is_spoken_of(surface)

    def is_spoken_of(self, surface: str) -> bool:
        """Whether another name of the text shares a word with this one: "Danny", beside "Danny Latimer"."""
        words = set(name_form(surface).words)
        return any(words & set(name_form(other).words) for other in self.names if other != surface)

    def is_called_by_first_name(self, full: str) -> bool:
        """Whether the text calls the bearer of a full name by the first name alone, as it does with characters."""
        words = name_form(full).words
        if len(words) < 2 or words[0] not in self.names:
            return False
        return not any(o != full and name_form(o).words[:1] == words[:1] and " " in o for o in self.characters)

    def likely_actor(self, name: str) -> bool:
        """Whether a full name is an actor's, or may be one because nothing shows it to be somebody else's."""
        if name in self.actors:
            return True
        return (
            is_full_person_name(name)
            and name not in self.characters | self.crew | self.behind
            and not self.is_called_by_first_name(name)
        )

    def is_character_here(self, surface: str) -> bool:
        """Whether the text uses a name as characters' names are used: by first name, or of somebody who does things."""
        if surface in self.characters:
            return True
        if surface in self.actors | self.others | self.crew | self.behind:
            return False
        if is_full_person_name(surface):
            return self.is_called_by_first_name(surface)
        return self.is_solid(surface) and surface in self.agents and self.real_name(surface) is None

    def title_character(self) -> str | None:
        """Return the name of the title character: a name like the show's, else the show's if that can be one."""
        if self.show is None:
            return None
        if self.show in self.characters:
            return self.show
        words = set(self.show.split()) - {"The"}
        for name in sorted(self.names - self.actors - self.crew - self.others, key=lambda n: (-len(n), n)):
            if words <= set(name_form(name).words):
                return name
        named = all(w[:1].isupper() and w.isalpha() for w in self.show.split())
        return self.show if named and "The" not in self.show.split() and len(words) <= 3 else None

    def gender(self, name: str) -> str | None:
        """Return "f" or "m" where the text shows it for this person."""
        return self.genders.get(name)

    def note_gender(self, name: str, gender: str | None) -> None:
        """Remember what a role noun or form of address shows; the first word on it stands."""
        if gender is not None:
            self.genders.setdefault(name, gender)

    def aliases(self, name: str, surfaces: Iterable[str]) -> tuple[str, ...]:
        """Return the other forms of `name` among `surfaces`, sorted."""
        found = {s for s in surfaces if s != name}
        for surface in list(found):
            found.update(n for n in name_form(surface).nicknames if n != name)
        return tuple(sorted(found))


def _breaks_off(sentence: Sentence) -> bool:
    """Whether a text's last sentence, one with a verb, ends in a name: it may be half a name."""
    items = sentence.items
    return len(items) > 12 and items[-1].tag == "NAME" and any(item.tag in _FINITE for item in items)


def _is_first(surface: str, full: str) -> bool:
    form, words = name_form(surface), name_form(full).words
    return bool(form.words) and bool(words) and (form.words[0] == words[0] or surface == full)


def _same_rank(one: str, other: str | None) -> bool:
    """Whether "DI Hardy" may be Alec Hardy: a rank names the person, `Mr` or `Lady` may be any of the family."""
    return one in lexicon().words("rank") or one == other


def address_gender(surface: str) -> str | None:
    """Return the gender that a form of address shows: Mrs, Lord, Queen."""
    honorific = name_form(surface).honorific
    words = set((honorific or "").split())
    return (
        "f" if words & lexicon().words("female_address") else "m" if words & lexicon().words("male_address") else None
    )


def group_surfaces(surfaces: Iterable[str], people: People) -> dict[str, set[str]]:
    """Return, for each fullest character name, the forms in which the text has it."""
    groups: dict[str, set[str]] = defaultdict(set)
    for surface in surfaces:
        person = people.resolve(surface)
        if person is not None:
            groups[person.name].add(surface)
    return groups


def could_be_actor(surface: str, people: People) -> bool:
    """Whether a name in an actor's place is one: written in full, or the surname of an actor named in full."""
    if surface in people.others or name_form(surface).honorific not in (None, "Dame", "Sir"):
        return False
    if people.actor_by_long_surname(surface) is not None:
        return True
    if is_full_person_name(surface):
        return surface not in people.characters
    return surface not in people.characters and people.real_name(surface) is not None


def actor_name(surface: str, people: People) -> str:
    """Return an actor's full name."""
    longer = people.actor_by_long_surname(surface)
    if longer is not None:
        return longer
    if is_full_person_name(surface):
        return name_form(surface).core if name_form(surface).honorific in ("Dame", "Sir") else " ".join(surface.split())
    return people.real_name(surface) or surface


def is_network(surface: str) -> bool:
    """Whether a name is a network's by its form or the lexicon."""
    words = surface.split()
    return words[0] != "Number" and (
        surface in lexicon().words("network")
        or surface.endswith("+")
        or bool(lexicon().words("network_part") & {words[0], words[-1]})
    )
