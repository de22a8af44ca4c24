"""Which part of a page is the article, and what the page says about it."""

import json
import time
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

from tifa.reading.article import read_article
from tifa.reading.credits import cut_credits
from tifa.reading.folder import read_bytes
from tifa.reading.lines import is_site_name, rule_of
from tifa.reading.moments import full_moment, url_moment
from tifa.reading.pages import read_layout
from tifa.reading.titles import bare_title

CASES = Path(__file__).parent / "cases" / "pages"
GOLD = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.json"))}
LONG = "市领导来到某区某街道，察看社区防控和物资保障的情况，向坚守岗位的基层干部和志愿者表示慰问。"


def article(page):
    return read_article(read_layout(page))


@pytest.fixture(scope="module")
def read():
    pages = {p.stem: p for p in CASES.iterdir() if p.suffix not in (".json",) and p.stem != "README"}
    assert set(pages) == set(GOLD)
    return {stem: read_bytes(path.read_bytes()).article for stem, path in pages.items()}


# ---- saved pages with gold ----


def same(text):
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def f1(found, gold):
    """F1 of the longest common subsequence of characters."""
    found, gold = same(found), same(gold)
    where = defaultdict(int)
    for i, c in enumerate(found):
        where[c] |= 1 << i
    mask = (1 << len(found)) - 1
    row = mask
    for c in gold:
        hit = row & where.get(c, 0)
        row = ((row + hit) | (row - hit)) & mask
    return 2 * (len(found) - row.bit_count()) / (len(found) + len(gold))


def test_at_least_forty_pages_of_fifteen_cities():
    assert len(GOLD) >= 40 and len({gold["city"] for gold in GOLD.values()}) >= 15


def test_titles(read):
    assert [s for s, gold in GOLD.items() if same(read[s].title) != same(gold["title"])] == []


def test_publication_times(read):
    def right(stem, gold):
        found = read[stem].published.time
        return (found is None) == (gold is None) if not (found and gold) else found.isoformat().startswith(gold)

    assert [s for s, gold in GOLD.items() if not right(s, gold["published"])] == []


def test_agencies_and_addresses(read):
    wrong = [s for s, gold in GOLD.items() if (read[s].credits.agency, read[s].url) != (gold["agency"], gold["url"])]
    assert wrong == []


def test_bodies(read):
    scores = {
        s: f1("\n".join(line.text for line in read[s].lines), "\n".join(gold["body"])) for s, gold in GOLD.items()
    }
    assert min(scores.values()) >= 0.98 and sum(scores.values()) / len(scores) >= 0.995


@pytest.mark.parametrize("kind", ["editors", "authors", "photographers"])
def test_names(read, kind):
    named = {s: set(gold[kind]) for s, gold in GOLD.items() if kind in gold}
    assert {s: set(getattr(read[s].credits, kind)) for s in named} == named


def test_text_of_a_line_stands_on_that_line_of_the_file():
    page = (CASES / "a16_hefei.txt").read_text(encoding="utf-8-sig").split("\n")
    for line in read_bytes((CASES / "a16_hefei.txt").read_bytes()).article.lines:
        assert line.text.split()[0] in page[line.source_line - 1]


# ---- the article's lines ----


def body(page):
    return [line.text for line in article(page).lines]


def test_a_page_wrapped_at_a_fixed_width_is_unwrapped():
    wrapped = f"　　{LONG[:22]}\n{LONG[22:]}\n　　第二天，{LONG[:18]}\n{LONG[18:42]}\n{LONG[42:]}"
    assert body(f"某某检查防控工作\n2022-04-18  某报\n{wrapped}") == ["某某检查防控工作", LONG, "第二天，" + LONG]


def test_a_page_on_one_line():
    found = article(
        f"首页 > 要闻 > 正文 某某检查防控工作 2022-04-18 10:20 来源：某某日报 {LONG * 3} 责任编辑：甲乙 上一篇：别的"
    )
    assert found.title == "某某检查防控工作" and [line.text for line in found.lines[1:]] == [LONG * 3]
    assert str(found.published.time) == "2022-04-18 10:20:00" and found.credits.agency == "某某日报"


def test_a_paragraph_that_comes_twice_is_kept_once():
    found = article(f"{LONG}\n第二天，{LONG}\n{LONG}")
    assert [line.source_line for line in found.lines] == [1, 2] and found.dropped[0].rule == "printed again"


def test_a_box_that_holds_the_article_is_no_box():
    page = f'<div id="print_content"><h1>某某检查防控工作</h1><p>他来到某村。</p><p>{LONG * 2}</p></div>'
    page += '<div class="share">分享好文章</div>'
    found = article(page)
    assert [line.text for line in found.lines] == ["某某检查防控工作", "他来到某村。", LONG * 2]
    assert found.dropped[0].rule == "share bar"


def test_what_is_hidden_is_left_out():
    found = article(f'<p>{LONG}</p><div style="display: none"><p>{"看不见的" + LONG}</p></div>')
    assert [row.rule for row in found.dropped] == ["hidden"]


def test_a_list_inside_the_article_does_not_end_it():
    page = f"<div><p>{LONG}</p><ul><li>延伸阅读</li><li><a>别的报道</a></li></ul><p>他说，好。</p></div>"
    assert [line.text for line in article(page).lines] == [LONG, "他说，好。"]


def test_summaries():
    assert body(f"某某检查防控工作\n摘要：{LONG[:30]}...\n{LONG}") == ["某某检查防控工作", LONG]
    assert body(f"某某检查防控工作\n2022-04-18 来源：某报\n摘要：{LONG}") == ["某某检查防控工作", LONG]


def test_a_caption_below_a_picture():
    page = f"<p>{LONG}</p><p><img src=a.jpg><br>市领导在检查</p><p>第二天，{LONG}</p>"
    assert [row.rule for row in article(page).dropped] == ["caption"]


# ---- titles ----


@pytest.mark.parametrize(
    "text",
    [
        "市领导走进梅山里社区",
        "某某到区疾控中心检查",
        "打赢歼灭战 守好家门口",
        "市委召开会议部署防控工作",
        "某地：把服务送到家",
        "视频丨某区代表联络处开展代表行动活动",
    ],
)
def test_titles_are_no_site_names(text):
    assert not is_site_name(text) and rule_of(text) == "" and bare_title(text) == text


@pytest.mark.parametrize("text", ["人民在线", "某市晚报", "大院网-某地资讯网", "某某新闻中心", "某市人民政府网"])
def test_site_names(text):
    assert is_site_name(text)


@pytest.mark.parametrize(
    ("window", "title"),
    [
        ("某某检查防控工作_要闻_某某网", "某某检查防控工作"),
        ("某某检查防控工作-某某新闻网", "某某检查防控工作"),
        ("某某检查防控工作--时政--某某网", "某某检查防控工作"),
        ("某某网 | 某某检查防控工作", "某某检查防控工作"),
        ("某某数据_某市某区区长某某某一线督导防控工作", "某市某区区长某某某一线督导防控工作"),
        ("全力以赴——某某检查防控工作", "全力以赴——某某检查防控工作"),
        ("2-3岁儿童接种工作启动", "2-3岁儿童接种工作启动"),
    ],
)
def test_bare_titles(window, title):
    assert bare_title(window) == title


def test_an_excerpt_has_no_title():
    found = article(f"3月3日下午，{LONG}\n\n本文链接:http://a.example/show.asp?id=4596")
    assert found.title is None and found.url == "http://a.example/show.asp?id=4596" and found.published.time is None


def test_a_heading_right_above_the_largest_one():
    page = f"<title>某某检查防控工作_某某网</title>{{}}<h1>某某检查防控工作</h1><p>{LONG}</p>"
    over = [article(page.format(above)).over_title for above in ("<h3>筑牢 防控的第一道屏障</h3>", "<h3>时政要闻</h3>")]
    assert over == ["筑牢 防控的第一道屏障", None]


def test_three_printed_lines():
    found = article(
        f"某某在某区检查时强调\n守好每一道门\n某某等参加检查\n2022-04-18 来源：某报\n{LONG}\n第二天，{LONG}"
    )
    assert (found.over_title, found.title, found.sub_title) == (
        "某某在某区检查时强调",
        "守好每一道门",
        "某某等参加检查",
    )
    assert [line.role for line in found.lines] == ["title"] * 3 + ["paragraph"] * 2


def test_a_title_in_two_lines_is_whole_in_the_list_of_headlines():
    titles = "区领导在江北街道检查防汛和秋收工作\n东河中学开学\n秋粮收购过半\n\n区领导在江北街道\n检查防汛和秋收工作"
    found = article(f"某某晨报 数字报\n2022年04月18日 A02版：要闻\n本版标题\n{titles}\n{LONG}\n第二天，{LONG}")
    assert (found.over_title, found.title, found.sub_title) == (None, "区领导在江北街道检查防汛和秋收工作", None)


def test_a_title_printed_twice():
    found = article(f"某某检查防控工作\n某某检查防控工作\n2022-04-18 来源：某报\n关注我们\n{LONG}")
    assert [line.text for line in found.lines] == ["某某检查防控工作", LONG] and found.sub_title is None


def test_a_title_above_the_date_and_a_breadcrumb():
    found = article(f"某某检查防控工作\n2022-04-18 来源：某报\n某某新闻网>>频道>>要闻\n分享到: 评论:\n{LONG}")
    assert found.title == "某某检查防控工作"


def test_original_title_stands_above_the_printed_one():
    found = article(f"某某检查防控工作\n2022-04-18\n原标题：坚定信心！某某检查防控工作\n{LONG}")
    assert (found.over_title, found.title) == ("坚定信心！", "某某检查防控工作")
    assert article(f"2022-04-18\n原标题：某某检查防控工作\n{LONG}").title == "某某检查防控工作"


# ---- what is left out ----


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("首页 > 新闻 > 正文", "breadcrumb"),
        ("网站首页 石桥 详情", "breadcrumb"),
        ("字号: 大 中 小 分享到", "share bar"),
        ("上一篇 下一篇 打印此文 关闭窗口", "end of article"),
        ("设为首页 加入收藏", "share bar"),
        ("http://www.a.example (2017-09-11 09:53:45) 来源:某某日报", "date and source"),
        ("视频丨甲乙丙 丁戊", "editor"),
        ("二审丨甲乙丙", "editor"),
        ("（总值班：甲乙 编辑：丙丁 校对：戊己）", "editor"),
        ("【我要纠错】 【责任编辑：甲乙】", "editor"),
        ("本文转自某某日报", "source"),
        ("某某日报官方账号", "promotion"),
        ("溪边闲人 当前离线", "share bar"),
        ("积分 1280", "share bar"),
        ("责任编辑：甲乙丙", "editor"),
        ("（责编：甲乙、丙丁）", "editor"),
        ("摄影：甲乙丙", "photographer"),
        ("本报记者 甲乙丙 丁戊", "reporter"),
        ("来源：某某日报", "source"),
        ("图为市领导在某社区检查。某报记者 甲乙丙 摄", "caption"),
        ("网络编辑 国内 2022-04-18 21:10:48 0 疫情 防控", "date and source"),
        ("九江市| 通化县| 库伦旗| 基隆市| 府谷县| 周宁县|", "link farm"),
        ("版权声明：本站文章来源于网络，如有侵权请联系删除。", "end of article"),
        ("Copyright © 2022 某某网 版权所有", "copyright"),
        ("京ICP备00000000号", "copyright"),
        ("验证码:", "form"),
        ("GMT+8, 2024-10-26 19:40", "server clock"),
        ("本文链接:http://a.example/1.html", "page address"),
        ("关注某某客户端", "promotion"),
        ("今天是2022年10月4日 星期二", "server clock"),
        ("抓取时间：2024-01-05 10:00", "server clock"),
        ("[1] [2] 下一页", "pager"),
        ("网友评论(3)", "end of article"),
        ("#社区防控 12个", "tags"),
        ("索 引 号：011535/2022-00123", "page table"),
    ],
)
def test_rules(line, rule):
    assert rule_of(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "市领导甲乙、丙丁参加检查。",
        "他来到编辑部，看望记者和编辑，询问校对、审核等岗位的人手够不够。",
        "会议审议了网站建设和版权保护的意见，强调未经批准不得转载，要求加强管理，保护好每一位作者的心血。",
        "“来源不清的食品，一律不得上架。”他叮嘱市场负责人。",
        "4月18日，他来到长兴镇。",
        "新闻发布会上，他介绍了情况。",
        "要分类施策、关注重点人群，扫码测温一个环节也不能少。",
        "市领导参加会议并讲话。",
        "网友留言反映的问题，他当场交办。",
        "记者：居民最关心的是什么？",
        "取消聚集性活动 暂停线下课程",
        "已有12名患者康复出院",
        "他来到某社区，扫描二维码进入小区，查看居民使用小程序登记的情况。",
        "一手抓防控 一手抓发展",
        "今天是第三轮核酸检测的第一天，天还没亮，社区干部就上岗了。",
    ],
)
def test_sentences_of_reports_are_kept(line):
    assert rule_of(line) == ""


def test_every_dropped_line_has_a_rule():
    found = article(
        f"首页 > 正文\n标题是这样的一行\n2022-04-18 来源：某报\n{LONG}\n编辑：甲乙\n上一篇：别的新闻\n别的东西"
    )
    assert [(row.source_line, row.rule) for row in found.dropped] == [
        (1, "breadcrumb"),
        (3, "date and source"),
        (5, "editor"),
        (6, "end of article"),
        (7, "outside the article"),
    ]


@pytest.mark.parametrize(
    ("text", "kept", "rules"),
    [
        ("某某参加。（来源：某报）", "某某参加。", ["source"]),
        ("某某参加。(记者 甲乙) (责编:丙丁)", "某某参加。", ["editor", "reporter"]),
        ("某某参加。 责任编辑：甲乙丙", "某某参加。", ["editor"]),
        ("某某参加。(看度记者:甲乙 编辑:丙丁 责任编辑:戊己)", "某某参加。", ["reporter"]),
        ("某某参加。(文字记者甲乙丙 摄影记者丁戊、己庚辛)", "某某参加。", ["reporter"]),
        ("某某参加。 展开详细", "某某参加。", ["promotion"]),
        ("加强物资供应， (下转第3版)", "加强物资供应，", ["promotion"]),
        ("某某来到图书馆(文化馆)", "某某来到图书馆(文化馆)", []),
        ("某某来到村(社区)。", "某某来到村(社区)。", []),
        ("某某说（笑）", "某某说（笑）", []),
        ("他问：“谁是记者？”", "他问：“谁是记者？”", []),
    ],
)
def test_credits_glued_to_the_end(text, kept, rules):
    found, gone = cut_credits(text)
    assert found == kept and [rule for rule, _ in gone] == rules


def test_a_signature_below_the_last_paragraph():
    found = article(f"{LONG}（解释）\n第二天，{LONG}（甲乙丙）")
    assert [line.text for line in found.lines] == [f"{LONG}（解释）", f"第二天，{LONG}"]


def test_a_photographer_named_behind_the_reporter_is_no_reporter():
    found = article(f"某某检查防控工作\n2022-04-18\n{LONG}\n（某某日报记者 甲乙 摄影 丙丁）").credits
    assert (found.authors, found.photographers) == (["甲乙"], ["丙丁"])


def test_a_channel_is_no_website():
    assert article(f"要闻\n某某检查防控工作\n2022-04-18\n{LONG}").credits.website is None


@pytest.mark.parametrize(
    ("lead", "authors"),
    [
        ("本报讯（记者甲乙 通讯员丙丁）", ["甲乙", "丙丁"]),
        ("本报讯（某报记者 甲乙 丙丁 通讯员 戊己庚）", ["甲乙", "丙丁", "戊己庚"]),
        ("本报讯（记者甲乙、丙丁；通讯员戊己）", ["甲乙", "丙丁", "戊己"]),
        ("（记者从会上获悉这一情况）", []),
    ],
)
def test_reporters_in_the_dateline(lead, authors):
    assert article(f"某某检查防控工作\n2022-04-18\n{lead}{LONG}").credits.authors == authors


def test_an_account_with_its_writers_before_it():
    page = "<h1>某某检查防控工作</h1><div><span>甲乙丙 丁戊</span> <a>某地发布</a></div>"
    assert article(f"{page}<p>{LONG}</p>").credits.website == "某地发布"


def test_labels_without_blanks_between_them():
    spans = "<span>2022-04-18</span><span>来源：某某日报</span><span>作者：甲乙</span><span>编辑：丙丁戊</span>"
    found = article(f"<h1>某某检查防控工作</h1><div>{spans}</div><p>{LONG}</p>")
    assert found.credits.agency == "某某日报" and found.credits.authors == ["甲乙"]
    assert found.credits.editors == ["丙丁戊"] and found.published.precision == "day"


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("东南网3月30日讯(福建日报记者 甲乙丙) ", "东南网"),
        ("红网时刻常德3月4日讯（通讯员 甲乙） ", "红网时刻"),
        ("新华社上海4月18日电 ", "新华社"),
        ("某某新闻网讯2月17日晚，", "某某新闻网"),
        ("云上某某报道(记者甲乙丙)", "云上某某"),
        ("本报讯 ", None),
        ("本报讯（某某日报记者 甲乙） ", "某某日报"),
        ("据《某某日报》，", "某某日报"),
    ],
)
def test_agencies_in_the_dateline(opening, agency):
    assert article(opening + LONG).credits.agency == agency


# ---- publication time ----


@pytest.mark.parametrize(
    ("page", "time", "precision", "basis"),
    [
        (f"某某检查防控工作\n发布时间：2022-04-18 21:10:48\n{LONG}", "2022-04-18 21:10:48", "second", "page"),
        (f"某某检查防控工作\n2022年4月18日 星期一\n{LONG}", "2022-04-18 00:00:00", "day", "page"),
        (f"某某检查防控工作\n二〇二二年四月十八日\n{LONG}", "2022-04-18 00:00:00", "day", "page"),
        (f"---\ndate: Mon, 18 Apr 2022 16:30:00 GMT\n---\n{LONG}", "2022-04-19 00:30:00", "second", "front matter"),
        (
            f"某某检查防控工作\n某某传媒 Mon, 18 Apr 2022 16:30:00 GMT\n{LONG}",
            "2022-04-19 00:30:00",
            "second",
            "page",
        ),
        (f"某某检查防控工作\nMon, 18 Apr 2022 16:30:00 +0800\n{LONG}", "2022-04-18 16:30:00", "second", "page"),
        (f"---\ndate: 2022-04-18T16:30:00Z\n---\n{LONG}", "2022-04-19 00:30:00", "second", "front matter"),
        (f"---\ndate: 2022-04-18\n---\n{LONG}", "2022-04-18 00:00:00", "day", "front matter"),
        (f"{LONG}\n本文链接:http://a.example/202204/t20220418_4.htm", "2022-04-18 00:00:00", "day", "url"),
        (f"{LONG}\n本文链接:http://a.example/2022/0418/4.htm", "2022-04-18 00:00:00", "day", "url"),
        (f"{LONG}\n本文链接:http://a.example/2022-04/18/c_4.htm", "2022-04-18 00:00:00", "day", "url"),
        (f"某网4月18日讯 {LONG}\n本文链接:http://a.example/2022/0419/4.htm", "2022-04-19 00:00:00", "day", "url"),
        (
            f"某某检查防控工作\n04-18 21:10\n{LONG}\n本文链接:http://a.example/2022/a.htm",
            "2022-04-18 21:10:00",
            "minute",
            "url",
        ),
        (f'<meta name="PubDate" content="2022-04-18 08:00"><p>{LONG}</p>', "2022-04-18 08:00:00", "minute", "page"),
        (
            f"某网客户端4月18日18:40消息 {LONG}\n本文链接:http://a.example/2022/0418/4.htm",
            "2022-04-18 18:40:00",
            "minute",
            "url",
        ),
    ],
)
def test_publication_time(page, time, precision, basis):
    found = article(page).published
    assert (str(found.time), found.precision, found.basis) == (time, precision, basis)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("/2022-04/12/content_123.htm", "2022-04-12"),
        ("/art/2022/4/12/art_123_456.html", "2022-04-12"),
        ("/n1/2022/0412/c123-456.html", "2022-04-12"),
        ("/omn/20220412A0ABCD00", "2022-04-12"),
        ("/x?id=20220412001", "2022-04-12"),
        ("/202004/20200425123456.html", "2020-04-25"),
        ("/22/0412/08/H4ABC.html", "2022-04-12"),
        ("/xw/2020/2-8/1.html", "2020-02-08"),
        ("/html/NW202203302328599218", "2022-03-30"),
        ("/news/20220231/1.html", None),
        ("/info/1021/20211.htm", None),
        ("/202112/c1e2b3.html", None),
        ("/a/123456789_12345", None),
        ("/content/post_9077595.html", None),
    ],
)
def test_days_in_addresses(url, day):
    found = url_moment("http://a.example" + url)
    assert (found and f"{found.at():%Y-%m-%d}") == day


@pytest.mark.parametrize(
    "page",
    [
        f"3月3日，{LONG}",
        f"{LONG}\nGMT+8, 2024-10-26 19:40",
        f"{LONG}\n本文链接:http://a.example/article-74099-1.html",
        f"{LONG}\n本文链接:http://a.example/content/post_9077595.html",
        f"{LONG}\n相关阅读\n- (2020-02-07)别的报道的标题",
        f"某某检查防控工作\n发布时间: 来源: 浏览次数:1024\n{LONG}",
        f"某某检查防控工作\n发布时间: 2022-13-45\n{LONG}",
    ],
)
def test_no_evidence_no_time(page):
    found = article(page).published
    assert found.time is None and found.precision == "none"


def test_month_and_day_wait_for_the_corpus():
    found = article(f"某网3月30日讯 {LONG}").published
    assert found.time is None and (found.waiting.month, found.waiting.day) == (3, 30)


def test_a_scrapers_time_yields_to_the_page():
    page = f"---\ntitle: 某某检查防控工作\ndate: 2024-06-02 03:11:54 +0800\n---\n4月1日，{LONG}\n本文链接:http://a.example/2022/0402/1.htm"
    found = article(page)
    assert str(found.published.time) == "2022-04-02 00:00:00" and found.published.basis == "url"
    assert "2024-06-02" in found.doubt and "believed" in found.doubt


def test_a_scrapers_time_yields_to_an_address_years_older():
    page = f"---\ntitle: 某某检查防控工作\ndate: 2024-06-02 03:11:54\n---\n{LONG}\n本文链接:http://a.example/2022/0402/1.htm"
    found = article(page)
    assert str(found.published.time) == "2022-04-02 00:00:00" and "years later" in found.doubt


def test_a_scrapers_time_alone_is_doubted():
    found = article(f"---\ndate: 2024-10-26 19:40:00\n---\n2022年4月1日，{LONG}")
    assert found.published.time is None and "not believed" in found.doubt
    found = article(f"---\ndate: 2022-10-26 19:40:00\n---\n4月1日，{LONG}")
    assert found.published.time is not None and "208 days after the nearest day in the report, 4月1日" in found.doubt


def test_a_history_in_the_text_contradicts_nothing():
    found = article(
        f"某某检查防控工作\n发布时间：2022-04-18 10:00\n自2020年1月25日启动响应以来，{LONG}17日，{LONG}4月17日，{LONG}"
    )
    assert str(found.published.time) == "2022-04-18 10:00:00" and found.doubt is None


def test_a_time_before_the_reports_own_days_is_doubted():
    found = article(f"某某检查防控工作\n发布时间：2022-04-01 10:00\n4月18日，{LONG}")
    assert "17 days before" in found.doubt


# ---- hostile pages ----

TOKENS = [
    "分享到",
    "大中小",
    "打印",
    "[",
    "] ",
    "> ",
    ">>",
    "首页>",
    "#甲",
    "网",
    "日报",
    "编辑/",
    "记者 ",
    "（来源",
    "|",
    "1",
    "A ",
    "、",
    "图",
    "上一页",
    "摄 ",
    "来源:",
]


@pytest.mark.parametrize(
    "page",
    [
        LONG * 20_000,
        f"{LONG}\n" * 10_000,
        "（来源：" * 50_000 + LONG,
        LONG + "（记者 " * 50_000,
        "首页 " * 100_000 + LONG,
        "首页 > " * 50_000 + LONG,
        LONG + "| 通化县" * 50_000,
        "<p>" + "甲 乙/" * 50_000 + "</p>" + LONG,
        "".join(f"{token * (150 // len(token))}好\n" for token in TOKENS) + LONG,
        "".join(f"{(token + ' ') * (150 // (len(token) + 1))}好\n" for token in TOKENS) + LONG,
    ],
)
def test_hostile_text_ends_soon(page):
    start = time.perf_counter()
    article(page)
    assert time.perf_counter() - start < 3


ABOUT_THE_WORLD = [
    "我们要站稳人民立场，把群众冷暖放在心上。",
    "内容创作要坚持正确立场。",
    "若有瞒报漏报，一律从严追究，责任自负绝不姑息。",
    "电话：居民可拨打12345反映问题。",
    "任何单位不得擅自删除登记信息，未经批准不得授权他人。",
]


@pytest.mark.parametrize("sentence", ABOUT_THE_WORLD)
def test_sentences_with_a_notice_s_words_stay_when_they_speak_of_the_world(sentence):
    first = "29日,市长周望来到晋江市池店镇检查疫情防控工作,要求抓好落实。"
    last = "随后,周望来到东山村,慰问了志愿者,感谢大家的付出。"
    read = read_bytes(f"泉州要闻\n\n{first}\n\n{sentence}\n\n{last}\n".encode())
    assert [line.text for line in read.article.lines][-3:] == [first, sentence, last]


ONE_REPORT = "29日,市长周望来到晋江市池店镇检查疫情防控工作,要求抓好落实。随后离开。"
TIMES = [
    (f"泉州检查防控\n\n{ONE_REPORT}\n\n2022-05-08 10:00\n", "2022-05-08 10:00"),
    (f"泉州检查防控\n2022年4月18日 06:46 PM 来源：某晚报\n{ONE_REPORT}", "2022-04-18 18:46"),
    (f"泉州检查防控\n2022年5月8日（星期日）18:46 来源：某晚报\n{ONE_REPORT}", "2022-05-08 18:46"),
    (f"泉州检查防控\n2022年5月8日 下午 6:46 来源：某晚报\n{ONE_REPORT}", "2022-05-08 18:46"),
    (f"泉州检查防控\n2022年5月8日上午8时5分 来源：某晚报\n{ONE_REPORT}", "2022-05-08 08:05"),
    (f"泉州检查防控\n2022-05-08 08\u223605 来源：某晚报\n{ONE_REPORT}", "2022-05-08 08:05"),
    (f"泉州检查防控\n2022-05-08 24:00 来源：某晚报\n{ONE_REPORT}", "2022-05-08 00:00"),
    (f"<p>2022 <em>05</em>/<em>08</em> 09:21:33</p><h1>泉州检查防控</h1><p>{ONE_REPORT}</p>", "2022-05-08 09:21"),
    (f"泉州检查防控\n2022年5月8日 凌晨12:30 来源：某晚报\n{ONE_REPORT}", "2022-05-08 00:30"),
    (f"泉州检查防控\n08.05.2022  18:33\n{ONE_REPORT}", "2022-05-08 18:33"),
    (f"---\ntitle: 泉州\ndate: 20220508\n---\n{ONE_REPORT}", "2022-05-08 00:00"),
]


@pytest.mark.parametrize(("page", "time"), TIMES)
def test_times_as_sites_print_them(page, time):
    assert f"{read_bytes(page.encode()).article.published.time:%Y-%m-%d %H:%M}" == time


@pytest.mark.parametrize("zone", ["+99:99", "-23:00"])
def test_an_hour_in_an_impossible_zone_is_not_believed(zone):
    found = full_moment(f"2022-04-12T08:30:00{zone}")
    assert (found.day, found.hour, found.offset) == (12, None, None)
