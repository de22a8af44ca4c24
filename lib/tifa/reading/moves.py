"""What one symbol of a damaged stretch can have been: the paths of :mod:`search` that follow, each at its price."""

import re
from functools import cached_property

from tifa.reading import gbk
from tifa.reading.damage import CUT_LEAD, CUTS, QUESTION, Kind
from tifa.reading.likelihood import LINE_END, price
from tifa.reading.options import after_gap, before_gap, beginning_with, frequent_after
from tifa.reading.writing import FULL, Writer

REACH = 60  # symbols before and behind a place that are looked at

# Prices in the steps of likelihood.py. What mirrors do often is cheap.
VANISHED = 0  # a pair that GBK leaves empty was read and left no trace
TRIES = 24  # characters that are tried for a lost byte
CUT_TRIES = 60  # where a cut went through it, and nothing is known but that it ends in A3
NEXT = 8  # and so many after it
TWICE = 3  # the same, where two such pairs follow each other
GAPS = 6  # likeliest characters before a vanished pair that are tried
PLAUSIBLE = 20  # a character as likely as this gives no reason to look for a vanished pair before it
UNCONVINCING = 30  # two such pairs are looked for where one leads to nothing likelier than this
SILENT = 24  # a lead byte was lost and left no question mark
EATEN = 8  # a lead byte took an ASCII character with it
GENUINE = 16  # a question mark that belongs there
NOT_EATEN = 48  # a lost lead byte at the end of a late reading took nothing with it
WHOLLY_LOST = 24  # an annotated character of which only a question mark is left
NOT_TORN = 60  # "?reading)" that belongs there
NOT_READING = 24  # "(reading)" that belongs there
NEVER_LATE = 24  # a mark that the mirror keeps whole cannot be read a byte late, unless a cut goes through it

LOST = "\u3013"
_AFTER_NUMBERS = frozenset("月日年时時点點分个個名例人岁歲元")
_MARKUP = {"<": re.compile(r"/?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>"), "&": re.compile(r"(?:[a-z]{2,6}|#\d+);")}
_REST_OF_MONTH = re.compile("([0-9]?)月[0-9]")
_KEPT_WHOLE = frozenset("！？；。、")


class Moves:
    """Goes on from the paths of one line, symbol by symbol."""

    def __init__(self, writer: Writer):
        self.writer = writer
        self.line = writer.line
        self.page = writer.page
        self.near = 0  # the price up to which a path counts as one of the cheapest at this place

    @cached_property
    def _by_kind(self):
        return {
            Kind.PAIR: self._pair,
            Kind.BYTE: self._byte,
            Kind.TORN: self._torn,
            Kind.READING: self._reading,
            Kind.OTHER: self._byte,
        }

    def after(self, path: tuple, at: int):
        """The paths that follow with the symbol at ``at``, each with the symbol it goes on from."""
        return self._by_kind[self.line[at].kind](path, at)

    def _pair(self, path, at):
        symbol = self.line[at]
        if not path[1]:
            yield self.writer.as_it_stands(path, at)
            if symbol.seen in CUTS:
                yield from self._cut(path, at, at, SILENT)
            return
        for after in self._completed(path, symbol.first, at):
            yield from self._begun(after, symbol, at)
        if symbol.seen in "、。！？；":
            for after in self.silent_end(path, at):
                yield self.writer.as_it_stands(after, at)

    def _begun(self, path, symbol, at):
        """The second byte of a pair that is read late: it begins a character, or is one of ASCII."""
        if symbol.second > 0x80:
            yield at + 1, (path[0], symbol.second, (symbol.first, symbol.second), *path[3:])
        elif symbol.second < 0x80:
            yield at + 1, self.writer.emit(path, chr(symbol.second), (0, 0), at)

    def _cut(self, path, at, cut, extra=0):
        """The lost lead byte and the first byte of a cut are a character, the cut's second byte begins the next."""
        following = self.line[cut + 1] if cut + 1 < len(self.line) else None
        if following and (following.kind in (Kind.PAIR, Kind.TORN) or following.first >= 0x3F):
            second = CUTS[self.line[cut].seen]
            for after in self.writer.likeliest(path, after_gap(0, CUT_LEAD), at, CUT_TRIES, extra):
                yield cut + 1, (after[0], second, (CUT_LEAD, second), *after[3:])

    def _torn(self, path, at):
        symbol = self.line[at]
        if path[1]:
            for before in (path, *self._vanished(path, at)):
                yield from self._torn_end(before, symbol, at)
            return
        yield self.writer.as_it_stands(path, at, NOT_TORN)
        for char, rank in symbol.allowed.items():
            pair, cost = gbk.codes()[char], self.writer.table_price(char, rank)
            if pair[0] == path[2][1] and pair[1] > 0x80:
                yield at + 1, (path[0] + cost, pair[1], pair, *path[3:])
            yield at + 1, self.writer.emit(path, char, pair, at, cost + WHOLLY_LOST)

    def _torn_end(self, path, symbol, at):
        """The lost byte ends the pending character, which is the one annotated."""
        for char, rank in symbol.allowed.items():
            pair = gbk.codes()[char]
            fits = pair[0] == path[1] if path[1] > 0 else (-path[1], pair[0]) not in gbk.pairs()
            if fits:
                yield at + 1, self.writer.emit(path, char, pair, at, self.writer.table_price(char, rank))

    def _reading(self, path, at):
        symbol = self.line[at]
        char = gbk.pairs().get(path[2])
        if char in symbol.allowed:
            yield at + 1, (path[0] + self.writer.table_price(char, symbol.allowed[char]), *path[1:])
        if not path[1]:
            yield self.writer.as_it_stands(path, at, NOT_READING)
            return
        for to, after in self._torn_end(path, symbol, at):  # the lost byte left neither a question mark nor took "("
            yield to, (after[0] + SILENT, *after[1:])

    def _byte(self, path, at):
        symbol = self.line[at]
        if symbol.first == QUESTION:
            yield from self._question(path, at)
        elif not path[1]:
            yield self.writer.as_it_stands(path, at)
            if symbol.seen in CUTS:
                yield from self._cut(path, at, at, SILENT)
        elif 0x40 <= symbol.first <= 0x80 and symbol.first != 0x7F:
            for after in self._completed(path, symbol.first, at):
                yield at + 1, after
        elif symbol.seen in FULL:
            first, second = gbk.codes()[FULL[symbol.seen]]
            for after in self._completed(path, first, at):
                yield at + 1, (after[0], second, (first, second), *after[3:])
            for after in self.silent_end(path, at):
                yield self.writer.as_it_stands(after, at)
        else:
            for after in self.silent_end(path, at):
                yield self.writer.as_it_stands(after, at)

    def _question(self, path, at):
        following = self.line[at + 1] if at + 1 < len(self.line) else None
        if path[1]:
            for after in self._lost_end(path, at):
                yield from self._eaten(after, at, following)
            return
        yield self.writer.as_it_stands(path, at, GENUINE + self.writer.mixed(at))
        if following and following.seen in CUTS:
            yield from self._cut(path, at, at + 1)
        elif self.line[at].seen in CUTS and following and following.kind is Kind.PAIR:
            yield from self._cut(path, at, at, SILENT)

    def _eaten(self, path, at, following):
        """A lead byte that comes before an ASCII character takes it along."""
        markup = self._lost_markup(at)
        if markup:
            total = path[0] + price(path[3], LINE_END) + EATEN
            yield at + 1, (total, 0, (0, 0), LINE_END, (path[4], markup, at))
            return
        if following is None or not following.seen.isalnum():
            yield at + 1, path
            return
        mark = self._lost_mark(path, at, following)
        if mark == LOST:
            yield at + 1, (path[0] + EATEN, 0, (0, 0), path[3], (path[4], mark, at))
            return
        yield at + 1, self.writer.emit(path, mark, (0, 0), at, EATEN)
        yield at + 1, (path[0] + NOT_EATEN, *path[1:])

    def _lost_markup(self, at):
        """The first character of the markup that follows without it, none if none does."""
        ahead = "".join(s.seen for s in self.line[at + 1 : at + REACH])
        return next((mark for mark, rest in _MARKUP.items() if rest.match(ahead)), "")

    def _lost_mark(self, path, at, following):
        """The bracket that a later one closes, the comma where text follows, before a number mostly unknown."""
        if following.seen.isascii() or following.seen in _AFTER_NUMBERS:
            return self._lost_digit(at)
        brackets = (s.seen for s in self.line[at : at + REACH] if s.seen in "()")
        closes = next(brackets, "") == ")" and not self.writer.is_open(path[4], "(", ")")
        return "(" if closes else self.page.comma

    def _lost_digit(self, at):
        """The first digit of a month, if only one month of the page ends in what is left of it."""
        rest = _REST_OF_MONTH.match("".join(s.seen for s in self.line[at + 1 : at + 5]))
        fitting = {m for m in self.page.months if rest and m[1:] == rest[1]}
        return fitting.pop()[0] if len(fitting) == 1 else LOST

    # Lost bytes: the second one of a character, or a pair that left no trace.

    def _completed(self, path, trail, at):
        """The pending character, now that its second byte is known, or another one past a vanished pair."""
        pair = path[1], trail
        char = gbk.pairs().get(pair)
        if char and gbk.is_text(char):
            late = char in _KEPT_WHOLE and path[2][0] != CUT_LEAD
            after = self.writer.emit(path, char, pair, at, NEVER_LATE * late)
            yield after
            if after[0] < path[0] + PLAUSIBLE:
                return
        yield from self._past_gaps(path, trail, at)

    def _past_gaps(self, path, trail, at):
        """The paths on which one vanished pair stood before this byte, or two where one does not do."""
        gaps, found = list(self._vanished(path, at)), []
        for before in gaps:
            found += self.writer.likeliest(before, after_gap(-before[1], trail), at, NEXT)
        if found and min(found)[0] > path[0] + UNCONVINCING:
            for before in gaps[:TWICE]:
                for between in self._between_gaps(before, at):
                    found += self.writer.likeliest(between, after_gap(-between[1], trail), at, NEXT)
        return found

    def _vanished(self, path, at):
        """The paths on which a pair without a character stood here: its first byte ends the pending character."""
        if path[0] <= self.near:
            for after in self.writer.likeliest(path, before_gap(path[1]), at, GAPS, VANISHED):
                yield (after[0], -after[2][1], *after[2:])

    def _between_gaps(self, path, at):
        """The paths on which another such pair follows at once."""
        options = [option for option in frequent_after(path[3][-1:], -path[1]) if option.pair[1] in gbk.empty_leads()]
        for after in self.writer.likeliest(path, options, at, TWICE, VANISHED):
            yield (after[0], -after[2][1], *after[2:])

    def _endings(self, path, at, extra=0):
        """The pending character, its second byte lost."""
        return self.writer.likeliest(path, beginning_with(path[1]), at, TRIES, extra)

    def silent_end(self, path, at):
        return self._endings(path, at, SILENT)

    def _lost_end(self, path, at):
        yield from self._endings(path, at)
        for before in self._vanished(path, at):
            yield from self.writer.likeliest(before, frequent_after(before[3][-1:], -before[1]), at, NEXT)
