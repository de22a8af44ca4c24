"""Which wordings are nearly the same: pairs that share many pairs of characters, or words in one order."""

import numpy as np

from tifa.studies.phrasing.align import align, cut
from tifa.studies.phrasing.matter import different

# Dice's coefficient on pairs of neighbouring characters: from the first figure on two wordings are alike. From the
# second on aligned words decide: a long insertion parts the pairs of a formula, but leaves its words in order.
LEAST_ALIKE, PERHAPS_ALIKE = 0.5, 0.25
LEAST_CONTAINED = 0.75
# A short wording has to be in the longer one nearly whole: 疫情防控工作 alone makes no two clauses one formula.
LEAST_SAME = 8
# Pairs of characters in more wordings than this (疫情, 工作) count, but bring no two wordings together by themselves.
MOST_WORDINGS = 500
MOST_PAIRS = 5_000_000


def alike(wordings: list[str], core: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of wordings that are nearly the same, as two arrays of their numbers.

    Examples
    --------
    >>> [side.tolist() for side in alike(["切实抓好疫情防控工作", "抓好疫情防控工作", "持续改善营商环境"], 4)]
    [[0], [1]]
    """
    owner, pair = _pairs_of_characters(wordings)
    size = np.bincount(owner, minlength=len(wordings))
    rare, frequent = _by_pair(owner, pair, len(wordings))
    found = [np.zeros((3, 0), dtype=np.int64)]
    for a, b, count in _in_common(*rare):
        sure, maybe = _close(count + _both(frequent, a, b), size[a], size[b])
        found.append(np.stack([a, b, sure])[:, sure | maybe])
    left, right, sure = np.concatenate(found, axis=1)
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    kept = np.array([_share_core(wordings[a], wordings[b], core) for a, b in pairs], dtype=bool)
    doubtful = np.flatnonzero(kept & (sure == 0))
    kept[doubtful] = list(_aligned([pairs[i] for i in doubtful], wordings))
    return left[kept], right[kept]


def _close(common, left, right):
    """Which pairs of wordings are alike, and which perhaps."""
    dice = 2 * common / (left + right)
    return dice >= LEAST_ALIKE, dice >= PERHAPS_ALIKE


def _aligned(pairs, wordings):
    """Whether most words of the shorter wording stand in the longer one."""
    maybe = [_may_contain(wordings[a], wordings[b]) for a, b in pairs]
    numbers = sorted({number for pair, fine in zip(pairs, maybe, strict=True) if fine for number in pair})
    pieces = dict(zip(numbers, cut([wordings[i] for i in numbers]), strict=True))
    for (a, b), fine in zip(pairs, maybe, strict=True):
        yield fine and _contains(pieces[a], pieces[b])


def _may_contain(left, right):
    """Whether enough characters of the shorter wording stand in the longer one at all: quick to see."""
    if len(left) > len(right):
        left, right = right, left
    return len(left) - len(set(left).difference(right)) >= max(LEAST_CONTAINED * len(left), LEAST_SAME)


def _contains(left, right):
    same = sum(len(part.left) for part in align(left, right) if part.same)
    return same >= max(LEAST_CONTAINED * min(sum(map(len, left)), sum(map(len, right))), LEAST_SAME)


def _share_core(left, right, core):
    if len(left) > len(right):
        left, right = right, left
    return any(left[i : i + core] in right for i in range(len(left) - core + 1))


def _pairs_of_characters(wordings):
    """Number of the wording and of the pair, each pair of a wording once."""
    joined = np.frombuffer("\n".join([*wordings, ""]).encode("utf-32-le"), dtype="<u4").astype(np.int64)
    owner = np.cumsum(joined == 10) - (joined == 10)
    inside = np.flatnonzero((joined[:-1] != 10) & (joined[1:] != 10)) if len(joined) else np.zeros(0, dtype=np.int64)
    pair = np.unique(joined[inside] << 32 | joined[inside + 1], return_inverse=True)[1]
    return different(owner[inside], pair)


def _by_pair(owner, pair, n):
    """Rare pairs with their wordings side by side; frequent ones as bits per wording."""
    count = np.bincount(pair)
    rare = (count[pair] <= MOST_WORDINGS) & (count[pair] > 1)
    order = np.argsort(pair[rare], kind="stable")
    often = np.flatnonzero(count > MOST_WORDINGS)
    bits = np.zeros((n, len(often) // 64 + 1), dtype=np.uint64)
    own = np.isin(pair, often)
    place = np.searchsorted(often, pair[own])
    np.bitwise_or.at(bits, (owner[own], place // 64), np.uint64(1) << (place % 64).astype(np.uint64))
    return (owner[rare][order], pair[rare][order]), bits


def _both(bits, left, right):
    return np.bitwise_count(bits[left] & bits[right]).sum(axis=1).astype(np.int64)


def _in_common(owner, pair):
    """Wordings a < b and how many rare pairs of characters they have in common, some wordings at a time."""
    after = np.searchsorted(pair, pair, side="right") - np.arange(len(pair)) - 1
    order = np.argsort(owner, kind="stable")
    total = np.cumsum(after[order])
    low = 0
    while low < len(order):
        high = max(low + 1, int(np.searchsorted(total, (total[low - 1] if low else 0) + MOST_PAIRS, side="right")))
        while high < len(order) and owner[order[high]] == owner[order[high - 1]]:
            high += 1
        entry = order[low:high]
        source = np.repeat(entry, after[entry])
        step = np.arange(len(source)) - np.repeat(np.cumsum(after[entry]) - after[entry], after[entry]) + 1
        key, count = np.unique(owner[source] << 32 | owner[source + step], return_counts=True)
        yield key >> 32, key & 0xFFFFFFFF, count
        low = high
