"""Facts in, RDF kept: quads, identity, the two stores, changes, and the way out again as files."""

from __future__ import annotations

from .changes import Addition, add_reading, add_readings, adding, remove_review, settle
from .export import EXPORTERS, PREFIXES, Exporter, exporter
from .export import export as export_graph
from .identity import Merge
from .listing import ReviewEntry, fingerprints_of, has_review, reviews_in
from .quads import claim_iri, quads_of, season_of, term_of
from .store import MEMORY, Change, QueryResult, Store, open_store, using_graphs, with_services

__all__ = [
    "Addition",
    "Change",
    "EXPORTERS",
    "Exporter",
    "MEMORY",
    "Merge",
    "PREFIXES",
    "QueryResult",
    "ReviewEntry",
    "Store",
    "add_reading",
    "add_readings",
    "adding",
    "claim_iri",
    "export_graph",
    "exporter",
    "fingerprints_of",
    "has_review",
    "open_store",
    "quads_of",
    "remove_review",
    "reviews_in",
    "season_of",
    "settle",
    "term_of",
    "using_graphs",
    "with_services",
]
