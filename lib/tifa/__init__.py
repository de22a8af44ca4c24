"""tifa (提法): clean articles, terms, site visits and shared phrases from saved pages of official Chinese news.

``load`` reads a folder into a ``Corpus``, whose tables are made when first asked for. ``terms``, ``visits`` and
``phrases`` hold the studies: functions from these tables to further ones. ``repair`` and ``simplify`` work on any text.
Every table's columns are explained in ``CODEBOOK.md`` beside this file.

>>> import tifa
>>> tifa.simplify(tifa.repair("再?gòu)?qiáng)調(diào)、再推動(dòng)").text)
'再强调、再推动'
>>> corpus = tifa.load("seeds", progress=False)  # or your own folder
>>> corpus.documents[["title", "city"]].iloc[4].tolist()
['尽锐出战全力攻坚 尽快实现社会面清零', '泉州市']
>>> corpus.visits[["leader", "district", "site"]].iloc[0].tolist()
['李强', '浦东新区', '浦东新区疫情防控指挥部']
"""

from tifa.corpus import Corpus, load
from tifa.reading.repair import repair
from tifa.reading.script import simplify
from tifa.studies import phrases, terms, visits

__all__ = ["Corpus", "load", "phrases", "repair", "simplify", "terms", "visits"]
