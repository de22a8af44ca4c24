"""One report as a tour: who came where, stop by stop.

The report is read sentence by sentence with what a reader keeps in mind: who is on tour, which day it is, in which
district and township the tour is. A verb of movement or inspection, or a preposition, opens a list
of places; speech opens none.
"""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from tifa import data
from tifa.marking import sites
from tifa.marking.dates import Resolved, dates_in, resolve
from tifa.marking.people import is_staff, name_at, people_in
from tifa.marking.places import Home, units_in
from tifa.marking.sentences import narrated, quoted
from tifa.marking.slots import Place, places_at
from tifa.studies.meetings import meeting_in

_CLAUSE = "，,；;。：:！？"
# Words before a person that make the person an object of the sentence: 受省委书记…委托, 陪同…
_OBJECT = re.compile(r"(?:受|由|陪同|与|同|向|对|给|随|跟随|跟|代表|请|让|按照|根据|据|遵照|落实|贯彻|传达|学习)$")
_SEPARATELY = re.compile("分别|分头|兵分|分组|分赴")
_COMPANY = re.compile(r"(?:一同|一起|共同|等?陪同|等?参加|等?随同|等?参与)")
# 随后, 又: the tour goes on, and what was not said again no longer holds.
_NEXT_STOP = re.compile("随后|接着|之后|然后|而后|下午|上午|傍晚|晚上|次日|最后|又|还|再|第.站")
_STAND_IN = re.compile("他|她|一行|领导")
_INSIDE_IN = re.compile(r"(?:[内里上]|门口|门前|现场|楼下|附近|周边|的?[^，,。；;]{0,8})?[，,]")
_PRESENT = re.compile("现场听取|听取|察看|查看|询问|走进|来到|慰问|看望|了解|实地|视频问候")
_MEETS = re.compile(r"(?:主持)?(?:召开|举行|组织召开)|出席|参加")
_AREA_OF_SOMETHING_ELSE = frozenset("籍返来援赴人医支驰户居村产牌")
_INSPECTED = re.compile(
    r"[^，,。；;]{0,24}?(?:进行|开展|实施)了?[^，,。；;]{0,12}?(?:检查|督查|督导|督察|调研|暗访|巡查|走访|慰问|抽查|视察|查看)"
)
_DATELINE = re.compile(r"[日晚]?\s?(?:讯|电|消息)")
# What may stand before the day that opens a report: nothing, a dateline, the first of two days.
_OPENS = re.compile(r"(?:[讯电息]|报道|[）)】\]])\s*$|[、和]$|^[^，,]{0,3}$")
_ACTIVITY = re.compile(r"[，,]?([^，,。；;！？]{2,30})")
_AFTER_DAY = re.compile(r"[^，,。；;]{0,6}[，,]")


class Sentence(NamedTuple):
    text: str
    start: int
    end: int
    paragraph: int
    source_line: int
    is_heading: bool


class Mention(NamedTuple):
    """A person in the text. ``begin`` is where the post begins, or the name where no post is written."""

    begin: int
    start: int
    end: int
    name: str
    post: str


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for line in data.lines(name) for word in line.split())


def _any(words) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@cache
def _trigger() -> re.Pattern:
    """What opens a list of places. Longer verbs first, so that 看望慰问 is one verb."""
    return re.compile(
        f"(?P<arrive>(?!深入(?:了解|细致|推进|贯彻|开展|学习|实际|分析|浅出|人心|研究|交流|细化|检查|查看|察看|调研))(?:{_any(_words('sites/arrivals.txt'))})|(?<![得达收看感提受遇接做直找听谈想用落送运报迟周老等拿传推不没办见])到(?![位底场来期家岗人户账货点时目了最]))"
        f"|(?P<inspect>{_any(_words('sites/inspections.txt'))})"
        "|(?P<within>(?<![正现存实所潜内外旨意仍都还])在(?![于职岗线建校院])|沿着)"
        "|(?P<object>(?:(?<=[，,；;])|先后|分别|还|又|并|现场)对)"
        "|(?P<stop>(?:第.|首|末|最后一)站(?:是|选在|就是|定在|设在))"
    )


@cache
def _not_present() -> re.Pattern:
    words = [word for word in _words("sites/not_present.txt") if len(word) > 1]
    return re.compile(
        f"{_any(words)}|(?<![主重需首只])要|(?<![对适反响相供])应|(?<![申邀])请|(?<![即])将|让|由|(?<![一])从|被|未|必|须"
    )


@cache
def _never_leaders() -> frozenset[str]:
    return frozenset(_words("people/not_leaders.txt"))


class Tour:
    """Reads one report; :meth:`rows` gives a record per place visited."""

    def __init__(
        self, doc: str, body: str, sentences: list[Sentence], published: date | None, home: Home, year: int | None
    ):
        self.doc, self.body, self.sentences = doc, body, sentences
        self.published, self.year = published, year
        self.home = home
        self.units = _at_home(units_in(body, home, published.year if published else year), home)
        self.dates = dates_in(body)
        self.mentions = self._mentions()
        self.leaders: list[Mention] = []
        self.day, self.day_text, self.previous = Resolved(None), None, None
        self.province = self.city = self.district = self.township = self.adcode = None
        self.open_area = False
        self.paragraph = None
        self.read_to = 0
        self.topic: tuple[Place, Sentence] | None = None
        self.found: list[dict] = []

    # People

    def _mentions(self) -> list[Mention]:
        """Officials, wherever they are named, with and without their posts."""
        people = [p for p in people_in(self.body) if not is_staff(p.post)]
        mentions = {p.start: self._mention(p) for p in people}
        names = {p.name for p in people}
        if not names:
            names = self._names_without_post()
        for name in names:
            for form in (name, name[1:] + "同志") if len(name) == 3 else (name,):
                at = self.body.find(form)
                while at >= 0:
                    mentions.setdefault(at, Mention(at, at, at + len(form), name, ""))
                    at = self.body.find(form, at + 1)
        return [mentions[at] for at in sorted(mentions)]

    def _mention(self, person) -> Mention:
        begin = person.start - len(person.post)
        if self.body[begin : person.start] == person.post:
            return Mention(begin, person.start, person.end, person.name, person.post)
        return Mention(person.start, person.start, person.end, person.name, person.post)

    def _names_without_post(self) -> set[str]:
        """Who opens the title or a sentence, where no post is written at all."""
        for sentence in self.sentences[:6]:
            name = name_at(sentence.text, 0)
            if name and _trigger().search(sentence.text[: len(name) + 14]):
                return {name}
        return set()

    def _group(self, start: int, end: int) -> list[Mention]:
        """The last people named together between two offsets: 张宁和副市长宁伟."""
        group: list[Mention] = []
        for mention in self.mentions:
            if mention.start < start:
                continue
            if mention.start >= end:
                break
            gap = self.body[group[-1].end : mention.begin] if group else ""
            together = group and (gap in ("、", "和", "与", "及", "以及") or (gap in "，," and mention.post))
            group = [*group, mention] if together else [mention]
        return group

    def _is_object(self, group: list[Mention], clause: int) -> bool:
        return (
            bool(_OBJECT.search(self.body[max(clause, group[0].begin - 4) : group[0].begin]))
            or group[0].name in _never_leaders()
        )

    def _subject(self, sentence_start: int, clause: int, at: int) -> bool:
        """Sets who acts in a clause; False where somebody else does."""
        group = self._group(clause, at)
        if group and self._is_object(group, clause):
            return group[0].name not in _never_leaders() and bool(self.leaders)
        if not group and not self.leaders:
            group = self._group(sentence_start, at)
            if group and self._is_object(group, sentence_start):
                group = []
        if group:
            if not self.leaders or group[0].name != self.leaders[0].name or len(group) > 1:
                self.leaders = [self._with_post(m) for m in group]
        elif not self.leaders:
            self.leaders = self._first_official()
        return bool(self.leaders)

    def _with_post(self, mention: Mention) -> Mention:
        posts = [m.post for m in self.mentions if m.name == mention.name and m.post]
        return mention._replace(post=max(posts, key=len)) if posts else mention

    def _first_official(self) -> list[Mention]:
        for mention in self.mentions:
            if mention.name not in _never_leaders() and not _OBJECT.search(
                self.body[max(0, mention.begin - 4) : mention.begin]
            ):
                return [self._with_post(mention)]
        return []

    # Days

    def _read_days(self, sentence: Sentence, start: int, end: int):
        """Takes over the days that the stretch names for itself, not for a past event."""
        for i, expression in enumerate(self.dates):
            if expression.start < start:
                continue
            if expression.end > end:
                break
            if self._is_day_of_visit(expression, sentence):
                self._set_day(expression, i)

    def _is_day_of_visit(self, expression, sentence) -> bool:
        body = self.body
        if expression.kind == "month" or _DATELINE.match(body, expression.end):
            return False
        clause = max(sentence.start, 1 + max(body.rfind(mark, sentence.start, expression.start) for mark in _CLAUSE))
        before = body[clause : expression.start]
        if re.search(r"[自从截至因为]$|报告|出现|新增", before):
            return False
        group = self._group(clause, expression.start)
        light = (
            not before
            or meeting_in(before + "召开")
            or (group and group[-1].end >= expression.start - 1)
            or _OPENS.search(before)
        )
        pause = _AFTER_DAY.match(body, expression.end)
        after = _trigger().search(body, expression.end, min(expression.end + 30, sentence.end))
        return bool(light and (pause or after or self._group(expression.end, expression.end + 30)))

    def _set_day(self, expression, i):
        found = resolve(expression, self.published, self.previous, self.year)
        following = self.dates[i + 1] if i + 1 < len(self.dates) else None
        several = (
            following
            and self.body[expression.end : following.start] in ("、", "和", "，", "至", "及")
            and following.kind == "day"
        )
        if several or found.last:
            found = found._replace(date=None, basis="range")
            first = resolve(expression, self.published, self.previous, self.year).date
            self.previous = first or self.previous
        elif found.date:
            self.previous = found.date
        if expression.kind != "carried" or not self.day_text:
            self.day_text = expression.text
            self.day = found
        elif expression.offset:
            self.day, self.day_text = found, expression.text

    # Stops

    def rows(self) -> list[dict]:
        speaking = False
        for sentence in self.sentences:
            if sentence.is_heading:
                continue
            if sentence.paragraph != self.paragraph:
                self.paragraph, speaking = sentence.paragraph, False
                self._new_paragraph()
            told, speaking = narrated(sentence.text, speaking)
            for start, end in told:
                self._stretch(sentence, sentence.start + start, sentence.start + end)
        return self._finish()

    def _new_paragraph(self):
        self.topic = None
        self.township, self.open_area = (self.township, True) if self.open_area else (None, False)
        if len(self._lead_districts()) != 1:
            self.district = self.adcode = None
            if self.open_area:
                self.open_area = False
                self.township = None

    def _lead_districts(self) -> set[str]:
        return {row["district"] for row in self.found if row["district"]}

    def _stretch(self, sentence: Sentence, start: int, end: int):
        position, spoken = start, [(sentence.start + a, sentence.start + b) for a, b in quoted(sentence.text)]
        before = len(self.found)
        read_to = start
        while match := _trigger().search(self.body, position, end):
            self._read_days(sentence, read_to, match.start())
            read_to = match.start()
            position = match.end()
            if any(a < match.start() < b for a, b in spoken):
                continue
            position = max(position, self._slot(sentence, match, start, end))
        self._read_days(sentence, read_to, end)
        if len(self.found) == before and not self._meeting(sentence, start, min(end + 4, sentence.end)):
            self._topic_visited(sentence, start, end)
        self._company(sentence, start, end, before)

    def _clause(self, start, at):
        return max(start, 1 + max(self.body.rfind(mark, start, at) for mark in _CLAUSE))

    def _slot(self, sentence, match, start, end) -> int:
        """Reads the places behind a verb; gives where reading goes on."""
        clause = self._clause(start, match.start())
        if self._blocked(clause, match.start()):
            return match.end()
        places, stop = places_at(self.body, match.end(), sentence.end, self.units)
        places = [p for p in places if self._fits(match, p, stop, end)]
        if not places:
            return match.end()
        if not self._subject(sentence.start, clause, match.start()):
            return stop
        if match.lastgroup == "within" and self._is_meeting_place(places, stop):
            return stop
        self._visit(sentence, match, clause, places, stop)
        self.read_to = stop
        return stop

    def _blocked(self, clause, at) -> bool:
        pre = self.body[clause:at]
        for mention in reversed([m for m in self.mentions if clause <= m.begin < at]):
            pre = pre[: mention.begin - clause] + pre[mention.end - clause :]
        return bool(_not_present().search(pre))

    def _fits(self, match, place: Place, stop: int, end: int) -> bool:
        body, kind = self.body, match.lastgroup
        if kind == "object":
            return bool(_INSPECTED.match(body, stop, end))
        if kind == "within":
            follows = body[stop : stop + 1] in ("，", ",") or sites.stops_at(body, stop, end)
            return follows or bool(_INSIDE_IN.match(body, stop, end) and not place.area)
        if kind == "inspect":
            if place.area:
                return body[place.end : place.end + 1] not in _AREA_OF_SOMETHING_ELSE and bool(
                    place.district or place.township
                )
            return not place.generic
        return True

    def _is_meeting_place(self, places, stop) -> bool:
        meets = _MEETS.match(self.body, stop)
        return bool(meets) and all(p.kind in ("government_office", "other") for p in places)

    def _visit(self, sentence, match, clause, places, stop):
        if any(p.generic for p in places) and len(places) > 1:
            places = [p for p in places if not (p.site and sites.is_unique(p.site))]
        pre = self.body[clause : match.start()]
        if _NEXT_STOP.search(self.body, max(sentence.start, self.read_to), match.start()):
            self.open_area, self.township = False, self.township if _own_township(places[0]) else None
        listed = sum(p.area for p in places) > 1
        separate = len(self.leaders) == len(places) > 1 and _SEPARATELY.search(pre)
        places = _share_command_post(places, bool(_SEPARATELY.search(pre)))
        for i, place in enumerate(places):
            leaders = [self.leaders[i]] if separate else self.leaders
            self._stop(sentence, match, place, leaders, stop)
        if listed:
            self._lose_way(places)

    def _lose_way(self, places):
        """Behind a list of areas nothing says in which of them the next site lies."""
        self.open_area = False
        self.township = None
        for row in self.found[-len(places) :]:
            row["_listed"] = row["_area"]
        if not places[-1].township:
            self.district = self.adcode = None

    def _stop(self, sentence, match, place, leaders, stop):
        if place.same or (place.generic and not place.area):
            if self.topic:
                self._topic_row(sentence)
            if place.township or place.district:
                self._area(sentence, match, place, leaders, stop)
            return
        if place.area:
            self._area(sentence, match, place, leaders, stop)
            return
        self.topic = None
        if match.lastgroup == "inspect" and self._inside(sentence, place):
            return
        self._remember(place)
        self._add(
            sentence, place, leaders, stop, area=sites.is_wide(place.site), inspected=match.lastgroup == "inspect"
        )

    def _inside(self, sentence, place) -> bool:
        """A shop or yard looked at in a place already entered in this sentence is no place of its own."""
        if place.district or place.township or not self.found:
            return False
        last = self.found[-1]
        return (
            last["kind"] == "visit"
            and last["_paragraph"] == sentence.paragraph
            and not last["_area"]
            and not (last["_sentence"] == sentence.start and last["_inspected"])
        )

    def _area(self, sentence, match, place, leaders, stop):
        self._remember(place._replace(site=None))
        self.open_area = True
        self._add(sentence, place._replace(site=None, kind="other"), leaders, stop, area=True)

    def _remember(self, place):
        """Where the tour is now. A new district ends the township."""
        if place.city and place.city != self.city:
            self.province, self.city, self.district, self.township, self.adcode = (
                place.province,
                place.city,
                None,
                None,
                None,
            )
        if place.district:
            if place.district != self.district or not (self.open_area or place.township):
                self.township = None
            self.district, self.adcode = place.district, place.adcode
        elif place.adcode and not self.district:
            self.adcode = place.adcode
        if place.township:
            self.township = place.township
        elif not self.open_area:
            self.township = place.township if not _own_township(place) else self.township

    def _add(self, sentence, place, leaders, stop, area, inspected=False):
        row = self._row(sentence, place, leaders, stop) | {"_area": area, "_inspected": inspected}
        for other in self.found:
            if _same_visit(other, row):
                _merge(other, row, place)
                return
        row["_order"] = len(self.found)
        self.found.append(row)

    def _row(self, sentence, place, leaders, stop) -> dict:
        return {
            "doc": self.doc,
            "leader": leaders[0].name,
            "role": leaders[0].post or None,
            "with": [m.name for m in leaders[1:]],
            "date": self.day.date,
            "date_text": self.day_text,
            "date_basis": self.day.basis,
            "province": place.province or self.province or self.home.province,
            "city": place.city or self.city or self.home.city,
            "district": place.district or self.district or self.home.district,
            "township": place.township or self.township,
            "site": place.site,
            "site_type": place.kind,
            "kind": "visit",
            "activity": self._activity(stop, sentence.end),
            "quote": sentence.text,
            "source_line": sentence.source_line,
            "adcode": place.adcode or self.adcode,
            "doubt": self.day.doubt,
            "_area": False,
            "_inspected": False,
            "_listed": False,
            "_sentence": sentence.start,
            "_paragraph": sentence.paragraph,
        }

    def _activity(self, stop, end):
        match = _ACTIVITY.match(self.body, stop, end)
        told = match and match.group(1)
        return told if told and not sites.is_mark(told) and sites.stops_at(told, 0, len(told)) else None

    # A place that opens a sentence of its own, and the leader in the next

    def _topic_visited(self, sentence, start, end):
        if self.topic and _PRESENT.search(self.body, start, end) and self._subject(sentence.start, sentence.start, end):
            self._topic_row(sentence)
            return
        places, _ = places_at(self.body, start, sentence.end, self.units)
        if len(places) == 1 and places[0].site and not places[0].generic and not places[0].same and self.leaders:
            self.topic = (places[0], sentence)

    def _topic_row(self, sentence):
        place, said = self.topic
        self.topic, self.open_area = None, False
        self.township = None
        self._remember(place)
        self._add(
            sentence._replace(
                text=said.text + sentence.text if said.start != sentence.start else said.text,
                source_line=said.source_line,
            ),
            place,
            self.leaders,
            sentence.end,
            area=False,
        )

    # Meetings

    def _meeting(self, sentence, start, end) -> bool:
        """A meeting elsewhere than at a stop: one row per leader and day."""
        told = meeting_in(self.body[start:end])
        if not told or not self._subject(sentence.start, start, end):
            return False
        where = Place(start, end, None, None)
        row = self._row(sentence, where, self.leaders, end) | {
            "kind": "meeting",
            "activity": told,
            "district": None,
            "township": None,
        }
        row |= {"_area": False, "adcode": None}
        held = next((other for other in self.found if _same_meeting(other, row)), None)
        if held is None:
            self.found.append(row | {"_order": len(self.found)})
        else:
            held["with"] += [m.name for m in self.leaders if m.name not in (held["leader"], *held["with"])]
        return True

    # Who else was there

    def _company(self, sentence, start, end, before):
        match = _COMPANY.search(self.body, start, end)
        if not match or _SEPARATELY.search(self.body, start, match.start()):
            return
        clause = self._clause(start, match.start())
        group = self._group(clause, match.start())
        if not group or not self.leaders or group[0].name == self.leaders[0].name or self._is_object(group, clause):
            return
        rows = self.found[before:] or self.found
        for row in rows:
            row["with"] += [m.name for m in group if m.name not in (row["leader"], *row["with"])]

    # What was a summary

    def _finish(self) -> list[dict]:
        kept = [row for row in self.found if not row["_area"] or not self._detailed(row)]
        return [{k: v for k, v in row.items() if k[0] != "_"} for row in kept]

    def _detailed(self, area) -> bool:
        """Whether other rows say more exactly where in the area the leader was."""
        for row in self.found:
            if (
                row is area
                or row["kind"] == "meeting"
                or row["leader"] != area["leader"]
                or row["city"] != area["city"]
            ):
                continue
            if area["site"] or (area["_listed"] and row["site"] and not row["township"]):
                if row["_order"] > area["_order"] and row["_paragraph"] == area["_paragraph"]:
                    return True
                if area["site"]:
                    continue
            finer = (row["site"], row["township"]) if not area["township"] else (row["site"],)
            if not any(finer) and (row["district"] is None or area["district"]):
                continue
            if not area["district"] and not area["township"]:
                return True
            if not row["district"] and not row["township"]:
                return True
            if row["district"] == area["district"] and area["township"] in (None, row["township"]):
                return True
        return False


def _own_township(place) -> bool:
    return bool(place.site) and bool(re.match("街道|镇|乡|村", place.site))


def _share_command_post(places, separately):
    """分别在泉州市和晋江市、丰泽区指挥部: one each."""
    last = places[-1]
    if not separately or not last.site or last.kind != "command_centre":
        return places
    head = re.search("(?:疫情)?(?:防控)?(?:工作)?(?:应急)?指挥(?:部|中心)$", last.site)
    head = head.group() if head else ""
    return [
        p._replace(site=(p.township or p.district or p.city) + head, kind=last.kind) if p.area and head else p
        for p in places
    ]


def _same_visit(a, b) -> bool:
    if a["leader"] != b["leader"] or a["_area"] != b["_area"] or "meeting" in (a["kind"], b["kind"]):
        return False
    if a["date"] and b["date"] and a["date"] != b["date"]:
        return False
    for field in ("city", "district", "township"):
        if a[field] and b[field] and a[field] != b[field]:
            return False
    if a["_area"]:
        return (a["district"], a["township"]) == (b["district"], b["township"]) and a["city"] == b["city"]
    short, long = sorted((a["site"], b["site"]), key=len)
    return long.startswith(short) or long.endswith(short)


def _same_meeting(a, b) -> bool:
    if a["kind"] != "meeting":
        return False
    return a["date"] == b["date"] or (a["leader"] == b["leader"] and None in (a["date"], b["date"]))


def _merge(row, again, place):
    """The second mention fills in what the first left open and the text says there."""
    for field in ("date", "activity"):
        if row[field] is None:
            row[field] = again[field]
    for field in ("district", "township", "adcode"):
        if row[field] is None:
            row[field] = getattr(place, field)
    row["_sentence"], row["_paragraph"] = again["_sentence"], again["_paragraph"]


def _at_home(units, home):
    """A township's name stands for one of the cities that the text or the page names, or for none that is known."""
    cities = {unit.city for unit in units if unit.level in ("city", "district")} | {home.city}
    return [
        unit._replace(province=None, city=None, district=None, adcode=None)
        if unit.level == "township" and unit.city and unit.city not in cities and len(cities - {None})
        else unit
        for unit in units
    ]
