"""Relationships between characters: what the rules of `rules/relationships.toml` and the cast's unnamed parts state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..ontology.terms import KINDS
from .anchors import Anchor, Discourse
from .cast import SentenceCast
from .castings import Casting
from .drafts import Draft, in_speech, is_plain_statement, season_said
from .items import Item, Sentence, without
from .lexicon import UNDECIDED_PARTNER, RoleNoun, lexicon
from .people import People
from .records import EntityType
from .rules import Match, matches
from .text import Role


def read_relations(cast: Sequence[SentenceCast], people: People, season: int | None) -> Iterator[Draft]:
    """Yield the cast facts and relationships of a review of `season`, in order of its sentences."""
    discourse = Discourse(people)
    discourse.learn_genders(entry.sentence for entry in cast if entry.sentence.role is Role.BODY)
    for entry in cast:
        if entry.sentence.role is not Role.HEADLINE:
            yield from _cast_facts(entry, discourse)
            if entry.sentence.role is Role.BODY:
                reduced = without(entry.sentence, entry.understood)
                yield from _without_shorter(list(_relationships(reduced, discourse, season)))
                pair, group = discourse.pair, discourse.pair_group
                discourse.note(reduced)
                if group is not None and pair is not None and discourse.pair_block == entry.sentence.block:
                    discourse.note_pair(*pair, entry.sentence.block, group)  # a relationship binds closer than "and"


def _cast_facts(entry: SentenceCast, discourse: Discourse) -> Iterator[Draft]:
    for casting in entry.castings:
        items = entry.sentence.items
        start, end = items[casting.first].start, items[casting.last].end
        rule = casting.match.rule
        if casting.relation == "actor":
            yield Draft(
                "actor", None, casting.actor, EntityType.PERSON, start, end, rule.confidence, rule.id,
                season=casting.season,
            )  # fmt: skip
            continue
        if casting.character is not None:
            person = discourse.people.resolve(casting.character)
            if person is None or person.type is not EntityType.CHARACTER:
                continue
            name, certainty = person.name, 1.0
        else:
            part = _unnamed_part(casting, discourse)
            if part is None:
                continue
            name, owners, certainty, noun = part
            if noun is not None:
                words = items[casting.first], items[casting.match.item("role") or casting.first]
                yield from _kinship(name, owners, noun, words, casting, certainty)
        yield Draft(
            "plays", casting.actor, name, EntityType.CHARACTER, start, end,
            rule.confidence * certainty, rule.id, status=casting.status, season=casting.season,
        )  # fmt: skip


def _unnamed_part(casting: Casting, discourse: Discourse) -> tuple[str, tuple[str, ...], float, RoleNoun | None] | None:
    """Name an unnamed part by its anchor and role: "Nick Nelson's mom"."""
    match, sentence = casting.match, casting.match.sentence
    role_at, part_at = match.item("role"), match.item("part")
    at = role_at if role_at is not None else part_at
    if at is None:
        return None
    noun = lexicon().roles.get(sentence.items[at].value)
    surface = _noun_phrase(sentence, at)
    pronoun, anchor_at = match.item("poss"), match.item("anchor")
    if pronoun is None and anchor_at is None:
        return surface, (), 1.0, None
    anchor = _anchor(match, discourse, frozenset())
    if anchor is None or len(anchor.names) != 1:
        return None
    known = noun if noun is not None and noun.kind in KINDS else None
    return f"{anchor.names[0]}'s {surface}", anchor.names, anchor.certainty, known


def _noun_phrase(sentence: Sentence, at: int) -> str:
    """Return a noun with the nouns and adjectives of nation right before it: "estate agent", "American diplomat"."""
    items, words = sentence.items, lexicon()
    first = at
    noun = words.roles.get(items[at].value) if items[at].tag == "ROLE" else None
    while first > 0 and (noun is None or noun.job):
        before, value = items[first - 1], items[first - 1].value
        of_noun = before.tag in ("NN", "HYPH") or (before.tag == "NNP" and value.islower())
        genitive = before.tag == "POS" and first > 1 and items[first - 2].tag in ("NN", "NNS")
        if not (of_noun or genitive or value in words.words("part_of_noun") | words.words("nationality")):
            break
        first -= 1
    start, end = items[first].start, items[at].end
    base = sentence.offset
    return " ".join(sentence.text[start - base : end - base].split())


def _kinship(
    name: str, owners: tuple[str, ...], noun: RoleNoun, words: tuple[Item, Item], casting: Casting, certainty: float
) -> Iterator[Draft]:
    for owner in owners:
        subject, object_, kind = _directed(name, owner, noun.kind, noun.flip)
        yield Draft(
            "relationship", subject, object_, EntityType.CHARACTER, words[0].start, words[1].end,
            casting.match.rule.confidence * certainty, casting.match.rule.id, kind=kind,
        )  # fmt: skip


def _directed(subject: str, object_: str, kind: str, flip: bool = False) -> tuple[str, str, str]:
    """Write a kind the way it is stored: "child" as "parent" the other way round."""
    if flip:
        subject, object_ = object_, subject
    stated = KINDS[kind].stated_as
    return (object_, subject, stated) if stated is not None else (subject, object_, kind)


def _anchor(match: Match, discourse: Discourse, excluded: frozenset[str]) -> Anchor | None:
    """Whom the match's {anchor} or {poss} stands for."""
    at = match.item("anchor")
    if at is not None:
        name = discourse.name_at(match.sentence.items[at])
        return None if name is None else Anchor((name,), 1.0)
    at = match.item("poss")
    if at is None:
        return None
    role_at = match.item("role") if match.item("role") is not None else match.item("roles")
    noun = None if role_at is None else lexicon().roles.get(match.sentence.items[role_at].value)
    return discourse.anchor(match.sentence, at, excluded, None if noun is None else noun.kind)


def _relationships(sentence: Sentence, discourse: Discourse, reviewed: int | None) -> Iterator[Draft]:
    for match in matches("relationships", sentence):
        rule = match.rule
        first, last = _extent(match)
        if in_speech(sentence, first, last):
            continue
        if rule.options.get("strict") and not is_plain_statement(sentence, first, last):
            continue
        season = season_said(sentence)
        if season is None and any(item.value.lower() == "now" for item in sentence.items[first : last + 1]):
            season = reviewed
        for draft in _stated(match, discourse, first, last):
            group = KINDS[draft.kind or "other"].group
            yield draft if group == "family" else replace(draft, season=season)
            if draft.subject is not None:
                discourse.note_pair(draft.object, draft.subject, sentence.block, group)


def _extent(match: Match) -> tuple[int, int]:
    """The items that state it: the slots, and for pairs already spoken of the whole match."""
    slots = [i for group in match.found.re.groupindex for i in match.items(group)]
    if not slots or match.rule.option("subject") == "pair":
        return match.first, match.last
    last = max(slots)
    if match.rule.option("kind") not in ("role", "bond", "list") and match.item("b") is not None:
        last = max(last, match.last if match.sentence.items[match.last].tag not in (",", ".", ":") else last)
    return min(slots), last


def _stated(match: Match, discourse: Discourse, first: int, last: int) -> Iterator[Draft]:
    rule, items = match.rule, match.sentence.items
    if rule.option("kind") == "list":
        yield from _role_list(match, discourse, first, last)
        return
    kind, status, flip, gender = _kind(match)
    groups = rule.options.get("groups")
    if kind is None or (isinstance(groups, list) and KINDS[kind].group not in groups):
        return
    subjects = _who(match, rule.option("subject", "") or "", discourse, frozenset())
    if subjects is None:
        return
    objects = (
        subjects
        if rule.option("object") == "pair"
        else _who(match, rule.option("object", "") or "", discourse, frozenset(subjects.names))
    )
    if objects is None:
        return
    if rule.option("object") == "pair":
        if len(subjects.names) != 2:
            return
        pairs = [(subjects.names[0], subjects.names[1])]
    else:
        pairs = [(s, o) for s in subjects.names for o in objects.names]
    if rule.option("kind") == "role" and rule.option("subject") in ("a", "b"):
        for name in subjects.names:
            discourse.people.note_gender(name, gender)
    if rule.options.get("mutual") and not KINDS[kind].symmetric:
        return  # "daughters Kylie and Bron" are nobody's daughters here
    for subject, object_ in pairs:
        if subject == object_:
            continue
        a, b, stored = _directed(subject, object_, kind, flip)
        yield Draft(
            "relationship", a, b, EntityType.CHARACTER, items[first].start, items[last].end,
            rule.confidence * subjects.certainty * objects.certainty, rule.id, kind=stored, status=status,
        )  # fmt: skip


def _who(match: Match, slots: str, discourse: Discourse, excluded: frozenset[str]) -> Anchor | None:
    """Return the characters that stand in the named slots: names, pronouns, an anchor, the topic, the last pair."""
    if slots == "anchor":
        return _anchor(match, discourse, excluded)
    if slots == "pair":
        pair = discourse.pair
        near = pair is not None and discourse.pair_block >= match.sentence.block - 2
        return Anchor(pair, 0.95) if near and pair is not None else None
    if slots == "topic":
        pretend = match.first
        return discourse._before(match.sentence, match.sentence.items[pretend].last, None, excluded)
    names: list[str] = []
    certainty = 1.0
    for slot in slots.split():
        at = match.item(slot)
        if at is None:
            return None
        item = match.sentence.items[at]
        if item.tag in ("NAME", "SHOW"):
            name = discourse.name_at(item)
            if name is None:
                return None
            names.append(name)
        else:
            anchor = discourse.anchor(match.sentence, at, excluded)
            if anchor is None or len(anchor.names) != 1:
                return None
            names += anchor.names
            certainty *= anchor.certainty
    return Anchor(tuple(names), certainty)


def _kind(match: Match) -> tuple[str | None, str | None, bool, str | None]:
    """Return kind, status, direction flip and the gender shown, from the rule, the role noun and its modifiers."""
    rule, items = match.rule, match.sentence.items
    stated = rule.option("kind")
    if stated == "bond":
        at = match.item("bond")
        return (None if at is None else lexicon().bonds[items[at].value]), None, False, None
    if stated != "role":
        return stated, rule.option("status"), False, None
    at = match.item("role") if match.item("role") is not None else match.item("roles")
    if at is None:
        return None, None, False, None
    noun = lexicon().roles[items[at].value]
    kind = noun.kind
    if kind == UNDECIDED_PARTNER:
        kind = "partner" if lexicon().words("police") & match.sentence.features else "dating"
    status = None
    words = lexicon()
    before = [items[i].value.lower() for i in range(max(0, at - 5), at) if i >= match.first]
    for i, word in enumerate(before):
        if word in words.words("pretended"):
            return None, None, False, None
        if word in words.words("supposed"):
            return None, None, False, None
        if word in words.words("secret") and KINDS[kind].group == "romance":
            status = "secret"
        if word in words.words("former") and not (word == "old" and KINDS[kind].group == "social"):
            if word == "then" and (i == 0 or before[i - 1] not in ("'s", "his", "her", "their", "-")):
                continue
            former = {"spouse": "ex-spouse", "dating": "ex-partner", "engaged": "ex-partner"}
            if kind in former:
                kind = former[kind]
            elif KINDS[kind].group != "family" and word != "old":
                status = "former"
    if match.rule.id == "R7" and KINDS[kind].group in ("social", "work") and _says_was(match):
        status = "former"
    return kind, status, noun.flip, noun.gender


def _says_was(match: Match) -> bool:
    return any(item.value.lower() == "was" for item in match.sentence.items[match.first : match.last])


def _role_list(match: Match, discourse: Discourse, first: int, last: int) -> Iterator[Draft]:
    """A family by its roles: every parent is a parent of every child."""
    items = match.sentence.items
    members: list[tuple[RoleNoun, str]] = []
    for role_slot, name_slot in (("role1", "a"), ("role2", "b"), ("role3", "c"), ("roles3", "c"), ("roles3", "d")):
        role_at, name_at = match.item(role_slot), match.item(name_slot)
        if role_at is None or name_at is None:
            continue
        name = discourse.name_at(items[name_at])
        if name is None:
            return
        members.append((lexicon().roles[items[role_at].value], name))
    parents = [name for noun, name in members if noun.kind == "parent"]
    children = [name for noun, name in members if noun.kind == "child"]
    for parent in parents:
        for child in dict.fromkeys(children):
            yield Draft(
                "relationship", parent, child, EntityType.CHARACTER, items[first].start, items[last].end,
                match.rule.confidence, match.rule.id, kind="parent",
            )  # fmt: skip


def _without_shorter(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep, of drafts that read one role noun differently, the one whose rule came first."""
    kept: list[Draft] = []
    for draft in drafts:
        clash = any(
            other.rule != draft.rule
            and other.start < draft.end and draft.start < other.end
            and other.kind == draft.kind
            and {other.subject, other.object} & {draft.subject, draft.object}
            and {other.subject, other.object} != {draft.subject, draft.object}
            for other in kept
        )  # fmt: skip
        if not clash:
            kept.append(draft)
    return kept
