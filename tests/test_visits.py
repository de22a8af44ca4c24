"""Visits: the seeds and reports in own wording, row by row, and what holds of every row."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tifa.marking.places import Home, locate, units_in
from tifa.marking.sentences import split
from tifa.reading.folder import read_folder
from tifa.studies.visits import visits
from tifa.tables import table

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


@pytest.mark.parametrize(
    "text",
    [
        "4月5日,县长车砚调研春耕,副县长卓岚、林远参加。车砚先到石桥镇大堰村,又到石桥镇信家村。",
        "4月5日,县长车砚、副县长卓岚、林远检查复学准备。车砚一行先到石桥镇大堰村,又到石桥镇信家村。",
        "4月5日,县长车砚在副县长卓岚、林远的陪同下,先后到石桥镇大堰村、信家村检查。",
        "4月5日,县长车砚到石桥镇、白沙镇检查,副县长卓岚、林远一同检查。车砚走进大堰村,又到信家村。",
        "4月5日,县长车砚先后到石桥镇大堰村、信家村检查。副县长卓岚、林远参加检查。",
    ],
)
def test_who_came_along(text):
    documents = table("documents", [{"doc": "a", "body": text}])
    found = visits(documents, split(table("lines", [{"doc": "a", "line": 0, "role": "paragraph", "text": text}])))
    assert [(row["leader"], row["site"], sorted(row["with"])) for _, row in found.iterrows()] == [
        ("车砚", site, sorted(("卓岚", "林远"))) for site in ("大堰村", "信家村")
    ]


# Reports in own wording, one a file: the article, and behind --- the rows. Other right readings stand behind a slash,
# and a star is for what the text leaves open.
CASES = sorted((Path(__file__).parent / "cases/visits").glob("*.txt"))


def read_case(path):
    article, _, gold = path.read_text("utf-8").rpartition("---\n")
    lines = article.strip().split("\n")
    published = None
    if lines[0].startswith("published:"):
        published = pd.Timestamp(lines.pop(0).partition(":")[2].strip(), tz="Asia/Shanghai")
    return published, lines, [line.split("\t") for line in gold.splitlines()]


@pytest.fixture(scope="module")
def cases():
    documents, lines = [], []
    for path in CASES:
        published, texts, _ = read_case(path)
        documents.append({"doc": path.stem, "title": texts[0], "published": published, "body": "\n".join(texts)})
        for i, text in enumerate(texts):
            role = "paragraph" if i else "title"
            lines.append({"doc": path.stem, "line": i, "role": role, "text": text, "source_line": i + 1})
    documents = table("documents", documents)
    documents[["province", "city"]] = locate(documents)[["province", "city"]]
    sentences = split(table("lines", lines))
    return documents, sentences, visits(documents, sentences)


def agrees(row, expected):
    return all(field == "*" or (value or "-") in field.split("/") for value, field in zip(row, expected, strict=True))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_report(cases, path):
    _, _, expected = read_case(path)
    of_case = cases[2][cases[2]["doc"].eq(path.stem)]
    found = [(*row, kind) for row, kind in zip(rows(of_case), of_case["kind"], strict=True)]
    assert len(found) == len(expected) and all(map(agrees, found, expected)), found


def test_every_row_has_its_sentence_in_the_body(cases):
    documents, sentences, found = cases
    body = dict(zip(documents["doc"], documents["body"], strict=True))
    told = sentences.groupby("doc")["text"].agg("".join)
    for row in found.itertuples():
        assert row.quote and (row.quote in body[row.doc] or row.quote in told[row.doc])
        assert row.site != row.site or subsequence(row.site, row.quote)


def subsequence(site, quote):
    """Whether the sentence holds the site; 大堰、石桥等村 holds 大堰村."""
    rest = iter(quote)
    return all(character in rest for character in site)


def test_no_visit_after_publication(cases):
    documents, _, found = cases
    published = found["doc"].map(dict(zip(documents["doc"], documents["published"], strict=True)))
    known = found["date"].notna() & published.notna()
    assert (found.loc[known, "date"] <= published[known].dt.tz_localize(None)).all()


def test_adcode_fits_city_and_district(cases):
    for row in cases[2].dropna(subset=["adcode"]).itertuples():
        named = row.district if row.district == row.district else row.city
        assert named in {unit.district or unit.city for unit in units_in(named, Home(row.province, row.city))}
        codes = {unit.adcode for unit in units_in(f"{row.city}{row.district if row.district == row.district else ''}")}
        assert row.adcode in codes


WORDS = (
    "市长林远|林远|他|4月5日|随后|来到|在|对|检查|石桥镇|大堰村|、|，|。|和|等村|（三期）|“安心”|丰泽区|的|一处养老院|指出|要|社区"
    "|第一站：|市疫情防控指挥部|召开会议|分别|\n|该小区|陪同|某|1| "
)
PARTS = st.sampled_from(WORDS.split("|"))


@given(st.lists(PARTS, max_size=25))
def test_any_text_is_read_and_no_row_is_without_leader_and_sentence(parts):
    texts = [text for text in "".join(parts).split("\n") if text.strip()]
    lines = [{"doc": "a", "line": i, "role": "paragraph", "text": t, "source_line": i + 1} for i, t in enumerate(texts)]
    documents = table("documents", [{"doc": "a", "body": "\n".join(texts)}])
    for row in visits(documents, split(table("lines", lines))).itertuples():
        assert row.leader and row.quote and row.kind in ("visit", "meeting")


def test_another_city_is_doubted():
    text = "4月5日，市委书记林远到潍坊市奎文区检查。"
    lines = table("lines", [{"doc": "a", "line": 0, "role": "paragraph", "text": text, "source_line": 1}])
    documents = table("documents", [{"doc": "a", "body": text, "province": "福建省", "city": "泉州市"}])
    assert visits(documents, split(lines))["doubt"].tolist() == ["潍坊市 is not 泉州市, where the page is from"]


def test_a_report_without_a_leader_gives_no_row(cases):
    assert "31-patients" not in set(cases[2]["doc"])


def test_the_year_of_a_diary_is_in_its_title():
    body = "东乌珠穆沁旗2021年8月大事记\n★8月2日 旗委副书记林远到旗医院检查防疫。"
    lines = [
        {"doc": "a", "line": n, "role": role, "text": text, "source_line": n + 1}
        for n, (role, text) in enumerate(zip(("title", "paragraph"), body.split("\n"), strict=True))
    ]
    pages = table("documents", [{"doc": "a", "title": body.split("\n")[0], "body": body}])
    (date,) = visits(pages, split(table("lines", lines)))["date"]
    assert date == pd.Timestamp("2021-08-02")


NAMESAKES = "林明远 王明远|沈知行 章知行|卓一帆 陈一帆|王北辰 林北辰|章怀民 沈怀民|陈若谷 卓若谷|林文修 章文修"


def test_a_given_name_that_two_share_is_of_the_one_named_first():
    bodies = {}
    for first, second in (pair.split() for pair in NAMESAKES.split("|")):
        told = f"4月5日，县委书记{first}到大堰村检查。4月6日，县长{second}到青石村检查。"
        bodies[first] = f"{told}4月7日，{first[1:]}同志到荷风村检查。"
    lines = [
        {"doc": doc, "line": 0, "role": "paragraph", "text": body, "source_line": 1} for doc, body in bodies.items()
    ]
    documents = table("documents", [{"doc": doc, "body": body} for doc, body in bodies.items()])
    last = visits(documents, split(table("lines", lines))).query("site == '荷风村'")
    assert last["leader"].tolist() == list(bodies)
