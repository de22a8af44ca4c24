"""Copies of one article from two sites: found by the stretches of text they share, whatever stands around them."""

import re

import numpy as np

SHINGLE = 8  # characters
KEEP = 4  # one shingle in four is compared; chosen by its hash, so the same ones in every copy
SHARED = 0.6  # of the shorter text's shingles, from which two texts are one article
LIKELY = 0.2  # of the shorter text's shingles, from which two texts are compared as a whole
FEWEST = 6  # shingles; a shorter text is compared as a whole
NOISE = re.compile(r"[\W_]+")
BASE, MIX = np.uint64(1_000_003), np.uint64(0x9E3779B97F4A7C15)


def copies_of(bodies: list[str]) -> list[int]:
    """For every text the index of the first text that it is a copy of; its own index if of none.

    Parameters
    ----------
    bodies : list of str
        Articles, repaired and simplified, so that script and damage no longer tell copies apart.

    Returns
    -------
    list of int
        Same length; copies of one article share one index.

    Notes
    -----
    Shingles of eight characters, a quarter of them kept by their hash, compared by containment in the shorter text
    (Broder 1997, "On the resemblance and containment of documents"). Candidates come from one sort of all hashes, so
    the work grows with the text and not with its square.

    Examples
    --------
    >>> text = "4月18日上午，市领导来到港沿镇某村，向主动请战、支援村庄疫情防控的党员志愿者亲切问好。" * 3
    >>> copies_of(["别的文章" * 20, text, text.replace("，", ",")])
    [0, 1, 1]
    """
    sketches = [_sketch(body) for body in bodies]
    parent = list(range(len(bodies)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in _candidates(sketches):
        ra, rb = root(a), root(b)
        if ra != rb and _same(sketches[a], sketches[b]):
            parent[max(ra, rb)] = min(ra, rb)
    return [root(i) for i in range(len(bodies))]


def _sketch(body):
    """Sorted hashes of the kept shingles."""
    text = NOISE.sub("", body or "")
    if len(text) < SHINGLE:
        return np.empty(0, np.uint64)
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    n = len(codes) - SHINGLE + 1
    hashes = np.zeros(n, np.uint64)
    for k in range(SHINGLE):
        hashes = hashes * BASE + codes[k : k + n]
    hashes = hashes * MIX
    hashes ^= hashes >> np.uint64(29)
    kept = np.unique(hashes[hashes % np.uint64(KEEP) == 0])
    return kept if len(kept) >= FEWEST else np.unique(hashes)


def _candidates(sketches):
    """Pairs that share a shingle: neighbours among the texts that have it, and each with the first of them."""
    sizes = [len(s) for s in sketches]
    if not sum(sizes):
        return []
    hashes = np.concatenate(sketches)
    owners = np.repeat(np.arange(len(sketches)), sizes)
    order = np.argsort(hashes, kind="stable")  # owners stay in order
    hashes, owners = hashes[order], owners[order]
    same = hashes[1:] == hashes[:-1]
    firsts = owners[np.maximum.accumulate(np.where(np.r_[True, ~same], np.arange(len(hashes)), 0))]
    near = np.stack([owners[:-1][same], owners[1:][same]], 1)
    far = np.stack([firsts[1:][same], owners[1:][same]], 1)
    numbers, counts = np.unique(np.concatenate([near, far]) @ [len(sketches), 1], return_counts=True)
    first, second = np.divmod(numbers, len(sketches))
    smaller = np.minimum(np.array(sizes)[first], np.array(sizes)[second])
    likely = (counts >= LIKELY * smaller) & (first != second)
    return list(zip(first[likely].tolist(), second[likely].tolist(), strict=True))


def _same(a, b):
    smaller = min(len(a), len(b))
    return smaller > 0 and len(np.intersect1d(a, b, assume_unique=True)) >= SHARED * smaller
