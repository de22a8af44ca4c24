"""Visits: the seeds row by row."""

from pathlib import Path

import pytest

from tifa.marking.places import locate
from tifa.marking.sentences import split
from tifa.reading.folder import read_folder
from tifa.studies.visits import visits

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
EXPECTED = {
    "000": [
        ("李强", "2022-04-23", "浦东新区", None, "浦东新区疫情防控指挥部", "command_centre"),
        ("李强", "2022-04-23", "浦东新区", None, "养老院", "nursing_home"),
    ],
    "001": [
        ("李强", "2022-05-08", "杨浦区", "控江路街道", None, "other"),
        ("李强", "2022-05-08", "杨浦区", None, "杨浦区疫情防控指挥部", "command_centre"),
    ],
    "002": [
        ("李强", "2022-04-17", "青浦区", "盈浦街道", "居民区", "residential"),
        ("李强", "2022-04-17", "青浦区", "盈浦街道", "街道社区卫生服务中心", "clinic"),
        ("李强", "2022-04-18", "崇明区", "长兴镇", None, "other"),
        ("李强", "2022-04-18", "崇明区", "港沿镇", "同滧村", "village"),
        ("李强", "2022-04-18", "崇明区", None, "崇明复兴馆方舱医院", "fangcang"),
    ],
    "004": [
        ("赵龙", "2022-03-29", "晋江市", "池店镇", "东山村", "village"),
        ("赵龙", "2022-03-29", "晋江市", "陈埭镇", "横坂村", "village"),
        ("赵龙", "2022-03-29", "丰泽区", "城东街道", "浔美社区", "residential"),
        ("赵龙", "2022-03-29", None, None, "泉州市指挥部", "command_centre"),
        ("赵龙", "2022-03-29", "晋江市", None, "晋江市指挥部", "command_centre"),
        ("赵龙", "2022-03-29", "丰泽区", None, "丰泽区指挥部", "command_centre"),
    ],
}
FIELDS = ["leader", "date", "district", "township", "site", "site_type"]


def found_in(folder):
    reading = read_folder(folder, progress=False)
    documents = reading.documents.copy()
    documents[["province", "city"]] = locate(documents)[["province", "city"]]
    return visits(documents, split(reading.lines))


@pytest.fixture(scope="module")
def seeds():
    return found_in(SEEDS)


def rows(table):
    table = table.assign(date=table["date"].dt.strftime("%Y-%m-%d"))
    return [tuple(None if value != value else value for value in row) for row in table[FIELDS].values.tolist()]


@pytest.mark.parametrize("seed", EXPECTED)
def test_visits_of_the_seeds(seeds, seed):
    of_seed = seeds[seeds["doc"].str.startswith(seed) & seeds["kind"].eq("visit")]
    assert rows(of_seed) == EXPECTED[seed]


def test_the_one_meeting_of_the_seeds(seeds):
    meetings = seeds[seeds["kind"].eq("meeting")]
    assert meetings[["leader", "city"]].values.tolist() == [["李强", "上海市"]]
    assert meetings["doc"].str.startswith("003").all()


def test_companions(seeds):
    assert {tuple(names) for doc, names in zip(seeds["doc"], seeds["with"], strict=True) if doc.startswith("004")} == {
        ("刘建洋", "李德金")
    }
