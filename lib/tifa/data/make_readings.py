"""Writes ``readings.txt`` from pypinyin, so that reading a page need not import it.

Run ``python lib/tifa/data/make_readings.py`` after a new release of pypinyin; the file is committed.
"""

from collections import defaultdict
from pathlib import Path

import pypinyin

HEAD = f"""# Which characters of GBK are read in which way: a reading, a tab, its characters in the order of GBK.
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
    characters = defaultdict(list)
    for char in gbk_characters():
        for reading in pypinyin.pinyin(char, heteronym=True)[0]:
            if reading != char:
                characters[reading].append(char)
    lines = (f"{reading}\t{''.join(chars)}\n" for reading, chars in sorted(characters.items()))
    Path(__file__).with_name("readings.txt").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
