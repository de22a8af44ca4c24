"""Terms: the one door to everything that is counted about words and set phrases."""

from tifa.studies.collocates import collocates, cooccurrence
from tifa.studies.concordance import concordance
from tifa.studies.discover import discover
from tifa.studies.dispersion import dispersion, positions
from tifa.studies.frequency import content, frequency, part, top
from tifa.studies.keyness import keyness
from tifa.studies.share import share

__all__ = [
    "collocates",
    "concordance",
    "content",
    "cooccurrence",
    "discover",
    "dispersion",
    "frequency",
    "keyness",
    "part",
    "positions",
    "share",
    "top",
]
