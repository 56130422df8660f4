"""The prefixes our files use."""

from __future__ import annotations

from collections.abc import Mapping

from ...ontology.terms import KIND_BASE, OA, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, TG, XSD

PREFIXES: Mapping[str, str] = {
    "kind": KIND_BASE,
    "oa": OA.base,
    "owl": OWL.base,
    "prov": PROV.base,
    "skos": SKOS.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "schema": SCHEMA.base,
    "tg": TG.base,
    "xsd": XSD.base,
}
