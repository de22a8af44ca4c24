"""People: an official post and the name that stands with it.

An official report hardly names a leader without the post at first mention: a person is a post with a name behind it,
or a plain title with a name before it.
"""

import re
from functools import cache
from typing import NamedTuple

from tifa import data
from tifa.marking import townships
from tifa.marking.gazetteer import gazetteer
from tifa.marking.person_names import (
    HAN,
    ORGANISATION,
    PREPOSITIONS,
    TITLE,
    name_at,
    not_names,
    surnames,
    words,
)


class Person(NamedTuple):
    """Somebody named in a text: where the name stands, and the post written beside it."""

    start: int
    end: int
    name: str
    post: str


# 市领导A、B、C and 张宁和宁伟: marks that go from one name to the next.
_NEXT = "、和与及"
_NAME_BEFORE = re.compile(f"[{HAN}]{{2,3}}$")
# 温 before 州市委书记, 八 before 所镇党委书记: the chain of posts took a part of the place's name.
_TAKEN_FROM_PLACE = re.compile("[州市县区旗所](?=[市县区旗镇乡街])")
_ONE_BEFORE = re.compile(f"(?:^|[^{HAN}])([{HAN}])$")
# Heads of a province's schools of cadres and institutes go on tours; they are visited by nobody in the county.
_FROM_ABOVE = re.compile("省(?:委党校|社科院|社会科学院|科学院|农科院|地质院|行政学院)")
# 武汉 before 市委书记 where it opens the clause; 昨天下午 and 受 are none.
_PLACE_BEFORE = re.compile(f"(?:^|[^{HAN}]|[和与])([{HAN}]{{2,4}})$")
_NO_PLACE = re.compile("[天日午晚时年月后中前期同受由据经]|领导")
# How far before its last word a chain of posts may begin.
_LONGEST_POST = 60


@cache
def _last() -> re.Pattern:
    """Last word of a post."""
    return re.compile(data.any_of(words("posts") | words("staff") | words("press")))


@cache
def _chain() -> re.Pattern:
    """What stands before the last word, read backwards: 委市 of 市委书记, and earlier posts joined by a mark."""
    last = data.any_of(word[::-1] for word in words("posts"))
    word = f"(?:{data.any_of(word[::-1] for word in words('post_words') | words('posts'))})"
    return re.compile(f"{word}*(?:[{HAN}]{{0,4}}?[、兼](?:{last}){word}*)*")


@cache
def _staff() -> re.Pattern:
    return re.compile(f"(?<!法院)(?<!总)(?:{data.any_of(words('staff'))})$|社区|(?<![农乡驻])村")


def is_staff(post: str) -> bool:
    """Whether a post is one of those who receive a visit rather than make it.

    Examples
    --------
    >>> is_staff("社区党委书记"), is_staff("县委书记")
    (True, False)
    """
    return bool(_staff().search(post)) and not _FROM_ABOVE.match(post)


def people_in(text: str) -> list[Person]:
    """People whom a text names together with a post.

    Parameters
    ----------
    text : str
        Simplified Chinese: a sentence, or better a whole document, because a name that comes twice is surer.

    Returns
    -------
    list of Person
        In order, without reporters and editors. The post is as written.

    Examples
    --------
    >>> [(p.name, p.post) for p in people_in("省委常委、武汉市委书记王忠林到社区检查,副市长张宁和宁伟参加。")]
    [('王忠林', '省委常委、武汉市委书记'), ('张宁', '副市长'), ('宁伟', '副市长')]
    """
    found, names, end = [], set(), 0
    for match in _last().finditer(text):
        if match.start() < end or match.group() in words("press"):
            continue
        people = _after(text, match, names) or _before(text, match, names)
        if people:
            names.update(person.name for person in people)
            found += people
            end = people[-1].end
    return found


def _after(text, last, names):
    """Everybody in the list of names that follows a post."""
    start, people, post = last.end(), [], None
    while name := name_at(text, start, names):
        post = post or _whole_post(text, last)
        people.append(Person(start, start + len(name), name, post))
        start += len(name) + 1
        if text[start - 1 : start] not in tuple(_NEXT):
            break
    return people


def _whole_post(text, last):
    """The chain of posts that ends with a last word: 省委常委、武汉市委书记."""
    before = text[max(0, last.start() - _LONGEST_POST) : last.start()].rpartition("\n")[2]
    chain = _chain().match(before[::-1]).end()
    start = len(before) - chain
    return (before[start - _place_before(before, start, last.group()) :] + last.group()).lstrip("、")


def _place_before(before, start, last):
    """How long the place is that stands before a chain of posts."""
    if before[start : start + 1] == "原" and before[start - 1 : start + 1] in gazetteer().names:
        return 1  # 太|原市委书记 is no former one
    if before[start - 1 : start + 1] == "农村":  # 全国人大农|村委员会副主任委员
        return 1
    one = _TAKEN_FROM_PLACE.match(before + last, start) and _ONE_BEFORE.search(before[:start])
    place = one or _PLACE_BEFORE.search(before[:start][-5:])
    if place and start == len(before) and place.group(1) not in gazetteer().names:  # 西昌|市长
        return 0
    if not place or (before + last)[start : start + 1] not in tuple("省市区县州盟旗镇乡自街党所新"):
        return 0
    return 0 if _NO_PLACE.search(place.group(1)) else len(place.group(1))


def _before(text, last, names):
    """市政协高瑞军副主席: the name stands before a plain title."""
    title = TITLE.search(text, max(0, last.start() - 3), last.end())
    run = title and title.end() == last.end() and _NAME_BEFORE.search(text[max(0, title.start() - 3) : title.start()])
    if not run:
        return []
    for length in (3, 2):
        name = run.group()[-length:]
        if length == 2 and name[0] in PREPOSITIONS:
            return []
        if name in names or (len(name) == length and _may_be_name(name, title.group())):
            return [Person(title.start() - length, title.start(), name, title.group())]
    return []


def _may_be_name(name, title):
    if name in gazetteer().names:  # 焦作市长
        return False
    if title[0] in "镇乡" and name + title[0] in townships.table():  # 安哈镇|长板桥村
        return False
    single, _ = surnames()
    return name[0] in single and name[:2] not in not_names() and not ORGANISATION & set(name)
