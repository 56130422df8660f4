"""Relationships between characters: what the rules and the cast's unnamed parts state, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..ontology.terms import KINDS
from .anchors import Discourse
from .cast import SentenceCast
from .clashes import without_clashes, without_named_later
from .crafts import craft_words, deed_words
from .denials import is_denied
from .drafts import Draft, in_speech, is_plain_statement, season_said
from .families import role_list
from .genders import learn_genders
from .items import Item, Sentence, without
from .kinds import Label, by_way_of, directed, labels, once, said_to_be_over
from .later import Later
from .lexicon import lexicon
from .memory import Anchor
from .name_forms import is_full_person_name
from .owners import Owner, Relatives, owner_of, who
from .people import People
from .records import EntityType
from .relation_checks import (
    describes,
    is_ahead,
    is_introduced_by_role,
    is_own_clause,
    is_undone,
    of_real_life,
    one_each,
)
from .rules import Match, matches
from .simpler import simplified
from .spoken import as_spoken_of
from .text import Role
from .unnamed import unnamed_part, unnamed_relative
from .wording import extent, of_love

_SIMPLIFIED = 0.95  # what is left out may have mattered
RELATION_RULES = (
    "romance", "feelings", "marriage", "partings", "kinship", "society", "work", "teaching", "harm",
    "appositions", "relationships", "pairs",
)  # fmt: skip
_SURE_OF_WHO = 0.75  # a denial is read only where it is plain of whom


def read_relations(cast: Sequence[SentenceCast], people: People, season: int | None) -> Iterator[Draft]:
    """Yield the cast facts and relationships of a review of `season`, in order of its sentences."""
    learn_genders((entry.sentence for entry in cast if entry.sentence.role is Role.BODY), people)
    discourse = Discourse(people, _played_by(cast, people), _bracketed(cast) - people.characters)
    reading = _Reading(discourse, Relatives(), season)
    drafts: list[Draft] = []
    for entry in cast:
        if entry.sentence.role is not Role.HEADLINE:
            drafts += reading.cast_facts(entry)
            if entry.sentence.role is Role.BODY:
                drafts += reading.relationships(entry)
    named = reading.later.named
    drafts = [d for d in drafts if d.relation == "plays" or named.isdisjoint((d.subject, d.object))]
    yield from without_named_later(drafts)


def _played_by(cast: Sequence[SentenceCast], people: People) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in cast:
        for casting in entry.castings:
            person = None if casting.character is None else people.resolve(casting.character)
            if person is not None:
                found.setdefault(person.name, casting.actor)
    return found


def _bracketed(cast: Sequence[SentenceCast]) -> frozenset[str]:
    return frozenset(
        item.value
        for entry in cast
        for at, (before, item) in enumerate(pairwise(entry.sentence.items))
        if before.value == "("
        and item.tag == "NAME"
        and is_full_person_name(item.value)
        and not _opens_statement(entry.sentence.items[at + 2 : at + 3])
    )


def _opens_statement(after: Sequence[Item]) -> bool:
    """Whether what follows a name in a bracket makes it a sentence: "(Mary Lou deserves better)"."""
    return any(item.tag in ("VBZ", "VBP", "MD") and item.value not in ("is", "'s", "was") for item in after)


class _Reading:
    """One review on its way through: what it has been speaking of, and who is what to whom so far."""

    def __init__(self, discourse: Discourse, relatives: Relatives, season: int | None) -> None:
        self.discourse = discourse
        self.relatives = relatives
        self.season = season
        self.later = Later(discourse)

    def cast_facts(self, entry: SentenceCast) -> Iterator[Draft]:
        for casting in entry.castings:
            items, rule = casting.match.sentence.items, casting.match.rule
            start, end = items[casting.first].start, items[casting.last].end
            if casting.relation == "actor":
                yield Draft(
                    "actor", None, casting.actor, EntityType.PERSON, start, end, rule.confidence, rule.id,
                    season=casting.season,
                )  # fmt: skip
                continue
            if casting.character is None:
                yield from unnamed_part(casting, self.discourse)
                continue
            person = self.discourse.people.resolve(casting.character)
            if person is not None and person.type is EntityType.CHARACTER:
                yield Draft(
                    "plays", casting.actor, person.name, EntityType.CHARACTER, start, end, rule.confidence, rule.id,
                    status=casting.status, season=casting.season,
                )  # fmt: skip

    def relationships(self, entry: SentenceCast) -> Iterator[Draft]:
        sentence = as_spoken_of(without(entry.sentence, entry.understood), self.discourse)
        if not sentence.items:
            return  # all of it was a bracket that is understood
        doubted: list[Draft] = []
        drafts = list(self._read(sentence, doubted))
        pair = self.discourse.pair
        simpler = simplified(sentence)
        if simpler is not None:
            told = {frozenset((draft.subject, draft.object)) for draft in drafts}
            again = (d for d in self._read(simpler, []) if frozenset((d.subject, d.object)) not in told)
            drafts += [replace(draft, confidence=draft.confidence * _SIMPLIFIED) for draft in again]
            self.discourse.pair = pair
        yield from without_clashes(drafts)
        yield from self.later.read(sentence, doubted)
        self.discourse.note(sentence, recalls=bool({"former", "latter"} & entry.sentence.features))
        if pair is not None and pair.group is not None and pair.sentence == sentence.number:
            self.discourse.note_pair(*pair.names, sentence, pair.group)  # a relationship binds closer than "and"

    def _read(self, sentence: Sentence, doubted: list[Draft]) -> Iterator[Draft]:
        """Yield what the rules state; what they find but somebody only believes is added to `doubted`."""
        listed: set[int] = set()
        for group in RELATION_RULES:
            for match in matches(group, sentence):
                first, last = extent(match)
                if match.rule.option("kind") == "list":
                    listed.update(range(match.first, match.last + 1))
                elif match.rule.options.get("bare") and listed.issuperset(match.items("label")):
                    continue  # a member of a family said as a list
                if in_speech(sentence, first, last) or of_real_life(sentence) or self._of_makers(match):
                    continue
                denied = bool(match.rule.options.get("deniable")) and is_denied(sentence, first, last)
                if match.rule.options.get("strict") and not denied and not is_plain_statement(sentence, first, last):
                    if match.rule.options.get("deniable"):
                        doubted += self._stated(match, first, last, denied=True)
                    continue
                if describes(match):
                    continue
                if match.rule.options.get("untitled") and is_introduced_by_role(match):
                    continue
                if match.rule.options.get("deed") and is_undone(sentence, first):
                    continue
                if match.rule.options.get("done") and is_ahead(sentence, first):
                    continue
                for draft in self._stated(match, first, last, denied):
                    season = self._season(sentence, draft, first, last)
                    yield draft if season is None else replace(draft, season=season)

    def _of_makers(self, match: Match) -> bool:
        """Whether it is about those who made the show: "dreamt up by sisters Ada and Roe", "music by Roe's wife"."""
        items = match.sentence.items
        if not match.first or items[match.first - 1].value.lower() != "by":
            return False
        told = {item.value.lower() for item in items[: match.first]}
        if told.isdisjoint(deed_words() | craft_words() | lexicon().words("making")):
            return False
        named = (item for item in items[match.first : match.last + 1] if item.tag == "NAME")
        return all(self.discourse.known_name_at(item) is None for item in named)

    def _season(self, sentence: Sentence, draft: Draft, first: int, last: int) -> int | None:
        group = KINDS[draft.kind or "other"].group
        if draft.subject is not None and draft.status != "denied":
            self.discourse.note_pair(draft.object, draft.subject, sentence, group)
        if group == "family":
            return None
        season = season_said(sentence)
        now = any(item.value.lower() == "now" for item in sentence.items[first : last + 1])
        return self.season if season is None and now else season

    def _stated(self, match: Match, first: int, last: int, denied: bool) -> Iterator[Draft]:
        if match.rule.option("kind") == "unnamed":
            yield from unnamed_relative(match, self.discourse)
            return
        if match.rule.option("kind") == "list":
            yield from role_list(match, self.discourse, first, last)
            return
        if is_own_clause(match):
            return
        every = list(self._labels(match, denied))
        by_place = one_each(match, every)
        for place, label in enumerate(every):
            groups = match.rule.options.get("groups")
            if isinstance(groups, list) and KINDS[label.kind].group not in groups:
                continue
            if match.rule.options.get("mutual") and not KINDS[label.kind].symmetric:
                continue  # "daughters Kylie and Bron" are nobody's daughters here
            if match.rule.options.get("bare") and label.job:
                continue
            if match.rule.options.get("plural") and not label.plural:
                continue
            stated = replace(label, status="denied") if denied else label
            yield from self._pairs(match, stated, first, last, only=place if by_place else None)

    def _labels(self, match: Match, denied: bool) -> Iterator[Label]:
        stated, items = match.rule.option("kind"), match.sentence.items
        if stated == "role":
            status = match.rule.option("status")
            for label in labels(match, self.discourse.people, denied):
                yield label if status is None else replace(label, status=status)
        elif stated == "bond":
            at = match.item("bond")
            if at is not None:
                yield Label(lexicon().bonds[items[at].value])
        elif stated is not None:
            label = Label(stated, match.rule.option("status"))
            yield once(label) if label.status is None and said_to_be_over(match) else label

    def _pairs(self, match: Match, label: Label, first: int, last: int, *, only: int | None = None) -> Iterator[Draft]:
        rule, items = match.rule, match.sentence.items
        ends = self._ends(match, label if only is None else replace(label, plural=True))
        if ends is None:
            return
        subjects, objects, owner = ends
        if only is not None:
            subjects = replace(subjects, names=subjects.names[only : only + 1])
        via = None if owner is None else owner.via
        if rule.option("kind") == "role" and rule.option("subject") in ("a", "b"):
            for name in subjects.names:
                self.discourse.people.note_gender(name, label.gender)
        places = [at for at in (first, subjects.at, objects.at) if at is not None]
        sure = rule.confidence * subjects.certainty * objects.certainty
        if label.status == "denied" and sure < rule.confidence * _SURE_OF_WHO:
            return
        each = rule.option("object") == "each"
        pairs = [tuple(subjects.names)] if each else [(s, o) for s in subjects.names for o in objects.names]
        for subject, object_ in pairs:
            kind = label.kind
            if via is not None:
                known = self.relatives.named.get((object_, via.kind))
                joined = by_way_of(via.kind, kind)
                if known is None and joined is None:
                    continue  # "her best friend's husband", and nobody says who the friend is
                object_, kind = (known, kind) if known is not None else (object_, joined or kind)
            if subject == object_:
                continue
            if label.status != "denied":
                self.relatives.note(object_, kind, subject)
            a, b, stored = directed(subject, object_, kind, label.flip)
            yield Draft(
                "relationship", a, b, EntityType.CHARACTER, items[min(places)].start, items[max(last, *places)].end,
                sure, rule.id, kind=stored, status=label.status or of_love(match, kind),
            )  # fmt: skip

    def _ends(self, match: Match, label: Label) -> tuple[Anchor, Anchor, Owner | None] | None:
        rule = match.rule
        said = rule.option("subject", "") or "", rule.option("object", "") or ""
        many = label.plural or bool(rule.options.get("many"))
        owner: Owner | None = None
        found: list[Anchor | None] = [None, None]
        for end in sorted((0, 1), key=lambda n: said[n] in ("anchor", "subject", "topic", "each")):
            known = found[1 - end]
            excluded = frozenset(known.names if known is not None else ())
            if said[end] == "each":
                found[end] = known if known is not None and len(known.names) == 2 else None
            elif said[end] == "anchor":
                owner = owner_of(match, self.discourse, label, excluded)
                found[end] = None if owner is None else owner.anchor
            else:
                found[end] = who(match, said[end], self.discourse, excluded, many=many)
            if found[end] is None and said[1 - end] != "each":
                return None
        subjects, objects = found
        return (
            None if subjects is None or objects is None else (subjects, objects, owner if owner and owner.via else None)
        )
