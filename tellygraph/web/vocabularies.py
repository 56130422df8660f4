"""The vocabularies as pages and documents: what every term of the ontology means, from its own files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from ..graph.export import PREFIXES
from ..ontology import KIND_BASE, KIND_GROUPS, KINDS, STATUSES, TG, text_of, triples_of
from .formats import FORMATS
from .pages import page

FILES: Mapping[str, str] = {
    "ontology": "tellygraph.ttl",
    "relationships": "relationships.ttl",
    "shapes": "shapes.ttl",
    "alignments": "alignments.ttl",
}
"""The vocabularies by the last part of their address, and their files."""

_WRITTEN = {"jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SHORT = {
    **{name: base for name, base in PREFIXES.items() if name not in ("tg", "kind")},
    "tg": TG.base, "kind": KIND_BASE, "foaf": "http://xmlns.com/foaf/0.1/", "dct": "http://purl.org/dc/terms/",
    "rel": "http://purl.org/vocab/relationship/", "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}  # fmt: skip
_ALIGNED = {
    f"{_OWL}equivalentClass": "same as", f"{_OWL}equivalentProperty": "same as", f"{_SKOS}exactMatch": "same as",
    f"{_SKOS}closeMatch": "about", f"{_SKOS}broadMatch": "within", f"{_SKOS}narrowMatch": "covers",
    f"{_SKOS}relatedMatch": "see", f"{_RDFS}seeAlso": "see",
}  # fmt: skip


@dataclass(slots=True)
class _Told:
    """What some triples say, by subject and predicate."""

    values: dict[tuple[object, str], list[object]] = field(default_factory=lambda: defaultdict(list))
    subjects: dict[str, None] = field(default_factory=dict)

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> _Told:
        told = cls()
        for t in triples:
            told.values[t.subject, t.predicate.value].append(t.object)
            if isinstance(t.subject, NamedNode):
                told.subjects.setdefault(t.subject.value)
        return told

    def all(self, subject: object, predicate: str) -> list[object]:
        node = NamedNode(subject) if isinstance(subject, str) else subject
        return self.values.get((node, predicate), [])

    def text(self, subject: str, predicate: str) -> str:
        return next((t.value for t in self.all(subject, predicate) if isinstance(t, Literal)), "")

    def links(self, subject: object, predicate: str) -> list[dict[str, str | None]]:
        """What is meant by a property's values: terms, those of a union each by itself."""
        found: list[dict[str, str | None]] = []
        for value in self.all(subject, predicate):
            if isinstance(value, NamedNode):
                found.append(short(value.value))
            elif isinstance(value, BlankNode):
                found += [short(one.value) for one in self._members(value) if isinstance(one, NamedNode)]
        return found

    def _members(self, union: BlankNode) -> list[object]:
        members: list[object] = []
        rest = next(iter(self.all(union, f"{_OWL}unionOf")), None)
        rdf = PREFIXES["rdf"]
        while isinstance(rest, BlankNode):
            members += self.all(rest, f"{rdf}first")
            rest = next(iter(self.all(rest, f"{rdf}rest")), None)
        return members


@cache
def document(name: str, extension: str) -> bytes:
    """Return a vocabulary of `FILES` in a format; pages are there for the ontology and the relationships."""
    if extension == "ttl":
        return text_of(FILES[name]).encode()
    if extension == "html":
        return _ontology_page() if name == "ontology" else _relationships_page()
    written = pyoxigraph.serialize(triples_of(FILES[name]), format=_WRITTEN[extension], prefixes=dict(_SHORT))
    assert written is not None  # noqa: S101 - it is written to nowhere else
    return written


def extensions(name: str) -> tuple[str, ...]:
    """Return the formats a vocabulary is had in."""
    return ("html", "ttl", "jsonld", "nt", "rdf") if name in ("ontology", "relationships") else ("ttl", *_WRITTEN)


def _ontology_page() -> bytes:
    told = _Told.of([*triples_of("tellygraph.ttl"), *triples_of("alignments.ttl")])
    own = [iri for iri in told.subjects if iri.startswith(TG.base) and iri != TG.base]
    classes, properties = [], []
    for iri in own:
        types = {t.value for t in told.all(iri, _TYPE) if isinstance(t, NamedNode)}
        if f"{_OWL}Class" in types:
            classes.append(_term(told, iri))
        elif types & {f"{_OWL}ObjectProperty", f"{_OWL}DatatypeProperty", f"{_OWL}AnnotationProperty"}:
            properties.append(_term(told, iri))
    borrowed = sorted(
        iri for iri in told.subjects
        if not iri.startswith(TG.base) and any(told.all(iri, predicate) for predicate in _ALIGNED)
    )  # fmt: skip
    return page(
        "vocabulary",
        title=told.text(TG.base, "http://purl.org/dc/terms/title"),
        about=told.text(TG.base, "http://purl.org/dc/terms/description"),
        iri=TG.base,
        version=told.text(TG.base, f"{_OWL}versionInfo"),
        sections=[
            {"id": "classes", "name": "Classes", "terms": classes},
            {"id": "properties", "name": "Properties", "terms": properties},
            {
                "id": "borrowed",
                "name": "Borrowed terms, and what they match",
                "terms": [_term(told, b) for b in borrowed],
            },
        ],
        formats=_formats("ontology"),
    )


def _relationships_page() -> bytes:
    told = _Told.of(triples_of("relationships.ttl"))
    by_group = [
        {"id": group, "name": group.capitalize(), "terms": [
            _term(told, kind.concept.value) for kind in KINDS.values() if kind.group == group
        ]}
        for group in KIND_GROUPS
    ]  # fmt: skip
    statuses = [
        {"id": f"status-{s.name}", "curie": s.name, "label": s.name, "comment": s.meaning, "example": "", "iri": None,
         "told": [("Has a plain triple", [{"label": "yes" if s.asserted else "no", "href": None}])]}
        for s in STATUSES.values()
    ]  # fmt: skip
    return page(
        "vocabulary",
        title=told.text(KIND_BASE, "http://purl.org/dc/terms/title"),
        about=told.text(KIND_BASE, "http://purl.org/dc/terms/description"),
        iri=KIND_BASE,
        version=told.text(KIND_BASE, f"{_OWL}versionInfo"),
        sections=[*by_group, {"id": "statuses", "name": "Statuses of a claim", "terms": statuses}],
        formats=_formats("relationships"),
    )


_DETAILS = {
    f"{_RDFS}subClassOf": "Is a", f"{_RDFS}subPropertyOf": "Is a kind of", f"{_RDFS}domain": "Of",
    f"{_RDFS}range": "To", f"{_OWL}inverseOf": "Other way round", f"{_SKOS}broader": "Within",
    TG.kindProperty.value: "Property", TG.inverseKind.value: "Other way round", TG.statedAs.value: "Stated as",
}  # fmt: skip


def _term(told: _Told, iri: str) -> dict[str, object]:
    details = [(name, found) for predicate, name in _DETAILS.items() if (found := told.links(iri, predicate))]
    details += [(name.capitalize(), found) for p, name in _ALIGNED.items() if (found := told.links(iri, p))]
    return {
        "id": re.split(r"[#/]", iri)[-1],
        "curie": short(iri)["label"],
        "label": told.text(iri, f"{_RDFS}label") or told.text(iri, f"{_SKOS}prefLabel"),
        "comment": told.text(iri, f"{_RDFS}comment") or told.text(iri, f"{_SKOS}definition"),
        "example": told.text(iri, f"{_SKOS}example"),
        "iri": iri,
        "told": details,
    }


def short(iri: str) -> dict[str, str | None]:
    """Return a term's short name as `label`, and as `href` where it is explained: here if it is ours."""
    for base, path in ((TG.base, "/ontology.html#"), (KIND_BASE, "/relationships.html#")):
        if iri.startswith(base):
            prefix = "tg" if base == TG.base else "kind"
            return {"label": f"{prefix}:{iri.removeprefix(base)}", "href": path + iri.removeprefix(base)}
    for prefix, base in _SHORT.items():
        if iri.startswith(base):
            return {"label": f"{prefix}:{iri.removeprefix(base)}", "href": iri}
    return {"label": iri, "href": iri}


def _formats(name: str) -> list[dict[str, str]]:
    return [
        {"media_type": FORMATS[e][0], "name": FORMATS[e][1], "href": f"/{name}.{e}"}
        for e in extensions(name)
        if e != "html"
    ]
