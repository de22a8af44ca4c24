"""Who was there besides the leader, and which meetings are rows of their own."""

import re

from tifa.marking.site_names import Place
from tifa.studies.visiting.days import Day
from tifa.studies.visiting.leaders import Cast
from tifa.studies.visiting.meetings import meeting_in
from tifa.studies.visiting.report import Report, Sentence
from tifa.studies.visiting.stops import Stop, names, same_meeting

SEPARATELY = re.compile("分别|分头|兵分|分组|分赴")
_COMPANY = re.compile("一同|一起|共同|陪同|参加|随同|参与|出席会议|列席|同往|同行|随行|前往陪同")
# On a tour a call by video is part of the stop.
_BY_VIDEO = re.compile("视频|通过|利用|以")
# 在市指挥中心召开视频会商会: what the report begins with is no stop of the tour that it tells of next.
_VIDEO_MEETING = re.compile(".{0,4}(?:召开|举行).*视频")


def meeting(report: Report, cast: Cast, day: Day, sentence: Sentence, start: int, end: int) -> Stop | None:
    """A meeting that a stretch tells of, elsewhere than at a stop, with everybody named there."""
    told = meeting_in(report.body[start:end])
    if not told or not cast.opens(start, end):
        return None
    first, *others = cast.leaders
    units = dict.fromkeys(("district", "township", "adcode"))
    units |= {"province": report.home.province, "city": report.home.city}
    return Stop(first, names(others), day, Place(start, end, None, None), units, sentence, "meeting", told)


def add_meeting(stops: list[Stop], found: Stop):
    """One row per leader and day of meetings: who is named later was there too."""
    held = next((other for other in stops if same_meeting(other, found)), None)
    if held:
        held.join([found.leader.name, *found.company])
    else:
        stops.append(found)


def as_meetings(stops: list[Stop]) -> list[Stop]:
    """A meeting at a command post is a visit on a tour, and a meeting where there is no tour or it goes before it."""
    visits = [stop for stop in stops if stop.kind == "visit"]
    first = visits[0] if visits and visits[0].place.kind == "command_centre" else None
    told = first and meeting_in(first.sentence.text)
    if told and (len(visits) == 1 or _VIDEO_MEETING.match(told)):
        first.kind, first.activity = "meeting", told
        first.place = first.place._replace(site=None, kind=None)
        stops = _told_once(stops, first)
    on_tour = any(stop.kind == "visit" for stop in stops)
    return [stop for stop in stops if stop.kind == "visit" or not (on_tour and _BY_VIDEO.match(stop.activity))]


def _told_once(stops, held):
    """The stops with one row for a meeting of which later sentences tell again."""
    again = [stop for stop in stops if stop is not held and same_meeting(stop, held)]
    for other in again:
        held.join([other.leader.name, *other.company])
    return [stop for stop in stops if not any(stop is other for other in again)]


def company(report: Report, cast: Cast, start: int, end: int) -> list[str]:
    """Who is said to have come along: 县长A、副县长B陪同."""
    match = _COMPANY.search(report.body, start, end)
    if not match or SEPARATELY.search(report.body, start, match.start()):
        return []
    group = cast.group(start, match.start())
    near = group and report.clause(start, match.start()) <= group[-1].end
    led = report.body.startswith("下", match.end())  # 在A的陪同下
    if not near or not (cast.leaders or cast.first) or (cast.is_object(group[0]) and not led):
        return []
    return names(group)
