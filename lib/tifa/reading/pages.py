"""The text of a saved page → its layout: front matter, head and blocks. What is article is decided in ``article``."""

import re
import tomllib
from typing import NamedTuple

import yaml
from frontmatter.default_handlers import YAMLHandler

from tifa.reading.feed import read_feed
from tifa.reading.markup import Block, Head, has_markup, read_markup
from tifa.reading.plain import read_lines

BaseLoader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every value stays the text it is; times are read later
FENCES = {"---": "yaml", "+++": "toml", ";;;": "json"}
MAX_MATTER = 400  # lines; a rule of dashes further down is no front matter
FIELD = re.compile(r"([A-Za-z_][\w-]{0,30})\s*[:=]\s*(.*)$")
UNFENCED = re.compile(r"(?:[A-Za-z_][\w-]{0,30}: ?\S[^\n]*\n){2,40}+(?=[ \t]*\n)")
ALIAS = re.compile(r"(?:^|[:\-,\[{])\s*\*[\w-]+\s*(?:$|[,\]}#])", re.M)
MAX_BRACKETS = 200
NO_HEAD = Head("", 0, {}, [])


class Matter(NamedTuple):
    """Front matter: a feed's or site generator's fields above the text."""

    fields: dict
    lines: dict  # field → line of the file
    rows: list  # (line, text) of everything between the fences
    doubt: str | None


class Page(NamedTuple):
    """A saved page taken apart, nothing decided yet."""

    layout: str
    matter: Matter
    head: Head
    blocks: list[Block]


def read_layout(text: str) -> Page:
    r"""Take a page apart.

    Parameters
    ----------
    text : str
        The whole page, decoded and repaired; its lines are those of the file.

    Returns
    -------
    Page
        ``layout`` is plain, html, front matter + html, front matter + plain, feed + html or feed + plain.

    Examples
    --------
    >>> page = read_layout("---\ntitle: 要闻\n---\n<p>18日上午，他来到长兴镇。</p>")
    >>> page.layout, page.matter.fields["title"], page.blocks[0].line
    ('front matter + html', '要闻', 4)
    """
    feed = split_feed(text)
    matter, rest, first_line = feed or split_matter(text)
    if has_markup(rest):
        blocks, head = read_markup(rest, first_line)
        kind = "html"
    else:
        blocks, head, kind = read_lines(rest, first_line), NO_HEAD, "plain"
    above = "feed + " if feed else "front matter + " if matter.rows else ""
    return Page(above + kind, matter, head, blocks)


def split_feed(text: str) -> tuple[Matter, str, int] | None:
    """The fields of a saved feed, the text of its longest item and the line that text begins on; None if it is none."""
    feed = read_feed(text)
    if feed is None:
        return None
    rows = sorted((feed.lines[name], f"{name}: {value}") for name, value in feed.fields.items())
    doubt = f"a feed of {feed.n_items} items: only the longest is read" if feed.n_items > 1 else None
    return Matter(feed.fields, feed.lines, rows, doubt), feed.text, feed.first_line


def split_matter(text: str) -> tuple[Matter, str, int]:
    """Front matter, the text below it, and the line that text begins on."""
    none = Matter({}, {}, [], None)
    opening = re.match(r"\s*(---|\+\+\+|;;;)[ \t]*\n", text)
    if not opening:
        return _unfenced(text) or (none, text, 1)
    first = text.count("\n", 0, opening.end()) + 1
    fence = re.compile(rf"^{re.escape(opening[1])}[ \t]*$", re.M)
    closing = fence.search(text, opening.end())
    if not closing or text.count("\n", opening.end(), closing.start()) > MAX_MATTER:
        return none, text, 1
    inner = text[opening.end() : closing.start()]
    lines = inner.rstrip("\n").split("\n")
    if not any(FIELD.match(line) for line in lines):
        return none, text, 1
    fields, doubt = _fields(inner, FENCES[opening[1]])
    below = first + inner.count("\n")
    return _matter(fields, lines, first, doubt), text[closing.end() :], below


def _unfenced(text):
    """The fields that some tools write above a page without a fence, a blank line below them; None without a title."""
    above = UNFENCED.match(text)
    fields = _by_line(above[0]) if above else {}
    if "title" not in fields:
        return None
    lines = above[0].split("\n")
    return _matter(fields, lines, 1, None), text[above.end() :], len(lines)


def _matter(fields, lines, first, doubt):
    rows = [(number, line.strip()) for number, line in enumerate(lines, first) if line.strip()]
    where = {m[1].lower(): number for number, line in rows if (m := FIELD.match(line))}
    return Matter(fields, where, rows, doubt)


def _fields(inner, kind):
    """The fields, lower case; from broken YAML what its lines say one by one, with a doubt."""
    if kind == "yaml" and _is_risky(inner):
        return _by_line(inner), "front matter refers to itself or is nested too deeply: read line by line"
    try:
        found = tomllib.loads(inner) if kind == "toml" else YAMLHandler().load(inner, Loader=BaseLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        reason = str(error).split("\n")[0]
        return _by_line(inner), f"front matter is no valid {kind.upper()} ({reason}): read line by line"
    if not isinstance(found, dict):
        return _by_line(inner), f"front matter is no {kind.upper()} mapping: read line by line"
    return {str(key).lower(): value for key, value in found.items()}, None


def _is_risky(inner):
    """Aliases can grow without end, and deep nesting overruns the parser's stack: no page's front matter needs them."""
    return bool(ALIAS.search(inner)) or inner.count("[") + inner.count("{") > MAX_BRACKETS


def _by_line(inner):
    fields = {}
    for line in inner.split("\n"):
        match = FIELD.match(line)
        if match and match[2].strip():
            fields.setdefault(match[1].lower(), match[2].strip().strip("'\""))
    return fields
