"""Jieba and its compiled twin: the same words, and what their dictionary knows of each."""

import logging
import warnings
from functools import cache
from math import log2

import rjieba

with warnings.catch_warnings():
    # jieba's source has invalid escapes and asks for pkg_resources: noise that no reader can act on.
    warnings.simplefilter("ignore")
    import jieba
jieba.setLogLevel(logging.ERROR)


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


def rarity(word: str) -> float:
    """How rare a word is in the texts that jieba's dictionary was counted on, in bits.

    Examples
    --------
    >>> rarity("挂图") > rarity("具体") > rarity("的")
    True
    """
    counts, total = _dictionary()
    return log2(total / max(counts.get(word, 0), 1))


@cache
def _dictionary() -> tuple[dict[str, int], int]:
    """Counts of the words of jieba's dictionary, and their sum, read at once instead of line by line."""
    with jieba.Tokenizer().get_dict_file() as file:
        fields = file.read().decode("utf-8").split()
    counts = list(map(int, fields[1::3]))
    return dict(zip(fields[::3], counts, strict=True)), sum(counts)


@cache
def _jieba() -> "jieba.Tokenizer":
    """A tokenizer of our own: no cache file shared with other users of the machine, no message on stderr."""
    tokenizer = jieba.Tokenizer()
    counts, tokenizer.total = _dictionary()
    prefixes = {word[:size] for word in counts for size in range(1, len(word))}
    tokenizer.FREQ = dict.fromkeys(prefixes, 0) | counts
    tokenizer.initialized = True
    return tokenizer
