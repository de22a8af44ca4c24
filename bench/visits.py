"""How many 500-character reports a second and core: sentences, dates, places, people and visits.

Run ``.venv/bin/python bench/visits.py [number of reports]``. The reports are put together from parts: a lead, three
stops, and speech up to 500 characters. Time is that of the processor, the best of three rounds, so that other work on
the machine counts little. ``--peers`` adds the pipeline that people glue today (thulac + JioNLP + cpca) on the same
reports, where it is installed.
"""

import argparse
import random
import time

import pandas as pd

from tifa.marking.places import locate
from tifa.marking.sentences import split
from tifa.studies.visits import visits
from tifa.tables import table

LENGTH = 500
ROUNDS = 3  # the best of them counts
DISTRICTS = (
    ("丰泽区", "鲤城区", "洛江区", "晋江市", "石狮市"),
    ("奎文区", "潍城区", "寿光市", "青州市", "高密市"),
    ("天元区", "芦淞区", "荷塘区", "石峰区", "醴陵市"),
)
NAMES = ("梅山", "青石", "荷风", "锦绣", "同心", "平安", "银杏", "松涛", "朝阳里", "金桂", "石桥", "大堰")
SITES = ("社区", "小区", "村", "中学", "农贸市场", "卫生院", "敬老院", "采样点", "客运站", "食品有限公司")
LEADERS = ("林远", "卓一帆", "佘北辰", "欧阳明", "邴修文", "鄢若谷", "沈知行", "章怀民")
DID = ("查看值守登记", "了解物资供应", "询问采样流程", "看望一线人员", "检查消杀记录")
SAID = (
    "要坚持人民至上、生命至上，把各项措施抓细抓实。",
    "要盯紧重点人员、重点场所、重点环节，做到不漏一户、不落一人。",
    "各区、各部门要压实四方责任，深入社区、村组和企业排查隐患。",
    "群众的急难愁盼，就是工作的努力方向，要及时回应、尽快解决。",
)


def report(number: int) -> dict:
    """One report: its title, day, city and lines."""
    pick = random.Random(number)
    districts = pick.choice(DISTRICTS)
    leader, day = pick.choice(LEADERS), f"4月{pick.randint(2, 20)}日"
    lines = [f"{leader}检查疫情防控工作", f"{day}，市委书记{leader}到{districts[0]}、{districts[1]}检查疫情防控工作。"]
    for opening in (f"当天上午，{leader}来到", "随后，他来到", f"下午，{leader}走进"):
        place = f"{pick.choice(districts)}{pick.choice(NAMES)}{pick.choice(SITES)}"
        lines.append(f"{opening}{place}，{pick.choice(DID)}，同工作人员交谈。他说，{pick.choice(SAID)}")
    lines.append(f"{leader}强调，")
    while sum(map(len, lines)) < LENGTH:
        lines[-1] += pick.choice(SAID)
    lines[-1] = lines[-1][: LENGTH - sum(map(len, lines[:-1]))]
    published = pd.Timestamp(2022, 4, 21, tz="Asia/Shanghai")
    return {"doc": f"r{number}", "title": lines[0], "published": published, "lines": lines}


def tables(reports):
    """Tables ``documents`` and ``lines``."""
    fields = ("doc", "title", "published")
    documents = [{k: r[k] for k in fields} | {"body": "\n".join(r["lines"])} for r in reports]
    documents = table("documents", documents)
    documents[["province", "city"]] = locate(documents)[["province", "city"]]
    rows = [
        {"doc": r["doc"], "line": i, "role": "paragraph" if i else "title", "text": text, "source_line": i + 1}
        for r in reports
        for i, text in enumerate(r["lines"])
    ]
    return documents, table("lines", rows)


def peers(reports) -> float:
    """Seconds of the glued pipeline, or an ImportError."""
    import cpca
    import jionlp
    import thulac

    segmenter = thulac.thulac()
    segmenter.cut("热身")
    start = time.process_time()
    for r in reports:
        for line in r["lines"]:
            segmenter.cut(line)
            jionlp.ner.extract_time(line, time_base=r["published"].timestamp())
            jionlp.recognize_location(line)
        cpca.transform(r["lines"])
    return time.process_time() - start


def one_round(documents, lines) -> tuple[float, int]:
    """Seconds of the processor for all reports, and the rows found."""
    start = time.process_time()
    found = visits(documents, split(lines))
    return time.process_time() - start, len(found)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("number", nargs="?", type=int, default=2000)
    arguments.add_argument("--peers", action="store_true")
    options = arguments.parse_args()
    reports = [report(i) for i in range(options.number)]
    documents, lines = tables(reports)
    visits(documents.head(20), split(lines.head(200)))
    measured = [one_round(documents, lines) for _ in range(ROUNDS)]
    seconds, n_rows = min(measured)
    ours = options.number / seconds
    print(f"{options.number} reports of {LENGTH} characters, {n_rows} rows: {ours:,.0f} reports a second and core")
    if options.peers:
        some = reports[:20]
        theirs = len(some) / peers(some)
        print(f"thulac + JioNLP + cpca: {theirs:.2f} reports a second and core; ratio {ours / theirs:,.0f}")


if __name__ == "__main__":
    main()
