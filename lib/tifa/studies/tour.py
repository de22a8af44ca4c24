"""One report as a tour: who came where, stop by stop.

The report is read sentence by sentence, with what a reader keeps in mind. Each part of it has a module of its own:

- :mod:`cast` is the people: the officials named in the report, and which of them is the leader who acts in a clause;
- :mod:`days` is the time: the day that holds at a point of the text;
- :mod:`ground` is the area: city, district and township in which the next place lies, as far as the text ties it to the
  last one;
- :mod:`tifa.marking.slots` reads the list of places behind a verb (a slot that the verb opens), :mod:`verbs` finds the
  verbs, and :mod:`openings` and :mod:`scenes` the places that stand before the leader;
- :mod:`stops` is what comes out: one stop a place, duplicates and summaries left out.

``Tour`` goes through the sentences and asks them in this order: whose turn is it, what day, which places, and where.
"""

import re
from bisect import bisect_left

from tifa.marking import sites
from tifa.marking.sentences import narrated, quoted
from tifa.marking.slots import Slots
from tifa.studies.attendance import SEPARATELY, add_meeting, as_meetings, company, meeting
from tifa.studies.cast import Cast
from tifa.studies.days import Days
from tifa.studies.ground import Ground
from tifa.studies.openings import (
    ASIDE,
    before_leader,
    goes_away,
    is_byline,
    last_segment,
    lists_from,
    marker,
    pause,
    place_begins,
    segments,
    speaks,
)
from tifa.studies.presence import activity, as_office, fits, hosts_meeting, is_inspected, of_kind, share_command_post
from tifa.studies.report import Report, Sentence
from tifa.studies.scenes import Scene, area_begins, enters, is_there, scene_in
from tifa.studies.stops import Stop, doubted, fill_in, goes_back, names, same_place, without_summaries
from tifa.studies.verbs import Verb, elsewhere_in, verbs_in
from tifa.studies.whereabouts import (
    each_in_its_own,
    is_in_last_area,
    is_inner,
    is_inside,
    is_part_of_last,
    is_reached_in,
    is_round,
    is_towns_own,
    moves_on,
    told_elsewhere,
    without_kinds,
)

# 带领部门负责人深入A: who comes along is no other subject.
_LEADS = re.compile("带领|率领|带着|会同|率(?![先队])|带队|[与和同跟](?=[^，,。；;]{1,12}(?:一起|一同|一道|共同))")
_SAME_TOWN = re.compile("该(?:街道|镇|乡|社区|村|苏木)|(?:镇|乡|街道)[里上内]的")
_LONGEST_AREA = 14
_LATER = re.compile("^(?:当天|当日)?(?:下午|傍晚|晚上|上午|次日|夜里|中午|随后在)")
_VILLAGES_OWN = re.compile("村(?:委会|部|党|文化|服务|里)|(?:社区|小区)(?:卫生室|服务|党群|警务|居委|物业|活动)")
_CITYS_OWN = re.compile("[市省州](?!场|民|集)|自治区")
# 石桥市公安局城关分局 is in one of its districts.
_BRANCH = re.compile("分[局院校行]$|分中心$|分公司$")
_COUNTYS_OWN = re.compile("自治区|[县市区省州旗]")


class Tour:
    """Reads one report; :meth:`rows` gives a row of the table per place visited and per meeting."""

    def __init__(self, report: Report):
        self.report, self.body = report, report.body
        self.cast = Cast(report)
        starts = {unit.start for unit in report.units}
        verbs = (_before_unit(verb, starts) for verb in verbs_in(self.body))
        self.verbs = [verb for verb in verbs if not self.cast.named_at(verb.start)]
        self.elsewhere = elsewhere_in(self.body)
        self.days = Days(report, self.cast, self.verbs)
        self.ground = Ground(report.home, self.cast.home_district())
        self.slots = Slots(self.body, report.units)
        self.slots.people = self.cast.starts
        self.unit_starts = [unit.start for unit in report.units]
        self.towns_by_end = {unit.end: unit for unit in report.units if unit.level == "township"}
        self.stops: list[Stop] = []
        self.scene: Scene | None = None
        self.read_to = self.slot = 0
        self.opened = self.opened_by = None
        self.touring = None
        self.marked = False
        # Whether a meeting in an office was told of in this stretch.
        self.hosted = False
        # The sentence that an area opens: 在钦堂乡,他先到A,最后到B.
        self.frame: Sentence | None = None

    def rows(self) -> list[dict]:
        paragraph, speaking = None, False
        for sentence in self.report.sentences:
            if self._marks(sentence) or sentence.is_heading:
                continue
            if sentence.paragraph != paragraph:
                paragraph, speaking, self.scene = sentence.paragraph, False, None
                self.ground.new_paragraph(settled=bool(self.stops and not (self.marked or self.stops[-1].area)))
                self.marked = False
            takes_up = self._takes_up(sentence)
            if sentence.is_speech and sentence.text[0] != "“" and not takes_up:
                speaking = True
                continue
            self.slots.enter(sentence.start, sentence.end)
            told, speaking = narrated(sentence.text, speaking and not takes_up)
            for start, end in told:
                self._stretch(sentence, sentence.start + start, sentence.start + end)
        for stop in self.stops:
            if stop.day.text is None:
                stop.day = self.days.dateline
        home = self.report.home.city
        return [doubted(stop.row(self.report.doc), home) for stop in without_summaries(as_meetings(self.stops))]

    def _marks(self, sentence) -> bool:
        """昨晚10点|A区B镇: a line, heading or not, that says when and where the next stop is."""
        begin, end = marker(self.body, sentence.start), sentence.end
        if end - begin > _LONGEST_AREA or begin == sentence.start == 0:
            return False
        self.slots.enter(sentence.start, end)
        places, stop = self.slots.at(begin, end) if begin < end else ([], end)
        if stop != end or not all(place.area for place in places) or (begin == sentence.start and not places):
            return False
        self.days.read(sentence, sentence.start, end, alone=True)
        self.ground.leave()
        self.marked = bool(places)
        for place in places[:1]:
            self.ground.enter(place)
        return True

    def _takes_up(self, sentence) -> bool:
        """Whether the leader begins the sentence and acts: what somebody said before is over."""
        named = self.cast.between(sentence.start, sentence.start + 1)
        return bool(named) and not speaks(self.body, named[0].end)

    # A stretch of narrative

    def _stretch(self, sentence: Sentence, start: int, end: int):
        self._name_town(start)
        self.hosted = False
        before, position, read_to = len(self.stops), start, start
        spoken = quoted(sentence.text) if "“" in sentence.text else []
        self.cast.takes_over(start, end)
        if area := area_begins(self.slots, start, end):
            self.ground.enter(area)
        if _LATER.match(self.body[start:end]):
            self.ground.later()
        listed = end
        for begin, stop in segments(self.body, start, end):
            position = max(position, self._opening(sentence, begin, stop, begin >= listed))
            listed = min(listed, lists_from(self.body, begin, stop))
            for i in range(bisect_left(self.verbs, (begin,)), bisect_left(self.verbs, (stop,))):
                verb = self.verbs[i]
                if verb.start < position:
                    continue
                if any(a < verb.start - sentence.start < b for a, b in spoken):
                    continue
                self.days.read(sentence, read_to, verb.start)
                read_to = verb.start
                position = self._slot(sentence, verb, start, end)
        self.days.read(sentence, read_to, end)
        apart = last_segment(self.body, start, end)
        if len(self.stops) == before or self.hosted or (apart > start and self.slot < apart):
            begin = start if len(self.stops) == before or self.hosted else apart
            told = meeting(self.report, self.cast, self.days.now, sentence, begin, min(end + 4, sentence.end))
            if told:
                add_meeting(self.stops, told)
            elif not self.hosted and len(self.stops) == before:
                self._introduced(sentence, start, end)
        if present := company(self.report, self.cast, start, end):
            for stop in self.stops[before:] or self.stops:
                stop.join(present)

    def _name_town(self, at):
        """佐龙镇是全县的东大门: what is said next to lie in 镇里 lies in it."""
        i = bisect_left(self.unit_starts, at)
        unit = self.report.units[i] if i < len(self.unit_starts) and self.unit_starts[i] == at else None
        if unit and unit.township:
            self.ground.last_town = unit.township

    def _opening(self, sentence, begin, end, listed=False) -> int:
        """A place that opens a clause and is followed by the leader, or by what was asked there in a list of places.

        Gives where reading goes on.
        """
        at = place_begins(self.body, begin, end)
        people = [mention.begin for mention in self.cast.between(at, end)]
        paused = pause(self.body, at, end) if listed else before_leader(self.body, at, end, people)
        if paused is None or not self.slots.may_begin(at):
            return begin
        verb = bisect_left(self.verbs, (at,))
        lies = next((v.start for v in self.verbs[verb:] if v.start < paused and v.how == "within"), paused)
        places, stop = self.slots.at(at, lies)  # A检查点|在A与B交界处,他问
        named = bool(places) and all(p.site and not (p.generic or p.same) for p in places)
        if not named or paused - stop > ASIDE or goes_away(places[0].site) or is_byline(self.body, at, paused):
            return begin
        if self.cast.staff_between(at, stop) or (verb < len(self.verbs) and self.verbs[verb].start < stop):
            return begin
        told = (sentence.start, at) if listed else (paused, end)
        if self.cast.between(at, stop) or not self.cast.acts(sentence.start, *told):
            return begin
        self.days.read(sentence, begin, at)
        self._visit(sentence, Verb(at, at, "within"), begin, places, stop)
        return stop

    def _slot(self, sentence, verb, start, end) -> int:
        """Reads the places behind a verb; gives where reading goes on."""
        if self.days.is_past(sentence) or not self.slots.may_begin(verb.end):
            return verb.end
        clause = self.report.clause(start, verb.start)
        if self._is_elsewhere(clause, verb.start):
            return verb.end
        places, stop = self.slots.at(verb.end, sentence.end, self._is_trusted(verb, sentence))
        places = without_kinds(places)
        if verb.how == "object" and places and not is_inspected(self.body, places[-1].end, end):
            return verb.end
        acting = verb.how == "within" and (self._is_subject(verb, sentence, clause) or self.cast.begins_at(stop))
        places = [place for place in places if fits(self.body, self.verbs, verb.how, place, stop, end, acting)]
        places = [place for place in places if not self.cast.between(place.start, place.end)]
        if not places:
            return verb.end
        if verb.how == "within":
            self.cast.acts_behind(stop)
        if not self.cast.acts(sentence.start, clause, verb.start):
            return stop
        if hosts_meeting(self.body, verb, places, stop):
            self.hosted = True
            return stop
        self._visit(sentence, verb, clause, places, stop)
        self.read_to = stop
        return stop

    def _is_trusted(self, verb, sentence) -> bool:
        """Whether what stands behind the verb is a place, named or not: 来到A、B; 在A…;在B…."""
        if verb.how == "arrive" or self.body[verb.end - 1] == "了":
            return self.body[verb.start : verb.end] != "去"
        last = self.stops[-1] if self.stops else None
        again = last and last.sentence is sentence and self.opened_by == "within"
        return bool(verb.how == "within" and again and self.body[verb.start - 1] in "；;")

    def _is_subject(self, verb, sentence, clause) -> bool:
        """Whether the leader is the subject: 他在A问价,在B搬来电扇."""
        last = self.stops[-1] if self.stops else None
        again = clause == verb.start and last and last.sentence is sentence and self.opened_by == "within"
        return bool(again) or self.cast.subject(clause, verb.start) or self.body[clause : verb.start] in ("他", "她")

    def _is_elsewhere(self, clause, at) -> bool:
        """Whether the clause tells of a wish, another time or another subject; posts and names tell nothing."""
        first = bisect_left(self.elsewhere, clause)
        if first == len(self.elsewhere) or self.elsewhere[first] >= at:
            return False
        people = self.cast.between(clause, at)
        leads = _LEADS.search(self.body, clause, at)
        words = self.elsewhere[first : bisect_left(self.elsewhere, leads.start() if leads else at)]
        words = [word for word in words if not (self.body[word] == "由" and (leads or self.cast.stands_at(word + 1)))]
        return not all(any(m.begin <= word < m.end for m in people) for word in words)

    def _visit(self, sentence, verb, clause, places, stop):
        places = without_kinds(places)
        if not places:
            return
        if any(p.site for p in places):
            places = [as_office(self.body, p, listed=True) for p in places]
        moved_on = self._moves_on(sentence, verb, clause, places)
        separately = bool(SEPARATELY.search(self.body, clause, verb.end))
        if separately:
            places = each_in_its_own(share_command_post(places), self.stops, sentence)
        apart = separately and len(self.cast.leaders) == len(places) > 1
        before = len(self.stops)
        listed = len([s for s in self.stops if s.slot == self.slot]) > 1 and self.opened_by == "inspect"
        how = "arrive" if moved_on or listed or len(places) > 1 else verb.how
        self._takes_its_way(verb, places)
        for i, place in enumerate(places):
            self.ground.open = self.ground.open and not (i and (places[i - 1].area or places[i - 1].township))
            self._place(sentence, how, place, self.cast.leaders[i : i + 1] if apart else self.cast.leaders, stop)
        for found in self.stops[before:]:
            found.moved_on, found.slot, found.within = moved_on, verb.start, verb.how == "within"
        areas = [place for place in places if place.area or place.generic]
        if len(areas) > 1:
            self.ground.lose_way(areas)
            for found in self.stops[before:]:
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
        leader = self.cast.leaders[0]
        if leader.name != self.touring:
            if self.touring:
                self.ground.another_leader(self.cast.is_local(leader))
            if len(places) == 1 and places[0].area:
                self.ground.begins_in(places[0])
        self.touring = leader.name
        self.opened = verb.how if any(place.area for place in places) else self.opened

    def _place(self, sentence, how, place, leaders, stop):
        if place.same or place.generic or (self.scene and is_inner(place.site or "")):
            if self.scene:
                self._visit_scene(sentence)
            if not (place.township or place.district):
                return
            place = place._replace(site=None, kind="other", generic=False)
        elif place.area:
            place = as_office(self.body, place)
        elif place.named_after and self._is_far(place):
            place = place._replace(province=None, city=None, district=None, adcode=None, level=None, named_after=False)
        if place.site:
            self.scene = None
            place = place._replace(level=None) if _BRANCH.search(place.site) else place
            if _CITYS_OWN.match(place.site) and not place.district and not _BRANCH.search(place.site):
                self.ground.leave()
            elif _COUNTYS_OWN.match(place.site) and sites.is_anchored(place.site):
                near = is_in_last_area(self.stops, sentence, place) if how == "within" else None
                self.ground.goes_on(is_reached_in(self.stops, sentence) if near is None else near)
            if how == "within" and is_part_of_last(self.body, self.stops, place):
                return
            of_another = how == "inspect" or _VILLAGES_OWN.match(place.site) or is_inner(place.site)
            if of_another and is_inside(self.stops, sentence, place):
                return
            place = of_kind(told_elsewhere(self.body, self.towns_by_end, place), sentence.text)
            if how == "inspect" and is_in_last_area(self.stops, sentence, place):
                place = place._replace(level=None)
        self.ground.enter(place)
        found = Stop(leaders[0], names(leaders[1:]), self.days.now, place, self.ground.around(place), sentence)
        found.area, found.inspected = place.site is None or sites.is_wide(place.site), how == "inspect"
        self._add(found, stop)

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

    # A place that opens a sentence, and the leader in the next

    def _introduced(self, sentence, start, end):
        """A scene is described, or the leader acts in the one described before."""
        there = self.scene and is_there(self.scene, self.stops, self.body, self.cast, start, end)
        if there and self.cast.acts(sentence.start, start, end):
            self._visit_scene(sentence)
            return
        self.scene = scene_in(self.slots, self.cast, self.verbs, sentence, start, end) or self.scene
        entered = self.scene and self.scene.sentence is sentence and enters(self.scene, self.stops, self.cast, end)
        if entered and self.cast.acts(sentence.start, entered, end):
            self._visit_scene(sentence)

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


def _before_unit(verb: Verb, starts: set[int]) -> Verb:
    """到|达来呼布镇: the verb ends where the name of a unit begins."""
    inside = next((at for at in range(verb.start + 1, verb.end) if at in starts), None)
    return verb._replace(end=inside) if inside else verb
