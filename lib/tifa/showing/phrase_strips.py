"""Where one phrase stands: a strip per document, as long as the document, a stroke per occurrence."""

import pandas as pd
from matplotlib.figure import Figure

from tifa.showing import style

MOST_STRIPS = 30


def phrase_strips(positions: pd.DataFrame, sizes: pd.Series) -> Figure:
    """Occurrences of a phrase along each document.

    Parameters
    ----------
    positions : DataFrame
        ``doc`` and ``start``; rows in the order in which the documents are drawn.
    sizes : Series
        Characters of each document, by the names in ``doc``.

    Returns
    -------
    Figure
        At most 30 documents, the first ones; a note says so where there are more.

    Examples
    --------
    >>> phrase_strips(pd.DataFrame({"doc": ["a"], "start": [3]}), pd.Series({"a": 40})).axes[0].get_xlim()[1].item()
    40.0
    """
    docs = list(dict.fromkeys(positions["doc"]))
    if not docs:
        return style.nothing("Nothing to show: no occurrence")
    kept = docs[:MOST_STRIPS]
    fig, ax = style.sheet(style.ROW * len(kept), style.margin(kept), 0.3, bottom=0.45)
    lengths = sizes[kept].astype(float)
    longest = int(lengths.max())
    ax.set_xlim(0, longest)
    style.name_rows(ax, kept)
    ax.barh(range(len(kept)), lengths, height=0.5, color=style.GRID)
    rows = positions["doc"].map({doc: row for row, doc in enumerate(kept)}).dropna()
    starts = positions["start"][rows.index].astype(float)
    ax.vlines(starts, rows - 0.36, rows + 0.36, color=style.PALETTE[3], linewidth=2.2)
    ax.set_xticks([0, longest], ["0", f"{longest:,} characters"])
    ax.get_xticklabels()[-1].set_ha("right")
    style.note(fig, style.shown(len(kept), len(docs), "documents"))
    return fig
