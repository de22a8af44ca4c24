"""Measures against other people's: scipy, scattertext, worked examples in print."""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

from tifa.studies import measures, permutation

LRC = pd.read_csv(Path(__file__).parent / "cases/terms/lrc.csv", comment="#")


@pytest.mark.parametrize("family", sorted(LRC.groupby(["size", "family"]).groups))
@pytest.mark.parametrize("bound", ["low", "high", "lrc"])
def test_log_ratio_agrees_with_scattertext(family, bound):
    rows = LRC[(LRC["size"] == family[0]) & (LRC["family"] == family[1])]
    counts = (rows[name] for name in ("count", "size", "count_rest", "size_rest"))
    ours = getattr(measures.log_ratio(*counts, alpha=0.05, family=family[1]), bound)
    assert ours == pytest.approx(rows[bound].to_numpy(), abs=1e-6)


def test_g2_by_hand():
    # 10 of 1,000 against 5 of 2,000: 5 and 10 expected with the term, 995 and 1,990 without.
    by_hand = 2 * (10 * np.log(2) + 5 * np.log(1 / 2) + 990 * np.log(990 / 995) + 1995 * np.log(1995 / 1990))
    assert measures.g2(10, 1000, 5, 2000) == pytest.approx(by_hand, abs=1e-9)


COUNTS = st.integers(0, 60)


@given(COUNTS, COUNTS)
def test_g2_agrees_with_scipy(count, rest):
    if count + rest == 0:
        return
    table = [[count, 500 - count], [rest, 900 - rest]]
    theirs = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert measures.g2(count, 500, rest, 900) == pytest.approx(theirs, abs=1e-9)


@given(COUNTS, COUNTS)
def test_interval_is_clopper_and_pearson_s(count, rest):
    if count + rest == 0:
        return
    share = stats.binomtest(count, count + rest).proportion_ci(0.95, method="exact")
    ours = measures.log_ratio(count, 1000, rest, 1000)
    for bound, theirs in ((ours.low, share.low), (ours.high, share.high)):
        odds = theirs / (1 - theirs) if theirs < 1 else np.inf
        assert 2.0 ** float(bound) == pytest.approx(odds, rel=1e-7)


@given(st.integers(0, 40), st.integers(1, 40))
def test_wilson_agrees_with_scipy(k, n):
    k = min(k, n)
    theirs = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
    assert [float(bound) for bound in measures.wilson(k, n)] == pytest.approx([theirs.low, theirs.high], abs=1e-12)


def test_holm_by_hand():
    # 0.01 × 4, 0.02 × 3, then 0.03 × 2 and 0.04 × 1 are held at 0.06.
    assert measures.holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])


@given(st.lists(st.floats(0.0001, 1), min_size=1, max_size=20))
def test_benjamini_hochberg_agrees_with_scipy(p):
    assert measures.benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p), abs=1e-12)


@pytest.mark.parametrize(("n_docs", "size"), [(5, 2), (8, 3), (9, 7)])
def test_exact_p_agrees_with_scipy(n_docs, size):
    rng = np.random.default_rng(n_docs * size)
    rates = rng.poisson(1, (n_docs, 6)) * rng.random((n_docs, 6))
    inside = np.arange(n_docs) < size
    [ours] = permutation.exact(sparse.csr_array(rates), inside[None])
    theirs = stats.permutation_test(
        (rates[inside], rates[~inside]),
        lambda a, b, axis: a.mean(axis=axis) - b.mean(axis=axis),
        alternative="greater",
        n_resamples=np.inf,
    )
    assert ours.p == pytest.approx(theirs.pvalue)
    assert ours.basis == permutation.ALL


@pytest.mark.parametrize(("n_docs", "size", "smallest"), [(5, 1, 0.2), (5, 2, 0.1), (5, 4, 0.2), (20, 10, 1 / 184_756)])
def test_smallest_p(n_docs, size, smallest):
    rates = sparse.csr_array(np.arange(n_docs, dtype=float)[:, None])
    [found] = permutation.exact(rates, (np.arange(n_docs) >= n_docs - size)[None])
    assert found.smallest == pytest.approx(smallest)
    assert found.p == pytest.approx(smallest)  # the group has the highest rates


def test_too_many_arrangements_are_counted_by_the_median(monkeypatch):
    monkeypatch.setattr(permutation, "MOST", 0)
    rng = np.random.default_rng(1)
    rates = rng.poisson(0.7, (30, 40)) * rng.random((30, 40))
    groups = np.array([np.arange(30) < 9, np.arange(30) >= 20])
    for inside, found in zip(groups, permutation.exact(sparse.csr_array(rates), groups), strict=True):
        above = rates > np.median(rates, axis=0)
        table = [[above[inside].sum(0), (~above[inside]).sum(0)], [above[~inside].sum(0), (~above[~inside]).sum(0)]]
        fisher = [stats.fisher_exact(np.array(table)[:, :, i], "greater").pvalue for i in range(40)]
        assert found.p == pytest.approx(fisher)
        assert (found.smallest <= found.p + 1e-12).all()
        assert found.basis == permutation.MEDIAN


def test_p_is_never_0():
    inside = np.arange(6000) < 3000
    [found] = permutation.exact(sparse.csr_array(inside.astype(float)[:, None]), inside[None])
    assert 0 < found.smallest[0] == found.p[0] < 1e-300


@pytest.mark.parametrize(("n", "size"), [(5, 2), (40, 7), (1000, 250), (10_000, 9000)])
def test_hypergeometric_tail_agrees_with_scipy(n, size):
    marked = np.unique(np.linspace(0, n, 30).astype(int))
    k, marked = np.array([(k, m) for k, m in product(range(0, size + 1, max(size // 20, 1)), marked)]).T
    ours = permutation.hypergeometric_tail(k, n, marked, np.full(len(k), size))
    assert ours == pytest.approx(stats.hypergeom.sf(k - 1, n, marked, size), rel=1e-8, abs=1e-12)
