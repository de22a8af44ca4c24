"""Puts right what a mirror site did to a page: readings inserted, characters torn, text read a byte late."""

import math
import re
from collections import defaultdict
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from tifa.reading import evidence, glosses
from tifa.reading.damage import CUT, CUTS, QUESTION, READING, SIGN, Kind, symbols
from tifa.reading.evidence import Page
from tifa.reading.late import may_be_cut
from tifa.reading.likelihood import STEP
from tifa.reading.moves import LOST, REACH
from tifa.reading.search import FAR_BACK, LONGEST, Search, pieces

_EXTRA = re.compile(f"{evidence.INSERTION.pattern}|{evidence.DOUBLED.pattern}")
_ENTITY = re.compile(r"&#?\w{2,7};$")
_DAY = re.compile(r"(?<=[今昨前明當当][天日晚])(?=(?:\d{1,2}月)?\d{1,2}日\))")

SURE = 40  # gain over the text as it stands, in steps of likelihood.py, that a cut with its question mark needs
UNSURE = 56  # the same without the question mark, or on a page that shows no other damage
LIKELY = 0.4  # a lost character less certain than this stays lost
FIRST_MARKS = 1000  # marks that are looked at to see whether a page without other damage may have been cut
LOOK = 30  # what a look at a mark costs, as characters tried
FIRST_CUTS = 10  # question marks that are tried to see whether a page with readings is a mirror's
COOL = 0.6  # likelihoods are too sure of themselves by about this factor
SHOWN = 20  # characters of a place where the work ended that the ledger shows
WORK = 600_000  # characters tried on a page, half a second of work; what is still torn then stays as it is


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
    signs = READING.search(text) or evidence.doubles(text) or ("日)" in text and _DAY.search(text))
    return _Mender(text).mend() if signs or _is_any_cut(text) else Repaired(text, [])


def _is_any_cut(text):
    """Whether a mark of the text may be a cut, or there are too many to say."""
    marks = enumerate(cut.start() for cut in CUT.finditer(text))
    return any(n > FIRST_MARKS or may_be_cut(text, at) for n, at in marks)


class _Mender:
    """Works through the lines of one page."""

    def __init__(self, text: str):
        self.text = text
        found = glosses.glosses(text)
        self.marked = found.marked
        self.spaced = evidence.is_spaced(text)
        self.work = WORK
        self.ledger: list[Repair] = []
        self.mirror = glosses.is_mirror(text, found) or evidence.doubles(text)
        self.mirror = self.mirror or (bool(self.marked) and self._is_any_cut())

    @cached_property
    def page(self) -> Page:
        """What the page tells, learnt when something torn is met first."""
        return evidence.learn(self.text, self.marked)

    def _is_any_cut(self):
        """Whether one of the first question marks that look like a mirror's cut is one."""
        every = (cut.start() for cut in CUT.finditer(self.text))
        cuts = (at for at in every if self.text[at] in "?\ufffd" and self.text[at + 1] in CUTS)
        return any(self._is_cut_at(at) for at in islice(cuts, FIRST_CUTS))

    def _is_cut_at(self, at):
        start = self.text.rfind("\n", 0, at) + 1
        line = self.text[start : at + LONGEST].split("\n")[0]
        return bool(self._stretch(line, at - start, 0, ""))

    def mend(self) -> Repaired:
        lines = self.text.split("\n")
        if glosses.is_primer(self.text, self.marked):
            return Repaired(self.text, self._primer(lines))
        mended = [self._line(n, line) for n, line in enumerate(lines, 1)]
        return Repaired("\n".join(mended), self.ledger)

    def _primer(self, lines):
        """Says of each line with readings that it was left alone."""
        taught = ((n, line) for n, line in enumerate(lines, 1) if evidence.INSERTION.search(line))
        return [Repair(n, line, line, "primer", 1.0) for n, line in taught]

    def _line(self, n, line):
        """One line put right, its repairs in the ledger by their place in it."""
        rows = []
        if CUT.search(line) or (self.mirror and (READING.search(line) or _EXTRA.search(line))):
            mended = self._damage(line, rows)
        else:
            mended = line
        mended = self._bracket(line, mended, rows)
        self.ledger += [Repair(n, *row) for _, row in sorted(rows, key=itemgetter(0))]
        return mended

    def _bracket(self, line, mended, rows):
        """``今天4月26日)`` on a line without another bracket."""
        missing = _DAY.search(mended) if "(" not in mended and mended.count(")") == 1 else None
        if not missing:
            return mended
        rows.append((line.find(mended[missing.end() : mended.index(")")]), ("", "(", "bracket", 0.9)))
        return f"{mended[: missing.start()]}({mended[missing.end() :]}"

    def _damage(self, line, rows):
        """A line with its damaged stretches read again, insertions and doubled commas between them taken out."""
        out, done, before = [], 0, ""
        for sign in SIGN.finditer(line):
            start = sign.start()
            if start < done or _ENTITY.search(line, max(0, start - 9), start + 1):
                continue
            if self.work <= 0:
                rows.append((start, (line[start : start + SHOWN], line[start : start + SHOWN], "not tried", 0.0)))
                break
            earlier = (before + line[max(done, start - FAR_BACK) : start])[-FAR_BACK:]
            stretch = self._stretch(line, start, done, earlier)
            if stretch:
                seen, became, *_ = stretch
                rows.append((start, stretch))
                out += [self._between(line, done, start, rows), became]
                before, done = (earlier + became)[-FAR_BACK:], start + len(seen)
        return "".join([*out, self._between(line, done, len(line), rows)])

    def _between(self, line, start, end, rows):
        """A part of a line without the readings that stand behind their own characters, and without doubled commas."""
        if not self.mirror:
            return line[start:end]
        out, done = [], start
        for match in _EXTRA.finditer(line, start, end):
            char, reading, space = match.groups(default="")
            if char and not evidence.reads(char, reading):
                continue
            kept = char if self.spaced else char + space
            rule = "insertion" if char else "doubled"
            rows.append((match.start(), (match.group(), kept, rule, 1.0)))
            out += [line[done : match.start()], kept]
            done = match.end()
        return "".join([*out, line[done:end]])

    def _stretch(self, line, start, done, earlier):
        """The stretch that begins with a sign, read again, as its row; None where it is best left alone."""
        self.work -= LOOK
        if not may_be_cut(line, start):
            return None
        before = list(symbols(line[max(done, start - REACH) : start]))
        search = Search(before + list(symbols(line[start : start + LONGEST])), self.page, earlier)
        end, paths = search.paths(len(before))
        self.work -= search.steps + LONGEST
        if not paths or not self._gains(search, len(before), end, paths[0]):
            return None
        best = _parts(paths[0])
        while end > len(before) and best.get(end - 1) == search.line[end - 1].seen:
            end -= 1
        if end == len(before):
            return None
        stretch = search.line[len(before) : end]
        mended, certainty = _doubt({at: part for at, part in best.items() if at < end}, paths)
        rule = "torn" if any(s.kind is Kind.TORN for s in stretch) else "shifted"
        seen = "".join(s.seen for s in stretch)
        return seen, mended, "lost" if LOST in mended else rule, round(certainty, 2)

    def _gains(self, search, start, end, best):
        line = search.line[start:end]
        if any(s.kind is Kind.TORN for s in line):
            return True
        needed = SURE if line[0].first == QUESTION and (self.mirror or line[1].seen in "！？；") else UNSURE
        return search.price_as_it_stands(start, end) - best[0] >= needed


def _parts(path: tuple) -> dict[int, str]:
    """What each symbol of a path became."""
    found = defaultdict(str)
    for text, at in pieces(path):
        found[at] += text
    return dict(found)


def _doubt(best: dict[int, str], paths: list[tuple]) -> tuple[str, float]:
    """The best reading with what is too uncertain in it shown as lost, and how sure the rest is."""
    weights = [math.exp(-(path[0] - paths[0][0]) * STEP * COOL) for path in paths]
    others = [(_parts(path), weight / sum(weights)) for path, weight in zip(paths, weights, strict=True)]
    sure, text = 1.0, []
    for at, part in best.items():
        rivals = [(other.get(at, ""), weight) for other, weight in others]
        for n, char in enumerate(part):
            share = sum(weight for other, weight in rivals if other[n : n + 1] == char)
            text.append(char if share >= LIKELY else LOST)
            sure = min(sure, max(share, LIKELY))
        longer = sum(weight for other, weight in rivals if other != part and other.startswith(part))
        if longer >= LIKELY:
            text.append(LOST)
            sure = LIKELY
    return "".join(text), sure
