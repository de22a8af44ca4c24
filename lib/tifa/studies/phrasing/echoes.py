"""Echoes: a filler that comes again after another head. 应转尽转, 以快制快, 快而又快."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from tifa.studies.phrasing.cutting import Words, is_word, kind_of
from tifa.studies.phrasing.instance import CHAR, NO_HEAD, NO_LIST_HEAD, Instance
from tifa.studies.phrasing.matter import Matter

_ECHOES = [re.compile(rf"(?=({CHAR}{{{n}}})({CHAR}{{1,2}})((?!\1){CHAR}{{{n}}})\2)") for n in (1, 2)]
_RETURN = re.compile(rf"(?=({CHAR})((?!\1){CHAR}(?!\1){CHAR})\1)")
# 能不能 and 有没有 ask; they do not echo.
_NEGATIONS = ("不", "没", "没有")


def echoes(matter: Matter, words: Words) -> Iterator[Instance]:
    """A filler that comes again after another head; or, where that has more fillers, a tail after other words."""
    matches = (match for pattern in _ECHOES for match in pattern.finditer(matter.text))
    found = [m for m in matches if m[3] not in _NEGATIONS and _whole(words, *_span(m))]
    known = is_word([half for m in found for half in (m[1] + m[2], m[3] + m[2])])
    by_heads, by_filler, uses = defaultdict(set), defaultdict(set), Counter((m[1], m[3]) for m in found)
    for m in found:
        by_heads[m[1], m[3]].add(m[2])
        by_filler[m[2]].add((m[1], m[3]))
    kinds = kind_of(list(by_filler))
    for m in found:
        start, end = _span(m)
        sure = bool(words.begins[[start, start + len(m[1] + m[2]), end]].all())
        free = not (known[m[1] + m[2]] and known[m[3] + m[2]])
        if len(by_filler[m[2]]) <= len(by_heads[m[1], m[3]]) or uses[m[1], m[3]] > 1:
            yield Instance("echo", f"{m[1]}_{m[3]}_", m[2], start, end, sure, free)
        elif sure and free and not kinds[m[2]].startswith(NO_LIST_HEAD):
            yield Instance("parallel", f"_{m[2]}_{m[2]}", f"{m[1]} {m[3]}", start, end, sure, free)


def _span(match):
    return match.start(), match.start() + len(match[1]) + 2 * len(match[2]) + len(match[3])


def _whole(words, start, end):
    """No 、 inside, and no part that begins with a particle or conjunction."""
    if words.pause[start + 1 : end].any():
        return False
    return not any(words.pos.get(at, "").startswith(NO_HEAD) for at in range(start, end))


def returns(matter: Matter, words: Words) -> Iterator[Instance]:
    """One character, two words of one character, and the first again: 快而又快."""
    for match in _RETURN.finditer(matter.text):
        start, end = match.start(), match.start() + 4
        single = words.begins[[start + 1, start + 2]].all() and words.pos.get(start + 2, "")[:1] not in NO_HEAD
        if words.pause[start + 1 : end].any() or not single:
            continue
        sure = bool(words.begins[start] and words.begins[start + 3] and words.begins[end])
        yield Instance("echo", f"_{match[2]}_", match[1], start, end, sure, True)
