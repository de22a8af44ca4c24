"""Finds the text that a mirror's bytes were, by trying what a lost byte can have been.

A path is one way to read the symbols of a damaged stretch: a plain tuple ``(cost, pending, last, before, out)``.
``pending`` is the lead byte of a character whose second byte is still to come (the text's own characters are then a
byte away from those on the page), 0 between characters, and minus the byte before it where the lead byte itself is
lost; ``last`` the two bytes before this place, ``before`` the last two characters as :mod:`likelihood` counts them,
``out`` the text so far as linked pieces ``(out, text, symbol)``. At most ``WIDTH`` paths go on from symbol to symbol,
so the work grows with the length of the stretch and no faster.
"""

from collections import defaultdict

from tifa.reading.damage import Kind, Symbol
from tifa.reading.evidence import Page
from tifa.reading.likelihood import LINE_END, price
from tifa.reading.moves import Moves
from tifa.reading.options import counted
from tifa.reading.writing import Writer, bytes_of

WIDTH = 40
ALIKE = 4  # paths that go on from one and the same state
FAR = 80  # paths this much dearer than the best are given up
FAR_BACK = 1000  # characters before a stretch in which an opening mark is looked for
LONGEST = 160  # symbols of one stretch, and
HARDEST = 120_000  # characters tried on it; one that needs more is left alone
ENOUGH = 2  # symbols that all paths must read alike before a stretch ends
NEAR = 4  # a vanished pair is looked for on so many of the cheapest paths
UNCLOSED = 12  # a line's end within a quotation


def pieces(path: tuple) -> list[tuple[str, int]]:
    """Texts of a path, each with the symbol it came from."""
    found, out = [], path[4]
    while out:
        found.append(out[1:])
        out = out[0]
    return found[::-1]


class Search:
    """Reads the damaged stretches of one line."""

    def __init__(self, line: list[Symbol], page: Page, earlier: str = ""):
        self.line = line
        self._writer = Writer(line, page, earlier)
        self._moves = Moves(self._writer)

    @property
    def steps(self) -> int:
        """Characters tried so far, the measure of the work done."""
        return self._writer.steps

    def paths(self, start: int) -> tuple[int, list[tuple]]:
        """Where the stretch that begins with symbol ``start`` ends, and the ways to read it, cheapest first."""
        live = [(0, 0, self._last(start), self._before(start), None)]
        ahead = defaultdict(list)
        calm, at = 0, start
        stop = min(len(self.line), start + LONGEST)
        while at < stop and (calm <= ENOUGH or self.line[at].kind is Kind.READING):
            if self.steps > HARDEST:
                return at, []
            self._moves.near = live[min(len(live), NEAR) - 1][0] if live else 0
            for path in live:
                for to, after in self._moves.after(path, at):
                    ahead[to].append(after)
            at += 1
            live = self._best(ahead.pop(at, []))
            alike = live and not ahead and not live[0][1] and len({path[1:4] for path in live}) == 1
            calm = calm + 1 if alike else 0
        return at, sorted(self._ended(live, at), key=_cost)

    def price_as_it_stands(self, start: int, end: int) -> int:
        """The price of the symbols from ``start`` to ``end`` if nothing in them is damaged.

        A reading behind its own character may be an author's and tells nothing; nor does a question mark behind
        another, as people type them and as emoji become them.
        """
        path = (0, 0, (0, 0), self._before(start), None)
        for at in range(start, end):
            before = self.line[at - 1].seen if at else ""
            if before in self.line[at].allowed or (at > start + 1 and before == self.line[at].seen == "?"):
                continue
            _, path = self._writer.as_it_stands(path, at, self._writer.mixed(at))
        return path[0]

    def _ended(self, live, at):
        """Paths at the end of the line: a character that is still pending was torn by it."""
        for path in live:
            ends = self._moves.silent_end(path, at - 1) if path[1] else [path]
            for end in ends:
                yield (end[0] + self._end_price(end), *end[1:]) if at == len(self.line) else end

    def _end_price(self, path):
        """Of a line's end, and of a quotation that is still open there."""
        return price(path[3], LINE_END) + UNCLOSED * self._writer.is_open(path[4], "“", "”")

    def _best(self, live):
        self._writer.steps += len(live)
        kept, alike = [], defaultdict(int)
        live.sort(key=_cost)
        for path in live:
            state = path[1:4]
            if alike[state] < ALIKE:
                alike[state] += 1
                kept.append(path)
                if len(kept) == WIDTH or path[0] > live[0][0] + FAR:
                    break
        return kept

    def _last(self, start):
        """The two bytes before a symbol, readings apart."""
        before = start - 1
        while before >= 0 and self.line[before].kind is Kind.READING:
            before -= 1
        return bytes_of(self.line[before]) if before >= 0 else (0, 0)

    def _before(self, start):
        near = [s for s in self.line[max(0, start - 6) : start] if s.kind in (Kind.PAIR, Kind.BYTE)]
        return "".join(counted(s.seen) for s in near[-2:])


def _cost(path):
    return path[0]
