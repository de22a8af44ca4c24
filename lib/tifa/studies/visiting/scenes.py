"""Whether a place that a report describes, a scene, is one where the leader was, though no verb leads there.

清溪镇的老菜场里已经人声嘈杂.林远挨个摊位看过去: no verb brings the leader to the place, but the second sentence shows
the leader in it. So a scene waits until a sentence of its paragraph tells of the leader's hands, eyes and feet; what is
only said or asked for somewhere does not make it a visit.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from tifa.marking.site_names import Place
from tifa.marking.slots import Slots
from tifa.studies.visiting.clauses import STAND_IN, goes_away, introduces, place_begins, says
from tifa.studies.visiting.leaders import Cast
from tifa.studies.visiting.report import Sentence
from tifa.studies.visiting.stops import Stop
from tifa.studies.visiting.verbs import Verb

_PRESENT = re.compile("现场听取|听取|察看|查看|询问|走进|来到|慰问|看望|了解|实地|问候")
# A镇的, A镇党委书记: more than the township.
_TOWN_GOES_ON = frozenset("的、和与及党政长书人干纪综派卫中第村社")
_MARK = re.compile("[，,；;]")
# What only somebody on the spot can do.
_ON_THE_SPOT = re.compile(
    "[看数摸蹲坐站翻拿接掏握登试量推敲闻尝掂穿戴听扫走踩跳弯俯拉端等停]|追问|问|打开|绕|沿着|挨|逐|走|拍|排在|跟着|和|同|与|向"
)
# 林远没有多说,自己在岗亭边站了二十分钟.
_NEAR = 12
# 昨天一早,天刚亮,: clauses of time and weather before the place.
_BEFORE_PLACE = re.compile("(?:[^，,。；;：:在到的]{2,9}[，,]){0,2}")
_WEATHER = re.compile("[天雨雪风雾日月光夜晨晚午点时分]")
# 村党支部书记: who is of the place, and no scene.
_SOMEBODY = re.compile(
    "(?:的)?(?:讯|消息|党|总|支|(?:居民|村民|群众)(?!们?正)|书记|主任|负责人|干部|医生|护士|老师|老板|工作人员|居委)"
)
_NO_SCENE = re.compile("[了着过说问给让请把被]|[年月日时点]之?[间前后]|[一二三四五六七八九十0-9]月")
# 园区新投产的电池公司里: what is seen in the park where the tour is.
_OF_THE_LAST = re.compile("[园厂景库港矿校]区(?:[里内]|刚|新|已|的)")


class Scene(NamedTuple):
    """The place, the sentence that describes it, and where its description begins in it."""

    place: Place
    sentence: Sentence

    @property
    def is_here(self) -> bool:
        """这里的采样点: in the township of the stop before."""
        return self.sentence.text.startswith("这里")

    @property
    def is_placed(self) -> bool:
        """Whether the words tie the place to the tour: its township, 这里, or nothing else in the sentence."""
        return bool(self.place.township or self.place.district or self.is_here or self.is_alone)

    @property
    def is_alone(self) -> bool:
        """A镇B村。"""
        return self.sentence.text.endswith(f"{self.place.site}。")


def area_begins(slots: Slots, start: int, end: int) -> Place | None:
    """The township that a sentence is about: A镇那天下雨,车走了两小时才到B卡点."""
    at = place_begins(slots.text, start, end)
    if not slots.names.unit_at(at):
        return None
    places, stop = slots.at(at, end)
    alone = len(places) == 1 and places[0].area and places[0].township
    return places[0] if alone and slots.text[stop : stop + 1] not in _TOWN_GOES_ON else None


def scene_in(slots: Slots, cast: Cast, verbs: list[Verb], sentence: Sentence, start: int, end: int) -> Scene | None:
    """The scene that a stretch of narrative describes, or None.

    Parameters
    ----------
    slots, cast, verbs
        Places, people and verbs of the report.
    sentence : Sentence
        One in which the leader goes nowhere.
    start, end : int
        Its narrative.
    """
    begin = _begin(slots.text, start, end)
    if not slots.may_begin(begin) or _OF_THE_LAST.match(slots.text, begin):
        return None
    places, stop = slots.at(begin, sentence.end)
    if len(places) != 1 or not _is_scene(places[0]) or _SOMEBODY.match(slots.text, stop):
        return None
    if not (places[0].township or introduces(slots.text, start, stop, end)):
        return None
    first = bisect_left(verbs, (start,))
    acts = first < len(verbs) and verbs[first].start < places[0].end
    return None if acts or cast.between(start, places[0].end) else Scene(places[0], sentence)


def _begin(body, start, end):
    """Where the place begins: behind times and the weather."""
    at = place_begins(body, start, end)
    clauses = _BEFORE_PLACE.match(body, at, end)
    told = [clause for clause in re.split("[，,]", clauses.group()) if clause]
    return clauses.end() if told and all(map(_WEATHER.search, told)) else at


def _is_scene(place):
    named = place.site and not (place.generic or place.same)
    return bool(named) and not goes_away(place.site) and not _NO_SCENE.search(place.site)


def enters(scene: Scene, stops: list[Stop], cast: Cast, end: int) -> int | None:
    """Where a later clause of the scene's sentence shows the leader in it, or None.

    X镇Y卡口设在国道边,过往车辆很多,他同司机交谈.
    """
    body = cast.report.body
    clauses = (mark.end() for mark in _MARK.finditer(body, scene.place.end, end))
    return next((at for at in clauses if is_there(scene, stops, body, cast, at, end, sentence_goes_on=True)), None)


def _has_arrived(scene, stops):
    """Whether the last stop of the scene's paragraph is an area; None where there is no stop yet."""
    last = stops[-1] if stops else None
    return last.area if last and last.sentence.paragraph == scene.sentence.paragraph else None


def is_there(
    scene: Scene, stops: list[Stop], body: str, cast: Cast, start: int, end: int, sentence_goes_on: bool = False
) -> bool:
    """Whether a stretch tells what the leader did in the scene, not what was said of it.

    Parameters
    ----------
    scene : Scene
    stops : list of Stop
        Those before: where the last one of the paragraph is an area, the scene is in it.
    body : str
    cast : Cast
    start, end : int
        A stretch of narrative behind the scene.
    sentence_goes_on : bool
        Whether it is a clause of the scene's own sentence: only the leader as its subject counts.
    """
    if not sentence_goes_on and _PRESENT.search(body, start, end):
        return True
    at = _behind_leader(body, cast, start, end)
    if scene.is_alone:
        return any(not says(body, mention.end) for mention in cast.between(start, end))
    if at is None or says(body, at):
        return False
    on_the_spot = bool(_ON_THE_SPOT.search(body, at, min(end, at + _NEAR)))
    arrived = _has_arrived(scene, stops)
    return scene.is_placed or bool(arrived) or (on_the_spot and arrived is None)


def _behind_leader(body, cast, start, end):
    """Where the words for the leader end that begin a stretch."""
    at = place_begins(body, start, end)
    named = cast.stands_at(start) or cast.stands_at(at)
    if named:
        return None if cast.accompanies(named) else named.end
    stand_in = STAND_IN.match(body, at, end)
    return stand_in and stand_in.end()
