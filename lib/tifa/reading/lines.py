"""What a line of a page is: prose, a heading, or something that is no article, and by which rule."""

import re
from functools import lru_cache

from tifa.reading.lists import any_of, pattern_of, sections
from tifa.reading.moments import ANY_DAY, CHINESE, DAY_FIRST, FULL, MAIL, PART, half_width

LONGEST_NOTICE = 700  # characters
FARM = 6  # names that a link farm chains, at least
LONGEST_RULED = 160  # characters; a longer line is prose or one of the notices below
HAN = re.compile(r"[\u3400-\u9fff]")
_NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")
STOPS = re.compile(r"[。！？；!?;…]")
FULL_STOP = re.compile(r"。|[！？!?][”’』」]?(?=[\u4e00-\u9fff“])|[。！？!?…；][”’』」）)]?$")
COMMAS = re.compile(r"[，,、；;]")
SEPARATORS = re.compile(r"[\s|｜┊/·•\-—_,，、>»<«【】\[\]]+")
TITLE_VERB = re.compile(any_of("verbs of titles"))
SITE = re.compile(any_of("site endings") + "$", re.I)
ISSUER = re.compile(any_of("issuers") + "$")
BYLINE = re.compile(r"\s*[（(][^（()）]{0,12}(?:记者|通讯员|作者|编辑)[^（()）]{0,20}[）)]\s*$")
META_WORD = re.compile(any_of("meta words"))
BAR = re.compile(
    rf"(?>[\[【（(|｜/:：、,，·>»\s]*+(?>{any_of('share bar words')}|\d{{1,6}})[\]】）)\s]*+)++[|｜/:：、,，·>»\s]*$",
    re.I,
)
DATE_LEFT = re.compile(r"[\d:：.年月日时分秒TZ/+\-\s|｜【】\[\]()（）,，、·•―—>]+")
FOOTER = re.compile(r"Copyright|©|All Rights|ICP|公网安备|网站标识码|本[站网]", re.I)
QUOTED = re.compile(r"“[^“”]{1,80}”")
OPENING_MARK = re.compile(r"^[■◆●▲★□◇○※]\s*")


@lru_cache(maxsize=1 << 16)
def rule_of(text: str) -> str:
    """Rule by which a line is no part of an article, whatever stands around it; empty if none says so.

    Examples
    --------
    >>> rule_of("责任编辑：李小明"), rule_of("他来到港沿镇同滧村，看望志愿者。")
    ('editor', '')
    """
    if len(text) > LONGEST_RULED:
        return _rule_of_long(text)
    if not HAN.search(text):
        return _without_han(text)
    found = pattern_of("lines").match(text)
    rule = found.lastgroup.replace("_", " ") if found else ""
    if rule == "copyright" and "。" in text[:-1] and not FOOTER.search(text) and not is_notice(text):
        rule = ""  # sentences that mention a hotline or somebody's rights
    if rule != "server clock" and is_dated_line(text):
        return "date and source"
    if BAR.match(text):
        return "share bar"
    if rule:
        return rule
    if is_link_farm(text):
        return "link farm"
    if is_spam(text):
        return "spam"
    if is_menu(text):
        return "navigation"
    return "copyright" if is_notice(text) else ""


def _rule_of_long(text):
    if is_notice(text):
        return "copyright"
    return "link farm" if is_link_farm(text) else "spam" if is_spam(text) else ""


def is_spam(text: str) -> bool:
    """Whether a line advertises what mirrors advertise."""
    return "。" not in text and len({m[0] for m in pattern_of("spam").finditer(text[:500])}) >= 2


def _without_han(text):
    found = pattern_of("lines").match(text)
    full_date = FULL.search(text) or DAY_FIRST.search(text) or MAIL.search(text)
    if full_date and not found and len(text) - len(full_date[0]) < 20:
        return "date and source"
    if BAR.match(text) and re.search(r"\w", text):
        return "share bar" if re.search(r"[A-Za-z]", text) else "counter"
    if found:
        return found.lastgroup.replace("_", " ")
    if full_date:
        return "no Chinese"
    return "counter" if re.fullmatch(r"[\W\d_]+", text) else "no Chinese"


def is_dated_line(text: str) -> bool:
    """Whether a line gives date and source and says nothing else: 2022-03-16 19:33　|　某某晨报.

    Examples
    --------
    >>> is_dated_line("网络编辑 国内 2022-04-18 21:10:48 0"), is_dated_line("4月18日，他来到长兴镇。")
    (True, False)
    """
    if len(text) > 120 or not ANY_DAY.search(text) or "。" in text or "://" in text:
        return False
    text = BYLINE.sub("", half_width(text))
    full = FULL.search(text) or DAY_FIRST.search(text) or CHINESE.search(text) or MAIL.search(text)
    dated = full or PART.search(text)
    if not dated:
        return False
    words = DATE_LEFT.sub(" ", text[: dated.start()] + " " + text[dated.end() :]).split()
    if not (full or dated["hour"]):  # 5月2日 某某融媒: a day without a year needs an issuer beside it
        return bool(words) and all(_is_issuer(word) for word in words)
    if "来源" in text:
        return not STOPS.search(text)
    return all(_is_label_or_issuer(word) for word in words)


def _is_label_or_issuer(word):
    """Whether a word beside a date may be a label, a name or who published it: 发布时间, 李小明, 某市人民政府."""
    return _is_issuer(word) or len(META_WORD.sub("", word)) <= 6


def _is_issuer(word):
    return len(word) <= 14 and bool(SITE.search(word) or ISSUER.search(word))


def is_link_farm(text: str) -> bool:
    """Whether a line is a chain of short names: 九江市| 通化县| 库伦旗|."""
    if text.count("|") + text.count("｜") < FARM - 1:
        return False
    names = [n for n in re.split(r"[|｜]", text) if n.strip()]
    return len(names) >= FARM and sum(map(len, names)) <= 9 * len(names)


def is_menu(text: str) -> bool:
    """Whether a line is a row of short words without any sentence: 首页 要闻 时政 评论."""
    if STOPS.search(text):
        return False
    words = SEPARATORS.split(text.strip())
    words = [w for w in words if w]
    return len(words) >= 4 and sum(map(len, words)) <= 5 * len(words) and not re.search(r"，|[,：:].*[,：:]", text)


@lru_cache(maxsize=1 << 12)
def is_notice(text: str) -> bool:
    """Whether a line speaks about the site instead of the world: copyright, liability, how to get in touch.

    Examples
    --------
    >>> is_notice("如有侵权请联系本站删除。"), is_notice("会议要求保护版权，未经同意不得转载。")
    (True, False)
    """
    if len(text) > LONGEST_NOTICE:
        return False
    text = QUOTED.sub("", text) if "“" in text else text  # what somebody is quoted with is no notice
    site, short = _terms_in(text, "about the site"), len(text) < 60
    if not site and not short:
        return False
    return len(site) + len(_terms_in(text, "about rights")) >= (2 if short and site else 3)


def _terms_in(text, section):
    return {match[0] for match in _terms(section).finditer(text)}


@lru_cache(maxsize=2)
def _terms(section):
    return re.compile("|".join(sections("notices")[section]), re.I)


def is_site_name(text: str) -> bool:
    """Whether a line is the name of a site, paper or channel: 泉州晚报, 大院网-山西大院资讯网."""
    pieces = [p for p in re.split(r"\s*[-|｜_—>》]+\s*", text) if p]
    if not pieces or len(text) > 30 or max(map(len, pieces)) > 14 or COMMAS.search(text):
        return False
    return SITE.search(pieces[-1]) is not None and not TITLE_VERB.search(SITE.sub("", pieces[0]))


@lru_cache(maxsize=1 << 14)
def is_prose(text: str) -> bool:
    """Whether a line holds sentences.

    Examples
    --------
    >>> is_prose("市领导参加相关活动。"), is_prose("强力推进阵地战 全力打好歼灭战")
    (True, False)
    """
    if len(text) < (4 if text.endswith("。") else 8) or _n_han(text) < 0.4 * len(text):
        return False
    if "。" in text:
        return True
    return len(text) >= 45 and (FULL_STOP.search(text) is not None or len(COMMAS.findall(text)) >= 3 + len(text) // 200)


def _n_han(text):
    return len(_NOT_HAN.sub("", text))


def is_title_like(text: str) -> bool:
    """Whether a line could be a printed title."""
    return 5 <= len(text) <= 100 and "。" not in text.rstrip("。") and _n_han(text) >= max(4, len(text) // 3)
