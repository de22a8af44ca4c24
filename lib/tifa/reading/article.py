"""A page taken apart → its article: title, paragraphs and headings, and why everything else is left out."""

import re
from itertools import accumulate
from typing import NamedTuple

from tifa.reading.credits import Credits, credits_of, cut_credits
from tifa.reading.lines import OPENING_MARK, SITE, TITLE_VERB, is_prose, is_site_name, is_title_like, rule_of
from tifa.reading.lists import sections
from tifa.reading.markup import Block
from tifa.reading.pages import Page
from tifa.reading.published import Published, publication

SHORT_NAME = 10  # characters; what stands alone on top of a page and is no longer is the name of a site
PROSE_CAP = 600  # characters of one paragraph that count when the article is looked for
WEIGHTS = {  # what a line that is no article costs when it stands between two paragraphs
    "end of article": -150, "link farm": -150, "form": -40, "copyright": -60, "related": -40, "link list": -30,
    "navigation": -30, "breadcrumb": -60, "comment": -60, "": -6,
}  # fmt: skip
BETWEEN = frozenset(sections("rules")["may stand between a title and the text"])
NO_TIME = frozenset(sections("rules")["give no publication time"])
STRONG = frozenset(sections("rules")["hold for a line of prose too"])
ORIGINAL = re.compile(r"^[（(]?原标题\s?[:：]\s?")
COLUMN_NAME = re.compile(r"[^，。]{1,12}[丨|｜:：]\s?")
ADDRESS = re.compile(r"https?://[^\s<>\"'（）()，。]{6,500}")
OVER_TITLE_END = re.compile(r"(?:强调|指出|要求|表示|提出|说|时|——|:|：)$")
ENDS = re.compile(r"[。！？；…!?;：:](?:[”’』」）)])?$|[”’』」]$")
ATTENDANCE = re.compile(r"(?:参加|陪同|出席|列席|主持)(?:活动|调研|检查|会议|督查|督导)?$")
TITLE_SPLIT = re.compile(r"\s*(?:_+|[|｜]|--+|—{2,}(?=[^—]{2,12}$)|\s-\s|\s–\s|\s—\s|»|<)\s*")
HYPHEN_SITE = re.compile(r"-([^-\s]{2,14})$")
FRONT_TITLE = ("title", "headline", "subject")
HEAD_TITLE = ("og:title", "articletitle", "twitter:title", "headline", "title", "dc.title")


class Line(NamedTuple):
    role: str  # title, heading or paragraph
    text: str
    source_line: int


class Dropped(NamedTuple):
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

    def __init__(self, block: Block):
        self.block = block
        self.rule, self.weight = _judge(block)


def _judge(block):
    text = block.text
    prose = is_prose(text)
    rule = rule_of(text)
    if prose and len(text) > 60 and rule not in STRONG:
        rule = rule if len(text) < 100 and rule else ""
    elif block.box and not rule:
        rule = block.box
    elif not rule and block.picture and _is_caption(block):
        rule = "caption"
    elif not rule and block.link > 0.6:
        rule = "link list"
    if rule:
        return rule, WEIGHTS.get(rule, -8)
    if not prose:
        return "", WEIGHTS[""]
    return "", min(len(text), PROSE_CAP) * (1 - block.link)


def _is_caption(block):
    """Whether a block right below a picture describes it: short, no sentence's end, not bold."""
    return len(block.text) <= 50 and block.bold < 0.5 and block.tag[:1] != "h" and not ENDS.search(block.text)


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
    judged = [_Judged(block) for block in page.blocks]
    _window_title(judged)
    extent = _extent(_bridged(judged))
    if extent is None:
        return None
    first, last = extent
    hints = _title_hints(page)
    titles, opening = _titles(judged, first, hints)
    last = _attended(judged, last)
    lines, dropped = _sorted(judged, titles, opening, last)
    lines = _headed(lines, titles, hints)
    lines, dropped, above, bare = _original(lines, dropped)
    lines, cut = _trimmed(lines)
    dropped = sorted(dropped + cut + _matter_rows(page, lines), key=lambda row: row.source_line)
    return _described(page, lines, dropped, titles, (above, bare), judged)


def _window_title(judged):
    """A window's title saved as the first line (title_channel_site) is left out where the bare title follows."""
    if len(judged) > 1 and not judged[0].rule:
        text = judged[0].block.text
        bare = _key(bare_title(text))
        if bare != _key(text) and any(_key(one.block.text) == bare for one in judged[1:30]):
            judged[0].rule = "window title"


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
    best, best_from, best_to = 0, None, None
    total, start = 0, 0
    for i, weight in enumerate(weights):
        if total <= 0:
            total, start = 0, i
        total += weight
        if total > best:
            best, best_from, best_to = total, start, i
    return None if best_from is None else (best_from, best_to)


def _attended(judged, last):
    """Lines below the article that still belong to it: who was there, without a full stop."""
    while last + 1 < len(judged) and not judged[last + 1].rule and ATTENDANCE.search(judged[last + 1].block.text):
        last += 1
    return last


# ---- titles ----


def _title_hints(page):
    """Titles the page states unseen, best first, as (text, line)."""
    found = []
    for key in FRONT_TITLE:
        value = page.matter.fields.get(key)
        if isinstance(value, str | int | float) and str(value).strip():
            found.append((bare_title(str(value)), page.matter.lines.get(key, 1)))
    for key in HEAD_TITLE:
        if value := page.head.meta.get(key):
            found.append((bare_title(value), page.head.title_line or 1))
    if page.head.title:
        found.append((bare_title(page.head.title), page.head.title_line))
    return [(text, line) for text, line in found if is_title_like(text) and not is_site_name(text)]


def bare_title(text: str) -> str:
    """A window's title without the names of channel and site behind it.

    Examples
    --------
    >>> bare_title("某地检查防控工作|某某晨报|要闻"), bare_title("某地检查防控工作--时政--某某网")
    ('某地检查防控工作', '某地检查防控工作')
    """
    text = re.sub(r"\s+", " ", text).strip()
    pieces = TITLE_SPLIT.split(text)
    while len(pieces) > 1 and (SITE.search(pieces[-1]) or len(pieces[-1]) <= 6 or len(pieces[-1]) * 2 < len(pieces[0])):
        pieces.pop()
    if len(pieces) == 1:
        text = pieces[0]
    elif len(pieces) > 1 and is_site_name(pieces[0]):
        text = pieces[1]
    else:
        text = text[: text.rindex(pieces[-1]) + len(pieces[-1])]
    while (site := HYPHEN_SITE.search(text)) and SITE.search(site[1]):
        text = text[: site.start()]
    return text.strip()


def _key(text):
    return re.sub(r"[\W_]+", "", text)


def _titles(judged, first, hints):
    """Indices of the printed title lines, main title first marked, and the index the article's text begins at."""
    group, opening = _lines_above(judged, first)
    keys = [_key(text) for text, _ in hints]
    for i in range(first - 1, -1, -1):  # the line that says what the page's own title says, wherever it stands
        if _key(judged[i].block.text) in keys and not judged[i].rule.startswith(("link", "breadcrumb")):
            group = [k for k in group if abs(k - i) <= 3 and not (k < i and judged[i].block.tag == "h1")]
            group = sorted({*group, i})
            opening = max(opening if not group else min(opening, first), i + 1)
            break
    return (_ranked(judged, group, keys) if group else {}), opening


def _lines_above(judged, first):
    """Title lines right above the text; lines between date and text open the article instead."""
    above, below, dated = [], [], False
    for i in range(first - 1, max(-1, first - 25), -1):
        rule, block = judged[i].rule, judged[i].block
        if rule in BETWEEN:
            dated = dated or rule in ("date and source", "source")
            continue
        if is_site_name(block.text) and not above and not below:
            continue
        if rule or is_site_name(block.text):
            break
        if not is_title_like(block.text):
            if above or below:
                break
            continue
        (above if dated else below).append(i)
    if dated and above:
        return _without_site(judged, sorted(above[:3])), min(below, default=first)
    return _without_site(judged, sorted(below[:3])), first


def _without_site(judged, group):
    """Title lines without a site's short name on top of the page."""
    if len(group) > 1 and group[0] == 0:
        text = judged[0].block.text
        bare = bare_title(text)
        if bare != text or (len(text) <= SHORT_NAME and not TITLE_VERB.search(text)):
            return group[1:]
    return group


def _ranked(judged, group, keys):
    """Index → over, main or sub. Main is what the page states unseen, else the largest heading, else by wording."""
    texts = [judged[i].block.text for i in group]
    main = next((n for n, text in enumerate(texts) if _key(text) in keys), None)
    if main is None:
        sizes = [int(judged[i].block.tag[1]) if re.fullmatch(r"h[1-6]", judged[i].block.tag) else 9 for i in group]
        if min(sizes) < 9 and sizes.count(min(sizes)) == 1:
            main = sizes.index(min(sizes))
        elif len(group) == 3:
            main = 1
        else:
            main = 1 if len(group) == 2 and OVER_TITLE_END.search(texts[0]) else 0
    return {i: "over" if n < main else "main" if n == main else "sub" for n, i in enumerate(group)}


# ---- lines ----


def _sorted(judged, titles, opening, last):
    """Every block either a line of the body or dropped."""
    lines, dropped = [], []
    printed = {_key(judged[i].block.text) for i, rank in titles.items()}
    for i, one in enumerate(judged):
        block, rule = one.block, one.rule
        if i in titles:
            lines.append(Line("title", bare_title(block.text), block.line))
        elif rule:
            dropped.append(Dropped(block.line, block.text, rule))
        elif not opening <= i <= last:
            rule = "site name" if is_site_name(block.text) else "outside the article"
            dropped.append(Dropped(block.line, block.text, rule))
        elif _key(block.text) in printed and not is_prose(block.text):
            dropped.append(Dropped(block.line, block.text, "title again"))
        elif not _key(block.text):
            dropped.append(Dropped(block.line, block.text, "counter"))
        else:
            lines.append(Line(_role(block), block.text, block.line))
    return lines, dropped


def _role(block):
    if re.fullmatch(r"h[1-6]", block.tag):
        return "heading"
    text = block.text
    if OPENING_MARK.match(text) and "。" not in text:
        return "heading"
    short = len(text) <= 120 and "。" not in text[:-1]
    if short and block.bold > 0.9 and not text.endswith("。"):
        return "heading"
    return "heading" if short and not ENDS.search(text) else "paragraph"


def _headed(lines, titles, hints):
    """The body with the title the page states unseen on top, where none is printed."""
    if titles or not hints:
        return lines
    text, number = hints[0]
    if lines and _key(lines[0].text) == _key(text):
        return [lines[0]._replace(role="title"), *lines[1:]]
    return [Line("title", text, number), *lines]


def _original(lines, dropped):
    """What a portal's 原标题 line adds: the title where none is printed, else what it has above the printed one.

    Returns lines, dropped, the line above and the title without a column's name before it.
    """
    row = next((row for row in dropped if row.rule == "original title"), None)
    if row is None:
        return lines, dropped, None, None
    text = ORIGINAL.sub("", row.text).strip(" ）)《》")
    heads = [line for line in lines if line.role == "title"]
    others = [d for d in dropped if d is not row]
    if not heads:
        return [Line("title", text, row.source_line), *lines], others, None, None
    if COLUMN_NAME.fullmatch(heads[0].text.removesuffix(text)):
        return lines, dropped, None, text
    above = text.removesuffix(heads[0].text).strip()
    if len(heads) > 1 or above in ("", text):
        return lines, dropped, None, None
    return [Line("title", above, row.source_line), *lines], others, above, None


def _trimmed(lines):
    """Lines without the credits glued to their ends, and those credits."""
    kept, cut = [], []
    for line in lines:
        text, gone = cut_credits(line.text) if line.role == "paragraph" else (line.text, [])
        cut += [Dropped(line.source_line, piece, rule) for rule, piece in gone]
        if text:
            kept.append(line._replace(text=text))
    return kept, cut


def _matter_rows(page, lines):
    used = {line.source_line for line in lines}
    return [Dropped(number, text, "front matter") for number, text in page.matter.rows if number not in used]


# ---- what the page says about itself ----


def _described(page, lines, dropped, titles, original, judged):
    by_rank = {"over": [], "main": [], "sub": []}
    for i, rank in titles.items():
        by_rank[rank].append(bare_title(judged[i].block.text))
    above, bare = original
    if above:
        by_rank["over"].append(above)
    heads = [bare, *by_rank["main"], *(line.text for line in lines if line.role == "title")]
    title = next((text for text in heads if text), None)
    body = [line.text for line in lines if line.role != "title"]
    header, footer = _around(dropped, next((line.source_line for line in lines if line.role == "paragraph"), 1))
    url = _address(page, dropped)
    published = publication(page, header, footer, "\n".join(body), url)
    credits = credits_of(page, lines, dropped, header)
    doubts = [d for d in (page.matter.doubt, published.doubt) if d]
    return Article(
        title, "\n".join(by_rank["over"]) or None, "\n".join(by_rank["sub"]) or None,
        lines, dropped, published, url, credits, "; ".join(doubts) or None,
    )  # fmt: skip


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
    for key in ("canonical", "og:url", "url"):
        if str(page.head.meta.get(key, "")).startswith("http"):
            return page.head.meta[key]
    for row in dropped:
        if row.rule == "page address" and (match := ADDRESS.search(row.text)):
            return match[0]
    for key in ("url", "link", "permalink", "source_url", "original_url", "canonical", "canonical_url"):
        value = page.matter.fields.get(key)
        if isinstance(value, str) and value.startswith("http"):
            return value
    return None
