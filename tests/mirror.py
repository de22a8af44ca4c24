"""What a spam mirror does to a page, step by step, so that tests and the bench can make damage of every kind.

The steps are those of a mirror: traditional characters, GBK bytes, a cut wherever the bytes of ！？； stand, readings
put behind the bytes of the mirror's own characters, and the bytes read again as if nothing had happened.
"""

import random
import re
import unicodedata
from functools import cache
from typing import NamedTuple

import pypinyin
from opencc import OpenCC

CUT = re.compile(b"(\xa3\xa1|\xa3\xbf|\xa3\xbb)")  # the bytes of ！？；, wherever they stand
KEPT_WHOLE = {"。".encode("gbk"), "、".encode("gbk")}
OVER_CONVERTED = dict(zip("制于后里干准周征着松面系", "製於後裏幹準週徵著鬆麵係", strict=True))
PLAIN_SIMPLIFIED = 0.75  # simplified mirrors that annotate nothing, only cut: the one that is known does so
TO_HALF = str.maketrans("，：（）", ",:()")


class Mirror(NamedTuple):
    """One mirror's ways. ``table``: reading by character."""

    table: dict[str, str]
    traditional: bool = True
    over_converted: dict[str, str] = {}  # noqa: RUF012 - never changed
    half_before: bool = True
    together: bool = False
    toneless: bool = False


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")


def random_mirror(rng: random.Random, text: str, *, traditional: bool | None = None) -> Mirror:
    """A mirror with a table of 45 to 75 characters, most of which ``text`` has."""
    traditional = rng.random() < 0.8 if traditional is None else traditional
    over = {a: b for a, b in OVER_CONVERTED.items() if rng.random() < 0.4} if traditional else {}
    converted = traditionalise(text, over) if traditional else text
    own = sorted({c for c in converted if "\u4e00" <= c <= "\u9fff" and _writable(c)})
    if traditional:
        own = [c for c in own if c not in text] or own
    table = rng.sample(own, min(len(own), rng.randint(15, 60))) + rng.sample(_common(traditional), 20)
    if not traditional and rng.random() < PLAIN_SIMPLIFIED:
        table = []
    return Mirror(
        {c: reading(rng, c) for c in table},
        traditional,
        over,
        half_before=rng.random() < 0.5,
        together=rng.random() < 0.5,
        toneless=rng.random() < 0.05,
    )


def reading(rng: random.Random, char: str) -> str:
    """The reading that a mirror's own dictionary may give: mostly the first, at times another one in use."""
    readings = pypinyin.pinyin(char, heteronym=True)[0][:2]
    return readings[0] if rng.random() < 0.85 else readings[-1]


@cache
def _common(traditional: bool) -> str:
    simplified = "们开长东车马问间见贝风飞鱼鸟龙龟齐语说话读请谁课调谈谢让认识记许论设访词试诗诚该详"
    return _traditional().convert(simplified) if traditional else simplified


def _writable(char: str) -> bool:
    return len(char.encode("gbk", "ignore")) == 2


def traditionalise(text: str, over: dict[str, str]) -> str:
    """Character by character, as a mirror does it."""
    return "".join(over.get(c) or _single(c) for c in text)


@cache
def _single(char: str) -> str:
    other = _traditional().convert(char) if "\u4e00" <= char <= "\u9fff" else char
    return other if _writable(other) else char


def clean(text: str, mirror: Mirror) -> str:
    """The text as the mirror would show it without damage: what a repair should give."""
    text = traditionalise(text, mirror.over_converted) if mirror.traditional else text
    return text.translate(TO_HALF)


def damage(text: str, mirror: Mirror) -> str:
    """The text as the mirror shows it."""
    return "\n".join(_damage_line(line, mirror) for line in text.split("\n"))


def _damage_line(line: str, mirror: Mirror) -> str:
    if mirror.traditional:
        line = traditionalise(line, mirror.over_converted)
    if mirror.half_before:
        line = line.translate(TO_HALF)
    pairs = [c.encode("gbk", "ignore") for c in line]
    raw = b"".join(pairs)
    cuts = {edge for match in CUT.finditer(raw) for edge in match.span()}
    kept = {at for at in _kept_whole(pairs) if not cuts & {at + 1}}
    return "".join(_decode(raw, cuts, kept, _insertions(raw, cuts, mirror))).translate(TO_HALF)


def _kept_whole(pairs: list[bytes]) -> set[int]:
    at, found = 0, set()
    for pair in pairs:
        if pair in KEPT_WHOLE:
            found.add(at)
        at += len(pair)
    return found


def _insertions(raw: bytes, cuts: set[int], mirror: Mirror) -> dict[int, str]:
    """Readings by the place they are put in; what one of them or a cut has parted is no pair any more."""
    parted, found = set(cuts), {}
    for char, reading in sorted(mirror.table.items(), key=lambda item: item[1]):
        pair = char.encode("gbk")
        for match in re.finditer(re.escape(pair), raw):
            if match.start() + 1 not in parted and (mirror.together or match.start() + 1 not in found):
                found[match.end()] = f"({_spelling(reading, mirror)})"
    return found


def _spelling(reading: str, mirror: Mirror) -> str:
    if not mirror.toneless:
        return reading
    return "".join(c for c in unicodedata.normalize("NFD", reading) if c.isascii())


def _decode(raw: bytes, cuts: set[int], kept: set[int], insertions: dict[int, str]):
    """Reads the bytes as a mirror does, a byte late after a cut or an insertion."""
    i = 0
    while i < len(raw):
        lead, after = raw[i], i + 1
        insertion = insertions.get(after)
        if i in kept:
            yield raw[i : i + 2].decode("gbk")
            after = i + 2
        elif lead < 0x80:
            yield chr(lead)
        elif lead == 0x80:
            yield "\u20ac"
        elif insertion:
            yield "?" + insertion[1:]
            i = after
            continue
        elif after == len(raw) or after in cuts or after in kept or raw[after] <= 0x20:
            yield "?"
        elif raw[after] < 0x40 or raw[after] == 0x7F:
            yield "?"
            after = i + 2
        else:
            yield raw[i : i + 2].decode("gbk", "ignore")
            after = i + 2
        yield insertions.get(after, "")
        i = after


def annotations(text: str) -> list[str]:
    """The readings that stand in a text, behind whole characters or torn ones."""
    tones = "".join(chr(c) for c in (*range(0xE0, 0xFD), *range(0x101, 0x17F), *range(0x1CE, 0x1DD)))
    return re.findall(rf"[(?][a-z]*[{tones}][a-z]*\)", text)
