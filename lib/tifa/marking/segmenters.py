"""Jieba and its compiled twin: the same words, and what their dictionary knows of each."""

import logging
import warnings
from collections.abc import Iterable
from functools import cache
from math import log2

import rjieba
from ahocorasick_rs import BytesAhoCorasick

with warnings.catch_warnings():
    # jieba's source has invalid escapes and asks for pkg_resources: noise that no reader can act on.
    warnings.simplefilter("ignore")
    import jieba
jieba.setLogLevel(logging.ERROR)

TOTAL = 60_101_967  # sum of all counts in the dictionary of jieba 0.42.1


def _cut_jieba(text: str) -> list[str]:
    return _jieba().lcut(text, HMM=False)


def _cut_rjieba(text: str) -> list[str]:
    return rjieba.cut(text, False)


ENGINES = {"rjieba": _cut_rjieba, "jieba": _cut_jieba}


def tagged(text: str) -> list[tuple[str, str]]:
    """Words of a text with their part of speech in jieba's letters, set phrases not kept whole.

    Examples
    --------
    >>> tagged("挂图作战")
    [('挂图', 'v'), ('作战', 'v')]
    """
    return rjieba.tag(text, False)


def rarities(words: Iterable[str]) -> dict[str, float]:
    """How rare words are in the texts that jieba's dictionary was counted on, in bits; unknown ones as if seen once.

    Examples
    --------
    >>> found = rarities(["挂图", "具体", "的"])
    >>> found["挂图"] > found["具体"] > found["的"]
    True
    """
    words = list(words)
    # A few hundred words are found in the file ten times faster than all of its words are read.
    lines = BytesAhoCorasick([f"\n{word} ".encode() for word in words])
    dictionary = b"\n" + _dictionary()
    hits = lines.find_matches_as_indexes(dictionary)
    counts = {words[number]: int(dictionary[end : dictionary.index(b" ", end)]) for number, _, end in hits}
    return {word: log2(TOTAL / max(counts.get(word, 0), 1)) for word in words}


def _dictionary() -> bytes:
    """Jieba's: a line for each word, with its count and part of speech."""
    with jieba.Tokenizer().get_dict_file() as file:
        return file.read()


@cache
def _jieba() -> "jieba.Tokenizer":
    """A tokenizer of our own: no cache file shared with other users of the machine, no message on stderr.

    Its dictionary is read at once instead of line by line, which takes half the time.
    """
    tokenizer = jieba.Tokenizer()
    fields = _dictionary().decode("utf-8").split()
    counts = dict(zip(fields[::3], map(int, fields[1::3]), strict=True))
    prefixes = {word[:size] for word in counts for size in range(1, len(word))}
    tokenizer.FREQ, tokenizer.total = dict.fromkeys(prefixes, 0) | counts, TOTAL
    tokenizer.initialized = True
    return tokenizer
