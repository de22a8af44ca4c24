"""Pages without markup → blocks: a line is a paragraph; markdown's signs are read, wrapped lines are one again."""

import html
import re

from tifa.reading.lists import any_of
from tifa.reading.markup import INDENT, Block

ENDED = re.compile(r"[。！？；：…!?;:”’）)】\]]\s*$")
MIN_WIDTH, MAX_WIDTH, LONG_LINE = 24, 120, 90  # characters
_DATE = r"(?:19|20)\d\d\s?[-/.年]\s?[01]?\d\s?[-/.月]\s?[0-3]?\d日?(?:\s?[012]?\d[:：][0-5]\d(?:[:：][0-5]\d)?)?"
_LABEL = any_of("labels above a text")
_META = rf"{_LABEL}[^\s:：]{{0,4}}\s?[:：]\s?(?:{_DATE}|\S{{0,16}})"
LABELS = re.compile(rf"(?P<head>[^。:：]{{8,60}}?)\s+(?P<meta>(?:{_META}\s*){{2,8}})$")
DATE_INSIDE = re.compile(
    rf"(?P<head>[^。]{{8,160}}?)\s(?P<meta>{_DATE}(?:\s+{_META}){{0,5}})\s+(?P<text>\S.{{40,}})$", re.S
)
CRUMB_END = re.compile(r"(?<=[>›»＞]正文)\s+|(?<=[>›»＞] 正文)\s+")
MARKDOWN_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\(([^)\s]{0,500})\)")
EMPHASIS = re.compile(r"^([*_])(?=\S)(.*\S)\1$")
COMMENT = re.compile(r"<!--[^<>]{0,400}-->")
STRAY_TAG = re.compile(rf"</?{any_of('paragraph tags', 'block tags', 'inline tags')}(?:\s[^<>]{{0,400}})?/?>", re.I)
AUTO_LINK = re.compile(r"<(https?://[^\s<>]{4,500})>")


def read_lines(text: str, first_line: int = 1) -> list[Block]:
    """Blocks of a page without markup: its lines. Markdown's headings, links and emphasis are read.

    Examples
    --------
    >>> read_lines("# 标题\\n\\n[首页](/)")[0].tag
    'h1'
    """
    return [block for number, line in _unwrapped(text.split("\n"), first_line) for block in _blocks(line, number)]


def _unwrapped(lines, first_line):
    """Lines with their numbers; where a page is wrapped at a fixed width, a paragraph's lines are one again."""
    width = max(map(len, lines), default=0)
    full = [width - 2 <= len(line) and not ENDED.search(line) for line in lines]
    if not (MIN_WIDTH <= width <= MAX_WIDTH and sum(full) >= 3):
        yield from enumerate(lines, first_line)
        return
    start, parts = 0, []
    for i, line in enumerate(lines):
        if parts and not (full[i - 1] and line[:1].strip()):
            yield start + first_line, "".join(parts)
            parts = []
        start = start if parts else i
        parts.append(line)
    yield start + first_line, "".join(parts)


def _blocks(line, number):
    """Blocks of one line: one, none, or one for each indent."""
    if "<" in line:
        line = STRAY_TAG.sub("", COMMENT.sub("", line))
    pieces = INDENT.split(line) if "\u3000\u3000" in line else [line]
    return [block for piece in pieces for part in _parted(piece) if (block := _line(part, number))]


def _parted(line):
    """What a page without line ends has on one line: breadcrumb, title, date and source, text."""
    match = LABELS.match(line) or (DATE_INSIDE.match(line) if len(line) > LONG_LINE else None)
    if not match:
        return [line]
    head = CRUMB_END.split(match["head"], maxsplit=1)
    return [*head, match["meta"], match.groupdict().get("text") or ""]


def _line(line, number):
    text = " ".join((html.unescape(line) if "&" in line else line).split())
    if not text:
        return None
    tag, link = "", 0.0
    if text[0] in "#>*-!+" or "](" in text or "**" in text or "<http" in text:
        text, tag, link = _markdown(text)
    return Block(text, number, tag, link) if text else None


def _markdown(text):
    """A line's text, tag and share of links after markdown's signs are taken off."""
    tag = ""
    heading = re.match(r"(#{1,6})\s+(?=\S)", text)
    if heading:
        tag, text = f"h{len(heading[1])}", text[heading.end() :].rstrip("# ")
    elif re.match(r"[*+-]\s", text):
        tag, text = "li", text[2:]
    elif text.startswith("> "):
        text = text[2:]
    linked = sum(len(m[1]) for m in MARKDOWN_LINK.finditer(text) if not m[0].startswith("!"))
    text = MARKDOWN_LINK.sub(lambda m: "" if m[0].startswith("!") else m[1], text)
    text = EMPHASIS.sub(r"\2", AUTO_LINK.sub(r"\1", text).replace("**", "").strip())
    return text, tag, linked / len(text) if text else 0.0
