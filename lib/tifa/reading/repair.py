"""Puts right what a mirror site did to a page: readings inserted, characters torn, text read a byte late."""

import math
import re
from collections import defaultdict
from typing import NamedTuple

from tifa.reading import evidence
from tifa.reading.damage import LETTERS, Kind, Symbol, symbols
from tifa.reading.likelihood import STEP
from tifa.reading.search import LOST, Page, Search, pieces

# The 3,755 characters of GB 2312's first level, which make up all but a few of any simplified text.
_PLAIN = "".join(bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
_ODD = rf"(?:[^\x00-\xff\u2010-\u203b\u3000-\u3017\uff00-\uff5e{_PLAIN}]|[^\x00-\xff][A-Za-z])"
_READING = re.compile(rf"[^\x00-\xff] ?[(?][{LETTERS}]{{1,6}}\)")
_CUT = re.compile(
    rf"\?[！？；!?;](?=[^\x00-\x7f\s])|(?<=[^\x00-\x7f])\?[！？；!;]\?|[?！？；!;](?=[^\x00-\xff]{{0,3}}{_ODD})"
)
_DOUBLED = re.compile(r"(?<=[^\x00-\x7f]),(?=[,，、。；][^\x00-\x7f])")
_DAY = re.compile(r"(?<=[今昨前明當当][天日晚])(?=(?:\d{1,2}月)?\d{1,2}日\))")

SURE = 24  # gain over the text as it stands, in steps of likelihood.py, that a cut with its question mark needs
UNSURE = 56  # the same without the question mark, or on a page that shows no other damage
LIKELY = 0.5  # a lost character less certain than this stays lost
COOL = 0.6  # likelihoods are too sure of themselves by about this factor
WORK = 300_000  # paths tried on a page, and
WORK_PER_CHARACTER = 0.25  # so many more for each character of it; what is left then stays as it is


class Repair(NamedTuple):
    """One repair: the line counted from 1, what stood there, what it became, by which rule, how sure (0 to 1)."""

    line: int
    seen: str
    became: str
    rule: str
    certainty: float


class Repaired(NamedTuple):
    """A text after repair, and what was done to it."""

    text: str
    ledger: list[Repair]


def repair(text: str) -> Repaired:
    """Take a mirror's insertions out of a text and put torn characters back.

    Parameters
    ----------
    text : str
        A page, or any part of it. Markup may stand in it.

    Returns
    -------
    Repaired
        ``text`` with the same number of lines, and ``ledger``, a row for each repair in order. Undamaged text is the
        same, byte for byte. What stays lost is shown as ``〓`` and has a row with the rule ``lost``.

    Examples
    --------
    >>> repair("再?gòu)?qiáng)調(diào)防控,村(社区)").text
    '再強調防控,村(社区)'
    """
    if not (_READING.search(text) or _CUT.search(text) or _DAY.search(text)):
        return Repaired(text, [])
    return _Mender(text).mend()


class _Mender:
    """Works through the lines of one page."""

    def __init__(self, text: str):
        self.text = text
        self.marked = evidence.insertions(text)
        self.mirror = evidence.is_mirror(text, self.marked)
        self.page = evidence.learn(text, self.marked) if self.mirror or _CUT.search(text) else Page()
        self.work = WORK + int(WORK_PER_CHARACTER * len(text))
        self.ledger: list[Repair] = []

    def mend(self) -> Repaired:
        lines = self.text.split("\n")
        if evidence.is_primer(self.text, self.marked):
            return Repaired(self.text, self._primer(lines))
        for n, line in enumerate(lines, 1):
            if self.mirror and _READING.search(line) or _CUT.search(line):
                line = self._line(n, line)
            lines[n - 1] = self._brackets(n, self._doubled(n, line))
        return Repaired("\n".join(lines), self.ledger)

    def _primer(self, lines):
        """Says of each line with readings that it was left alone."""
        return [Repair(n, line, line, "primer", 1.0) for n, line in enumerate(lines, 1) if evidence.INSERTION.search(line)]

    def _note(self, n, seen, became, rule, certainty=1.0):
        self.ledger.append(Repair(n, seen, became, rule, round(certainty, 2)))
        return became

    def _doubled(self, n, line):
        """A comma that stands before another mark."""
        if not self.mirror:
            return line
        return _DOUBLED.sub(lambda m: self._note(n, m.group() + line[m.end()], "", "doubled"), line)

    def _brackets(self, n, line):
        """``今天4月26日)`` on a line without another bracket."""
        if "(" in line or line.count(")") != 1:
            return line
        return _DAY.sub(lambda m: self._note(n, "", "(", "bracket", 0.9), line)

    def _line(self, n, line):
        found, out, at = list(symbols(line)), [], 0
        signs = _signs(line, found)
        search = Search(found, self.page)
        while at < len(found):
            stretch = self._stretch(n, search, at) if at in signs and search.steps < self.work else None
            if stretch:
                text, at = stretch
                out.append(text)
                continue
            out.append(self._plain(n, found, at))
            at += 1
        self.work -= search.steps
        return "".join(out)

    def _plain(self, n, found, at):
        """One symbol outside of torn stretches: a reading goes, all else stays."""
        symbol = found[at]
        if symbol.kind is Kind.READING and self.mirror and at and found[at - 1].seen in symbol.allowed:
            self._note(n, found[at - 1].seen + symbol.seen, found[at - 1].seen, "insertion")
            return ""
        return symbol.seen

    def _stretch(self, n, search, start):
        """The stretch that begins with a sign, read again; None where it is best left alone."""
        end, paths = search.paths(start)
        if not paths:
            return None
        best, seen = _parts(paths[0]), "".join(s.seen for s in search.line[start:end])
        text = "".join(best.values())
        if text == seen or not self._gains(search, start, end, paths[0]):
            return None
        mended, certainty = _doubt(best, paths)
        rule = "torn" if any(s.kind is Kind.TORN for s in search.line[start:end]) else "shifted"
        self._note(n, seen, mended, "lost" if LOST in mended else rule, certainty)
        return mended, end

    def _gains(self, search, start, end, best):
        line = search.line[start:end]
        if any(s.kind is Kind.TORN for s in line):
            return True
        needed = SURE if line[0].seen == "?" and (self.mirror or line[1].seen in "！？；") else UNSURE
        return search.price_as_it_stands(start, end) - best[0] >= needed


def _signs(line: str, found: list[Symbol]) -> set[int]:
    """Symbols at which a damaged stretch may begin."""
    starts, at = {m.start() for m in _CUT.finditer(line)}, 0
    signs = set()
    for n, symbol in enumerate(found):
        if symbol.kind is Kind.TORN or at in starts:
            signs.add(n)
        at += len(symbol.seen)
    return signs


def _parts(path: tuple) -> dict[int, str]:
    """What each symbol of a path became."""
    found = defaultdict(str)
    for text, at in pieces(path):
        found[at] += text
    return dict(found)


def _doubt(best: dict[int, str], paths: list[tuple]) -> tuple[str, float]:
    """The best reading with what is too uncertain in it shown as lost, and how sure the rest is."""
    weights = [math.exp(-(path[0] - paths[0][0]) * STEP * COOL) for path in paths]
    others = [_parts(path) for path in paths]
    total, sure, text = sum(weights), 1.0, []
    for at, part in best.items():
        share = sum(w for w, other in zip(weights, others, strict=True) if other.get(at) == part) / total
        if share < LIKELY:
            text.append(LOST * len(part))
        else:
            sure = min(sure, share)
            text.append(part)
    return "".join(text), sure
