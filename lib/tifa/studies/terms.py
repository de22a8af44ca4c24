"""Terms: the one door to everything that is counted about words and set phrases."""

from tifa.studies.collocates import collocates, cooccurrence
from tifa.studies.concordance import concordance
from tifa.studies.counts import comparable, finest
from tifa.studies.discover import discover, judged
from tifa.studies.dispersion import dispersion, positions
from tifa.studies.frequency import content, crosstab, dictionary_effect, frequency, part, top
from tifa.studies.keyness import keyness
from tifa.studies.share import share

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
