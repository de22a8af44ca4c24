"""Writes ``readings.txt`` from pypinyin, so that reading a page need not import it.

Run ``python lib/tifa/data/make_readings.py`` after a new release of pypinyin; the file is committed.
"""

from collections import defaultdict
from pathlib import Path

import pypinyin

HEAD = f"""# Which characters of GBK are read in which way: a reading, then behind a tab each the characters of which
# it is the first reading, the second one, and a later one, in the order of GBK.
# Source: pypinyin {pypinyin.__version__} (MIT), made by make_readings.py
"""


def gbk_characters():
    """Every Chinese character that GBK (code page 936) can write."""
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            char = bytes((lead, trail)).decode("gbk", "ignore")
            if len(char) == 1 and "\u4e00" <= char <= "\u9fff":
                yield char


def main():
    found = defaultdict(lambda: ("", "", ""))
    for char in gbk_characters():
        readings = [r for r in pypinyin.pinyin(char, heteronym=True)[0] if r != char]
        for rank, reading in enumerate(readings):
            chars = list(found[reading])
            chars[min(rank, 2)] += char
            found[reading] = tuple(chars)
    lines = ("\t".join((reading, *chars)) + "\n" for reading, chars in sorted(found.items()))
    Path(__file__).with_name("readings.txt").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
