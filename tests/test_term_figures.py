"""Figures of terms: as for the others, their text keeps apart however large the corpus, and they never vary."""

import numpy as np
import pandas as pd
import pytest

from test_figures import TERMS, boxes, named
from tifa.showing import figures, style, term_figures
from tifa.tables import table

SIZES = [1, 5, 50, 500]


def keyness_intervals(n):
    rows = []
    for i, group in enumerate(named(n).doc):
        for j, term in enumerate(TERMS[:6]):
            ratio = [np.inf, 3.2, 0.4, 12.0, 1.1, 2.5][(i + j) % 6]
            row = {"group": group, "against": "rest", "term": term, "k_docs": 1 + j, "n_docs": 6 + i % 3}
            row |= {"k_docs_rest": 100 + j, "n_docs_rest": 1000, "log_ratio": ratio}
            rows.append(
                row
                | {"log_ratio_low": [0.5, -2, -np.inf][j % 3], "log_ratio_high": ratio + 2, "lrc": 0.5 * (j % 3 == 0)}
            )
    return term_figures.keyness_intervals(table("keyness", rows))


def term_xray(n):
    rows = [
        {"doc": doc, "term": term, "place": j * 7 if (i + j) % 3 else None, "size": 100 + i % 7 * 60}
        for j, term in enumerate(TERMS)
        for i, doc in enumerate(named(n).doc)
    ]
    places = table("positions", rows)
    return term_figures.term_xray(places.assign(share=places["place"] / places["size"]))


def share_over_time(n):
    periods = pd.period_range("2020-01", periods=n, freq="M").strftime("%Y-%m")
    rows = []
    for j, term in enumerate(TERMS[:3]):
        for i, period in enumerate(periods):
            row = {"term": term, "period": period, "k_docs": i % 4, "n_docs": i % 4 + j}
            gap = row["n_docs"] == 0
            rows.append(row | dict.fromkeys(("share", "low", "high"), None if gap else 0.5))
    return term_figures.share_over_time(pd.DataFrame(rows))


def phrase_network(n):
    names = [*TERMS, *(f"第{i}个词" for i in range(n))]
    rows = [
        (a, b, 2 + (i + j) % 5)
        for i, a in enumerate(names[:40])
        for j, b in enumerate(names[:40])
        if a < b and (i + j) % 3
    ]
    pairs = pd.DataFrame(rows, columns=["term", "other", "count"])
    return term_figures.phrase_network(pairs, pd.Series(range(1, len(names) + 1), index=names))


DRAWN = [keyness_intervals, term_xray, share_over_time, phrase_network]


@pytest.mark.parametrize("draw", DRAWN)
@pytest.mark.parametrize("n", SIZES)
def test_no_text_touches_another_or_leaves_the_figure(draw, n):
    fig = draw(n)
    found = boxes(fig)
    x0, y0, x1, y1 = np.array([box.extents for _, box in found]).T
    width, height = fig.get_size_inches() * fig.dpi
    outside = (x0 < 0) | (y0 < 0) | (x1 > width) | (y1 > height)
    assert [found[i][0] for i in np.flatnonzero(outside)] == []
    across = np.minimum.outer(x1, x1) - np.maximum.outer(x0, x0)
    down = np.minimum.outer(y1, y1) - np.maximum.outer(y0, y0)
    touching = np.triu((across > 1) & (down > 2), k=1)
    assert [(found[i][0], found[j][0]) for i, j in np.argwhere(touching)] == []
    assert height < 2000 and round(width) == round(style.WIDTH * style.DPI)


@pytest.mark.parametrize("draw", DRAWN)
def test_the_same_table_gives_the_same_files(draw, tmp_path, monkeypatch):
    written = []
    for run in ("one", "two"):
        monkeypatch.setenv("TIFA_OUT", str(tmp_path / run))
        figures.save(draw(5), pd.DataFrame({"n": [5]}), "02-again", "n = 5")
        written.append((tmp_path / run / "figures/02-again.png").read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize("draw", [term_figures.keyness_intervals, term_figures.term_xray, term_figures.share_over_time])
def test_an_empty_table_gives_a_figure_that_says_so(draw):
    name = {"keyness_intervals": "keyness", "term_xray": "positions", "share_over_time": "share"}[draw.__name__]
    assert "Nothing to show" in boxes(draw(table(name, [])))[0][0]


def test_an_empty_network_says_so():
    fig = term_figures.phrase_network(table("cooccurrence", []), pd.Series(dtype=float))
    assert "Nothing to show" in boxes(fig)[0][0]


def test_what_is_left_out_is_said():
    assert "7 of 50 groups" in keyness_intervals(50).get_label()
    assert "60 of 500 periods" in share_over_time(500).get_label()
    assert "pairs" in phrase_network(50).get_label()


def test_a_period_without_a_document_has_no_dot():
    rows = [
        {"period": "2022-03", "k_docs": 1, "n_docs": 1, "share": 1.0, "low": 0.2, "high": 1.0},
        {"period": "2022-04", "k_docs": 0, "n_docs": 0},
    ]
    [line] = term_figures.share_over_time(table("share", rows)).axes[0].lines
    assert np.isnan(line.get_ydata()[1])
