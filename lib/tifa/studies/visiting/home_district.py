"""In which district a report is at home, as the post of its first leader tells: 晋江市委书记."""

import re
from bisect import bisect_right

from tifa.marking.places import Unit
from tifa.studies.visiting.leaders import BEFORE_POST, COUNTY_POST, Cast

# 县交通运输局班子成员分头督查: the county is the one that the report names.
_COUNTY_OFFICE = re.compile("(?:^|[，,。午日晚\n])[县旗][\u4e00-\u9fff]{2,8}(?:局|办)(?:班子|领导|党)")
_LEAD_CHARS = 80


def home_district(cast: Cast) -> Unit | None:
    """The district that the first leader's post names, or that stands before the first leader of a county."""
    if not cast.first:
        return None
    posts = [m for m in cast.mentions if m.name == cast.first[0].name and m.post]
    if unit := _in_post(cast.report.units, posts):
        return unit
    units = cast.report.units
    if not any(COUNTY_POST.match(mention.post) for mention in posts):
        named = {u.district: u for u in units if u.district}
        if len(named) == 1 and _COUNTY_OFFICE.search(cast.report.body, 0, _LEAD_CHARS):
            return next(iter(named.values()))
        return _only_city(units, posts)
    head = {u.district: u for u in units if u.end <= posts[0].end and u.level == "district"}
    return next(iter(head.values())) if len(head) == 1 else None


def _in_post(units, posts) -> Unit | None:
    """The district or township that one of the posts names: 晋江市委书记, 池店镇镇长."""
    units = [unit for unit in units if unit.district or unit.township]
    ends = [unit.end for unit in units]
    for mention in posts:
        last = bisect_right(ends, mention.start) - 1
        if last >= 0 and mention.begin - BEFORE_POST <= units[last].start and ends[last] >= mention.begin:
            return units[last]
    return None


def _only_city(every, posts) -> Unit | None:
    """The city below a prefecture that a report with 市长 is about, where it names no other place."""
    before = [u for u in every if posts and u.end <= posts[0].end]
    units = before if any(u.district for u in before) else every
    named = {u.district for u in units if u.district}
    if len(named) != 1 or any(u.level == "city" for u in units) or not any(m.post.startswith("市") for m in posts):
        return None
    return next((u for u in units if u.level == "district" and u.district.endswith("市")), None)
