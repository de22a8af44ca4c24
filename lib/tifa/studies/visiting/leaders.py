"""Which leader: the officials of a report (its cast), and who of them acts in a clause."""

import re
from bisect import bisect_left
from functools import cache, cached_property
from typing import NamedTuple

from tifa import data
from tifa.marking.people import is_staff, people_in
from tifa.marking.person_names import name_at
from tifa.studies.visiting.clauses import speaks
from tifa.studies.visiting.report import Report

# What stands before a person who is no subject: 受省委书记…委托, 陪同…, 同…交谈.
_OBJECT = re.compile(
    r"(?:受|由|带领|带着|率领|率|会同|偕同|领着|陪着|陪同|与|同|在|向|对|给|随|跟随|跟|代表|请|让|把|将|为|按照|根据|据|遵照|落实|贯彻|传达|学习|围绕)$"
)
# 一路由区长贺敬带队: who leads is no object.
_BY_WHOM = re.compile("由[^，,。；;]{2,60}?(?:带队|率队|带领|率领|牵头)")
_ALONG = re.compile(
    "[^，,。；;]{0,14}(?:陪同(?!下)|随同)|(?:[、和及，,](?:(?!带队|率队|带领|来到|前往)[^。；;、，,]){2,24})*(?:等|分别|一同|一起|共同)*(?:参加|随行|同行|同往|陪同(?!下))[^，,。；;]{0,6}[。；;]"
)
# A and B took part, C received them: the leader is A.
_HOSTS = re.compile("[^。；;]{0,60}?(?:陪同(?!下)|随同)")
# 调研组一行先后来到: whoever leads the group.
_GROUP = re.compile("(?:调研|考察|督导|督查|督察|检查|指导|慰问|视察|巡查|工作|代表|专家)[组团队]")
_JOINED = frozenset(("、", "和", "与", "及", "以及", "，", ","))
_LENGTHS_JOINED = frozenset(map(len, _JOINED))
_COMMAS = frozenset(("，", ",", "、"))
_NOTHING_ELSE = re.compile("(?:同志)?(?:等|等人)?(?:一行)?(?:首先|又|还|则|也|先|先后|随后|接着|分别)?")
# 县委书记, 副区长: whoever holds it works in one county.
COUNTY_POST = re.compile(r"^(?:中共)?(?:县|区|旗)")
_MOVES = re.compile(r"来到|赴|前往|深入|走进|到|在|检查|督|调研|慰问|看望|率|带|强调|要求|主持|暗访|察看|查看")


# 集团党委书记、董事长: on tour where nobody from an office of the state is.
_HEADS_FIRM = re.compile("(?:董事长|总经理)$")
_LEAD = re.compile("(?:分别|分头)?(?:带队|率队|带领)|分别|分头")
# The name of a unit that touches a post may begin so many characters before it.
BEFORE_POST = 9
_OF_FIRM = re.compile("集团|公司")
_CLAUSE = "\n，,。；;：: 　"
# 第三组的组长是卓帆.
_HEADS_PARTY = re.compile("(?:组长|领队|带队)的?(?:是|为)$")
_IN_CHARGE = re.compile(
    "(?:则|同日|当天|同时|[0-9]{1,2}日)?(?:走的?是?.{1,2}线|负责|(?:代为)?带队|率队|率另|带另|带着另|带领另|这一路|一路)"
)


# 下午,两人会合: everybody who has led a part of the tour.
_BOTH = re.compile("(?:两人|二人|三人|两位(?:市|县|区)?领导|三位(?:市|县|区)?领导)")


# 1月30日, 当天下午: what may stand before the person who opens a sentence.
_OPENED = re.compile(r"(?:[^，,。；;]{0,12}[日午晨晚夜时分]\s*[，,]?\s*|同时[，,]?)?")
_SHORTLY = re.compile("[^，,。；;]{0,6}[，,]")


class Mention(NamedTuple):
    """An official in the text. ``begin`` is where the post begins, or the name where no post is written."""

    begin: int
    start: int
    end: int
    name: str
    post: str


@cache
def _never_leaders() -> frozenset[str]:
    return data.words("people/not_leaders.txt")


class Cast:
    """The officials of one report."""

    def __init__(self, report: Report):
        self.report = report
        people = people_in(report.body)
        officials = [person for person in people if not is_staff(person.post) and not _OF_FIRM.match(person.post)]
        officials = officials or [person for person in people if _HEADS_FIRM.search(person.post)]
        officials = officials or [person for person in people if _LEAD.match(report.body, person.end)]
        known, ends = set(officials), {official.end for official in officials}
        officials += [person for person in people if person not in known and self._leads_too(person, ends)]
        self.mentions = self._everywhere(officials)
        self.starts = [mention.start for mention in self.mentions]
        self.by_begin = {mention.begin: mention for mention in reversed(self.mentions)}
        self.posts = self._posts()
        self.staff_starts = sorted(person.start for person in set(people).difference(officials))
        self.leaders: list[Mention] = []
        self.away = False
        self.party: dict[str, Mention] = {}

    def _leads_too(self, person, ends) -> bool:
        """书记林远、公司总经理卓帆带队分别赴A、B: the second leads a part of the tour."""
        body, begin = self.report.body, person.start - len(person.post)
        beside = any(begin - n in ends and body[begin - n : begin] in _JOINED for n in _LENGTHS_JOINED)
        return beside and bool(_HEADS_FIRM.search(person.post)) and bool(_LEAD.match(body, person.end))

    def _everywhere(self, people) -> list[Mention]:
        """Each name wherever it stands, with and without its post; what two names share is of the longer, or first."""
        body = self.report.body
        mentions = {p.start: self._with_unit(_mention(body, p)) for p in people}
        names = dict.fromkeys(person.name for person in people) or self._without_post()
        for name in sorted(names, key=len, reverse=True):
            for form in (name, f"{name[1:]}同志") if len(name) == 3 else (name,):
                at = body.find(form)
                while at >= 0:
                    mentions.setdefault(at, Mention(at, at, at + len(form), name, ""))
                    at = body.find(form, at + 1)
        return [mentions[at] for at in sorted(mentions)]

    def _with_unit(self, mention: Mention) -> Mention:
        """宝兴县委书记: what the post begins with may be a part of the unit's name, and more units before it."""
        begin, ends = mention.begin, self.report.units
        for unit in reversed([unit for unit in ends if mention.begin - BEFORE_POST <= unit.start < mention.begin]):
            if unit.end < begin:
                break
            begin = unit.start
        return mention._replace(begin=begin) if mention.post else mention

    def _posts(self) -> dict[str, list[str]]:
        """The posts that the report gives each person, each once."""
        posts: dict[str, dict[str, None]] = {}
        for mention in self.mentions:
            if mention.post:
                posts.setdefault(mention.name, {})[mention.post] = None
        return {name: list(each) for name, each in posts.items()}

    def _without_post(self) -> list[str]:
        """Who opens a sentence and moves, in a report that writes no post at all."""
        for sentence in self.report.sentences[:6]:
            name = name_at(sentence.text, 0)
            if name and _MOVES.match(sentence.text[len(name) :]):
                return [name]
        return []

    def between(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin between two offsets."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def begins_at(self, at: int) -> bool:
        """Whether a name stands right at an offset: 在县医院|张新."""
        i = bisect_left(self.starts, at)
        return i < len(self.starts) and self.starts[i] == at

    def stands_at(self, at: int) -> Mention | None:
        """The person who begins at an offset, or whose post before the name does."""
        return self.by_begin.get(at)

    def named_at(self, at: int) -> bool:
        """Whether an offset lies in a name or its post: 进 of 黄进良, 赴 of 赴石桥工作组组长."""
        i = bisect_left(self.starts, at + 1)
        in_name = i > 0 and at < self.mentions[i - 1].end
        return in_name or (i < len(self.mentions) and self.mentions[i].begin <= at)

    def staff_between(self, start: int, end: int) -> bool:
        """Whether somebody who receives the visit is named between two offsets."""
        return bisect_left(self.staff_starts, start) < bisect_left(self.staff_starts, end)

    def group(self, start: int, end: int) -> list[Mention]:
        """The last people named together between two offsets: 张宁和副市长宁伟."""
        named = self.between(start, end)
        if not named:
            return []
        first = len(named) - 1
        while first and self._joined(named[first - 1], named[first]):
            first -= 1
        return [*self._before_comma(named[first]), *named[first:]]

    def _before_comma(self, first: Mention) -> list[Mention]:
        """县长A，副县长B来到: whoever stands right before a comma and a post is of the group."""
        before: list[Mention] = []
        behind = first
        for i in range(bisect_left(self.starts, first.start) - 1, -1, -1):
            mention = self.mentions[i]
            if not behind.post or self.report.body[mention.end : behind.begin] not in _COMMAS:
                break
            before.append(mention)
            behind = mention
        return before[::-1]

    def acts(self, sentence_start: int, clause: int, at: int) -> bool:
        """Finds who acts in the clause before an offset and keeps it in ``leaders``; False where no leader does."""
        group = self.group(clause, at)
        while group and self.is_object(group[0]) and (earlier := self.group(clause, group[0].begin)):
            group = earlier
        group = group or self._opening(sentence_start, clause)
        if group and self._only_quoted(group[0]):
            return False
        if group:
            self.away = False
        elif self.staff_between(clause, at):
            self.away = True
        if self.away:
            return False
        if not group and len(self.party) > 1 and _BOTH.search(self.report.body, clause, at):
            self.leaders = [self.with_post(mention) for mention in self.party.values()]
        if not group and not self.leaders:
            group = self.group(sentence_start, at)
        if not group and self._stands_for_first(clause, at):
            self.leaders = self.first
        if group and not self.is_object(group[0]):
            self._take(group)
        if not self.leaders:
            self.leaders = self.first
        return bool(self.leaders)

    def _stands_for_first(self, clause: int, at: int) -> bool:
        """调研组一行来到: the first leader again, where the paragraph has named nobody yet."""
        paragraph = self.report.body.rfind("\n", 0, at) + 1
        return bool(_GROUP.search(self.report.body, clause, at)) and not self.between(paragraph, at)

    def _opening(self, start: int, clause: int) -> list[Mention]:
        """县长卓帆带领部门负责人,先后来到A: who opens the sentence goes on, if not the leader so far."""
        named = self.between(start, clause)
        if not named or not self.leaders or not _OPENED.fullmatch(self.report.body, start, named[0].begin):
            return []
        if self.is_object(named[0]) or self.accompanies(named[0]) or not named[0].post:
            return []
        last = self._last_joined(named)
        if speaks(self.report.body, named[last].end):
            return []
        known = {mention.name for mention in (named[0], *named[last + 1 :])} & {leader.name for leader in self.leaders}
        return [] if known else self.group(start, named[last].end)

    def _last_joined(self, named: list[Mention]) -> int:
        """Which of the people named is the last of those who are named together with the first."""
        last = 0
        while last + 1 < len(named) and self.report.body[named[last].end : named[last + 1].begin] in _JOINED:
            last += 1
        return last

    def takes_over(self, start: int, end: int):
        """Whose part of the tour begins: 林远走南线. 北线由卓帆带队."""
        for mention in self.between(start, end):
            before = self.report.body[mention.begin - 1]
            if _HEADS_PARTY.search(self.report.body, max(start, mention.begin - 8), mention.begin):
                self._take([mention])
            if (before in _CLAUSE or before == "由") and _IN_CHARGE.match(self.report.body, mention.end, end):
                self.away = False
                self._take(self.group(start, mention.end))

    def sets_out(self, start: int, end: int):
        """县长A、副县长B检查复学准备: who is named together with the leader before the first place is there as well."""
        group: list[Mention] = []
        for mention in self.between(start, end):
            if group and not self._joined(group[-1], mention):
                break
            group.append(mention)
        if len(group) > 1 and self.first and group[0].name == self.first[0].name and not self.is_object(group[0]):
            self._take(group)

    def _joined(self, one: Mention, other: Mention) -> bool:
        """Whether two people are named together: only a mark, or 和, between them; a comma before a post."""
        gap = self.report.body[one.end : other.begin]
        if not gap:  # 林远卓帆先后来到
            return one.end == other.begin
        return gap in _JOINED and (gap not in "，," or bool(other.post))

    def subject(self, clause: int, at: int) -> bool:
        """Whether a leader, and nobody and nothing else, stands between the beginning of a clause and an offset."""
        named = self.between(clause, at)
        return bool(named) and bool(_NOTHING_ELSE.fullmatch(self.report.body, named[-1].end, at))

    def acts_behind(self, at: int):
        """在环卫所,孙丹燕看望: who acts is named behind the place and a comma."""
        group = self.group(at, at + 24)
        pause = _SHORTLY.match(self.report.body, at)
        if group and group[0].begin in (at, pause and pause.end()):
            self.away = False
            self._take(group)

    def opens(self, start: int, end: int) -> bool:
        """As :meth:`acts`, for a sentence in which several people do several things: the first named counts."""
        named = [m for m in self.between(start, end) if not self.is_object(m)]
        last = self._last_joined(named)
        return self.acts(start, start, named[last].end + 1 if named else start)

    def _take(self, group):
        known = self.leaders and group[0].name == self.leaders[0].name
        if not known or len(group) > 1:
            self.leaders = [self.with_post(mention) for mention in group]
        self.party |= {leader.name: leader for leader in self.leaders if leader.name not in self.party}

    def is_object(self, mention: Mention) -> bool:
        """Whether something is done to or with the person."""
        if _BY_WHOM.match(self.report.body, mention.begin - 1):
            return False
        before = self.report.body[max(0, mention.begin - 4) : mention.begin]
        return bool(_OBJECT.search(before)) or self._only_quoted(mention)

    def _only_quoted(self, mention: Mention) -> bool:
        """A central leader who is not the first person of the report is named for what was said or ordered."""
        return mention.name in _never_leaders() and mention.name != self.mentions[0].name

    def accompanies(self, mention: Mention) -> bool:
        """Whether the person is only said to have come along."""
        return bool(_ALONG.match(self.report.body, mention.end))

    def with_post(self, mention: Mention) -> Mention:
        """The mention with the longest post that the report gives the person."""
        return mention._replace(post=max(self.posts.get(mention.name, [""]), key=len))

    @cached_property
    def first(self) -> list[Mention]:
        """The first official named who may be the leader of the tour."""
        acting = [m for m in self.mentions if not self.is_object(m)]
        guests = [m for m in acting if not _HOSTS.match(self.report.body, m.end)]
        free = next((m for m in acting if not self.accompanies(m)), next(iter(guests), None))
        return [self.with_post(free)] if free else []

    def is_local(self, mention: Mention) -> bool:
        """Whether the person holds office in a county, so that the county named is the one meant."""
        return any(map(COUNTY_POST.match, self.posts.get(mention.name, ())))


def _mention(body, person) -> Mention:
    begin = person.start - len(person.post)
    if body[begin : person.start] != person.post:
        begin = person.start
    return Mention(begin, person.start, person.end, person.name, person.post)
