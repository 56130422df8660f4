"""What may be said: the closed vocabularies, the IRIs of things, the Turtle files, and the check of a graph."""

from .check import Finding, Report, Severity, findings
from .files import TURTLE_FILES, jsonld_context, text_of, triples_of
from .iris import Iris, slug
from .terms import (
    KIND_BASE,
    KIND_GROUPS,
    KINDS,
    OA,
    OWL,
    PROV,
    RDF,
    RDFS,
    RELATIONS,
    SCHEMA,
    STATUSES,
    TG,
    XSD,
    Kind,
    Relation,
    Status,
    predicate_of,
)

__all__ = [
    "Finding",
    "Iris",
    "KINDS",
    "KIND_BASE",
    "KIND_GROUPS",
    "Kind",
    "OA",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "RELATIONS",
    "Relation",
    "Report",
    "SCHEMA",
    "STATUSES",
    "Severity",
    "Status",
    "TG",
    "TURTLE_FILES",
    "XSD",
    "findings",
    "jsonld_context",
    "predicate_of",
    "slug",
    "text_of",
    "triples_of",
]
