"""Which lines of a page are its printed title, and what the page says unseen about it."""

import re
from typing import NamedTuple

from tifa.reading.lines import OPENING_MARK, SITE, TITLE_VERB, is_prose, is_site_name, is_title_like
from tifa.reading.lists import sections, words

SHORT_NAME = 10  # characters; what stands alone on top of a page and is no longer is the name of a site
LEAD = 12  # characters; a shorter line between date and text does not open the article
FAR = 25  # lines above the text in which a title is looked for
BETWEEN = frozenset(sections("rules")["may stand between a title and the text"])
OVER_TITLE_END = re.compile(r"(?:强调|指出|要求|表示|提出|说|时|——|:|：)$")
TITLE_SPLIT = re.compile(r"\s*(?:_+|[|｜]|--+|—{2,}(?=[^—]{2,12}$)|\s-\s|\s–\s|\s—\s|»|<)\s*")
HYPHEN_SITE = re.compile(r"-([^-\s]{2,14})$")
SITE_HYPHEN = re.compile(r"([^-\s]{2,14})-(?=[^-]{8,}$)")
FORUM_TAG = re.compile(r"^[\[【](?:转帖|转贴|转载|转发|转|原创|分享|灌水)[\]】]\s*")
ITEM = re.compile(r"^[◇◆■□●○◎▲△▪·•]|\s(?:第?\s?[A-Z]?\d{1,2}\s?版?)$")  # of a list of headlines: ◇…, … A05
HEADING = re.compile(r"h[1-6]")


class Hint(NamedTuple):
    """A title that the page states unseen; in front matter nothing but the title is stated as such."""

    text: str
    line: int
    sure: bool = False


class Titles(NamedTuple):
    """The printed title: rank (over, main or sub) by index of its block; the index at which the text begins.

    ``whole`` is the title where the page states several printed lines as one.
    """

    ranks: dict
    opening: int
    whole: str | None = None


def key(text: str) -> str:
    """A text without punctuation and blanks, to compare titles by."""
    return "".join(filter(str.isalnum, text))


def bare_title(text: str) -> str:
    """A window's title without the names of channel and site behind it.

    Examples
    --------
    >>> bare_title("某地检查防控工作|某某晨报|要闻"), bare_title("某地检查防控工作--时政--某某网")
    ('某地检查防控工作', '某地检查防控工作')
    """
    text = re.sub(r"\s+", " ", text).strip()
    pieces = TITLE_SPLIT.split(text)
    while len(pieces) > 1 and _names_a_site(pieces[-1], pieces[0]):
        pieces.pop()
    longest = max(pieces, key=len)
    others = max((len(piece) for piece in pieces if piece is not longest), default=0)
    if len(pieces) > 1 and (is_site_name(pieces[0]) or ("_" in text and 2 * others <= len(longest))):
        text = longest
    else:
        text = text[: text.rindex(pieces[-1]) + len(pieces[-1])]
    text = FORUM_TAG.sub("", text)
    if (site := SITE_HYPHEN.match(text)) and SITE.search(site[1]):
        text = text[site.end() :]
    while (site := HYPHEN_SITE.search(text)) and SITE.search(site[1]):
        text = text[: site.start()]
    return text.strip()


def _names_a_site(piece, first):
    return SITE.search(piece) is not None or len(piece) <= 6 or len(piece) * 2 < len(first)


def title_hints(page) -> list[Hint]:
    """Titles the page states unseen, in front matter, meta tags or ``<title>``; the best first."""
    found = []
    for name in words("title keys of front matter"):
        value = page.matter.fields.get(name)
        if isinstance(value, str | int | float) and str(value).strip():
            found.append(Hint(bare_title(str(value)), page.matter.lines.get(name, 1), sure=True))
    line = page.head.title_line or 1
    found += [
        Hint(bare_title(page.head.meta[name]), line) for name in words("title keys of pages") if name in page.head.meta
    ]
    if page.head.title:
        found.append(Hint(bare_title(page.head.title), line))
    return [hint for hint in found if is_title_like(hint.text) and not is_site_name(hint.text)]


def printed_titles(judged, first: int, hints: list[Hint]) -> Titles:
    """The lines above the article that are its title.

    Parameters
    ----------
    judged : list
        Blocks of the page with their rules.
    first : int
        Index of the article's first paragraph.
    hints : list of Hint
        What the page says unseen: a line that says the same is the main title wherever it stands above the text.
    """
    group, opening = _lines_above(judged, first)
    keys = {key(hint.text) for hint in hints}
    for i in range(first - 1, -1, -1):
        if key(judged[i].block.text) in keys and judged[i].rule not in ("link list", "breadcrumb"):
            group = sorted({i, *(k for k in group if abs(k - i) <= 3 and _belongs(judged, k, i))})
            opening = max(min(opening, first), i + 1)
            break
    group = list({key(judged[i].block.text): i for i in reversed(group)}.values())[
        ::-1
    ]  # a line printed twice counts once
    if not group:
        return Titles({}, opening)
    if hints and hints[0].sure and not any(_say_the_same(judged[i].block.text, hints[0].text) for i in group):
        return Titles({}, min(opening, *group))
    listed = [Hint(one.block.text, one.block.line) for one in judged[: group[0]]]
    run, whole = _stated_as_one(judged, group, [*hints, *listed])
    if whole in [hint.text for hint in listed]:
        group = group[group.index(run[0]) :]  # what stands between is the rest of the page's list of headlines
    leads = any(OVER_TITLE_END.search(judged[i].block.text) for i in run)  # 检查…时强调 stays an over-title
    ranks = _around_run(group, run) if run and not leads else _ranked(judged, group, keys)
    return Titles(ranks, opening, whole)


def _say_the_same(printed, stated):
    """Whether one of two titles holds the other, or they begin alike."""
    a, b = key(printed), key(stated)
    return a in b or b in a or a[:SHORT_NAME] == b[:SHORT_NAME]


def _stated_as_one(judged, group, hints):
    """The printed lines that a hint holds one after the other, and that hint's text; an empty list and None if none."""
    keys = [key(judged[i].block.text) for i in group]
    for start in range(len(group)):
        for end in range(len(group), start + 1, -1):
            joined = "".join(keys[start:end])
            for hint in hints:
                if key(hint.text) == joined:
                    return group[start:end], hint.text
    return [], None


def _around_run(group, run):
    return {i: "over" if i < run[0] else "main" if i in run else "sub" for i in group}


def _belongs(judged, other, main):
    """Whether a line near the main title is part of it.

    Above a page's one largest heading only what leads up to it is, or a heading of its own right above it.
    """
    if other > main or judged[main].block.tag != "h1":
        return True
    block = judged[other].block
    tells = len(block.text) > SHORT_NAME or TITLE_VERB.search(block.text)  # a channel's name does not
    return bool(OVER_TITLE_END.search(block.text) or (other == main - 1 and HEADING.fullmatch(block.tag) and tells))


def _lines_above(judged, first):
    """Title lines right above the text; lines between date and text open the article instead."""
    above, below, dated = [], [], False
    for i in range(first - 1, max(-1, first - FAR), -1):
        rule, text = judged[i].rule, judged[i].block.text
        nothing_yet = not above and not below
        if rule in BETWEEN:
            dated = dated or rule in ("date and source", "source")
        elif nothing_yet and rule == "breadcrumb" and i and judged[i - 1].rule in ("date and source", "source"):
            continue  # printed below the date
        elif nothing_yet and (is_site_name(text) or (not rule and not is_title_like(text))):
            continue
        elif rule or is_site_name(text) or not is_title_like(text) or ITEM.search(text):
            break
        else:
            (above if dated else below).append(i)
    if dated and above:
        opens = [i for i in below if len(judged[i].block.text) >= LEAD or OPENING_MARK.match(judged[i].block.text)]
        return _without_site(judged, sorted(above[:3])), min(opens, default=first)
    return _without_site(judged, sorted(below[:3])), first


def _without_site(judged, group):
    """Title lines without a site's short name on top of the page."""
    if len(group) < 2 or group[0] != 0 or judged[group[1]].block.text.startswith("—"):
        return group
    text = judged[0].block.text
    named = bare_title(text) != text or (len(text) <= SHORT_NAME and not TITLE_VERB.search(text))
    return group[1:] if named else group


def _ranked(judged, group, keys):
    """Index → over, main or sub."""
    texts = [judged[i].block.text for i in group]
    main = next((n for n, text in enumerate(texts) if key(text) in keys), None)
    if main is None:
        main = _main_by_size([judged[i].block.tag for i in group])
    if main is None:
        main = _main_by_wording(texts)
    return {i: "over" if n < main else "main" if n == main else "sub" for n, i in enumerate(group)}


def _main_by_size(tags):
    """The one line that is a larger heading than the others."""
    sizes = [int(tag[1]) if HEADING.fullmatch(tag) else 9 for tag in tags]
    largest = min(sizes)
    return sizes.index(largest) if largest < 9 and sizes.count(largest) == 1 else None


def _main_by_wording(texts):
    """Of three lines the middle one; of two the first, unless it leads up to the second (… 时强调)."""
    if len(texts) > 1 and texts[-1].startswith("—"):
        return len(texts) - 2
    if len(texts) == 3:
        return 1
    return 1 if len(texts) == 2 and OVER_TITLE_END.search(texts[0]) else 0


def leave_out_window_title(judged) -> None:
    """A window's title saved as the first line (title_channel_site) is left out where the bare title follows."""
    if len(judged) > 1 and not judged[0].rule and not is_prose(judged[0].block.text):
        text = judged[0].block.text
        bare = key(bare_title(text))
        if bare != key(text) and any(key(one.block.text) == bare for one in judged[1:FAR]):
            judged[0].rule = "window title"
