"""Who made a page: agency, website, reporters, editors, photographers, read from the lines around the article."""

import re
from functools import cache
from typing import NamedTuple

from tifa.reading.lines import SITE
from tifa.reading.lists import any_of, words
from tifa.reading.moments import FULL, PART
from tifa.reading.published import DATELINE

NAME_SPLIT = re.compile(r"[、,，;；/\s]+")
NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,8})?$")
SPACED_NAME = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
NAMES = r"(?P<names>[\u4e00-\u9fff]{2,4}(?:[\s、,，]+[\u4e00-\u9fff]{2,4}){0,4})(?![\u4e00-\u9fff])"
LABEL_AFTER = re.compile(  # 文 and 图 end names too, the longer labels do not
    rf"(?<=[\u4e00-\u9fff]{{2}})(?=..){any_of('editor labels', 'reporter labels', 'photographer labels')}$"
)
_NEXT = rf"(?!{any_of('labels above a text', 'editor labels', 'reporter labels')}(?:时间|次数|量)?\s?[:：])"
SOURCE = re.compile(
    any_of("source labels") + rf"(?:于)?\s?[:：丨|｜]\s?(?P<who>(?:{_NEXT}[^\s|｜，。；;（）()\[\]【】]){{2,30}})"
)
NEXT_ITEM = re.compile(  # glued to the source: a label, or a button and all behind it
    rf"(?<=..)(?:(?:记者|通讯员|作者|编辑|{any_of('editor labels')})$"
    r"|(?:我要|收藏|打印|分享|评论|字[号体]|关注|订阅|点击|阅读|浏览).*$)"
)
PAPER = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<paper>[\u4e00-\u9fff]{{2,8}}{any_of('names of papers')})"
    r"(?:社|数字报|电子[报版]|(?![\u4e00-\u9fff]))"
)
BESIDE_DATE = re.compile(r"[\s|｜/·\d:：（）()-]+|原创")
META = re.compile(any_of("meta words"))
NO_SOURCE = re.compile(any_of("no source") + r"|\d+$")
MEDIA = re.compile(any_of("media endings") + "$")
PLAIN_MEDIA = re.compile(r"[\u4e00-\u9fffA-Za-z]*" + any_of("plain media endings", "issuers"))
OWN_PAPER = re.compile(r"^本[报网台]")
_MEDIUM = rf"[\u4e00-\u9fffA-Za-z]{{1,12}}?{any_of('dateline endings')}"
BARE_DATELINE = re.compile(rf"[【\[（(]?(?P<agency>{_MEDIUM})[】\]）)]?\s?(?:讯|消息|电)(?=[\s（(:：\d])")
REPORTED_BY = re.compile(r"(?P<agency>[\u4e00-\u9fff]{3,10}?)报道\s?[（(](?:[\u4e00-\u9fff]{0,4})(?:记者|通讯员)")
OWN_REPORTER = re.compile(
    r"[（(](?P<agency>[\u4e00-\u9fff]{3,10}?)(?:全媒体|融媒体?)?(?:首席|见习|实习)?(?:记者|通讯员)"
)
PICTURE_BY = re.compile(r"(?:记者|通讯员|[。，（(\s]|^)\s*" + NAMES + r"\s*/?(?:摄|摄影|供图|摄影报道)[）)]?$")
QUOTED_PAPER = re.compile(rf"据《?(?P<agency>{_MEDIUM})》?(?:报道|消息|微信)?[,，]")
MOST_CREDITS, LONGEST_CREDIT = 8, 160  # of one paragraph; characters
_LABEL = any_of("source labels", "editor labels", "photographer labels", "reporter labels")
_WHO = rf"(?:{any_of('organisations before a credit')}|[\u4e00-\u9fff]{{2,10}})??"
_AFTER_STOP = r"(?<=[。！？”…）)!?])\s*"
LABELLED_CREDIT = re.compile(rf"[（(]\s*{_WHO}(?P<what>{_LABEL})\s?[:：丨|｜/／][^（）()]{{1,80}}[)）]\s*[。.]?\s*$")
NAMED_CREDIT = re.compile(
    rf"{_AFTER_STOP}[（(]\s*{_WHO}(?P<what>{_LABEL})\s?[\u4e00-\u9fff·、,，\s]{{2,60}}[)）]\s*[。.]?\s*$"
)
SIGNATURE = re.compile(rf"{_AFTER_STOP}[（(]\s*{NAMES}\s*[)）]\s*$")
GLUED = re.compile(
    rf"(?<=[。！？”）)!?])\s*(?P<body>(?:文章|稿件|本报|全媒体)?(?P<what>{_LABEL})\s?[:：丨|｜/][^。]{{1,80}})$"
)
TO_PAGE = re.compile(r"\s*[（(](?:下转|上接|紧接|转)第?[^（()）]{1,12}[)）]\s*$")
LEFT_OVER = re.compile(rf"(?<=[。！？”）)!?…])\s*{any_of('words after the last sentence')}\s*$")
KIND_OF = {w: kind for kind in ("editor", "photographer", "source", "reporter") for w in words(f"{kind} labels")}
LABELLED = re.compile(
    rf"(?P<label>{_LABEL})(?:[/／、](?:{_LABEL}))*(?:\s*[:：丨|｜/／]\s*|\s+)"
    rf"(?P<names>[^:：丨|｜/／]{{1,40}}?)(?=\s*[|｜]|\s*(?:{_LABEL})(?:\s*[:：丨|｜/／]|\s)|[）)\]】]|$)"
)
REPORTER = re.compile(any_of("reporter labels") + r"\s*[/:：丨|｜]?\s*" + NAMES)
NEXT_LABEL = re.compile(rf"\s{any_of('editor labels', 'photographer labels')}\s")  # 记者 甲乙 摄影 丙丁
_IN_LEAD = r"(?:记者|通讯员)\s*" + NAMES
LEAD_REPORTER = re.compile(_IN_LEAD)
LEAD_REPORTERS = re.compile(rf"[（(][^（）()]{{0,16}}?(?P<all>(?:{_IN_LEAD}[\s、,，;；]*){{1,3}})[）)]")
COPYRIGHT_OWNER = re.compile(
    r"(?:Copyright|©|版权所有)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*-\s*\d{4})?)?\s*(?:版权所有)?\s*[:：]?\s*"
    r"(?P<site>[\u4e00-\u9fff]{2,14}(?:网|报|台|社|在线|中心|政府))",
    re.I,
)
NO_CREDIT = frozenset({"related", "link list", "link farm", "navigation", "front matter"})


class Credits(NamedTuple):
    agency: str | None
    website: str | None
    authors: list[str]
    editors: list[str]
    photographers: list[str]


def cut_credits(text: str, *, signed: bool = False) -> tuple[str, list[tuple[str, str]]]:
    """A paragraph without the credits glued to its end, and those as (rule, text).

    Parameters
    ----------
    text : str
        The paragraph.
    signed : bool
        Whether names alone in parentheses are a signature, as they are below the last paragraph.

    Examples
    --------
    >>> cut_credits("市领导参加相关活动。（来源：某某日报）")
    ('市领导参加相关活动。', [('source', '（来源：某某日报）')])
    """
    gone = []
    for _ in range(MOST_CREDITS):
        text = text.rstrip(" |｜")
        match, rule = _credit_at_end(text, signed)
        if not match:
            break
        gone.append((rule, text[match.start() :].strip()))
        text = text[: match.start()].rstrip()
    return text, gone


def _credit_at_end(text, signed):
    """The last credit of a paragraph and its rule."""
    if text.endswith("。") and text[-2:-1] not in ("）", ")"):
        return None, ""
    before = max(0, len(text) - LONGEST_CREDIT)
    for pattern in (LABELLED_CREDIT, NAMED_CREDIT, GLUED):
        if match := pattern.search(text, before):
            return match, KIND_OF.get(match["what"].replace(" ", ""), "source")
    if signed and (match := SIGNATURE.search(text, before)) and names_in(match["names"]):
        return match, "reporter"
    return LEFT_OVER.search(text, before) or TO_PAGE.search(text, before), "promotion"


def names_in(text: str) -> list[str]:
    """Personal names of a credit.

    Examples
    --------
    >>> names_in("严远、轩召强"), names_in("张 三"), names_in("李志文")
    (['严远', '轩召强'], ['张三'], ['李志文'])
    """
    text = re.sub(r"_\w+", "", text)
    text = SPACED_NAME.sub(r"\1\2", text.strip(" （()）[]【】"))
    found = (LABEL_AFTER.sub("", n) for n in NAME_SPLIT.split(text))
    return [n for n in found if NAME.match(n) and n not in _no_names()]


@cache
def _no_names():
    return frozenset(words("not names") + words("meta words"))


def credits_of(page, lines, dropped, header) -> Credits:
    """Everything the page says about who made it; null and empty where it says nothing."""
    around = [row for row in dropped if row.rule not in NO_CREDIT]
    paragraphs = [line.text for line in lines if line.role == "paragraph"]
    author = str(page.matter.fields.get("author") or page.head.meta.get("author") or "").strip()
    return Credits(
        _agency(page, around, header, paragraphs, author),
        _website(page, dropped, author),
        _unique([*_reporters(around, paragraphs), *([] if _is_medium(page, author) else names_in(author))]),
        _unique(_labelled(around, "editor")),
        _unique(_labelled(around, "photographer")),
    )


def _agency(page, around, header, paragraphs, author):
    """The source as the page names it: by label, in the line of the date, in the dateline, as the feed's author."""
    rows = header + [row.text for row in around if row.rule in ("source", "date and source", "editor", "reporter")]
    for text in rows:
        for match in SOURCE.finditer(text):
            who = NEXT_ITEM.sub("", match["who"].strip("《》“”\"' :："))
            if not NO_SOURCE.match(who) and len(who) >= 2:
                return who
    for key in ("source", "agency", "from", "publisher", "media"):
        value = page.matter.fields.get(key)
        if isinstance(value, str) and value.strip() and not value.startswith("http"):
            return value.strip()
    for key in ("source", "contentsource", "og:article:author", "mediaid"):
        if value := page.head.meta.get(key):
            return value
    stated = _medium_in(around) or _dateline_agency(paragraphs) or (author if _is_medium(page, author) else None)
    return stated or _own_paper(page, around)


def _own_paper(page, around):
    """The paper whose electronic edition the page is."""
    if not any(row.rule == "electronic edition" for row in around):
        return None
    places = [
        page.head.title,
        *(row.text for row in around if row.rule in ("site name", "copyright", "date and source")),
    ]
    return next((match["paper"] for text in places if (match := PAPER.search(text))), None)


def _is_medium(page, author):
    """Whether a feed's author is a medium and no person: by its name, or because it names a channel of the feed too."""
    channels = page.matter.fields.get("categories") or []
    named = author in (channels if isinstance(channels, list) else [channels])
    return bool(author) and (named or MEDIA.search(author) is not None)


def _medium_in(around):
    """A medium named without a label in the line of the date: by its name, or alone there and no person's name."""
    for row in around:
        if row.rule == "date and source":
            found = [
                word
                for word in BESIDE_DATE.split(PART.sub(" ", FULL.sub(" ", row.text)))
                if word and word not in words("channels")
            ]
            media = [word for word in found if 3 <= len(word) <= 14 and PLAIN_MEDIA.fullmatch(word)]
            alone = [word for word in found if len(found) == 1 and 5 <= len(META.sub("", word)) == len(word) <= 14]
            if media or alone:
                return (media or alone)[0]
    return None


def _dateline_agency(paragraphs):
    first = paragraphs[0][:80] if paragraphs else ""
    for pattern in (DATELINE, BARE_DATELINE, REPORTED_BY, QUOTED_PAPER):
        match = pattern.search(first) if pattern is QUOTED_PAPER else pattern.match(first)
        if match and match["agency"] and not OWN_PAPER.match(match["agency"]):
            return match["agency"]
    match = OWN_REPORTER.search(first)
    if match and not match["agency"].startswith(words("organisations before a credit")):
        return match["agency"]
    match = next((m for p in paragraphs[:2] if (m := QUOTED_PAPER.search(p[:120]))), None)
    return match["agency"] if match else None


def _website(page, dropped, author):
    for key in ("og:site_name", "application-name", "sitename"):
        if value := page.head.meta.get(key):
            return value
    for row in dropped:
        if row.rule == "site name" and not SITE.fullmatch(row.text):  # 要闻 alone is a channel
            return _without_names(re.split(r"\s*[-|｜_]+\s*", row.text)[0])
    if _is_medium(page, author):
        return author
    for row in dropped:
        if row.rule == "copyright" and (match := COPYRIGHT_OWNER.search(row.text)):
            return match["site"]
    return None


def _without_names(site):
    """The account of a line that has its writers before it: 甲乙丙 丁戊 某地发布."""
    *before, last = site.split(" ")
    return last if before and SITE.search(last) and all(map(NAME.match, before)) else site


def _reporters(around, paragraphs):
    for row in around:
        if row.rule in ("reporter", "date and source", "editor"):
            for match in REPORTER.finditer(row.text):
                yield from names_in(NEXT_LABEL.split(match["names"])[0])
    for text in paragraphs[:1]:
        for lead in LEAD_REPORTERS.finditer(text[:120]):
            for match in LEAD_REPORTER.finditer(lead["all"]):
                yield from names_in(NEXT_LABEL.split(match["names"])[0])


def _labelled(around, kind):
    for row in around:
        if row.rule in (kind, "date and source", "editor", "reporter"):
            for match in LABELLED.finditer(row.text):
                if KIND_OF[match["label"].replace(" ", "")] == kind:
                    yield from names_in(match["names"])
        if kind == "photographer" and row.rule == "caption" and (match := PICTURE_BY.search(row.text)):
            yield from names_in(match["names"])


def _unique(names):
    return list(dict.fromkeys(names))
