"""tifa (提法): clean articles, terms, site visits and shared phrases from saved pages of official Chinese news.

>>> import tifa
>>> corpus = tifa.load()          # the five seed pages; or tifa.load("my/pages")
>>> corpus.documents              # one row a page
>>> corpus.visits                 # who went where on which day, with the sentence and its line
"""

from tifa.corpus import Corpus, load
from tifa.reading.repair import repair
from tifa.reading.script import simplify
from tifa.studies import phrases, terms, visits

__all__ = ["Corpus", "load", "phrases", "repair", "simplify", "terms", "visits"]
