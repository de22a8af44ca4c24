"""Figures of terms: as for the others, their text keeps apart however large the corpus, and they never vary."""

from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest

from test_figures import TERMS, boxes, clashes, documents, named
from tifa.showing import figures, style, term_figures
from tifa.studies import terms
from tifa.tables import columns, table

LONGEST = "一个很长很长的固定提法它从来没有这么长过"


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


@cache
def corpus(n):
    """Documents of two sentences and their tokens: frequent and rare terms, a long one; every seventh is undated."""
    pages = documents(n)
    pages = pages.assign(published=pages.published.where(pages.index % 7 != 6), article=pages.doc)
    rng, words = np.random.default_rng(n), np.array([*TERMS[:5], LONGEST, *(f"第{i}个词" for i in range(60))])
    rows = np.repeat(np.arange(n), rng.integers(4, 60, n))
    word = np.minimum(rng.geometric(0.06, len(rows)), len(words)) - 1
    tokens = {"doc": pages.doc.to_numpy()[rows], "sentence": np.arange(len(rows)) % 2, "token": words[word]}
    return pages, columns("tokens", tokens | {"overlaps": [False] * len(rows)}).sort_values(["doc", "sentence"])


def ranked(n):
    pages, tokens = corpus(n)
    return terms.top(terms.frequency(tokens, pages), 25).rename(columns={"group": "doc"})


def top_of_corpus(n):
    return figures.term_dots(figures.labelled(ranked(n), corpus(n)[0], within="term"))


def matrix_of_corpus(n):
    pages, tokens = corpus(n)
    per = terms.finest(pages)
    cells = terms.crosstab(terms.frequency(tokens, pages, per), ranked(n).term.unique())
    return figures.term_matrix(term_figures.named_columns(cells, pages, per), per)


def keys_of_corpus(n):
    pages, tokens = corpus(n)
    by = terms.comparable(pages)
    keys = terms.keyness(tokens, pages, by, min_count=1) if by else table("keyness", [])
    return term_figures.keyness_intervals(keys[keys.log_ratio > 0])


def xray_of_corpus(n):
    pages, tokens = corpus(n)
    places = terms.positions(tokens, pages, ranked(n).term.unique())
    return term_figures.term_xray(figures.labelled(places, pages, within="term"))


def shares_of_corpus(n):
    pages, tokens = corpus(n)
    chosen = ranked(n).term.unique()[:7]
    return term_figures.share_over_time(pd.concat([terms.share(tokens, pages, t).assign(term=t) for t in chosen]))


def network_of_corpus(n):
    pages, tokens = corpus(n)
    pairs = terms.cooccurrence(tokens, pages, tokens.token.unique(), min_count=1)
    return term_figures.phrase_network(pairs, tokens.token.value_counts())


def cloud_of_corpus(n):
    pages, tokens = corpus(n)
    return figures.word_cloud(terms.frequency(tokens, pages.assign(all="all"), "all"))


OF_TABLES = [keyness_intervals, term_xray, share_over_time, phrase_network]
OF_CORPORA = [top_of_corpus, matrix_of_corpus, keys_of_corpus, xray_of_corpus, shares_of_corpus, network_of_corpus]
DRAWN = [*product(OF_TABLES, [1, 50, 500]), *product([*OF_CORPORA, cloud_of_corpus], [1, 2, 5, 25, 120, 500])]


@pytest.mark.parametrize(("draw", "n"), DRAWN)
def test_no_text_touches_another_or_leaves_the_figure(draw, n):
    fig = draw(n)
    assert clashes(fig) == []
    width, height = fig.get_size_inches() * fig.dpi
    assert height < 2000 and round(width) == round(style.WIDTH * style.DPI)


@pytest.mark.parametrize("draw", OF_TABLES)
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


def test_many_documents_are_put_together_by_time():
    names = [text for text, _ in boxes(matrix_of_corpus(120)) if "W" in text and "(" in text]
    assert names[0] == "2022-W13 (5)" and len(names) <= 30
    assert [terms.finest(corpus(n)[0]) for n in (5, 120, 500)] == ["doc", "week", "month"]


def test_what_cannot_be_claimed_differs_without_colour():
    rows = {"group": "甲", "n_docs": 3, "k_docs": 1, "n_docs_rest": 4, "k_docs_rest": 1, "log_ratio": 2.0}
    bounds = [{"log_ratio_low": 1.0, "lrc": 1.0}, {"log_ratio_low": -1.0, "lrc": 0.0}]
    keys = table("keyness", [rows | {"term": str(low), "log_ratio_high": 3.0} | low for low in bounds])
    [_, sure, dot, unsure, ring] = term_figures.keyness_intervals(keys).axes[0].lines[-5:]
    assert sure.get_linewidth() > 2 * unsure.get_linewidth()
    assert dot.get_markerfacecolor() == dot.get_markeredgecolor() and ring.get_markerfacecolor() == style.PAPER


def test_each_term_has_a_panel_of_its_own():
    fig = shares_of_corpus(25)
    texts = [text for text, _ in boxes(fig)]
    assert texts.count("50 %") == 5 and "The first 5 of 7 terms." in fig.get_label()


def test_a_period_without_a_document_has_no_dot():
    rows = [
        {"period": "2022-03", "k_docs": 1, "n_docs": 1, "share": 1.0, "low": 0.2, "high": 1.0},
        {"period": "2022-04", "k_docs": 0, "n_docs": 0},
    ]
    [line] = term_figures.share_over_time(table("share", rows)).axes[0].lines
    assert np.isnan(line.get_ydata()[1])
