"""A saved feed (RSS or Atom) → the fields and the text of its item, as if the fields were front matter."""

import html
import re
from typing import NamedTuple

FEED = re.compile(r"\s*(?:<\?[^<>]{0,300}\?>\s*){0,3}<(?:rss|feed|rdf:RDF)\b", re.I)
ITEM = re.compile(r"<(?:item|entry)(?:\s[^<>]{0,400})?>")
TEXTS = ("content:encoded", "content", "description", "summary")
FIELDS = {
    "title": "title", "link": "link", "dc:creator": "author", "author": "author", "source": "source",
    "pubDate": "date", "published": "date", "dc:date": "date", "updated": "updated", "category": "categories",
}  # fmt: skip
HREF = re.compile(r"""<link\b[^<>]{0,300}?\bhref\s*=\s*["']([^"'<>]{1,500})["']""")
OPEN, CLOSE = "<![CDATA[", "]]>"


class Feed(NamedTuple):
    """The item with most text: its fields and their lines, its text and the line that begins on; how many there are."""

    fields: dict
    lines: dict
    text: str
    first_line: int
    n_items: int


def read_feed(text: str) -> Feed | None:
    r"""Take a saved feed apart; None for any other page.

    Parameters
    ----------
    text : str
        The whole page.

    Returns
    -------
    Feed or None
        Names of fields are those of front matter: ``title``, ``date``, ``author``, ``link``, ``categories``.

    Examples
    --------
    >>> page = "<rss><channel><item><title>要闻</title>\n<description>&lt;p&gt;正文&lt;/p&gt;</description></item>"
    >>> feed = read_feed(page)
    >>> feed.fields["title"], feed.text, feed.first_line
    ('要闻', '<p>正文</p>', 2)
    """
    if not FEED.match(text):
        return None
    starts = [match.end() for match in ITEM.finditer(text)]
    spans = zip(starts, [*starts[1:], len(text)], strict=True)
    items = [(_elements(text, *span, FIELDS), _elements(text, *span, TEXTS)) for span in spans]
    items = [item for item in items if item[1]]
    if not items:
        return None
    fields, texts = max(items, key=lambda item: max(len(inner) for inner, _ in item[1].values()))
    inner, offset = max(texts.values(), key=lambda found: len(found[0]))
    named = {FIELDS[name]: found for name, found in reversed(fields.items()) if found[0].strip()}
    lines = {name: text.count("\n", 0, at) + 1 for name, (_, at) in named.items()}
    first_line = text.count("\n", 0, offset) + 1
    return Feed({name: value.strip() for name, (value, _) in named.items()}, lines, inner, first_line, len(starts))


def _elements(text, start, end, names):
    """Name → (what the first such element of an item holds, its offset)."""
    found = {}
    for name in names:
        opening = re.compile(rf"<{name}(?:\s[^<>]{{0,400}})?(?<!/)>").search(text, start, end)
        if opening:
            found[name] = _inner(text, opening.end(), end, name)
        elif name == "link" and (href := HREF.search(text, start, end)):
            found[name] = html.unescape(href[1]), href.start(1)
    return found


def _inner(text, start, end, name):
    """A CDATA section as it is, other text with its entities read once; what is never closed ends with the item."""
    section = text.find(OPEN, start, end)
    if section >= 0 and not text[start:section].strip():
        start = section + len(OPEN)
        close = text.find(CLOSE, start, end)
        return text[start : close if close >= 0 else end], start
    close = text.find(f"</{name}>", start, end)
    return html.unescape(text[start : close if close >= 0 else end]), start
