"""The characters of GBK (code page 936) as byte pairs, and how they stand to simplified characters."""

from collections import defaultdict
from functools import cache

from opencc import OpenCC

LEADS = range(0x81, 0xFF)
TRAILS = [t for t in range(0x40, 0xFF) if t != 0x7F]

# OpenCC keeps these because they can be right in simplified text; for weighing a reading they are as good as the other.
_ALSO = {"乾": "干", "著": "着", "藉": "借", "瞭": "了", "麽": "么", "夥": "伙", "徵": "征", "餘": "余", "羣": "群"}
# Simplified forms that are at home in traditional text too.
_BOTH = frozenset("后里干只面制准周征于系台游表出向布占家合志采回岳才朱板松卷咸几谷舍胡范丑云了余")


@cache
def pairs() -> dict[tuple[int, int], str]:
    """Characters by lead and trail byte; a pair that GBK leaves empty is missing.

    Examples
    --------
    >>> pairs()[0xB1, 0xA3], (0xAB, 0xB0) in pairs()
    ('保', False)
    """
    found = {}
    for lead in LEADS:
        for trail in TRAILS:
            char = bytes((lead, trail)).decode("gbk", "ignore")
            if len(char) == 1:
                found[lead, trail] = char
    return found


@cache
def codes() -> dict[str, tuple[int, int]]:
    """The other way round: lead and trail byte by character."""
    return {char: pair for pair, char in pairs().items()}


@cache
def simplified() -> dict[str, str]:
    """The simplified form of each character of GBK that has another one."""
    chars = [c for c in pairs().values() if "\u4e00" <= c <= "\u9fff"]
    forms = OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return {a: b for a, b in zip(chars, forms, strict=True) if a != b} | _ALSO


@cache
def simplified_only() -> frozenset[str]:
    """Characters that a traditional text would as a rule write in another way."""
    return frozenset(simplified().values()) - _BOTH


@cache
def by_lead() -> dict[int, list[tuple[int, str]]]:
    """Trail byte and character of every Chinese character or mark of punctuation, by lead byte."""
    found = defaultdict(list)
    for (lead, trail), char in pairs().items():
        if is_text(char):
            found[lead].append((trail, char))
    return dict(found)


@cache
def by_trail() -> dict[int, list[tuple[int, str]]]:
    """Lead byte and character, by trail byte."""
    found = defaultdict(list)
    for (lead, trail), char in pairs().items():
        if is_text(char):
            found[trail].append((lead, char))
    return dict(found)


@cache
def empty_leads() -> frozenset[int]:
    """Lead bytes of the pairs that GBK leaves empty and that two Chinese characters side by side can make."""
    return frozenset(lead for lead in LEADS if any((lead, t) not in pairs() for t in range(0x81, 0xFF)))


def is_text(char: str) -> bool:
    """Whether news text holds such a character: Chinese, or punctuation of its own."""
    return "\u4e00" <= char <= "\u9fff" or char in _PUNCTUATION


_PUNCTUATION = frozenset("\u3000、。·—…“”‘’《》〈〉「」『』【】（）！，：；？％～○")
