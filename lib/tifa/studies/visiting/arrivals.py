"""Which stops a list of places makes: each set into the ground on which the tour is, and added to the stops."""

import re

from tifa.marking import site_heads, sites
from tifa.marking.site_names import Place
from tifa.studies.visiting.attendance import SEPARATELY
from tifa.studies.visiting.days import Days
from tifa.studies.visiting.ground import Ground
from tifa.studies.visiting.home_district import home_district
from tifa.studies.visiting.leaders import Cast
from tifa.studies.visiting.presence import activity, as_office, of_kind, share_command_post
from tifa.studies.visiting.report import Report, Sentence
from tifa.studies.visiting.scenes import Scene
from tifa.studies.visiting.stops import Stop, fill_in, goes_back, names, same_place
from tifa.studies.visiting.whereabouts import (
    each_in_its_own,
    in_namesake,
    is_in_last_area,
    is_inner,
    is_inside,
    is_part_of_last,
    is_reached_in,
    is_round,
    is_towns_own,
    looks_around,
    moves_on,
    told_elsewhere,
    without_kinds,
)

_SAME_TOWN = re.compile("该(?:街道|镇|乡|社区|村|苏木)|(?:镇|乡|街道)[里上内]的")
_VILLAGES_OWN = re.compile("村(?:委会|部|党|文化|服务|史|里)|(?:社区|小区)(?:卫生室|服务|党群|警务|居委|物业|活动)")
_CITYS_OWN = re.compile("[市省州](?!场|民|集)|自治区")
# 石桥市公安局城关分局 is in one of its districts.
_BRANCH = re.compile("分[局院校行]$|分中心$|分公司$")
_COUNTYS_OWN = re.compile("自治区|[县市区省州旗]")


class Arrivals:
    """The stops of one report so far, and what a reader keeps in mind of the way between them."""

    def __init__(self, report: Report, cast: Cast, days: Days):
        self.report, self.body, self.cast, self.days = report, report.body, cast, days
        self.ground = Ground(report.home, home_district(cast))
        self.towns_by_end = {unit.end: unit for unit in report.units if unit.level == "township"}
        self.stops: list[Stop] = []
        self.scene: Scene | None = None
        # The place arrived at last, though it may be no new stop: an area that the report begins with.
        self.reached: Stop | None = None
        self.read_to = self.slot = 0
        self.opened = self.opened_by = None
        self.touring = None
        # The sentence that an area opens: 在钦堂乡,他先到A,最后到B.
        self.frame: Sentence | None = None

    def _visit(self, sentence, verb, clause, places, stop):
        places = without_kinds(places)
        if not places:
            return
        if looks_around(self.body, self.stops, sentence, verb, places):
            return
        if _SAME_TOWN.match(self.body, verb.end):  # 镇上的石桥县第三中学
            places = [place._replace(level=None) for place in places]
        if any(p.site for p in places):
            places = [as_office(self.body, p, listed=True) for p in places]
        moved_on = self._moves_on(sentence, verb, clause, places)
        separately = bool(SEPARATELY.search(self.body, clause, verb.end))
        if separately:
            places = each_in_its_own(share_command_post(places), self.stops, sentence)
        apart = separately and len(self.cast.leaders) == len(places) > 1
        before = len(self.stops)
        listed = len([s for s in self.stops if s.slot == self.slot]) > 1 and self.opened_by == "inspect"
        afresh = moved_on or listed or len(places) > 1 or self.body[verb.start - 1] == "在"  # 在检查A加油站时
        how = "arrive" if afresh else verb.how
        self._takes_its_way(verb, places)
        for i, place in enumerate(places):
            self.ground.open = self.ground.open and not (i and (places[i - 1].area or places[i - 1].township))
            self._place(sentence, how, place, self.cast.leaders[i : i + 1] if apart else self.cast.leaders, stop)
        reached = self.stops[before:]
        for found in reached:
            found.moved_on, found.slot, found.within = moved_on, verb.start, verb.how == "within"
            found.shared = separately and not apart and len(self.cast.leaders) > 1
        self._lists_areas(places, reached)

    def _lists_areas(self, places, reached):
        """Of several areas named together nothing says in which of them the next place lies."""
        if len(places) > 1 and all(place.area and place.township for place in places):
            self.ground.itinerary |= {place.township for place in places}
            self.ground.reached = None
        areas = [place for place in places if place.area or place.generic]
        if len(areas) > 1 or (len(places) > 1 and places[-1].area):
            self.ground.lose_way(areas)
            for found in reached:
                found.listed = found.area

    def _moves_on(self, sentence, verb, clause, places) -> bool:
        """Whether the tour goes on to another place, so that the township of the last one no longer holds."""
        moved_on = moves_on(self.body, verb, max(sentence.start, self.read_to))
        its_own = bool(places[0].site and not places[0].township and is_towns_own(self.body, verb.end))
        goes_round = is_round(self.body, sentence.start, verb.end)
        if its_own or (moved_on and self.frame is not sentence and not goes_round):
            self.ground.goes_on(same_township=its_own)
        if verb.how == "within" and len(places) == 1 and places[0].area and clause == verb.start:
            self.frame = sentence
        return moved_on

    def _takes_its_way(self, verb, places):
        """What the verb and a change of leaders say of where the tour is."""
        if verb.how == self.opened == "within":
            self.ground.goes_on(False)
        self.slot, self.opened_by = verb.start, verb.how
        if _SAME_TOWN.match(self.body, verb.end):
            self.ground.again()
        if self._is_another_day():
            self.ground.itinerary, self.ground.reached = set(), None
        leader = self.cast.leaders[0]
        if leader.name != self.touring:
            if self.touring:
                self.ground.another_leader(self.cast.is_local(leader))
            if len(places) == 1 and places[0].area:
                self.ground.begins_in(places[0])
        self.touring = leader.name
        self.opened = verb.how if any(place.area for place in places) else self.opened

    def _is_another_day(self) -> bool:
        """The towns that one day's tour was to go to are not those of the next."""
        last = self.stops[-1].day.found.date if self.stops else None
        now = self.days.now.found.date
        return bool(last and now and last != now)

    def _place(self, sentence, how, place, leaders, stop):
        place = self._named(sentence, place)
        if place and place.site:
            place = self._site(sentence, how, place)
        if not place:
            return
        self.ground.enter(place)
        found = Stop(leaders[0], names(leaders[1:]), self.days.now, place, self.ground.around(place), sentence)
        found.area, found.inspected = place.site is None or site_heads.is_wide(place.site), how == "inspect"
        self.reached = found
        self._add(found, stop)

    def _named(self, sentence, place) -> Place | None:
        """The place as far as its own words go; None for what is no other than the scene, or has no name."""
        if place.same or place.generic or (self.scene and is_inner(place.site or "")):
            if self.scene:
                self._visit_scene(sentence)
            in_town = place.township or place.district
            return place._replace(site=None, kind="other", generic=False) if in_town else None
        if place.area:
            return as_office(self.body, place)
        if place.named_after and self._is_far(place):
            return place._replace(province=None, city=None, district=None, adcode=None, level=None, named_after=False)
        return place

    def _site(self, sentence, how, place) -> Place | None:
        """The site with what the stops before it and the rest of the report tell; None if it is a part of the last."""
        self.scene = None
        place = place._replace(level=None) if _BRANCH.search(place.site) else place
        self._leaves_town(sentence, how, place)
        if how == "within" and is_part_of_last(self.body, self.stops, place):
            return None
        of_another = how == "inspect" or _VILLAGES_OWN.match(place.site) or is_inner(place.site)
        arrived = self.reached and self.reached.area and self.reached.sentence is sentence
        if of_another and not arrived and is_inside(self.stops, sentence, place):
            return None
        place = told_elsewhere(self.body, self.towns_by_end, place)
        place = of_kind(in_namesake(self.ground.last_town, self.ground.district, place), sentence.text)
        if how == "inspect" and is_in_last_area(self.stops, sentence, place):
            place = place._replace(level=None)
        return place

    def _leaves_town(self, sentence, how, place):
        """What the city or the county has for all need not be in the township that the tour is in."""
        if _CITYS_OWN.match(place.site) and not place.district and not _BRANCH.search(place.site):
            self.ground.leave()
        elif _COUNTYS_OWN.match(place.site) and sites.is_anchored(place.site):
            near = is_in_last_area(self.stops, sentence, place) if how == "within" else None
            self.ground.goes_on(is_reached_in(self.stops, sentence) if near is None else near)

    def _is_far(self, place) -> bool:
        """永春食品公司 in another city is only called so."""
        return bool(place.city and self.ground.district) and place.city != (self.ground.city or self.report.home.city)

    def _add(self, found: Stop, stop: int):
        found.activity = activity(self.body, stop, found.sentence.end)
        for other in self.stops:
            if same_place(other, found):
                fill_in(other, found)
                return
            if found.site is None and goes_back(other, found):
                return
        self.stops.append(found)

    def _visit_scene(self, sentence):
        scene, self.scene = self.scene, None
        if not self.cast.acts(sentence.start, sentence.start, sentence.start):
            return
        self.ground.goes_on(same_township=scene.is_here or self.ground.open)
        self.ground.enter(scene.place)
        leaders, units = self.cast.leaders, self.ground.around(scene.place)
        found = Stop(leaders[0], names(leaders[1:]), self.days.now, scene.place, units, sentence)
        said = scene.sentence
        found.quote = self.body[said.start : sentence.end]
        found.source_line = said.source_line
        self._add(found, sentence.end)
