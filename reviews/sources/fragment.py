"""The text of a piece of HTML that is an article already, as feeds have it: its blocks, a blank line between them."""

from __future__ import annotations

from typing import Any

from ...errors import ReviewError
from .html import blocks_of

_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "table", "tr", "section",
    "article", "figure", "figcaption", "header", "footer", "hr", "dl", "dt", "dd",
})  # fmt: skip
_NOT_TEXT = ("script", "style", "iframe", "form", "noscript", "template")


def fragment_text(markup: str) -> str:
    """Return the text of HTML. Raises ReviewError for what is nested too deeply."""
    # Imported here: only feeds need it.
    from lxml import html

    return element_text(html.fragment_fromstring(markup, create_parent="div")) if markup.strip() else ""


def element_text(element: Any) -> str:  # noqa: ANN401 - lxml has no types of its own
    """Return the text of an lxml element, in HTML's or XHTML's names."""
    for node in list(element.iter()):
        if isinstance(node.tag, str):
            node.tag = node.tag.rpartition("}")[2]
            if node.tag in _NOT_TEXT:
                for child in list(node):
                    node.remove(child)
                node.text = None
        else:  # a comment
            node.text = None
    try:
        return "\n\n".join(block for block in blocks_of(element, _BLOCKS, "br") if block)
    except RecursionError as error:
        raise ReviewError("its text is nested too deeply") from error
