"""RDF terms as people and programs want to see them: Python values, short IRIs, text without control characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..ontology.terms import KIND_BASE, OA, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, TG, XSD
from ..reviews.records import CONTEXT_CHARS
from ..settings import text_setting

Term = NamedNode | BlankNode | Literal | Triple
PythonValue = str | int | float | bool | Decimal | date | datetime | time | None

PREFIXES: Mapping[str, str] = {
    "oa": OA.base,
    "owl": OWL.base,
    "prov": PROV.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "rel": KIND_BASE,
    "schema": SCHEMA.base,
    "skos": SKOS.base,
    "tg": TG.base,
    "xsd": XSD.base,
}
"""The prefixes of our queries and printed answers; `id:` besides, for the base setting, in answers only."""

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_INTEGERS = (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
    "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
)  # fmt: skip
_PARSERS: Mapping[str, Callable[[str], PythonValue]] = {
    **{XSD.base + name: int for name in _INTEGERS},
    XSD.base + "decimal": Decimal,
    XSD.base + "double": float,
    XSD.base + "float": float,
    XSD.base + "boolean": _BOOLEANS.__getitem__,
    XSD.base + "date": date.fromisoformat,
    XSD.base + "dateTime": datetime.fromisoformat,
    XSD.base + "time": time.fromisoformat,
}


def python_value(term: Term | None) -> PythonValue:
    """Return a term as plain Python: int, Decimal, float, bool, date, datetime or time where its datatype says so.

    Everything else is text: IRIs whole, strings with or without a language, years and months ("2023-08"), and
    literals that are not what their datatype says. None stays None.
    """
    if term is None:
        return None
    if isinstance(term, Literal):
        parse = _PARSERS.get(term.datatype.value)
        if parse is None:
            return term.value
        try:
            return parse(term.value)
        except (ValueError, ArithmeticError, KeyError):
            return term.value
    return text_of(term)


def text_of(term: Term | None) -> str:
    """Return a term's text: an IRI whole, a literal's value, "" for None."""
    if term is None:
        return ""
    if isinstance(term, NamedNode | Literal):
        return term.value
    return str(term)


def prefixes() -> dict[str, str]:
    """Return the prefixes answers are printed with: `PREFIXES` and `id:` for the base setting."""
    return {**PREFIXES, "id": text_setting("base")}


def shorten(iri: str, known: Mapping[str, str] | None = None) -> str:
    """Return an IRI with the longest of the known prefixes that fits it ("tg:plays"), else whole."""
    best = ""
    for prefix, base in (prefixes() if known is None else known).items():
        if iri.startswith(base) and len(iri) > len(base) and len(base) > len(best):
            best, short = base, f"{prefix}:{iri[len(base) :]}"
    return short if best else iri


def expand(text: str) -> str | None:
    """Return the IRI that `text` stands for: an absolute http(s) IRI, also in angle brackets, or one `shorten` made.

    None for anything else, which then is a name.
    """
    bare = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    if re.match(r"https?://\S+\Z", bare):
        return bare
    prefix, colon, local = bare.partition(":")
    base = prefixes().get(prefix) if colon and local and not re.search(r"\s", local) else None
    return None if base is None else base + local


_SPACE = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
# Characters that change what the others look like: bidirectional marks, overrides, embeddings and isolates.
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def in_context(prefix: str, suffix: str) -> tuple[str, str]:
    """Return what stands around a quote as readers want to see it: whole words, with dots where the review goes on.

    >>> in_context("ever meet. Then the lighthouse's ", ", who has been away, comes back h")
    ("… meet. Then the lighthouse's ", ', who has been away, comes back …')

    What is shorter than what evidence keeps begins or ends the review.
    """
    if len(prefix) >= CONTEXT_CHARS:
        prefix = "… " + re.sub(r"^\S*\s+(?=\S)", "", prefix)
    if len(suffix) >= CONTEXT_CHARS:
        suffix = re.sub(r"(?<=\S)\s+\S*$", "", suffix) + " …"
    return prefix, suffix


def visible(text: str) -> str:
    r"""Return text for one line of a terminal: white space as one space, control characters written out.

    Names come from reviews. An escape sequence in one must not reach the terminal, nor a direction override turn
    the line around it.

    >>> visible("Nick\n\x1b[31mNelson")
    'Nick \\x1b[31mNelson'
    """
    line = _SPACE.sub(" ", text)
    if line.isprintable():
        return line
    return "".join(
        c if unicodedata.category(c) not in ("Cc", "Cs") and c not in _REORDERING else _written(c) for c in line
    )


def _written(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
