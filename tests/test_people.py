"""People: who is named with a post, and where the name ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tifa.marking.people import is_staff, people_in
from tifa.marking.person_names import name_at


def names(text):
    return [(person.name, person.post) for person in people_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市委书记龚望舒来到", [("龚望舒", "市委书记")]),
        ("市长杨和到会", [("杨和", "市长")]),
        ("省委常委、贵阳市委书记胡文昌赴南明区", [("胡文昌", "省委常委、贵阳市委书记")]),
        ("区委副书记、区长申屠骏不打招呼", [("申屠骏", "区委副书记、区长")]),
        ("州长阿依古丽·买买提主持会议", [("阿依古丽·买买提", "州长")]),
        ("市长那顺孟和来到现场", [("那顺孟和", "市长")]),
        ("县委书记洛桑多吉深入一线", [("洛桑多吉", "县委书记")]),
        ("市领导郏文沛、司徒衡、全越参加", [("郏文沛", "市领导"), ("司徒衡", "市领导"), ("全越", "市领导")]),
        ("副市长张一和副市长李想到社区", [("张一", "副市长"), ("李想", "副市长")]),
        ("区政协简志刚副主席督查", [("简志刚", "副主席")]),
        ("太原市委副书记、市长车砚到会", [("车砚", "太原市委副书记、市长")]),
        ("原市委书记车砚到会", [("车砚", "原市委书记")]),
        ("县人大主任林远和县委常委卓岚一同", [("林远", "县人大主任"), ("卓岚", "县委常委")]),
        ("副市长车砚领导一行莅临", [("车砚", "副市长")]),
        (
            "到濂溪区检查。在濂溪区医院,市长车砚要求,濂溪区要快。县长卓岚、濂溪区副区长林远到会",
            [("车砚", "市长"), ("卓岚", "县长"), ("林远", "濂溪区副区长")],
        ),
        ("县领导查市场", []),
        ("副市长来市场检查", []),
        ("县委书记带队深入一线", []),
        ("书记镇长齐上阵", []),
        ("市委书记高度重视", []),
        ("县委书记一行来到", []),
        ("晚报记者 闻一多 通讯员 水生", []),
    ],
)
def test_names_and_posts(text, expected):
    assert names(text) == expected


def test_a_name_known_from_elsewhere_decides():
    assert name_at("书记林远征途劳顿", 2, {"林远"}) == "林远"


def test_those_who_receive_a_visit():
    assert is_staff("院长") and is_staff("村党支部书记")
    assert not is_staff("市人大常委会主任")


@given(st.text(alphabet="市委书记县长副主任王李欧阳强到来、,。·和", max_size=40))
def test_offsets_are_those_of_the_name(text):
    last = 0
    for person in people_in(text):
        assert text[person.start : person.end] == person.name and person.start >= last
        last = person.end


def test_a_last_character_that_looks_like_a_verb_is_kept_when_it_never_leaves_the_name():
    text = "市委书记应之问在北塔区检查。应之问来到河堤。应之问说,要守住。应之问一行随后离开。"
    assert {person.name for person in people_in(text)} == {"应之问"}
