"""A page taken apart → its article: title, paragraphs and headings, and why everything else is left out."""

import re
from collections import Counter
from itertools import accumulate
from typing import NamedTuple

from tifa.reading.credits import Credits, credits_of, cut_credits
from tifa.reading.lines import OPENING_MARK, is_prose, is_site_name, is_title_like, rule_of
from tifa.reading.lists import sections, words
from tifa.reading.markup import Block
from tifa.reading.pages import Page
from tifa.reading.published import Published, publication
from tifa.reading.titles import HEADING, bare_title, key, leave_out_window_title, printed_titles, title_hints

PROSE_CAP = 600  # characters of one paragraph that count when the article is looked for
SURE_PROSE = 60  # characters; a longer line of sentences is looked at for itself, not for the box around it
BOUND_TO_RULE = 100  # characters; a longer line of sentences is left out by a strong rule only
MOST_SUMMARIES = 5  # of a page
REPEATED = 16  # characters; a longer line that comes again is left out
LONGEST_CAPTION, LONGEST_HEADING = 50, 120  # characters
WEIGHTS = {rule: int(weight) for rule, weight in (line.rsplit(" ", 1) for line in sections("rules")["weights"])}
NO_TIME = frozenset(sections("rules")["give no publication time"])
STRONG = frozenset(sections("rules")["hold for a line of prose too"])
ORIGINAL = re.compile(r"^[（(]?原[\u4e00-\u9fff]{1,3}\s?[:：]\s?")
COLUMN_NAME = re.compile(r"[^，。]{1,12}[丨|｜:：]\s?")
ADDRESS = re.compile(r"https?://[^\s<>\"'（）()，。]{6,500}")
SUMMARY_LABEL = re.compile(r"^[\u4e00-\u9fff\s]{2,6}[:：]\s?")
ENDS = re.compile(r"(?:[。！？；…!?;：:．]|(?<=[\u4e00-\u9fff）)”])\.)(?:[”’』」）)])?$|[”’』」]$")
NUMBERED = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)、．]|\.(?!\d))|[①-⑳]|第[一二三四五六七八九十]{1,3}[条步是]"
)
ANNOUNCES = re.compile(r"[:：]$|(?:如下|以下)[^。]{0,20}。?$")
ISSUER = re.compile(r"[\u4e00-\u9fff（）()]{4,40}(?:指挥部|领导小组|委员会|政府|办公室|办公厅|局|部|厅|委)(?:办公室)?")
DAY_ALONE = re.compile(
    r"(?:20\d\d|二[〇零○Oo0][〇零○Oo0一二三四五六七八九]{2})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
)
FOREIGN_SENTENCE = re.compile(r"""["'“‘]?[A-Z][\w'’-]*(?:[ ,;:]+[\w'’"-]+){2,}.*[.!?]["'”’]?$""")
ATTENDANCE = re.compile(r"(?:参加|陪同|出席|列席|主持)(?:活动|调研|检查|会议|督查|督导)?$")


class Line(NamedTuple):
    """A line of the body."""

    role: str  # title, heading or paragraph
    text: str
    source_line: int


class Dropped(NamedTuple):
    """What was left out of the body, and by which rule."""

    source_line: int
    text: str
    rule: str


class Article(NamedTuple):
    """What a page says, and what was left out of it."""

    title: str | None
    over_title: str | None
    sub_title: str | None
    lines: list[Line]
    dropped: list[Dropped]
    published: Published
    url: str | None
    credits: Credits
    doubt: str | None


class _Judged:
    """A block, the rule that leaves it out (empty: none) and its weight for the search of the article."""

    __slots__ = ("block", "rule", "weight")

    def __init__(self, block: Block, box: str):
        self.block = block
        self.rule = _rule(block, box)
        self.weight = WEIGHTS.get(self.rule, WEIGHTS["others"])
        if not self.rule and is_prose(block.text):
            self.weight = min(len(block.text), PROSE_CAP) * (1 - block.link)
        elif not self.rule:
            self.weight = 0 if NUMBERED.match(block.text) else WEIGHTS["none"]  # a list may be long


def read_article(page: Page) -> Article | None:
    """The article of a page, None if the page has none.

    Parameters
    ----------
    page : Page
        From :func:`tifa.reading.pages.read_layout`, its text repaired and simplified.

    Returns
    -------
    Article or None
        Every block of the page is either in ``lines`` or in ``dropped``, where the rule says why.

    Examples
    --------
    >>> from tifa.reading.pages import read_layout
    >>> page = "某市某区举行会议\\n2022-04-18 来源：某报\\n18日，会议在该区举行。\\n编辑：甲乙"
    >>> article = read_article(read_layout(page))
    >>> article.title, [line.text for line in article.lines[1:]], article.dropped[-1].rule
    ('某市某区举行会议', ['18日，会议在该区举行。'], 'editor')
    """
    judged = _judged(page.blocks)
    leave_out_window_title(judged)
    _keep_lone_summaries(judged)
    extent = _extent(_bridged(judged))
    if extent is None:
        return None
    first, last = extent
    hints = title_hints(page)
    titles = printed_titles(judged, first, hints)
    lines, dropped = _sorted(judged, titles, _attended(judged, last))
    if not titles.ranks and hints:
        lines = _headed(lines, hints[0])
    lines, dropped, original = _original(lines, dropped)
    lines, cut = _trimmed(lines)
    dropped = sorted(dropped + cut + _matter_rows(page, lines), key=lambda row: row.source_line)
    return _described(page, lines, dropped, _names(judged, titles, lines, original))


# ---- where the article is ----


def _judged(blocks):
    """Blocks with their rules. A box that holds most of the page's prose is the article's, whatever its name says."""
    prose = Counter()
    for block in blocks:
        if len(block.text) > SURE_PROSE and is_prose(block.text):
            prose[block.box_number] += len(block.text)
    half = prose.total() / 2
    return [_Judged(block, "" if prose[block.box_number] > half else block.box) for block in blocks]


def _keep_lone_summaries(judged):
    """A summary whose words do not come again below is the article's text, or all there is of it."""
    summaries = [i for i, one in enumerate(judged) if one.rule == "summary"][:MOST_SUMMARIES]
    for i in summaries:
        text = SUMMARY_LABEL.sub("", judged[i].block.text)
        start = key(text)[:REPEATED]
        again = any(start in key(one.block.text) for one in judged[i + 1 :])
        titled = any(not one.rule and is_title_like(one.block.text) for one in judged[:i])
        if titled and not again and is_prose(text):
            judged[i] = _Judged(judged[i].block._replace(text=text), "")


def _rule(block, box):
    rule = rule_of(block.text)
    if rule not in STRONG and len(block.text) > SURE_PROSE and is_prose(block.text):
        return "hidden" if box == "hidden" else rule if len(block.text) < BOUND_TO_RULE else ""
    if rule or box:
        return rule or box
    if block.picture and _is_caption(block):
        return "caption"
    return "link list" if block.link > 0.6 else ""


def _is_caption(block):
    """Whether a block right below a picture describes it: short, no sentence's end, not bold."""
    short = len(block.text) <= LONGEST_CAPTION and not ENDS.search(block.text)
    return short and block.bold < 0.5 and not HEADING.fullmatch(block.tag)


def _bridged(judged):
    """Weights; between two paragraphs of one element a list or an advertisement costs next to nothing."""
    spans = {}  # element → its first and last line of prose
    for i, one in enumerate(judged):
        if one.weight > 0 and one.block.inside:
            spans[one.block.inside] = (spans.get(one.block.inside, (i, i))[0], i)
    depth = [0] * (len(judged) + 1)
    for first, last in spans.values():
        depth[first] += 1
        depth[last] -= 1
    bridged = accumulate(depth[:-1])
    return [max(-1, one.weight) if deep else one.weight for one, deep in zip(judged, bridged, strict=True)]


def _extent(weights):
    """First and last index of the stretch with the largest sum; None if no weight is positive."""
    best, extent = 0, None
    total, start = 0, 0
    for i, weight in enumerate(weights):
        if total <= 0:
            total, start = 0, i
        total += weight
        if total > best:
            best, extent = total, (start, i)
    return extent


def _attended(judged, last):
    """Index of the last line: who was there, a list that was announced and a signature belong to the text."""
    listed = ANNOUNCES.search(judged[last].block.text)
    while last + 1 < len(judged) and not judged[last + 1].rule:
        text = judged[last + 1].block.text
        if not (ATTENDANCE.search(text) or (listed and NUMBERED.match(text))):
            break
        last += 1
    return _signed(judged, last)


def _signed(judged, last):
    """Past a signature: who issues a notice or letter, and the day, alone on their lines."""
    following = [one.block.text for one in judged[last + 1 : last + 3]]
    if len(following) == 2 and ISSUER.fullmatch(following[0]) and DAY_ALONE.fullmatch(following[1]):
        for one in judged[last + 1 : last + 3]:
            one.rule = ""
        return last + 2
    return last


# ---- its lines ----


def _sorted(judged, titles, last):
    """Every block either a line of the body or dropped."""
    lines, dropped = [], []
    printed = {key(judged[i].block.text) for i in titles.ranks}
    for i, one in enumerate(judged):
        block = one.block
        if i in titles.ranks:
            lines.append(Line("title", bare_title(block.text), block.line))
            continue
        within = titles.opening <= i <= last
        rule = one.rule or _rule_by_place(block, within, printed)
        if rule == "no Chinese" and within and FOREIGN_SENTENCE.match(block.text):
            rule = ""
        if rule:
            dropped.append(Dropped(block.line, block.text, rule))
        else:
            lines.append(Line(_role(block), block.text, block.line))
    return lines, dropped


def _rule_by_place(block, within, printed):
    said = block.text if len(block.text) > LONGEST_HEADING else key(block.text)
    if said in printed:
        return "printed again"
    if not within:
        return "site name" if is_site_name(block.text) else "outside the article"
    if not said:
        return "counter"
    if len(said) >= REPEATED:
        printed.add(said)
    return ""


def _role(block):
    text = block.text
    if HEADING.fullmatch(block.tag) or (OPENING_MARK.match(text) and "。" not in text):
        return "heading"
    if len(text) > LONGEST_HEADING or "。" in text:
        return "paragraph"
    return "heading" if block.bold > 0.9 or not ENDS.search(text) else "paragraph"


def _headed(lines, hint):
    """The body with the title the page states unseen on top."""
    if lines and key(lines[0].text) == key(hint.text):
        return [lines[0]._replace(role="title"), *lines[1:]]
    return [Line("title", hint.text, hint.line), *lines]


class _Original(NamedTuple):
    """What a portal's 原标题 line adds: the line above the printed title, the title without a column's name."""

    above: str | None = None
    bare: str | None = None


def _original(lines, dropped):
    row = next((row for row in dropped if row.rule == "original title"), None)
    if row is None:
        return lines, dropped, _Original()
    text = ORIGINAL.sub("", row.text).strip(" ）)《》")
    others = [other for other in dropped if other is not row]
    heads = [line.text for line in lines if line.role == "title"]
    if not heads:
        return [Line("title", text, row.source_line), *lines], others, _Original()
    if COLUMN_NAME.fullmatch(heads[0].removesuffix(text)):
        return lines, dropped, _Original(bare=text)
    above = text.removesuffix(heads[0]).strip()
    if len(heads) > 1 or above in ("", text):
        return lines, dropped, _Original()
    return [Line("title", above, row.source_line), *lines], others, _Original(above=above)


def _trimmed(lines):
    """Lines without the credits glued to their ends, and those credits."""
    kept, cut = [], []
    for line in lines:
        signed = line is lines[-1]
        text, gone = cut_credits(line.text, signed=signed) if line.role == "paragraph" else (line.text, [])
        cut += [Dropped(line.source_line, piece, rule) for rule, piece in gone]
        if text:
            kept.append(line._replace(text=text))
    return kept, cut


def _matter_rows(page, lines):
    used = {line.source_line for line in lines}
    return [Dropped(number, text, "front matter") for number, text in page.matter.rows if number not in used]


# ---- what the page says about itself ----


def _names(judged, titles, lines, original):
    """Title, over-title and sub-title."""
    ranked = {"over": [original.above] if original.above else [], "main": [], "sub": []}
    for i, rank in titles.ranks.items():
        ranked[rank].append(bare_title(judged[i].block.text))
    stated = [line.text for line in lines if line.role == "title"]
    title = next((text for text in (original.bare, titles.whole, *ranked["main"], *stated) if text), None)
    return title, "\n".join(ranked["over"]) or None, "\n".join(ranked["sub"]) or None


def _described(page, lines, dropped, names):
    paragraphs = [line for line in lines if line.role == "paragraph"]
    header, footer = _around(dropped, paragraphs[0].source_line if paragraphs else 1)
    url = _address(page, dropped)
    published = publication(page, header, footer, "\n".join(line.text for line in lines if line.role != "title"), url)
    credits = credits_of(page, lines, dropped, header)
    doubt = "; ".join(doubt for doubt in (page.matter.doubt, published.doubt) if doubt) or None
    return Article(*names, lines, dropped, published, url, credits, doubt)


def _around(dropped, start):
    """Lines above the text, and those below it that give a date, down to the first that ends the article."""
    header = [row.text for row in dropped if row.source_line <= start and row.rule not in NO_TIME]
    footer = []
    for row in dropped:
        if row.source_line > start:
            if row.rule in ("end of article", "related", "link list"):
                break
            footer += [row.text] if row.rule == "date and source" else []
    return header, footer


def _address(page, dropped):
    """Address of the page, where it names one."""
    stated = [page.head.meta.get(name) for name in words("address keys of pages")]
    stated += [match[0] for row in dropped if row.rule == "page address" and (match := ADDRESS.search(row.text))]
    stated += [page.matter.fields.get(name) for name in words("address keys of front matter")]
    return next((url for url in stated if isinstance(url, str) and url.startswith("http")), None)
