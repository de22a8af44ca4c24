"""Terms: the one door to everything that is counted about words and set phrases."""

from tifa.studies.counting.collocates import collocates, cooccurrence
from tifa.studies.counting.concordance import concordance
from tifa.studies.counting.counts import comparable, finest
from tifa.studies.counting.discover import discover, judged
from tifa.studies.counting.dispersion import dispersion, positions
from tifa.studies.counting.frequency import content, crosstab, dictionary_effect, frequency, part, top
from tifa.studies.counting.keyness import keyness
from tifa.studies.counting.share import share

__all__ = [
    "collocates",
    "comparable",
    "concordance",
    "content",
    "cooccurrence",
    "crosstab",
    "dictionary_effect",
    "discover",
    "dispersion",
    "finest",
    "frequency",
    "judged",
    "keyness",
    "part",
    "positions",
    "share",
    "top",
]
