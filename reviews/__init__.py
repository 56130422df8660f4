"""Prose in, facts out: reviews from sources, and readers that state what their words say."""

from __future__ import annotations

from .reader import Reader, RuleReader
from .records import Entity, EntityType, Evidence, Fact, Reading, Refusal, Review

__all__ = [
    "Entity",
    "EntityType",
    "Evidence",
    "Fact",
    "Reader",
    "Reading",
    "Refusal",
    "Review",
    "RuleReader",
]
