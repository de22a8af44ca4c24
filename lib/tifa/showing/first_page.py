"""A made-up page, read, marked and drawn once, so that whoever comes after finds tables and patterns loaded.

The first page costs a second, the second one a few hundredths: dictionaries, gazetteer, likelihoods and some hundred
regular expressions are made when they are first asked for.
"""

import io
import tempfile
from pathlib import Path

import matplotlib
import pandas as pd

import tifa
from tifa.showing import figures

# A torn character, a pinyin insertion and a bracket that was lost, so that repair has something of each to do.
TEXT = """
林知遠(yuǎn)在青浦區(qū)檢查疫情防控工作
2022年04月26日09:06 | 來源:臨江網(wǎng)
市委書(shū)記林知遠(yuǎn)今天4月26日)上午來到青浦區(qū)盈浦街道的一處居民區(qū)和衛(wèi)生服務(wù)中心,再?gòu)?qiáng)調(diào)防控。
林知遠(yuǎn)說,要全力實(shí)現(xiàn)社會(huì)面清零,采、送、檢、報(bào)要高效銜接,各項(xiàng)工作都要落實(shí)到位。
"""


def read_and_draw() -> pd.DataFrame:
    """Send the page down the whole path; nothing is left of it but what was loaded on the way.

    Returns
    -------
    DataFrame
        Its terms, table ``frequency``.

    Examples
    --------
    >>> read_and_draw()["group"].unique().tolist()
    ['page']
    """
    with tempfile.TemporaryDirectory(prefix="tifa-") as folder, matplotlib.rc_context():
        (Path(folder) / "page.txt").write_text(TEXT, encoding="utf-8")
        corpus = tifa.load(folder, progress=False)
        _ = corpus.visits
        terms = tifa.terms.frequency(corpus.tokens, corpus.documents)
        drawn = terms.head(3).rename(columns={"group": "doc"}).assign(city=None)
        figures.term_dots(drawn).savefig(io.BytesIO())
    return terms
