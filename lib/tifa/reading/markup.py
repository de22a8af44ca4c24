"""HTML, in full or in fragments → blocks of text that know the line of the file they begin on.

A scanner of our own instead of a parser: it keeps offsets (parsers give lines of tags, if any), has no limit of
nesting, and reads what is no well-formed HTML at all. It is linear in the length of the page.
"""

import html
import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from tifa.reading.lists import pattern_of, words

# An attribute's value may hold '<' when it is quoted after '='. The counts bound what a hostile page can cost.
TAG = re.compile(
    r"""<(?:(?P<note>!--)|(?P<odd>[!?])|(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]{0,30}(?::[a-zA-Z]+)?)(?=[\s/>])"""
    r"""(?P<rest>(?:[^"'<>=]++|=\s*+(?:"[^"]{0,4000}"|'[^']{0,4000}')|["'=]){0,200}+)>)""",
)
ATTRIBUTE = re.compile(r"""([a-zA-Z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
PARAGRAPH = frozenset(words("paragraph tags"))
BLOCK = PARAGRAPH | frozenset(words("block tags"))
FLOWING = PARAGRAPH - {"pre", "td"}  # whose line ends are white space
UNSEEN = frozenset(words("unseen tags"))
BOXES = {"nav": "navigation", "footer": "copyright", "aside": "related", "form": "form", "figcaption": "caption"}
LONGEST_REMEMBERED = 200  # characters of a tag
NOTHING_OPEN = ("", 1, "", 0)
HIDDEN = re.compile(r"display\s*:\s*none", re.I)
E_PAPER = re.compile(r"<(date|title|introtitle|subtitle)>([^<>]{1,400})</")  # in the comments of Founder's e-papers
BREAKS = re.compile(r"<(?:p|br|div|li|td|h[1-6]|section|article)\b", re.I)
BARE_LINE = re.compile(r"^[^<>\n]{10,}[。！？”）!?][ \t]*$", re.M)  # a line that ends a sentence and holds no tag
DOCUMENT = re.compile(r"\s*(?:<!--[^<>]{0,400}-->\s*)?<(?:!doctype html|html|head|meta|title)\b", re.I)
SENTENCE_ENDS = re.compile(r"(?<=[。！？；”])[ \t]*\n[ \t\u3000]*(?=\S)")
BLANK_LINE = re.compile(r"\n[ \t\u3000\xa0]*\n")
SPACES = re.compile(r"\s+")
_HAN = r"\u2e80-\u9fff\u3001-\u303f\uff00-\uffef"
NEAR_HAN = re.compile(rf"(?<=[{_HAN}\u201d]) ?\n ?(?=[{_HAN}\u201c])")
INDENT = re.compile(r"(?<=[。！？”’）!?…])[ \t]*[\u3000\xa0]{2,}(?=\S)")


class Block(NamedTuple):
    """A paragraph, heading, cell or line of a page."""

    text: str
    line: int  # of the file, from 1
    tag: str = ""  # h1 … h6, p, li, td, figcaption; empty in plain text
    link: float = 0.0  # share of the characters that are links
    bold: float = 0.0  # share of the characters that are bold
    box: str = ""  # rule by which the box around it is left out (navigation, related …)
    box_number: int = 0  # number of that box
    picture: bool = False  # whether a picture stands right above it
    inside: int = 0  # number of the element that holds it and its neighbours; 0 in plain text


class Head(NamedTuple):
    """What a page says about itself unseen: ``<title>``, ``<meta>``, ``<link>`` and data in scripts."""

    title: str
    title_line: int
    meta: dict
    scripts: list


def has_markup(text: str) -> bool:
    """Whether a page is an HTML document, or its paragraphs are made by tags, not by line ends and a stray tag or two.

    Examples
    --------
    >>> has_markup("<p>18日上午</p>"), has_markup("a < b, <http://x.cn>")
    (True, False)
    """
    if DOCUMENT.match(text):
        return True
    n_breaks = sum(1 for _ in BREAKS.finditer(text))
    return n_breaks > 0 and n_breaks >= sum(1 for _ in BARE_LINE.finditer(text))


class _Scanner:
    """One walk over a page's tags; collects blocks."""

    def __init__(self, text, first_line):
        self.text, self.first_line = text, first_line
        self.newlines = [m.start() for m in re.finditer("\n", text)]
        self.blocks, self.meta, self.scripts = [], {}, []
        self.title, self.title_line = "", 0
        self.open = []  # (tag, number, rule of the box, number of the box) of the elements that are open
        self.number = 1
        self.pictured = False
        self.counts = {}
        self.links = self.bolds = 0
        self.fresh()

    def fresh(self):
        self.parts, self.start, self.n_link, self.n_bold, self.n_all = [], None, 0, 0, 0

    def line_at(self, offset):
        return bisect_right(self.newlines, offset - 1) + self.first_line

    def words(self, start, end):
        """Text between two tags. Outside paragraphs a blank line divides it."""
        if self.start is None and self.text[start:end].isspace():
            return
        inside = self.open[-1][0] if self.open else ""
        if inside not in PARAGRAPH and self.text.count("\n", start, end) > 1:
            for gap in BLANK_LINE.finditer(self.text, start, end):
                self.piece(start, gap.start())
                self.flush()
                start = gap.end()
        self.piece(start, end)

    def piece(self, start, end):
        part = self.text[start:end]
        size = len(part.strip())
        if not size:
            if self.parts:
                self.parts.append(part)
            return
        if self.start is None:
            self.start = start + len(part) - len(part.lstrip())
        self.parts.append(part)
        self.n_all += size
        self.n_link += size if self.links > 0 else 0
        self.n_bold += size if self.bolds > 0 else 0

    def flush(self):
        if self.start is None:
            return
        tag, inside, box, box_number = self.open[-1] if self.open else NOTHING_OPEN
        if tag in PARAGRAPH and len(self.open) > 1:
            inside = self.open[-2][1]
        line, link, bold = self.line_at(self.start), self.n_link / self.n_all, self.n_bold / self.n_all
        for lines_down, text in _indented("".join(self.parts), by_lines=tag not in FLOWING):
            self.blocks.append(Block(text, line + lines_down, tag, link, bold, box, box_number, self.pictured, inside))
            self.pictured = False
        self.fresh()

    def opened(self, name, rest):
        if name == "a":
            self.links += 1
        elif name in BLOCK:
            self.flush()
            if name != "hr" and not rest.endswith("/"):
                self.entered(name, rest)
        elif name == "br":
            self.flush()
        elif name in ("b", "strong"):
            self.bolds += 1
        elif name == "img":
            self.pictured = True
        elif name == "meta":
            self.noted(rest)
        elif name == "link" and "canonical" in rest:
            self.meta.setdefault("canonical", _attributes(rest).get("href", ""))
        elif name == "time" and "datetime" in rest:
            self.meta.setdefault("time", _attributes(rest).get("datetime", ""))
        elif name in ("span", "font") and ("class" in rest or "id" in rest):
            self.boxed_inline(rest)

    def boxed_inline(self, rest):
        """A caption in a span begins a block of its own."""
        if box_of("span", class_and_id(rest)) == "caption":
            self.flush()

    def entered(self, name, rest):
        self.number += 1
        box = _rule_of_box(name, rest)
        _, _, outer, outer_number = self.open[-1] if self.open else NOTHING_OPEN
        self.open.append((name, self.number, box or outer, self.number if box else outer_number))
        self.counts[name] = self.counts.get(name, 0) + 1
        self.links = self.bolds = 0  # a link or bold face that was never closed ends here

    def closed(self, name):
        if name == "a":
            self.links = max(0, self.links - 1)
        elif name in ("b", "strong"):
            self.bolds = max(0, self.bolds - 1)
        elif name in BLOCK:
            self.flush()
            if self.counts.get(name):
                while True:
                    gone = self.open.pop()[0]
                    self.counts[gone] -= 1
                    if gone == name:
                        break

    def noted(self, rest):
        attributes = _attributes(rest)
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if key and "content" in attributes:
            self.meta.setdefault(key.lower(), attributes["content"].strip())

    def walk(self):
        text, position, never = self.text, 0, set()
        for_tag = TAG.search
        while match := for_tag(text, position):
            if match.start() > position:
                self.words(position, match.start())
            position = match.end()
            note, odd, end, name, rest = match.groups()
            if note or odd:
                position = self.skipped(position, "-->" if note else ">", never)
                continue
            name = name.lower()
            if end:
                self.closed(name)
            elif name in UNSEEN or name == "title":
                position = self.swallowed(name, rest, position, never)
            else:
                self.opened(name, rest)
        self.words(position, len(text))
        self.flush()

    def skipped(self, position, end, never):
        """Past a comment or declaration. One that is never closed is passed over once, not searched for again."""
        found = -1 if end in never else self.text.find(end, position)
        if found < 0:
            never.add(end)
            return position
        if self.text.startswith("enpproperty", position):
            self.meta.update((f"enp:{m[1]}", m[2].strip()) for m in E_PAPER.finditer(self.text, position, found))
        return found + len(end)

    def swallowed(self, name, rest, position, never):
        """Past an element whose content nobody sees; a script's data and the title are kept."""
        close = None if name in never else _closing(name).search(self.text, position)
        if close is None:
            never.add(name)
            return position
        content = self.text[position : close.start()]
        if name == "title" and not self.title:
            self.title = flowing(html.unescape(content))
            self.title_line = self.line_at(position + len(content) - len(content.lstrip()))
        elif name == "script":
            self.scripts.append(content)
        elif name in ("noscript", "button"):
            self.flush()
        return close.end()


@lru_cache(maxsize=32)
def _closing(name):
    return re.compile(rf"</{name}\b[^>]*>", re.I)


def _rule_of_box(name, rest):
    """Rule by which an element is left out as a whole; the same few tags make up most of a page."""
    return _remembered(name, rest) if len(rest) <= LONGEST_REMEMBERED else _rule_of_tag(name, rest)


def _rule_of_tag(name, rest):
    return "hidden" if HIDDEN.search(rest) else box_of(name, class_and_id(rest))


_remembered = lru_cache(maxsize=4096)(_rule_of_tag)


def _attributes(rest):
    return {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in ATTRIBUTE.finditer(rest)}


def class_and_id(rest):
    """Names an element goes by, joined by spaces."""
    if "class" not in rest and "id" not in rest:
        return ""
    attributes = _attributes(rest)
    return f"{attributes.get('class', '')} {attributes.get('id', '')}".strip().lower()


@lru_cache(maxsize=4096)
def box_of(name, opens):
    """Rule by which everything in an element is left out; empty if its names say nothing."""
    if name in BOXES:
        return BOXES[name]
    if not opens:
        return ""
    found = pattern_of("boxes").search(opens)
    return found.lastgroup.replace("_", " ") if found else ""


def _indented(text, by_lines):
    """Paragraphs of one block, told by indents, or outside paragraphs by lines that end a sentence.

    Each comes with its line, counted from the block's.
    """
    if "&" in text:
        text = html.unescape(text)
    text = text.strip()
    start, pieces = 0, []
    for gap in [*_gaps(text, by_lines), (len(text), len(text))]:
        piece = flowing(text[start : gap[0]])
        if piece:
            pieces.append((text.count("\n", 0, start), piece))
        start = gap[1]
    return pieces


def _gaps(text, by_lines):
    """Where a block's paragraphs are parted, as starts and ends."""
    gaps = [m.span() for m in INDENT.finditer(text)] if "\u3000" in text or "\xa0" in text else []
    if by_lines and not gaps and "\n" in text:
        return [m.span() for m in SENTENCE_ENDS.finditer(text)]
    return gaps


def flowing(text):
    """Text of one paragraph: white space as one blank, a line end between Chinese characters as nothing."""
    text = text.strip()
    if "\n" in text:
        text = NEAR_HAN.sub("", SPACES.sub(lambda m: "\n" if "\n" in m[0] else " ", text))
    return " ".join(text.split())


def read_markup(text: str, first_line: int = 1) -> tuple[list[Block], Head]:
    """Blocks of an HTML page or fragment, in order.

    Parameters
    ----------
    text : str
        The page, decoded.
    first_line : int
        Line of the file that ``text`` begins on.

    Returns
    -------
    blocks : list of Block
        Every text a reader of the page can see.
    head : Head
        Title, ``<meta>`` by name or property (lower case), scripts' text.

    Examples
    --------
    >>> blocks, head = read_markup("<title>要闻</title>\\n<p>18日上午，<b>他</b>来到\\n长兴镇。</p>")
    >>> blocks[0].text, blocks[0].line, head.title
    ('18日上午，他来到长兴镇。', 2, '要闻')
    """
    scanner = _Scanner(text, first_line)
    scanner.walk()
    return scanner.blocks, Head(scanner.title, scanner.title_line, scanner.meta, scanner.scripts)
