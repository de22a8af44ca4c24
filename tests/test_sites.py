"""Sites: heads, kinds, what is no particular place, and lists of places."""

from collections import Counter
from pathlib import Path

import pytest

from tifa import data
from tifa.marking.places import units_in
from tifa.marking.site_heads import heads, kind_of, words_of
from tifa.marking.sites import is_generic
from tifa.marking.slots import Slots

FOLDER = Path(data.__file__).parent

KINDS = {
    "residential": "梅山里社区 永盛嘉园 祥和二区 体育局小区 金山花园小区",
    "village": "同滧村 李家屯 巴彦嘎查 腰里王村 韩郢庄台 沙河农场三连",
    "hospital": "市第三人民医院 区妇幼保健院 大别山区域医疗中心",
    "fangcang": "复兴馆方舱医院",
    "clinic": "街道社区卫生服务中心 石桥乡卫生院 大堰村卫生室",
    "nursing_home": "西园颐养中心 县中心敬老院 夕阳红老年公寓",
    "enterprise": "宏昌制冷设备厂 恒驰铸件有限公司 食品产业园 润禾包装 金岭煤业 华泰化工园 瑞芯电子厂房 云溪风电场",
    "command_centre": "区疫情防控指挥部 市应急指挥中心 云岭区城运中心",
    "isolation_site": "如意宾馆隔离点 市应急隔离中心 健康驿站",
    "testing_site": "流芳广场便民采样点 方舱式核酸检测实验室",
    "checkpoint": "318国道检疫站 新化收费站 西大社区卡点 平岗村边境巡护点 滨河路高速出口的货车接驳点",
    "market": "凤翔农贸市场 大润发超市 惠民大药房 小商品城 石桥果品交易大厅 边民互市贸易区 新平家电城",
    "school": "县第七中学 花溪校区 农业大学 机关幼儿园 花溪一中安置点 石桥大学城",
    "transport_hub": "柳州火车站 株洲西站 武宿国际机场 南平站 延平东站 雄安站 绥芬河口岸旅检大厅 柳州西站货运卸货区",
    "construction_site": "双子塔工地",
    "government_office": "赤溪镇派出所 自治区应急管理厅 县看守所 吉林边防检查总站 石桥综合执法队",
    "other": "人民公园 联茂街 天门山索道 城南供水站",
}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds(kind):
    assert {site: kind_of(site) for site in KINDS[kind].split()} == dict.fromkeys(KINDS[kind].split(), kind)


def test_every_head_has_one_of_the_kinds():
    assert {line.partition(":")[0] for line in data.lines("sites/heads.txt")} == set(KINDS)


LISTS = sorted(path for room in ("sites", "people") for path in (FOLDER / room).glob("*.txt"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_no_word_stands_twice_in_a_list(path):
    words = [word.partition("!")[0] for line in data.lines(f"{path.parent.name}/{path.name}") for word in line.split()]
    assert [word for word, times in Counter(words).items() if times > 1] == []


@pytest.mark.parametrize("name", ["weak_heads", "wide_heads", "rooms", "kind_words", "living"])
def test_what_is_said_of_heads_is_said_of_heads(name):
    assert words_of(name) - heads().keys() == set()


def test_no_word_is_in_two_lists_of_which_one_would_do():
    assert words_of("not_heads") & heads().keys() == set()
    assert words_of("generic") & words_of("generic_facility") == set()
    assert words_of("after_site") & words_of("light_verbs") == set()


COMMON = "老旧小区 封控小区 集中隔离点 大型企业 街镇居村 汽车零部件企业 学生食堂 农村 重点场所"
PROPER = "车站社区 建设社区 广场花园 人民公园 公园里小区"


@pytest.mark.parametrize("name", COMMON.split())
def test_no_particular_place(name):
    assert is_generic(name) or kind_of(name) == "other"


@pytest.mark.parametrize("name", PROPER.split())
def test_names_made_of_common_words(name):
    assert not is_generic(name)


def places_behind_verb(text):
    slots = Slots(text, units_in(text))
    slots.enter(0, len(text))
    return slots.at(1, len(text))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到青阳街道曾井社区、安海镇大山后村和安海医院检查", ["曾井社区", "大山后村", "安海医院"]),
        ("到大沟、李家湾、石门三个村和河口、站前两个社区", ["大沟村", "李家湾村", "石门村", "河口社区", "站前社区"]),
        ("到大堰、石桥等村", ["大堰村", "石桥村"]),
        ("到金桂园,银桂园小区,丹桂里等地查看", ["金桂园", "银桂园小区", "丹桂里"]),
        ("到东湖路上的一处养老院慰问", ["养老院"]),
        ("到自己包保的和平家园、建国花园等5个小区检查点", ["和平家园", "建国花园"]),
        ("到港沿镇同心村,向志愿者问好", ["同心村"]),
        ("到区疫情防控指挥部听取汇报", ["区疫情防控指挥部"]),
        ("到群众中间了解情况", []),
    ],
)
def test_lists_of_places(text, expected):
    assert [place.site for place in places_behind_verb(text)] == expected


def test_units_are_inherited_within_a_list():
    text = "到晋江市池店镇东山村、陈埭镇横坂村、岸兜村"
    found = places_behind_verb(text)
    assert [place.township for place in found] == ["池店镇", "陈埭镇", "陈埭镇"]
    assert {place.district for place in found} == {"晋江市"}
