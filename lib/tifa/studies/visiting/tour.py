"""In which order a report is read: sentence by sentence, which verb, day, places and leader, and where that is.

``Tour`` keeps in mind what a reader does, and asks the other modules; :mod:`tifa.studies.visiting` says which.
"""

import re
from bisect import bisect_left

from tifa.marking.sentences import narrated, quoted
from tifa.marking.slots import Slots
from tifa.studies.visiting.arrivals import Arrivals
from tifa.studies.visiting.attendance import add_meeting, as_meetings, company, meeting
from tifa.studies.visiting.clauses import (
    ASIDE,
    before_counted,
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
from tifa.studies.visiting.days import Days
from tifa.studies.visiting.leaders import Cast
from tifa.studies.visiting.presence import fits, hosts_meeting, is_inspected
from tifa.studies.visiting.report import Report, Sentence
from tifa.studies.visiting.scenes import area_begins, enters, is_there, scene_in
from tifa.studies.visiting.stops import doubted, without_summaries
from tifa.studies.visiting.verbs import Verb, before_unit, behind_names, elsewhere_in, verbs_in
from tifa.studies.visiting.whereabouts import in_the_town, without_kinds

# 带领部门负责人深入A: who comes along is no other subject.
_LEADS = re.compile("带领|率领|带着|会同|率(?![先队])|带队|[与和同跟](?=[^，,。；;]{1,12}(?:一起|一同|一道|共同))")
# 林远组织人大代表到A镇调研 goes along.
_ORGANISES = re.compile("组织(?=[^，,。；;]{0,30}(?:代表|委员|班子成员))")
# 副县长卓帆及有关部门负责人前往A镇, 林远和省专家组先后抵达B村: who goes along with the people named.
_FOLLOWERS = re.compile(
    "(?:[及和与、]?等?(?:相关|有关|市直|县直|区直|各)[^，,。；;到赴往在]{0,10}(?:负责人|干部|人员)"
    "|[及和与同][^，,。；;到赴往在]{0,8}(?:专家组?|医疗队|医护人员|志愿者|工作人员))"
    "(?=(?:先后|分别|一同|共同)?(?:前往|来到|赶赴|深入|走进|抵达|赴|到))"
)
_TIMED = re.compile("(?:[^，,。；;]{0,8}[日号午晚晨夜上]|傍晚|随后|最后)[，,]?")
_CLOSES = frozenset("；;。")
_LONGEST_AREA = 14
_LONGEST_MARK = 40  # such a line with its time
_LATER = re.compile("^(?:当天|当日)?(?:下午|傍晚|晚上|上午|次日|夜里|中午|随后在)")


class Tour(Arrivals):
    """Reads one report; :meth:`rows` gives a row of the table per place visited and per meeting."""

    def __init__(self, report: Report):
        cast = Cast(report)
        starts = {unit.start for unit in report.units}
        verbs = verbs_in(report.body, starts)
        verbs += behind_names(report.body, [mention.end for mention in cast.mentions], verbs)
        verbs = (before_unit(verb, starts) for verb in sorted(verbs))
        self.verbs = [verb for verb in verbs if not cast.named_at(verb.start)]
        super().__init__(report, cast, Days(report, cast, self.verbs))
        self.elsewhere = elsewhere_in(self.body)
        self.slots = Slots(self.body, report.units)
        self.slots.people = self.cast.starts
        self.unit_starts = [unit.start for unit in report.units]
        self.marked = False
        # Who came along, told before the first site.
        self.along: list[str] = []
        # Whether a meeting in an office was told of in this stretch.
        self.hosted = False

    def rows(self) -> list[dict]:
        paragraph, speaking = None, False
        for sentence in self.report.sentences:
            if self._marks(sentence) or sentence.is_heading:
                continue
            if sentence.paragraph != paragraph:
                paragraph, speaking = sentence.paragraph, False
                self._begin_paragraph()
            speaking = self._read(sentence, speaking)
        self._complete()
        home = self.report.home.city
        return [doubted(stop.row(self.report.doc), home) for stop in without_summaries(as_meetings(self.stops))]

    def _begin_paragraph(self):
        self.scene = None
        self.ground.new_paragraph(settled=bool(self.stops and not (self.marked or self.stops[-1].area)))
        self.marked = False

    def _read(self, sentence, speaking) -> bool:
        """Reads what a sentence tells; gives whether it ends in speech."""
        takes_up = (speaking or sentence.is_speech) and self._takes_up(sentence)
        if sentence.is_speech and sentence.text[0] != "“" and not takes_up:
            self.days.read_opening(sentence)  # 1月27日,他在督查时强调: the tour's day all the same
            return True
        self.slots.enter(sentence.start, sentence.end)
        told, speaking = narrated(sentence.text, speaking and not takes_up)
        for start, end in told:
            self._stretch(sentence, sentence.start + start, sentence.start + end)
        return speaking

    def _complete(self):
        """What holds for stops that say nothing else: the dateline's day, and who came along with the first leader."""
        first = self.cast.first[0].name if self.cast.first else None
        for stop in self.stops:
            if stop.day.text is None:
                stop.day = self.days.dateline
            if stop.leader.name == first:
                stop.join(self.along)

    def _marks(self, sentence) -> bool:
        """昨晚10点|A区B镇: a line, heading or not, that says when and where the next stop is."""
        if sentence.end - sentence.start > _LONGEST_MARK:
            return False
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
        self.hosted = False
        before = len(self.stops)
        self._open(start, end)
        self._go(sentence, start, end)
        self._meet(sentence, start, end, went=len(self.stops) > before)
        if present := company(self.report, self.cast, start, end):
            for stop in self.stops[before:] or self.stops:
                stop.join(present)
            if all(stop.area for stop in self.stops):
                self.along += present
            self.along = self.along if self.stops else present

    def _open(self, start, end):
        """What the words that open a stretch say of where, who and when."""
        self._name_town(start)
        if not self.stops:
            self.cast.sets_out(start, end)
        self.cast.takes_over(start, end)
        if area := area_begins(self.slots, start, end):
            self.ground.enter(area)
        if _LATER.match(self.body[start:end]):
            self.ground.later()

    def _go(self, sentence, start, end):
        """The places that a stretch leads to, from verb to verb."""
        position, read_to, listed = start, start, end
        spoken = quoted(sentence.text) if "“" in sentence.text else []
        for begin, stop in segments(self.body, start, end):
            position = max(position, self._opening(sentence, begin, stop, begin >= listed))
            listed = min(listed, lists_from(self.body, begin, stop))
            for verb in self.verbs[bisect_left(self.verbs, (begin,)) : bisect_left(self.verbs, (stop,))]:
                if verb.start < position or any(a < verb.start - sentence.start < b for a, b in spoken):
                    continue
                self.days.read(sentence, read_to, verb.start)
                read_to = verb.start
                position = self._slot(sentence, verb, start, end)
        self.days.read(sentence, read_to, end)

    def _meet(self, sentence, start, end, went):
        """A meeting that a stretch tells of, if it leads nowhere or behind its last semicolon; else a scene."""
        apart = last_segment(self.body, start, end)
        only = not went or self.hosted
        behind = apart > start and self.slot < apart
        if not (only or behind):
            return
        begin = start if only else apart
        told = meeting(self.report, self.cast, self.days.now, sentence, begin, min(end + 4, sentence.end))
        if told:
            add_meeting(self.stops, told)
        elif not went and not self.hosted:
            self._introduced(sentence, start, end)

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
        paused = before_counted(self.body, at, end) if paused is None else paused
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
        if hosts_meeting(self.body, Verb(at, at, "within"), places, stop):
            self.hosted = True
            return stop
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
        places = [in_the_town(place, self.stops, sentence) for place in without_kinds(places)]
        if verb.how == "object" and places and not is_inspected(self.body, places[-1].end, end):
            return verb.end
        acting = verb.how == "within" and (
            self._is_subject(verb, sentence, clause)
            or self.cast.begins_at(stop)
            or self._tells_no_more(sentence, verb, clause, stop)
        )
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

    def _tells_no_more(self, sentence, verb, clause, stop) -> bool:
        """3日,在A镇; 傍晚在B站.: a time and a place, and nobody who could be there instead of the leader."""
        begin = self.report.clause(sentence.start, clause - 1) if clause == verb.start > sentence.start else clause
        timed = _TIMED.fullmatch(self.body, begin, verb.start)
        return bool(timed) and self.body[stop : stop + 1] in _CLOSES

    def _is_elsewhere(self, clause, at) -> bool:
        """Whether the clause tells of a wish, another time or another subject; posts, names and past stops do not."""
        first = bisect_left(self.elsewhere, max(clause, min(self.read_to, at)))
        if first == len(self.elsewhere) or self.elsewhere[first] >= at:
            return False
        people = self.cast.between(clause, at)
        leads = _LEADS.search(self.body, clause, at) or self._organises(people, clause, at)
        words = self.elsewhere[first : bisect_left(self.elsewhere, leads.start() if leads else at)]
        words = [word for word in words if not (self.body[word] == "由" and (leads or self.cast.stands_at(word + 1)))]
        words = [word for word in words if not (self.body[word] == "从" and self._is_leaders(word, people))]
        followers = [_FOLLOWERS.match(self.body, mention.end) for mention in people]
        words = [word for word in words if not any(found and word < found.end() for found in followers)]
        return not all(any(m.begin <= word < m.end for m in people) for word in words)

    def _is_leaders(self, at, people) -> bool:
        """林远|从A村赶到B村, 他又|从A村来到B村: the leader comes from the place before."""
        return self.body[at - 1] in "他她又再" or any(mention.end == at for mention in people)

    def _organises(self, people, clause, at):
        organises = _ORGANISES.search(self.body, clause, at)
        return organises if organises and any(m.end == organises.start() for m in people) else None

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
