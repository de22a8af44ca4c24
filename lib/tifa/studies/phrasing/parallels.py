"""Parallels: a head that comes again at once or after 、, with other fillers. 从严从紧; 再动员、再部署."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tifa.studies.phrasing.cutting import Words, is_word
from tifa.studies.phrasing.instance import CHAR, NO_HEAD, NO_LIST_HEAD, SLOT, Instance
from tifa.studies.phrasing.matter import Matter

# Characters of a filler: where the head comes again at once, and in a list with 、 or where two fillers are alike.
LONGEST_AT_ONCE, LONGEST_LISTED = 2, 4
MOST_HEADS = 12
_PARALLEL = re.compile(rf"(?=({CHAR}{{1,3}})((?:(?!\1){CHAR}){{1,4}})\1(?!\2))")
# 应检尽检、应隔尽隔 are uses of 应_尽_, one after the other.
_ECHO = re.compile(r"(..?)(..?)(?!\1)..?\2")
_NO_FILLER = ("u", "c", "y", "x")
# Persons do one thing after another: 他们说他们会来.
_PERSONS = frozenset("我你您他她它咱们")


class _Chain(NamedTuple):
    """A head that comes again: where it stands each time, where the last filler ends, and whether 、 stands between."""

    head: str
    heads: list[int]
    end: int
    listed: bool

    def parts(self, text):
        return [text[a:b] for a, b in zip(self.heads, [*self.heads[1:], self.end], strict=True)]


def parallels(matter: Matter, words: Words) -> Iterator[Instance]:
    """A head that comes again at once or after 、, with other fillers."""
    chains = [chain for chain in _chains(matter, words) if not all(map(_ECHO.fullmatch, chain.parts(matter.text)))]
    wholes = [matter.text[chain.heads[0] : chain.end] for chain in chains]
    known = is_word([*wholes, *(part for chain in chains for part in chain.parts(matter.text))])
    for chain, whole in zip(chains, wholes, strict=True):
        one = _parallel(matter, words, chain, known)
        # Short ones that no word's edge confirms are chance; and 一天一次 counts, while 一楼一岗 is made new.
        sure = one.sure or (len(chain.heads) > 2 and not chain.listed)
        counts = words.pos.get(one.start, "").startswith("m") and not one.free
        if sure and not counts and not known[whole]:
            yield one


def _chains(matter, words):
    done: dict[str, int] = {}
    for match in _PARALLEL.finditer(matter.text):
        start, head = match.start(), match[1]
        if start < done.get(head, 0):
            continue
        heads, listed = _heads(matter, words, start, head)
        if len(heads) < 2 or not _PERSONS.isdisjoint(head) or not _may_repeat(words, heads, listed):
            continue
        chain = _Chain(head, heads, _last_end(matter, words, heads, len(head), listed), listed)
        fillers = [part[len(head) :] for part in chain.parts(matter.text)]
        if len({*fillers} - {""}) == len(heads) and all(_may_fill(words, chain, at) for at in heads):
            done[head] = chain.end
            yield chain


def _heads(matter, words, start, head):
    """Where the head stands, all at once or all after 、; and whether it is a list with 、."""
    heads, limit, listed = [start], int(matter.clause_end[start]), None
    while len(heads) < MOST_HEADS:
        after = heads[-1] + len(head)
        place = matter.text.find(head, after + 1, min(limit, after + LONGEST_LISTED + len(head)))
        if place < 0 or words.pause[heads[-1] + 1 : place].any() or listed not in (None, bool(words.pause[place])):
            break
        alike = _alike(matter.text[after:place], matter.text[place + len(head) : 2 * place + len(head) - after])
        if not words.pause[place] and place - after > LONGEST_AT_ONCE and not alike:
            break
        listed = bool(words.pause[place])
        heads.append(place)
    return [at for at in heads if at + len(head) < limit], bool(listed)


def _alike(one, text):
    """Whether a filler and what follows the next head have a character in common at the same place."""
    return any(a == b for a, b in zip(one, text, strict=False))


def _may_repeat(words, heads, listed):
    pos = next((words.pos[at] for at in heads if at in words.pos), "")
    return not pos.startswith(NO_HEAD) and not (listed and pos.startswith(NO_LIST_HEAD))


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
    if len(parts) > 2 and known[parts[0]] and not chain.listed:  # 同志 before 同吃同住同工作 is a word of its own
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
