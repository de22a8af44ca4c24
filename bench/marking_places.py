"""How fast places and dates are found: 500-character pages a second on one core, and the gazetteer's loading time.

Run from the project's root: .venv/bin/python bench/marking_places.py
"""

import time
from datetime import date

from tifa.marking.dates import dates_in, resolve
from tifa.marking.gazetteer import gazetteer
from tifa.marking.places import Home, home_of, units_in
from tifa.marking.townships import table

HOME = Home("福建省", "泉州市")
PAGE = (
    "4月17日至18日，市委书记在晋江市、丰泽区检查疫情防控工作，前往街镇居村、医疗机构、大型企业了解社会面管理、物资保供等情况。"
    "17日下午，市领导来到晋江市池店镇东山村，随机抽查封控区管控措施落实情况，向值守的志愿者了解群众诉求办理情况。"
    "随后来到陈埭镇，查看企业闭环生产和职工生活区管理，要求把人员情况摸清楚，把服务保障做到位，确保不漏一户、不落一人。"
    "18日上午，市领导来到丰泽区城东街道浔美社区，在核酸采样点了解组织流程和信息录入情况，要求压实四方责任，抓紧抓实各项工作。"
    "市领导强调，要坚持动态清零总方针不动摇，坚定信心决心，咬紧牙关坚持，紧盯目标、集中力量、攻坚突破，对漏检人员要锁定到人、"
    "抓紧补检，把防疫政策说清楚，把日常防护落到位，把急难愁盼解决好。上海、北京、长春等地的做法值得借鉴，南安市、石狮市、惠安县"
    "要管好渔港码头。要耐心细致做好群众工作，进一步凝聚同心抗疫、夺取胜利的强大合力，为早日实现社会面清零目标作出贡献。"
)[:500].ljust(500, "。")


def per_second(work, seconds: float = 1.0) -> float:
    """Calls of ``work`` a second, best of three."""
    rates = []
    for _ in range(3):
        calls, start = 0, time.perf_counter()
        while (passed := time.perf_counter() - start) < seconds:
            work()
            calls += 1
        rates.append(calls / passed)
    return max(rates)


def main():
    start = time.perf_counter()
    gazetteer(), table()
    units_in(PAGE, HOME)
    print(f"first page, gazetteer loaded: {time.perf_counter() - start:.2f} s")
    print(f"units_in: {per_second(lambda: units_in(PAGE, HOME)):,.0f} pages of {len(PAGE)} characters a second")
    day = date(2022, 4, 18)
    print(f"dates_in, resolve: {per_second(lambda: [resolve(e, day) for e in dates_in(PAGE)]):,.0f} pages a second")
    print(f"home_of: {per_second(lambda: home_of('检查疫情防控工作', PAGE)):,.0f} pages a second")


if __name__ == "__main__":
    main()
