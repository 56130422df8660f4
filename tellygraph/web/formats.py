"""The formats that documents about things and vocabularies are had in."""

from __future__ import annotations

FORMATS = {
    "html": ("text/html", "HTML"),
    "ttl": ("text/turtle", "Turtle"),
    "jsonld": ("application/ld+json", "JSON-LD"),
    "nt": ("application/n-triples", "N-Triples"),
    "rdf": ("application/rdf+xml", "RDF/XML"),
}
"""The formats of documents by their extension: media type and name."""
