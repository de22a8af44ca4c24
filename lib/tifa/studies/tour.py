"""One report as a tour: who came where, stop by stop.

The report is read sentence by sentence with what a reader keeps in mind: who is on tour, which day it is, in which
district and township the tour is. A verb of movement or inspection, or a preposition, opens a list of places; speech
opens none.
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
from tifa.studies.scenes import Scene, is_there, scene_in
from tifa.studies.stops import Stop, fill_in, goes_back, names, same_place, without_summaries
from tifa.studies.verbs import Verb, elsewhere_in, verbs_in

# 带领部门负责人深入A: who comes along is no other subject.
_LEADS = re.compile("带领|率领|带着|会同|率(?![先队])|带队|[与和同跟](?=[^，,。；;]{1,12}(?:一起|一同|一道|共同))")
# 随后, 又: the tour goes on, and what was not said again no longer holds.
_NEXT_STOP = re.compile("随后|接着|之后|然后|而后|下午|上午|傍晚|晚上|次日|最后|又|还|再|并|第.站")
# A镇的, A镇党委书记: more than the township.
_TOWN_GOES_ON = frozenset("的、和与及党政长书人干纪综派卫中第村社")
# 又在A村坐下: 又 alone moves nobody.
_LATER_ON = re.compile("随后|接着|之后|然后|而后|下午|上午|傍晚|晚上|次日|最后|第.站")
_SAME_TOWN = re.compile("该(?:街道|镇|乡|社区|村|苏木)|(?:镇|乡|街道)[里上内]的")
# Shorter names are in several townships.
_TELLING = 3
_LONGEST_AREA = 14
_LATER = re.compile("^(?:当天|当日)?(?:下午|傍晚|晚上|上午|次日|夜里|中午|随后在)")
_TOWNSHIPS_OWN = re.compile(
    "(?:位于)?(?:街道|镇|乡|村)|(?:旁边|隔壁|附近|对面|不远处|近旁|一旁|邻近|相邻)的"
    "|[与和同][^，,。；;的]{0,12}(?:相隔|一[路墙]之隔)[^，,。；;的]{0,6}的"
)
# 先到A村看秧苗,再到B村看水渠,最后到C站: one round, told in one breath.
_ROUND = re.compile("先(?!后)[^。；;]+[，,](?:再|又|接着|然后|最后)")
_VILLAGES_OWN = re.compile("村(?:委会|部|卫生|党|文化|服务|里)|(?:社区|小区)(?:卫生室|服务|党群|警务|居委|物业|活动)")
_CITYS_OWN = re.compile("[市省州](?!场|民|集)|自治区")
_COUNTYS_OWN = re.compile("自治区|[县市区省州旗]")
_LOCAL_POST = re.compile("(?:中共)?[市县区州旗镇乡]")


class Tour:
    """Reads one report; :meth:`rows` gives a row of the table per place visited and per meeting."""

    def __init__(self, report: Report):
        self.report, self.body = report, report.body
        self.cast = Cast(report)
        self.verbs = [verb for verb in verbs_in(self.body) if not self.cast.named_at(verb.start)]
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
        return [self._doubted(stop.row(self.report.doc)) for stop in without_summaries(as_meetings(self.stops))]

    def _marks(self, sentence) -> bool:
        """昨晚10点|A区B镇: a line, heading or not, that says when and where the next stop is."""
        begin, end = marker(self.body, sentence.start), sentence.end
        if end - begin > _LONGEST_AREA or begin == sentence.start == 0:
            return False
        self.slots.enter(sentence.start, end)
        places, stop = self.slots.at(begin, end) if begin < end else ([], end)
        if stop != end or not all(place.area for place in places) or (begin == sentence.start and not places):
            return False
        self.days.read(sentence, sentence.start, end)
        self.ground.leave()
        self.marked = bool(places)
        for place in places[:1]:
            self.ground.enter(place)
        return True

    def _takes_up(self, sentence) -> bool:
        """Whether the leader begins the sentence and acts: what somebody said before is over."""
        named = self.cast.between(sentence.start, sentence.start + 1)
        return bool(named) and not speaks(self.body, named[0].end)

    def _doubted(self, row: dict) -> dict:
        """Says so when a leader of one city is seen in another."""
        home = self.report.home.city
        if home and row["city"] not in (None, home) and _LOCAL_POST.match(row["role"] or ""):
            elsewhere = f"{row['city']} is not {home}, where the page is from"
            row["doubt"] = "; ".join(filter(None, (row["doubt"], elsewhere)))
        return row

    # A stretch of narrative

    def _stretch(self, sentence: Sentence, start: int, end: int):
        self._name_town(start)
        self.hosted = False
        before, position, read_to = len(self.stops), start, start
        spoken = quoted(sentence.text) if "“" in sentence.text else []
        self.cast.takes_over(start, end)
        self._comes_upon(start, end)
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

    def _comes_upon(self, start, end):
        """A镇那天下雨,车走了两小时才到B卡点: a sentence that begins with a township is about the tour in it."""
        at = place_begins(self.body, start, end)
        if self.slots.names.unit_at(at):
            places, stop = self.slots.at(at, end)
            if len(places) == 1 and places[0].area and places[0].township and self.body[stop] not in _TOWN_GOES_ON:
                self.ground.enter(places[0])

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
        places, stop = self.slots.at(at, paused)
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
        words = [word for word in words if not (self.body[word] == "由" and (leads or self.cast.begins_at(word + 1)))]
        return not all(any(m.begin <= word < m.end for m in people) for word in words)

    def _visit(self, sentence, verb, clause, places, stop):
        if any(p.generic for p in places) and len(places) > 1:
            places = [p for p in places if p.township or not (p.site and sites.is_one_of_many(p.site))]
        if not places:
            return
        if any(p.site for p in places):
            places = [as_office(self.body, p, listed=True) for p in places]
        goes_on = _LATER_ON if verb.how == "within" else _NEXT_STOP
        reached = verb.start + (self.body[verb.start] == "后")  # 随|后到
        moved_on = verb.how == "stop" or bool(goes_on.search(self.body, max(sentence.start, self.read_to), reached))
        its_own = bool(places[0].site and not places[0].township and _TOWNSHIPS_OWN.match(self.body, verb.end))
        goes_round = bool(_ROUND.search(self.body, sentence.start, verb.end))
        if its_own or (moved_on and self.frame is not sentence and not goes_round):
            self.ground.goes_on(same_township=its_own)
        if verb.how == "within" and len(places) == 1 and places[0].area and clause == verb.start:
            self.frame = sentence
        separately = bool(SEPARATELY.search(self.body, clause, verb.end))
        if separately:
            places = share_command_post(places)
            places = self._each_in_its_own(places, sentence)
        apart = separately and len(self.cast.leaders) == len(places) > 1
        before = len(self.stops)
        listed = len([s for s in self.stops if s.slot == self.slot]) > 1 and self.opened_by == "inspect"
        beside = len(places) > 1 or listed
        how = "arrive" if moved_on or beside else verb.how
        if verb.how == self.opened == "within":
            self.ground.goes_on(False)
        self.slot, self.opened_by = verb.start, verb.how
        if _SAME_TOWN.match(self.body, verb.end):
            self.ground.again()
        if self.cast.leaders[0].name != self.touring:
            if self.touring:
                self.ground.another_leader(self.cast.is_local(self.cast.leaders[0]))
            if len(places) == 1 and places[0].area:
                self.ground.begins_in(places[0])
        self.touring = self.cast.leaders[0].name
        self.opened = verb.how if any(place.area for place in places) else self.opened
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

    def _each_in_its_own(self, places, sentence):
        """到A镇、B街道检查,分别走进C村和D社区: one in each."""
        areas = [stop for stop in self.stops if stop.listed and stop.sentence is sentence]
        if len(areas) != len(places) or any(place.township or place.district for place in places):
            return places
        units = ("province", "city", "district", "township", "adcode")
        return [
            place._replace(**{unit: area.units[unit] for unit in units})
            for place, area in zip(places, areas, strict=True)
        ]

    def _place(self, sentence, how, place, leaders, stop):
        if place.same or place.generic:
            if self.scene:
                self._visit_scene(sentence)
            if not (place.township or place.district):
                return
            place = place._replace(site=None, kind="other", generic=False)
        elif place.area:
            place = as_office(self.body, place)
        if place.site:
            self.scene = None
            if _CITYS_OWN.match(place.site) and not place.district:
                self.ground.leave()
            elif _COUNTYS_OWN.match(place.site) and sites.is_anchored(place.site):
                self.ground.goes_on(same_township=how == "within" and self._is_in_last_area(sentence, place))
            if how == "within" and self._is_part_of_last(place):
                return
            if (how == "inspect" or _VILLAGES_OWN.match(place.site)) and self._is_inside(sentence, place):
                return
            place = of_kind(self._told_elsewhere(place), sentence.text)
            if how == "inspect" and self._is_in_last_area(sentence, place):
                place = place._replace(level=None)
        self.ground.enter(place)
        found = Stop(leaders[0], names(leaders[1:]), self.days.now, place, self.ground.around(place), sentence)
        found.area, found.inspected = place.site is None or sites.is_wide(place.site), how == "inspect"
        self._add(found, stop)

    def _is_inside(self, sentence, place) -> bool:
        """A shop or yard looked at in a place that was entered before is no place of its own."""
        if place.district or place.township or not self.stops:
            return False
        last = self.stops[-1]
        beside = last.sentence is sentence and last.inspected
        return last.kind == "visit" and last.sentence.paragraph == sentence.paragraph and not last.area and not beside

    def _told_elsewhere(self, place):
        """A village whose township stands before its name in another sentence."""
        if place.township or place.district or len(place.site) < _TELLING:
            return place
        at = self.body.find(place.site)
        while at >= 0:
            unit = self.towns_by_end.get(at)
            if unit:
                fields = ("province", "city", "district", "township", "adcode")
                return place._replace(**{field: getattr(unit, field) for field in fields})
            at = self.body.find(place.site, at + 1)
        return place

    def _is_part_of_last(self, place) -> bool:
        """在A村的陶艺馆门前, when the leader is in the village already."""
        last = self.stops[-1] if self.stops else None
        known = last and last.site and last.site != place.site
        return bool(known and self.body.startswith(f"{last.site}的", place.start))

    def _is_in_last_area(self, sentence, place) -> bool:
        """来到A县B镇,检查A县人民医院: the hospital is in the town, although its name begins with the county's."""
        last = self.stops[-1] if self.stops else None
        same = last and last.area and last.sentence is sentence and place.district in (None, last.units["district"])
        return bool(same and not place.township)

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
        there = self.scene and is_there(self.scene, self._has_arrived(), self.body, self.cast, start, end)
        if there and self.cast.acts(sentence.start, start, end):
            self._visit_scene(sentence)
            return
        self.scene = scene_in(self.slots, self.cast, self.verbs, sentence, start, end) or self.scene
        if self.scene and self.scene.sentence is sentence:
            self._enters_at_once(sentence, end)

    def _enters_at_once(self, sentence, end):
        """X镇Y卡口设在国道边,过往车辆很多,他同司机交谈: a later clause shows the leader in the scene."""
        scene = self.scene
        for mark in re.compile("[，,；;]").finditer(self.body, scene.place.end, end):
            if is_there(scene, self._has_arrived(), self.body, self.cast, mark.end(), end, sentence_goes_on=True):
                if self.cast.acts(sentence.start, mark.end(), end):
                    self._visit_scene(sentence)
                return

    def _has_arrived(self) -> bool | None:
        """Whether the last stop of the scene's paragraph is an area; None where there is no stop yet."""
        last = self.stops[-1] if self.stops else None
        return last.area if last and last.sentence.paragraph == self.scene.sentence.paragraph else None

    def _visit_scene(self, sentence):
        scene, self.scene = self.scene, None
        if not self.cast.acts(sentence.start, sentence.start, sentence.start):
            return
        self.ground.goes_on(same_township=scene.is_here or self.ground.open)
        self.ground.enter(scene.place)
        leaders, units = self.cast.leaders, self.ground.around(scene.place)
        found = Stop(leaders[0], names(leaders[1:]), self.days.now, scene.place, units, sentence)
        said = scene.sentence
        found.quote = said.text if said is sentence else said.text + sentence.text
        found.source_line = said.source_line
        self._add(found, sentence.end)
