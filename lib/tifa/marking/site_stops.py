"""Marks and words at which the name of a place has ended: verbs of what was done there, nouns of what was looked at."""

from functools import cache

import ahocorasick_rs

from tifa.marking.site_heads import words_of

# A name cannot go beyond one of these. Quotation marks may be part of it: “红星”小区.
_MARKS = frozenset("，。；：！？、,;:!?\n…（()）《》/| ")
_CONJUNCTIONS = {"和": "谐睦", "及": "", "跟": "", "暨": "", "以及": ""}
_HEPING = "工医公广饭宾家里路街大楼村乡镇区新东西南北苑小社"


def light_verbs() -> frozenset[str]:
    """Verbs that end a name only where its head stands right before them."""
    return frozenset(entry.partition("!")[0] for entry in words_of("light_verbs"))


@cache
def _stop_words() -> dict[str, str]:
    """Word that ends names: characters behind which it belongs to a name after all."""
    return dict(entry.partition("!")[::2] for entry in words_of("after_site") | words_of("light_verbs")) | _CONJUNCTIONS


@cache
def _stop_finder():
    """Finder, words, and whether what follows a word may make it part of a name."""
    words = [*_stop_words(), *_MARKS]
    finder = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return finder, words, [word in ("和", " ") or bool(_stop_words().get(word)) for word in words]


def stops(text: str) -> list[tuple[int, str]]:
    """Marks and words, in order, at which a name may have ended, with their offsets.

    Examples
    --------
    >>> stops("同滧村,检查防控")
    [(3, ','), (4, '检查'), (6, '防控')]
    """
    finder, words, guarded = _stop_finder()
    found = finder.find_matches_as_indexes(text)
    kept = [(start, words[i]) for i, start, end in found if not (guarded[i] and _in_name(text, end, words[i]))]
    return [_behind_gacha(text, *stop) for stop in kept] if "嘎查" in text else kept


def _behind_gacha(text, start, word):
    """嘎查看望: the word is 看望."""
    return (start + 1, word[1:]) if word[0] == "查" and len(word) > 1 and text[start - 1] == "嘎" else (start, word)


def _in_name(text, end, word):
    """检查 of 检查站, 和 of 和平路 and 呼和塔拉, 有 of 有限."""
    if word == " ":
        return text[end : end + 1].isascii() and text[end : end + 1].isalnum()
    behind = text[end : end + 1]
    if word == "和" and text[end - 2 : end - 1] == "呼":
        return True
    if word == "和" and behind == "平":
        return text[end + 1 : end + 2] in _HEPING
    return bool(behind) and behind in _stop_words().get(word, "")


def ends_names(words: str) -> bool:
    """Whether words begin with one that ends names, and not with a mark."""
    first = next(iter(stops(words)), (1, ""))
    return first[0] == 0 and not is_mark(first[1])


def is_mark(stop: str) -> bool:
    """Whether a stop is a mark that no name goes beyond."""
    return stop[:1] in _MARKS
