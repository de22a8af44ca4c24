"""What comes out: the stops of a tour, and which of them are the same place or a summary of others."""

import re
from dataclasses import dataclass

from tifa.marking import site_heads, sites
from tifa.marking.site_names import Place
from tifa.studies.visiting.days import Day
from tifa.studies.visiting.leaders import Mention
from tifa.studies.visiting.report import Sentence

_LOCAL_POST = re.compile("(?:中共)?[市县区州旗镇乡]")
# A name so long is that of one place, wherever the tour was in between.
_TELLING = 8
# So many characters a second mention of a name may leave out.
_LEFT_OUT = 4


@dataclass
class Stop:
    """One place where a leader was, or a meeting (``kind``).

    ``area``: no site is named, or only a stretch of town. ``slot``: offset of the verb that governs its list.
    ``shared``: several leaders went separately, and the text has not said yet which of them was here.
    """

    leader: Mention
    company: list[str]
    day: Day
    place: Place
    units: dict
    sentence: Sentence
    kind: str = "visit"
    activity: str | None = None
    area: bool = False
    inspected: bool = False
    within: bool = False
    shared: bool = False
    listed: bool = False
    moved_on: bool = False
    slot: int = 0
    quote: str = ""
    source_line: int = 0

    @property
    def site(self) -> str | None:
        return self.place.site

    def join(self, people: list[str]):
        """They were there too."""
        self.company += [name for name in people if name not in (self.leader.name, *self.company)]

    def row(self, doc: str) -> dict:
        """The stop as a row of the table ``visits``."""
        found = self.day.found
        return {
            "doc": doc,
            "leader": self.leader.name,
            "role": self.leader.post or None,
            "with": self.company,
            "date": found.date,
            "date_text": self.day.text,
            "date_basis": found.basis,
            **self.units,
            "site": self.site,
            "site_type": self.place.kind,
            "kind": self.kind,
            "activity": self.activity,
            "quote": self.quote or self.sentence.text,
            "source_line": self.source_line or self.sentence.source_line,
            "doubt": found.doubt,
        }


def doubted(row: dict, home: str | None) -> dict:
    """Says so when a leader of one city, ``home``, is seen in another."""
    if home and row["city"] not in (None, home) and _LOCAL_POST.match(row["role"] or ""):
        elsewhere = f"{row['city']} is not {home}, where the page is from"
        row["doubt"] = "; ".join(filter(None, (row["doubt"], elsewhere)))
    return row


def same_place(a: Stop, b: Stop) -> bool:
    """Whether two mentions are of one stop: nothing they say differs, and one name holds the other."""
    short, long = a.site, b.site
    if a.kind != b.kind or a.area != b.area or (short is None) != (long is None):
        return False
    if short and len(short) > len(long):
        short, long = long, short
    if short and short[0] not in long:  # a quick look: long reports have thousands of stops
        return False
    with_others = short and (a.shared or b.leader.name in a.company)  # A、B到X村;在X村,B看望老人
    if b.leader.name != a.leader.name and not with_others:
        return False
    if short is None:
        return all(a.units[unit] == b.units[unit] for unit in ("city", "district", "township")) and _same_day(a, b)
    if not (short == long or (a.slot != b.slot and _one_name(short, long))) or not _same_day(a, b):
        return False
    pairs = [(a.units[unit], b.units[unit]) for unit in ("district", "township")]
    told_before = len(short) >= _TELLING and not (b.place.district or b.place.township)
    return told_before or all(None in pair or pair[0] == pair[1] for pair in pairs)


def _one_name(short, long):
    """大东社区 and 大东社区核酸检测点, 长安大道卡口 and 长安大道东卡口, 凤凰机场 and 三亚凤凰国际机场."""
    if short in long or short in long.replace("人民医院", "医院").replace("高速公路", "高速"):
        return True
    begins = long.find(short[:2])
    ends = 0 <= begins <= _LEFT_OUT and short[-2:] == long[-2:] and len(short) > 3
    ends = ends or (begins == 0 and short[-1] == long[-1])
    rest = iter(long)
    return ends and len(long) - len(short) <= _LEFT_OUT and all(character in rest for character in short)


def _same_day(a, b):
    days = a.day.found.date, b.day.found.date
    return None in days or days[0] == days[1]


def goes_back(stop: Stop, area: Stop) -> bool:
    """在张江镇,他还听取…: the township of a site visited before is no further stop."""
    alike = stop.kind == "visit" and stop.leader.name == area.leader.name and _same_day(stop, area)
    town = area.units["township"]
    return bool(alike and stop.site and town and area.place.township and stop.units["township"] == town)


def fill_in(stop: Stop, again: Stop):
    """The second mention fills in what the first left open and the text says there."""
    if stop.shared:  # A、B分两路来到X、Y;A先来到Y
        stop.leader, stop.company, stop.shared = again.leader, again.company, False
    if stop.day.found.date is None:
        stop.day = again.day
    for unit in ("district", "township", "adcode"):
        stop.units[unit] = stop.units[unit] or getattr(again.place, unit)
    stop.activity = stop.activity or again.activity
    if again.site and len(again.site) > len(stop.site) and _is_short_for(stop.site, again.site):
        stop.place = stop.place._replace(site=again.site, kind=again.place.kind)
        stop.quote, stop.source_line = (
            again.quote or again.sentence.text,
            again.source_line or again.sentence.source_line,
        )
    stop.sentence, stop.quote, stop.source_line = (
        again.sentence,
        stop.quote or stop.sentence.text,
        stop.source_line or stop.sentence.source_line,
    )


def _is_short_for(site, full):
    """火车站, 县医院 where the full name comes later."""
    return sites.is_unique(site) or (sites.is_anchored(site) and full.endswith("人民医院"))


def same_meeting(a: Stop, b: Stop) -> bool:
    """One meeting, told in several sentences, each with somebody who presided, spoke or attended."""
    if a.kind != "meeting":
        return False
    days = a.day.found.date, b.day.found.date
    return days[0] == days[1] or (a.leader.name == b.leader.name and None in days)


def without_summaries(stops: list[Stop]) -> list[Stop]:
    """The stops without areas of which other stops say more exactly where the leader was."""
    return [stop for i, stop in enumerate(stops) if not stop.area or not _told_in_detail(stop, stops, i)]


def _told_in_detail(area: Stop, stops: list[Stop], i: int) -> bool:
    wide = area.listed and not area.units["township"]
    later = [s for s in stops[i + 1 :] if s.kind == "visit" and (wide or _is_of_one_tour(s, area))]
    later = [s for s in later if s.units["city"] == area.units["city"] and s.slot != area.slot]
    if area.site and any(s.site and s.site.startswith(area.site) for s in later):
        return True
    if area.site and site_heads.is_zone(area.site) and not site_heads.is_park(area.site):
        return any(all(_may_agree(s, area, unit) for unit in ("district", "township")) for s in later)
    if area.site:
        following = next(iter(later), None)
        beside = bool(following) and following.sentence.paragraph == area.sentence.paragraph
        if site_heads.is_park(area.site):
            beside = beside and following.sentence is area.sentence and not _is_apart(area, following)
        towns = {area.units["township"], following.units["township"]} - {None} if beside else ()
        return beside and not following.moved_on and len(towns) < 2
    if not area.site and not area.listed and later and _is_seen_there(later[0], area):
        return True
    if area.units["township"] and not area.listed:
        later = [s for s in later if _same_day(s, area)]
    return any(_finer(s, area) for s in later)


def _may_agree(stop: Stop, area: Stop, unit: str) -> bool:
    """Whether a stop may lie in the same unit as an area, or nothing says in which it lies."""
    return stop.units[unit] is None or area.units[unit] in (None, stop.units[unit])


def _is_of_one_tour(stop: Stop, area: Stop) -> bool:
    """林远、卓帆分别到A镇、B镇;卓帆来到B镇C村: which of the two was in B is told later."""
    town = area.units["township"]
    return stop.leader.name == area.leader.name or bool(area.listed and town and stop.units["township"] == town)


def _is_apart(area: Stop, stop: Stop) -> bool:
    """来到A园区,看大厅;来到B市场: a semicolon ends what was seen in the first."""
    text, start = area.sentence.text, area.sentence.start
    return any(mark in text[area.place.end - start : stop.place.start - start] for mark in "；;")


def _is_seen_there(stop: Stop, area: Stop) -> bool:
    """赶到A镇,在县指挥部听取汇报."""
    return stop.within and stop.sentence is area.sentence and stop.place.level is None


def _finer(stop: Stop, area: Stop) -> bool:
    """Whether a stop lies in the area, or may."""
    mine, its = stop.units, area.units
    if (
        not stop.site
        and not (mine["township"] and not its["township"])
        and not (mine["district"] and not its["district"])
    ):
        return False
    if not its["district"] and not its["township"]:
        return True
    if mine["district"] and its["district"] and mine["district"] != its["district"]:
        return False
    if its["township"] is None:
        return True
    if mine["township"] == its["township"]:
        return True
    in_one = mine["township"] is None and mine["district"] == its["district"]
    return area.listed and not stop.moved_on and bool(stop.site) and in_one


def names(mentions: list[Mention]) -> list[str]:
    """Names of people in the order in which they are mentioned."""
    return [mention.name for mention in mentions]
