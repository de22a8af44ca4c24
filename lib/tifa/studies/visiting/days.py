"""Which day: the date expressions of a report that date its visits, and not the past events it tells of."""

import re
from bisect import bisect_left
from typing import NamedTuple

from tifa.marking.dates import Resolved, dates_in, resolve
from tifa.studies.visiting.leaders import Cast
from tifa.studies.visiting.meetings import meeting_in
from tifa.studies.visiting.report import Report, Sentence
from tifa.studies.visiting.verbs import Verb

# 3月30日讯 dates the report; 9月21日以来 dates what went before.
_DATELINE = re.compile(r"\s?(?:讯|电|消息)")
_NO_VISIT = re.compile(r"\s?(?:讯|电|消息|以来|以前|以后|之前|之后|起|至今|前(?!往)|后[，,]?)")
# What may stand before the day that opens a report: nothing, a dateline, the first of two days.
_OPENS = re.compile(
    r"(?:[讯电息]|报道|播报|[）)】\]”]|[督检调工考][导查研作察](?:组|团|专班)|一行)\s*$|[、和至]$|^(?:[于在又也到至同就而并则或正恰]|就在|早在|截至|从|自)$"
)
_BULLETS = "★☆●○■□◆◇▲△▪·•※〓 "
_PAUSE = re.compile(r"[^，,。；;]{0,6}[，,]")
_PAST = re.compile(r"[自从截至因为]$|报告|出现|新增|发生|曾")
# Parts of a day that end it.
_LATE = frozenset(("中午", "午后", "下午", "傍晚", "晚上", "晚间", "夜间", "夜里", "深夜", "晚", "夜"))
# 4日晚8时至次日凌晨2时 is one night, and its visits are the evening's.
_NIGHT = frozenset(("晚上", "晚间", "夜间", "夜里", "深夜", "午夜", "晚", "夜"))
_UNTIL_MORNING = re.compile(r"[^，,。；;]{0,8}[至到—-]$")
# So many days before its first a report looks back and does not go on.
_BACK = 3
# 5日新增2例: what happened that day, and no visit.
_EVENT = re.compile(r"[^，,。；;]{0,6}(?:新增|报告|发生|出现|确诊|发布|通报|以来|讯|电)")
_HIM = re.compile("[他她](?!们)")
# 会前一天,他已到A; 会后,他赶赴B.
_AFTER_MEETING = re.compile("会后|会议结束后|散会后")
_BETWEEN_DAYS = frozenset(("、", "和", "与", "至", "及", "-", "—"))
# So much of a sentence may follow its day where it names nothing else.
_ALONE = 4
# 五一假期后的第一个工作日,5月5日 is one day; 5月3日,5日 are two.
_COMMAS = frozenset(("，", ","))
_NAMED_DAYS = frozenset(("day", "relative", "weekday", "lunar"))


# Another paragraph, or more than one sentence between.
_FAR = re.compile(r"\n|[。！？][^。！？]*[。！？]")


class Day(NamedTuple):
    """A day as it was read, and what it was read from."""

    found: Resolved = Resolved(None)
    text: str | None = None


class Days:
    """The day that holds at a point of the report."""

    def __init__(self, report: Report, cast: Cast, verbs: list[Verb]):
        self.report, self.cast, self.verbs = report, cast, verbs
        self.expressions = dates_in(report.body)
        self.now = Day()
        self.first = self.past = None
        # The day of the meeting, while what went before it is told of.
        self.met: Day | None = None
        self.previous = None
        self.evening = False
        self.starts = [expression.start for expression in self.expressions]
        self.by_start = dict(zip(self.starts, self.expressions, strict=True))
        self.dateline = self._dateline()

    def read(self, sentence: Sentence, start: int, end: int, alone: bool = False):
        """Takes over the days that a stretch names for what it tells; ``alone``: the line tells nothing else."""
        if self.met and start == sentence.start and _AFTER_MEETING.match(self.report.body, start):
            self.now, self.met = self.met, None
        for i in range(bisect_left(self.starts, start), len(self.starts)):
            if self.expressions[i].end > end:
                break
            if (alone or self._dates_a_visit(self.expressions[i], sentence)) and not self._ends_a_night(i):
                self._take(self.expressions[i], i, sentence, alone)

    def read_opening(self, sentence: Sentence):
        """Takes over the day that opens a sentence, whatever it goes on to tell."""
        first = self.by_start.get(sentence.start)
        if first:
            self.read(sentence, sentence.start, first.end)

    def _dateline(self) -> Day:
        """The day of 东南网3月30日讯, for reports that name no other."""
        for expression in self.expressions[:3]:
            if expression.kind == "day" and _DATELINE.match(self.report.body, expression.end):
                found = resolve(expression, self.report.published, None, self.report.year)
                return Day(found._replace(basis="dateline") if found.date else found, expression.text)
        return Day()

    def _written(self, expression):
        """The day from which an expression counts: 昨天 in 本报6月7日讯 is 6 June whenever the page was published."""
        dateline = self.dateline.found.date
        return dateline if dateline and expression.kind in ("relative", "weekday") else self.report.published

    def _dates_a_visit(self, expression, sentence) -> bool:
        body = self.report.body
        if expression.kind == "month" or _NO_VISIT.match(body, expression.end):
            return False
        if expression.kind == "carried" and expression.offset < 0 and not self._leader_follows(expression.end):
            return False
        clause = self.report.clause(sentence.start, expression.start)
        before = body[clause : expression.start].lstrip(_BULLETS)
        if _PAST.search(before):
            return False
        named = self.cast.group(clause, expression.start)
        opens = (
            not before
            or _OPENS.search(before)
            or (named and named[-1].end >= expression.start - 1)
            or ("会" in before and meeting_in(before + "召开"))
        )
        begins = not before and body[expression.start - 1] == "\n" and not _EVENT.match(body, expression.end)
        return bool(begins or (opens and self._goes_on(expression, sentence)))

    def _leader_follows(self, end) -> bool:
        """此前一天,他到A: the day before is one of the tour only where the leader is the subject."""
        return bool(self.cast.between(end, end + 4)) or self.report.body[end + 1 : end + 2] in ("他", "她")

    def _goes_on(self, expression, sentence) -> bool:
        """Behind the day a pause, a person or a verb of movement, not an event of its own."""
        body, end = self.report.body, expression.end
        near = min(end + 30, sentence.end)
        if sentence.end - end <= _ALONE:  # 1月21日除夕。
            return True
        first = bisect_left(self.verbs, (end,))
        moves = first < len(self.verbs) and self.verbs[first].start < near
        return bool(_PAUSE.match(body, end) or moves or self.cast.group(end, near))

    def is_past(self, sentence: Sentence) -> bool:
        """Whether the sentence looks back to a day before the tour."""
        return self.past is sentence

    def _looks_back(self, found, sentence) -> bool:
        """Tours go on in time: an earlier day in the middle of a paragraph is of another visit."""
        opens = self.report.body[sentence.start - 1] == "\n"
        return bool(found.date and self.first and not opens and (self.first - found.date).days > _BACK)

    def _moves_on(self, found, expression, sentence) -> bool:
        """Whether a day takes the place of the one before: not 连日来 of the people there, nor an earlier event."""
        body, end = self.report.body, sentence.end
        if found.date is None and expression.kind != "none" and not found.last:
            return False
        if found.date and found.date >= self.now.found.date:
            return True
        named = self.cast.between(sentence.start, end) or _HIM.search(body, expression.end, end)
        return bool(named) or bool(found.last)

    def _take(self, expression, i, sentence, alone):
        of_the_first = expression.name == "first"
        before = self.first if of_the_first else self.previous or self._told_before(i)
        found = resolve(expression, self._written(expression), before, self.report.year)
        if self._looks_back(found, sentence):
            self.past = sentence
            return
        if self.now.found.date and not alone and not self._moves_on(found, expression, sentence):
            return
        self.first = self.first or found.date
        if expression.kind == "carried" and not expression.offset and self.now.text and not of_the_first:
            if self._in_first_half(expression):
                self.now = Day(found, expression.text)
            return
        following = self.expressions[i + 1] if i + 1 < len(self.expressions) else None
        before = self.expressions[i - 1] if i else None
        several = self._together(before, expression) or (
            self._together(expression, following) and not self._ends_a_night(i + 1)
        )
        self.previous = found.date or self.previous
        if expression.kind == "carried" and expression.offset < 0:
            self.met = self.now
        if found.last or several:
            found = found._replace(date=None, last=None, basis="several days")
        self.evening = several and expression.part in _LATE
        self.now = Day(found, expression.text)

    def _told_before(self, i):
        """石桥县18日启动响应.当晚,他赶到A: before any visit, the day of what happened in the sentence before."""
        last = self.expressions[i - 1] if i else None
        if last is None or last.kind != "day" or _NO_VISIT.match(self.report.body, last.end):
            return None
        near = not _FAR.search(self.report.body, last.end, self.expressions[i].start)
        return resolve(last, self.report.published, None, self.report.year).date if near else None

    def _together(self, first, second) -> bool:
        """2月5日、8日: two days named as one."""
        if not first or not second or not {first.kind, second.kind} <= _NAMED_DAYS:
            return False
        gap = self.report.body[first.end : second.start]
        return gap in _BETWEEN_DAYS or (gap in _COMMAS and first.kind == second.kind == "day")

    def _ends_a_night(self, i) -> bool:
        """Whether the ``i``-th expression only says until when a night lasted that the one before it began."""
        first, second = self.expressions[i - 1], self.expressions[i]
        if not i or first.part not in _NIGHT or second.part != "凌晨":
            return False
        return bool(_UNTIL_MORNING.fullmatch(self.report.body, first.end, second.start))

    def _in_first_half(self, expression) -> bool:
        """20日下午至21日凌晨: the afternoon and the night are the first day's."""
        return self.evening and expression.part in _LATE
