"""The closed vocabularies: what a fact may say, and the RDF term for it.

`terms.py` and the Turtle files say the same; a test compares them. A misspelt term is an AttributeError at import,
never a new IRI in the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode


class Terms:
    """A closed namespace: each annotated name becomes a NamedNode under `base`; a trailing `_` is dropped."""

    base: str

    def __init_subclass__(cls, *, base: str) -> None:
        """Mint the annotated names."""
        cls.base = base
        for name in cls.__annotations__:
            setattr(cls, name, NamedNode(base + name.rstrip("_")))


class RDF(Terms, base="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF 1.1, what we use of it."""

    type: NamedNode
    Statement: NamedNode
    subject: NamedNode
    predicate: NamedNode
    object: NamedNode


class RDFS(Terms, base="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema 1.1, what we use of it."""

    label: NamedNode


class XSD(Terms, base="http://www.w3.org/2001/XMLSchema#"):
    """XML Schema datatypes, what we use of them."""

    integer: NamedNode
    decimal: NamedNode
    date: NamedNode
    dateTime: NamedNode
    gYear: NamedNode
    gYearMonth: NamedNode
    anyURI: NamedNode


class OWL(Terms, base="http://www.w3.org/2002/07/owl#"):
    """OWL 2, what we use of it."""

    sameAs: NamedNode


class SKOS(Terms, base="http://www.w3.org/2004/02/skos/core#"):
    """SKOS, what we use of it."""

    Concept: NamedNode
    prefLabel: NamedNode


class PROV(Terms, base="http://www.w3.org/ns/prov#"):
    """PROV-O, what we use of it."""

    wasQuotedFrom: NamedNode


class OA(Terms, base="http://www.w3.org/ns/oa#"):
    """Web Annotation vocabulary, what we use of it."""

    SpecificResource: NamedNode
    TextQuoteSelector: NamedNode
    TextPositionSelector: NamedNode
    hasSource: NamedNode
    hasSelector: NamedNode
    exact: NamedNode
    prefix: NamedNode
    suffix: NamedNode
    start: NamedNode
    end: NamedNode


class SCHEMA(Terms, base="https://schema.org/"):
    """schema.org, what we use of it."""

    Country: NamedNode
    CreativeWork: NamedNode
    Organization: NamedNode
    PerformanceRole: NamedNode
    Person: NamedNode
    Place: NamedNode
    Review: NamedNode
    TVSeason: NamedNode
    TVSeries: NamedNode
    actor: NamedNode
    alternateName: NamedNode
    author: NamedNode
    award: NamedNode
    birthDate: NamedNode
    character: NamedNode
    characterName: NamedNode
    children: NamedNode
    colleague: NamedNode
    containsSeason: NamedNode
    countryOfOrigin: NamedNode
    creator: NamedNode
    datePublished: NamedNode
    director: NamedNode
    endDate: NamedNode
    genre: NamedNode
    isBasedOn: NamedNode
    itemReviewed: NamedNode
    jobTitle: NamedNode
    license: NamedNode
    musicBy: NamedNode
    name: NamedNode
    numberOfEpisodes: NamedNode
    parent: NamedNode
    partOfSeries: NamedNode
    producer: NamedNode
    productionCompany: NamedNode
    publisher: NamedNode
    sameAs: NamedNode
    seasonNumber: NamedNode
    sibling: NamedNode
    spouse: NamedNode
    startDate: NamedNode
    url: NamedNode


class TG(Terms, base="https://w3id.org/tellygraph/ontology#"):
    """Our own terms: only what the vocabularies above lack. Kind properties are in `KINDS`.

    The last five describe the kinds and statuses themselves, in `relationships.ttl`.
    """

    Character: NamedNode
    Claim: NamedNode
    Critic: NamedNode
    Decision: NamedNode
    Evidence: NamedNode
    Merge: NamedNode
    Renaming: NamedNode
    AsRead: NamedNode
    alsoRead: NamedNode
    because: NamedNode
    broadcaster: NamedNode
    calls: NamedNode
    callsPerson: NamedNode
    callsShow: NamedNode
    castVersion: NamedNode
    choice: NamedNode
    cinematographer: NamedNode
    confidence: NamedNode
    decidedAt: NamedNode
    decidedBy: NamedNode
    decidedThing: NamedNode
    decidedWith: NamedNode
    episodeMinutes: NamedNode
    episodeTitle: NamedNode
    evidence: NamedNode
    filmingLocation: NamedNode
    fingerprint: NamedNode
    kind: NamedNode
    knows: NamedNode
    knowsPerson: NamedNode
    knowsShow: NamedNode
    mergedFrom: NamedNode
    mergedInto: NamedNode
    mergeRule: NamedNode
    nameKey: NamedNode
    neverRead: NamedNode
    nomination: NamedNode
    otherName: NamedNode
    performedCharacter: NamedNode
    plays: NamedNode
    prequelOf: NamedNode
    reader: NamedNode
    relation: NamedNode
    remakeOf: NamedNode
    rule: NamedNode
    season: NamedNode
    sequelOf: NamedNode
    series: NamedNode
    setting: NamedNode
    showrunner: NamedNode
    sourceAuthor: NamedNode
    spinOffOf: NamedNode
    status: NamedNode
    subjectMatter: NamedNode
    textHash: NamedNode
    unsettled: NamedNode
    writer: NamedNode
    asserted: NamedNode
    inverseKind: NamedNode
    kindProperty: NamedNode
    statedAs: NamedNode
    symmetric: NamedNode


KIND_BASE = "https://w3id.org/tellygraph/relationships#"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation a fact may state: its subject and object types (names of `reviews.EntityType`) and its predicate.

    `predicate` is None for "relationship" only, whose predicate is its kind's property.
    """

    name: str
    subject: str
    object: str
    predicate: NamedNode | None
    label: str
    of_season: bool = False  # whether the subject is the season where the fact has one


RELATIONS: Mapping[str, Relation] = {
    r.name: r
    for r in (
        Relation("plays", "person", "character", TG.plays, "plays"),
        Relation("actor", "series", "person", SCHEMA.actor, "has in its cast", of_season=True),
        Relation("character", "series", "character", SCHEMA.character, "has the character"),
        Relation("relationship", "character", "character", None, "is related to"),
        Relation("director", "series", "person", SCHEMA.director, "was directed by", of_season=True),
        Relation("creator", "series", "person", SCHEMA.creator, "was created by"),
        Relation("writer", "series", "person", TG.writer, "was written by", of_season=True),
        Relation("showrunner", "series", "person", TG.showrunner, "is run by", of_season=True),
        Relation("producer", "series", "person", SCHEMA.producer, "was produced by", of_season=True),
        Relation("composer", "series", "person", SCHEMA.musicBy, "has music by", of_season=True),
        Relation("cinematographer", "series", "person", TG.cinematographer, "was shot by", of_season=True),
        Relation("basedOn", "series", "work", SCHEMA.isBasedOn, "is based on"),
        Relation("author", "series", "person", TG.sourceAuthor, "is adapted from the work of"),
        Relation("broadcaster", "series", "organization", TG.broadcaster, "is shown by"),
        Relation("productionCompany", "series", "organization", SCHEMA.productionCompany, "is produced by"),
        Relation("countryOfOrigin", "series", "country", SCHEMA.countryOfOrigin, "comes from"),
        Relation("premiereDate", "series", "date", SCHEMA.startDate, "premieres on", of_season=True),
        Relation("endDate", "series", "date", SCHEMA.endDate, "ended on", of_season=True),
        Relation("episodeCount", "series", "integer", SCHEMA.numberOfEpisodes, "has episodes", of_season=True),
        Relation("episodeMinutes", "series", "integer", TG.episodeMinutes, "has episodes of minutes"),
        Relation("episodeTitle", "series", "text", TG.episodeTitle, "has an episode called", of_season=True),
        Relation("seasonNumber", "season", "integer", SCHEMA.seasonNumber, "is season number", of_season=True),
        Relation("genre", "series", "text", SCHEMA.genre, "is a"),
        Relation("setting", "series", "place", TG.setting, "is set in"),
        Relation("filmingLocation", "series", "place", TG.filmingLocation, "was filmed in"),
        Relation("subjectMatter", "series", "text", TG.subjectMatter, "is about"),
        Relation("award", "series", "text", SCHEMA.award, "won"),
        Relation("nomination", "series", "text", TG.nomination, "was nominated for"),
        Relation("spinOffOf", "series", "series", TG.spinOffOf, "is a spin-off of"),
        Relation("remakeOf", "series", "series", TG.remakeOf, "is a remake of"),
        Relation("sequelOf", "series", "series", TG.sequelOf, "is a sequel to"),
        Relation("prequelOf", "series", "series", TG.prequelOf, "is a prequel to"),
    )
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of relationship between characters: "subject is `name` of object".

    `predicate` runs from subject to object. `inverse` is the name of the kind the other way round
    (the kind's own name where it is symmetric), or None where we have no name for it. `stated_as` is the kind a
    reader writes instead, the other way round ("child" is written as "parent").
    """

    name: str
    group: str
    predicate: NamedNode
    inverse: str | None
    stated_as: str | None = None

    @property
    def slug(self) -> str:
        """The kind's local name in the scheme."""
        return self.name.replace("é", "e").replace("/", "-or-").replace(" ", "-")

    @property
    def concept(self) -> NamedNode:
        """The kind's SKOS concept."""
        return NamedNode(KIND_BASE + self.slug)

    @property
    def symmetric(self) -> bool:
        """Whether the kind holds both ways."""
        return self.inverse == self.name


def _tg(name: str) -> NamedNode:
    return NamedNode(TG.base + name)


_FAMILY, _ROMANCE, _SOCIAL, _WORK, _HARM = "family", "romance", "social", "work", "harm"

KIND_GROUPS: tuple[str, ...] = (_FAMILY, _ROMANCE, _SOCIAL, _WORK, _HARM)

KINDS: Mapping[str, Kind] = {
    k.name: k
    for k in (
        Kind("parent", _FAMILY, SCHEMA.children, "child"),
        Kind("child", _FAMILY, SCHEMA.parent, "parent", "parent"),
        Kind("sibling", _FAMILY, SCHEMA.sibling, "sibling"),
        Kind("twin", _FAMILY, _tg("twinOf"), "twin"),
        Kind("grandparent", _FAMILY, _tg("grandparentOf"), "grandchild"),
        Kind("grandchild", _FAMILY, _tg("grandchildOf"), "grandparent", "grandparent"),
        Kind("aunt/uncle", _FAMILY, _tg("auntOrUncleOf"), "niece/nephew"),
        Kind("niece/nephew", _FAMILY, _tg("nieceOrNephewOf"), "aunt/uncle", "aunt/uncle"),
        Kind("cousin", _FAMILY, _tg("cousinOf"), "cousin"),
        Kind("in-law", _FAMILY, _tg("inLawOf"), "in-law"),
        Kind("step-parent", _FAMILY, _tg("stepParentOf"), "step-child"),
        Kind("step-child", _FAMILY, _tg("stepChildOf"), "step-parent", "step-parent"),
        Kind("step-sibling", _FAMILY, _tg("stepSiblingOf"), "step-sibling"),
        Kind("adoptive parent", _FAMILY, _tg("adoptiveParentOf"), "adoptive child"),
        Kind("adoptive child", _FAMILY, _tg("adoptiveChildOf"), "adoptive parent", "adoptive parent"),
        Kind("godparent", _FAMILY, _tg("godparentOf"), "godchild"),
        Kind("godchild", _FAMILY, _tg("godchildOf"), "godparent", "godparent"),
        Kind("relative", _FAMILY, _tg("relativeOf"), "relative"),
        Kind("spouse", _ROMANCE, SCHEMA.spouse, "spouse"),
        Kind("ex-spouse", _ROMANCE, _tg("formerSpouseOf"), "ex-spouse"),
        Kind("engaged", _ROMANCE, _tg("engagedTo"), "engaged"),
        Kind("dating", _ROMANCE, _tg("dating"), "dating"),
        Kind("ex-partner", _ROMANCE, _tg("formerPartnerOf"), "ex-partner"),
        Kind("crush", _ROMANCE, _tg("crushOf"), "admirer"),
        Kind("admirer", _ROMANCE, _tg("admirerOf"), "crush", "crush"),
        Kind("love interest", _ROMANCE, _tg("loveInterestOf"), "love interest"),
        Kind("affair", _ROMANCE, _tg("affairWith"), "affair"),
        Kind("friend", _SOCIAL, _tg("friendOf"), "friend"),
        Kind("roommate", _SOCIAL, _tg("roommateOf"), "roommate"),
        Kind("ally", _SOCIAL, _tg("allyOf"), "ally"),
        Kind("rival", _SOCIAL, _tg("rivalOf"), "rival"),
        Kind("enemy", _SOCIAL, _tg("enemyOf"), "enemy"),
        Kind("other", _SOCIAL, _tg("relatedTo"), "other"),
        Kind("boss", _WORK, _tg("bossOf"), "employee"),
        Kind("employee", _WORK, _tg("employeeOf"), "boss", "boss"),
        Kind("colleague", _WORK, SCHEMA.colleague, "colleague"),
        Kind("partner", _WORK, _tg("workPartnerOf"), "partner"),
        Kind("mentor", _WORK, _tg("mentorOf"), "protégé"),
        Kind("protégé", _WORK, _tg("protegeOf"), "mentor", "mentor"),
        Kind("teacher", _WORK, _tg("teacherOf"), "student"),
        Kind("student", _WORK, _tg("studentOf"), "teacher", "teacher"),
        Kind("client", _WORK, _tg("clientOf"), None),
        Kind("therapist", _WORK, _tg("therapistOf"), "patient"),
        Kind("patient", _WORK, _tg("patientOf"), "therapist", "therapist"),
        Kind("killer", _HARM, _tg("killerOf"), "victim"),
        Kind("victim", _HARM, _tg("victimOf"), "killer", "killer"),
    )
}


@dataclass(frozen=True, slots=True)
class Status:
    """How far a stated fact holds; only an `asserted` status yields a plain triple beside its claim."""

    name: str
    asserted: bool
    meaning: str


STATUSES: Mapping[str, Status] = {
    s.name: s
    for s in (
        Status("former", False, "It held once and no longer does."),
        Status("unrequited", True, "The one side feels it, the other does not."),
        Status("secret", True, "It holds, but others in the story do not know."),
        Status("supposed", False, "Somebody believes it; the review does not say it is so."),
        Status("pretended", False, "It is played or staged within the story."),
        Status("accused", False, "Somebody is accused or suspected of it."),
        Status("denied", False, "The review says it is not so."),
    )
}


def predicate_of(relation: str, kind: str | None) -> NamedNode:
    """Return the predicate of a fact's plain triple. Raises KeyError for a relation or kind that is not ours."""
    predicate = RELATIONS[relation].predicate
    if predicate is not None:
        return predicate
    return KINDS[kind or ""].predicate
