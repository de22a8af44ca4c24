"""Who was there besides the leader, and which meetings are rows of their own."""

import re

from tifa.marking.site_names import Place
from tifa.studies.visiting.days import Day
from tifa.studies.visiting.leaders import Cast
from tifa.studies.visiting.meetings import meeting_in
from tifa.studies.visiting.report import Report, Sentence
from tifa.studies.visiting.stops import Stop, names, same_meeting

SEPARATELY = re.compile("分别|分头|兵分|分组|分赴")
_COMPANY = re.compile(
    "(?:一同|一起|共同|等?陪同|等?参加|等?随同|等?参与|等?出席会议|等?列席|同往|同行|随行|等?前往陪同)"
)
# On a tour a call by video is part of the stop.
_BY_VIDEO = re.compile("视频|通过|利用|以")


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
    """A meeting at a command post is a visit on a tour, and a meeting where there is no tour."""
    visits = [stop for stop in stops if stop.kind == "visit"]
    alone = visits[0] if len(visits) == 1 and visits[0].place.kind == "command_centre" else None
    if alone and (told := meeting_in(alone.sentence.text)):
        alone.kind, alone.activity = "meeting", told
        alone.place = alone.place._replace(site=None, kind=None)
    on_tour = any(stop.kind == "visit" for stop in stops)
    return [stop for stop in stops if stop.kind == "visit" or not (on_tour and _BY_VIDEO.match(stop.activity))]


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
