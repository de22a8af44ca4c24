"""Bars on what takes longer than two seconds, in a terminal and in a notebook; they go when the work is done.

``TQDM_DISABLE=1`` silences them all; notebooks that a machine executes are run so.
"""

from collections.abc import Iterable

from tqdm.auto import tqdm

DELAY = 2  # seconds


def bar(items: Iterable, shown: bool, what: str, unit: str, total: int | None = None) -> Iterable:
    """The items one after the other, with a bar once that takes longer than two seconds.

    Parameters
    ----------
    items : iterable
    shown : bool
        No bar at all where false.
    what : str
        Said in front of the bar.
    unit : str
        What an item is.
    total : int, optional
        How many there are, where ``items`` does not say.

    Examples
    --------
    >>> list(bar("ab", shown=True, what="letters", unit="letter"))
    ['a', 'b']
    """
    hidden = {} if shown else {"disable": True}
    return tqdm(items, desc=what, unit=unit, total=total, delay=DELAY, leave=False, **hidden)
