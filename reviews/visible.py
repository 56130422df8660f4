"""All that a web page shows, captions and menus too: what an annotator sees of it, before the article is found."""

from __future__ import annotations

from html.parser import HTMLParser

_HIDDEN = frozenset({"script", "style", "template", "noscript", "title"})
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u"}
)


def visible_text(page: str) -> str:
    """Return the visible text of HTML: white space is one space, and blocks are a blank line apart.

    >>> visible_text("<p>Nell\\n<em>Harrow</em></p><script>let x</script><figcaption>Mara Quill</figcaption>")
    'Nell Harrow\\n\\nMara Quill'
    """
    reader = _Visible()
    reader.feed(page)
    reader.close()
    blocks = (" ".join(block.split()) for block in "".join(reader.parts).split("\0"))
    return "\n\n".join(block for block in blocks if block)


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in _HIDDEN
        self._cut(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        self._cut(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)

    def _cut(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append("\0")
