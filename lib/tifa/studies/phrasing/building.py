"""How frames are built, and where such strings stand: 应_尽_, 从_从_, 越是_越要_.

Three ways of building are looked for. *Parallel*: a head comes again at once with another filler (从严从紧,
再动员、再部署). *Echo*: a filler comes again after another head (应转尽转, 以快制快, 快而又快). *Correlative*: two
heads open one clause and the next, and seldom stand alone (越是…,越要…). What the dictionary has as words (生产生活)
is coincidence, unless the same frame also makes what the dictionary has not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import exp, prod
from typing import NamedTuple

import numpy as np

from tifa.studies.phrasing.cutting import Words, is_word, kind_of
from tifa.studies.phrasing.matter import BORDER, Matter

SLOT = "_"
# Characters of a filler: where the head comes again at once, and in a list with 、.
LONGEST_AT_ONCE, LONGEST_LISTED = 2, 4
# A parallel that chance would make as often with this probability or more is none.
MOST_CHANCE = 0.005
_CHAR = r"[^\W\dA-Za-z_]"
_PARALLEL = re.compile(rf"(?=({_CHAR}{{1,3}})((?:(?!\1){_CHAR}){{1,4}})\1(?!\2))")
_ECHOES = [re.compile(rf"(?=({_CHAR}{{{n}}})({_CHAR}{{1,2}})((?!\1){_CHAR}{{{n}}})\2)") for n in (1, 2)]
_RETURN = re.compile(rf"(?=({_CHAR})((?!\1){_CHAR}(?!\1){_CHAR})\1)")
# Parts of speech, in jieba's letters, that come again without making a frame: particles, conjunctions, final words.
_NO_HEAD = ("u", "c", "y")
_NO_FILLER = ("u", "c", "y", "x")
# Names and common nouns in a row may begin or end alike by chance: 市政府、市政协; 上城区、拱墅区.
_NO_LIST_HEAD = ("n", "j", "m", "q", "x", "t", "s", "f")
# 能不能 and 有没有 ask; they do not echo.
_NEGATIONS = ("不", "没", "没有")
_NEXT_CLAUSE = re.compile(r"\W*[，,；;]\W*")
_CLAUSE_HEAD = 2
_LEAST_BOUND = 0.5


class Instance(NamedTuple):
    """One use of a frame in the matter, from ``start`` up to ``end``.

    ``sure``: words begin where its parts do. ``free``: it is not put together from words of the dictionary.
    """

    kind: str
    frame: str
    filler: str
    start: int
    end: int
    sure: bool
    free: bool


def instances(matter: Matter, words: Words, least: int) -> list[Instance]:
    """Uses of all frames that are used at least ``least`` times, in order, none inside another.

    Parameters
    ----------
    matter : Matter
    words : Words
        Of the same matter.
    least : int
        Fewest uses.
    """
    echoes = _enough([*_echoes(matter, words), *_returns(matter, words)], least)
    parallel = _enough(list(_parallels(matter, words)), least)
    apart = _more_than_chance(matter, words, _apart([*echoes, *parallel]))
    return sorted([*_often(apart, least), *_correlatives(matter, words, least)], key=lambda one: (one.start, one.end))


def _enough(found, least):
    """Uses of frames of which one is sure and free, and which are used often enough to be told from chance."""
    proven = {one.frame for one in found if one.sure and one.free}
    found = [one for one in found if one.frame in proven]
    fillers = defaultdict(set)
    for one in found:
        fillers[one.frame].add(one.filler)
    uses = Counter(one.frame for one in found)
    return [one for one in found if uses[one.frame] >= least and len(fillers[one.frame]) >= _fewest_fillers(one)]


def _fewest_fillers(one):
    """An echo of longer parts, or without a head, is a frame only where other fillers show it."""
    short = len(one.frame) == 4 and len(one.filler) == 1
    return 1 if one.kind == "parallel" or short else 2


def _apart(found):
    """Without uses that overlap a longer one; of two equally long ones an echo, else one with heads, stays."""
    kept, taken = [], set()
    for one in sorted(found, key=lambda one: (one.start - one.end, one.kind, one.frame.startswith(SLOT), one.start)):
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(one)
    return kept


def _more_than_chance(matter, words, found):
    """Without parallels whose fixed characters are so frequent as words that they would meet as often by chance."""
    uses = defaultdict(list)
    for one in found:
        uses[one.frame].append(one)
    chance = dict.fromkeys(uses, 0.0)
    for frame, own in uses.items():
        if own[0].kind == "parallel":
            chance[frame] = _at_least(sum(one.free for one in own), _expected(matter, words, frame, own))
    return [one for one in found if chance[one.frame] < MOST_CHANCE]


def _expected(matter, words, frame, uses):
    """How often words that begin with the frame's parts, one of them no longer, would stand near each other by chance.

    Counted outside the frame's own uses.
    """
    parts = [part for part in frame.split(SLOT) if part]
    inside = {place for one in uses for place in range(one.start, one.end)}
    opening, alone = [], []
    for part in parts:
        places = [m.start() for m in re.finditer(part, matter.text) if words.begins[m.start()]]
        places = [place for place in places if place not in inside]
        opening.append(len(places))
        alone.append(sum(bool(words.begins[place + len(part)]) for place in places))
    near = len(matter.text) / LONGEST_AT_ONCE
    return sum(n / max(m, 1) for n, m in zip(alone, opening, strict=True)) * near * prod(n / near for n in opening)


def _at_least(n, expected):
    """Chance of ``n`` or more events where ``expected`` are expected (Poisson)."""
    term, total = exp(-expected), 0.0
    for k in range(n):
        total += term
        term *= expected / (k + 1)
    return 1 - total


def _often(found, least):
    uses = Counter(one.frame for one in found)
    return [one for one in found if uses[one.frame] >= least]


class _Chain(NamedTuple):
    """A head that comes again: where it stands each time, where the last filler ends, and whether 、 stands between."""

    head: str
    heads: list[int]
    end: int
    listed: bool

    def parts(self, text):
        return [text[a:b] for a, b in zip(self.heads, [*self.heads[1:], self.end], strict=True)]


def _parallels(matter: Matter, words: Words) -> Iterator[Instance]:
    """A head that comes again at once or after 、, with other fillers."""
    chains = list(_chains(matter, words))
    wholes = [matter.text[chain.heads[0] : chain.end] for chain in chains]
    known = is_word([*wholes, *(part for chain in chains for part in chain.parts(matter.text))])
    for chain, whole in zip(chains, wholes, strict=True):
        one = _parallel(matter, words, chain, known)
        # Short ones that no word's edge confirms are chance.
        if not known[whole] and (one.sure or (len(chain.heads) > 2 and not chain.listed)):
            yield one


def _chains(matter, words):
    done: dict[str, int] = {}
    for match in _PARALLEL.finditer(matter.text):
        start, head = match.start(), match[1]
        if start < done.get(head, 0):
            continue
        heads, listed = _heads(matter, words, start, head)
        if len(heads) < 2 or not _may_repeat(words, heads, listed):
            continue
        chain = _Chain(head, heads, _last_end(matter, words, heads, len(head), listed), listed)
        fillers = [part[len(head) :] for part in chain.parts(matter.text)]
        if len({*fillers} - {""}) == len(heads) and all(_may_fill(words, chain, at) for at in heads):
            done[head] = chain.end
            yield chain


def _heads(matter, words, start, head):
    """Where the head stands, all at once or all after 、; and whether it is a list with 、."""
    heads, limit, listed = [start], int(matter.clause_end[start]), None
    while True:
        after = heads[-1] + len(head)
        place = matter.text.find(head, after + 1, min(limit, after + LONGEST_LISTED + len(head)))
        if place < 0 or words.pause[heads[-1] + 1 : place].any() or listed not in (None, bool(words.pause[place])):
            break
        if not words.pause[place] and place - after > LONGEST_AT_ONCE:
            break
        listed = bool(words.pause[place])
        heads.append(place)
    return [at for at in heads if at + len(head) < limit], bool(listed)


def _may_repeat(words, heads, listed):
    pos = next((words.pos[at] for at in heads if at in words.pos), "")
    return not pos.startswith(_NO_HEAD) and not (listed and pos.startswith(_NO_LIST_HEAD))


def _may_fill(words, chain, at):
    """No particle or conjunction and no figure among what follows the head."""
    places = range(at + len(chain.head), next((place for place in chain.heads if place > at), chain.end))
    return not any(words.pos.get(place, "").startswith(_NO_FILLER) for place in places)


def _last_end(matter, words, heads, size, listed):
    """Where the last filler ends: at the list's end, else as long as the one before it."""
    after, limit = heads[-1] + size, int(matter.clause_end[heads[-1]])
    pauses = np.flatnonzero(words.pause[after:limit])
    stop = min(limit, after + int(pauses[0]) if len(pauses) else limit)
    before = heads[-1] - heads[-2] - size
    if listed and stop - after <= min(before + 1, LONGEST_LISTED):
        return stop
    same = min(stop, after + before)
    # The last filler may be longer, to the end of its word: 同吃同住同工作.
    longer = (listed or len(heads) > 2) and same < stop and not words.begins[same]
    return same + 1 if longer and words.begins[same + 1] else same


def _parallel(matter, words, chain, known):
    heads, parts = chain.heads, chain.parts(matter.text)
    if len(parts) > 2 and known[parts[0]]:  # 同志 before 同吃同住同工作 is a word of its own
        heads, parts = heads[1:], parts[1:]
    on_words = sum(bool(words.begins[at]) for at in heads) * 2 > len(heads)
    sure = bool(words.begins[heads[0]] and words.begins[chain.end] and on_words)
    free = not all(known[part] for part in parts)
    fillers = [part[len(chain.head) :] for part in parts]
    shapes = [_slotted(filler, fillers) for filler in fillers]
    frame = "".join(chain.head + shape for shape, _ in shapes)
    return Instance("parallel", frame, " ".join(slot for _, slot in shapes), heads[0], chain.end, sure, free)


def _slotted(filler, fillers):
    """The filler's shape with its slot, and what fills it: the last stretch in which fillers of one length differ."""
    same = [len(set(chars)) == 1 for chars in zip(*fillers, strict=False)]
    if len({*map(len, fillers)}) > 1 or not any(same):
        return SLOT, filler
    last = max(i for i, equal in enumerate(same) if not equal)
    first = last
    while first and not same[first - 1]:
        first -= 1
    return filler[:first] + SLOT + filler[last + 1 :], filler[first : last + 1]


def _echoes(matter: Matter, words: Words) -> Iterator[Instance]:
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
        elif sure and free and not kinds[m[2]].startswith(_NO_LIST_HEAD):
            yield Instance("parallel", f"_{m[2]}_{m[2]}", f"{m[1]} {m[3]}", start, end, sure, free)


def _span(match):
    return match.start(), match.start() + len(match[1]) + 2 * len(match[2]) + len(match[3])


def _whole(words, start, end):
    """No 、 inside, and no part that begins with a particle or conjunction."""
    if words.pause[start + 1 : end].any():
        return False
    return not any(words.pos.get(at, "").startswith(_NO_HEAD) for at in range(start, end))


def _returns(matter: Matter, words: Words) -> Iterator[Instance]:
    """One character, two words of one character, and the first again: 快而又快."""
    for match in _RETURN.finditer(matter.text):
        start, end = match.start(), match.start() + 4
        single = words.begins[[start + 1, start + 2]].all() and words.pos.get(start + 2, "")[:1] not in _NO_HEAD
        if words.pause[start + 1 : end].any() or not single:
            continue
        sure = bool(words.begins[start] and words.begins[start + 3] and words.begins[end])
        yield Instance("echo", f"_{match[2]}_", match[1], start, end, sure, True)


def _correlatives(matter: Matter, words: Words, least: int) -> list[Instance]:
    """Heads that open one clause and the next, and seldom do without each other."""
    borders = np.flatnonzero(matter.codes == BORDER).tolist()
    clauses = [(a + 1, b) for a, b in pairwise(borders)]
    heads = [matter.text[a : min(a + _CLAUSE_HEAD, b)] for a, b in clauses]
    pairs = [i for i in range(len(clauses) - 1) if _fits(matter, words, clauses, heads, i)]
    together = defaultdict(list)
    for i in pairs:
        together[heads[i], heads[i + 1]].append(i)
    openings = Counter(heads)
    found = []
    for (one, two), places in together.items():
        fillers = {tuple(_fillers(matter, clauses, i)) for i in places}
        bound = len(places) >= _LEAST_BOUND * max(openings[one], openings[two])
        if bound and len(places) >= least and len(fillers) >= 2:
            found += [_correlative(matter, clauses, one, two, i) for i in places]
    return found


def _fits(matter, words, clauses, heads, i):
    """Two clauses, a comma between, whose heads differ but for one character, or are both linking words."""
    one, two = heads[i], heads[i + 1]
    if one == two or not all(b - a > _CLAUSE_HEAD for a, b in clauses[i : i + 2]):
        return False
    kinds = [words.pos.get(clauses[n][0], "") for n in (i, i + 1)]
    linking = all(kind[:1] in ("c", "d") for kind in kinds)
    alike = any(a == b for a, b in zip(one, two, strict=True)) and not any(k.startswith(_NO_LIST_HEAD) for k in kinds)
    between = matter.joined[matter.offset[clauses[i][1] - 1] + 1 : matter.offset[clauses[i + 1][0]]]
    return (linking or alike) and bool(_NEXT_CLAUSE.fullmatch(between))


def _fillers(matter, clauses, i):
    return [matter.text[a + _CLAUSE_HEAD : b] for a, b in clauses[i : i + 2]]


def _correlative(matter, clauses, one, two, i):
    frame = f"{one}{SLOT}{two}{SLOT}"
    filler = " ".join(_fillers(matter, clauses, i))
    return Instance("correlative", frame, filler, clauses[i][0], clauses[i + 1][1], True, True)
