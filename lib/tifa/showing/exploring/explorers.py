"""The three explorers: concordance, visits, phrases."""

import ipywidgets
import numpy as np
import pandas as pd

from tifa.marking.phrasebook import Phrasebook
from tifa.showing import figures, phrase_tables
from tifa.showing.exploring import concordance, fields, phrases, visits
from tifa.showing.exploring.panel import WIDE, Answer, Explorer, answered
from tifa.showing.exploring.rows import MOST_ROWS, Rows
from tifa.showing.phrase_strips import phrase_strips

STATIC_WORDINGS, LIVE_WORDINGS = 4, 30


class Concordance(Explorer):
    """Every occurrence of a phrase or regular expression, in its context."""

    name = "concordance"
    has_picture = False
    columns = ("document", "left", "match", "right", "source_line")

    def __init__(self, corpus=None, query: str | None = None):
        self._query = query
        super().__init__(corpus)

    def make_fields(self):
        self.index = concordance.Index(self.corpus.documents, self.corpus.sentences)
        query = most_frequent(self.corpus, self.index.texts) if self._query is None else self._query
        self.query = fields.text("find", query, "a phrase; Enter")
        self.kind = fields.one_of("as", concordance.KINDS)
        self.city = fields.choice("city", sorted(self.corpus.documents["city"].dropna().unique()))
        self.sort = fields.one_of("sort by", concordance.SORTS)
        self.days = fields.Days("days", self.corpus.documents["published"])
        return [self.query, self.kind, self.city, self.sort, self.days]

    def find(self):
        index, sort = self.index, self.sort.value
        asked = concordance.Search(
            self.query.value.strip(), self.kind.value, fields.value(self.city), *self.days.between()
        )
        hits = concordance.hits(index, asked)
        n, n_docs = len(hits.start), len(set(index.doc[hits.sentence].tolist()))
        said = f"“{asked.query}”: n = {n:,} in {n_docs:,} of {len(index.documents):,} documents."
        head = index.rows(index.ordered(hits, sort, MOST_ROWS))
        return Answer(said, head, list(self.columns), n, lambda: index.rows(index.ordered(hits, sort)))

    def place(self, row):
        here = self.index.sentences
        own = here[(here["doc"] == row["doc"]) & (here["sentence"] == row["sentence"])].iloc[0]
        return row["doc"], row["source_line"], own["text"]


def most_frequent(corpus, texts: list[str]) -> str:
    """The set phrase that stands most often in the texts; nothing where none does."""
    book = Phrasebook(corpus.lists.phrases)
    found = pd.Series([hit.phrase for hit in book.find("\n".join(texts))], dtype=object)
    return found.value_counts(sort=False).sort_values(ascending=False, kind="stable").index[0] if len(found) else ""


class Visits(Explorer):
    """Who was where on which day."""

    name = "visits"
    columns = ("date", "leader", "city", "district", "township", "site", "site_type", "kind")

    def make_fields(self):
        corpus = self.corpus
        self.visits = visits.of_articles(corpus.documents, corpus.visits)
        pairs = [(" ".join(filter(None, pair)) or "no place", pair) for pair in visits.districts(self.visits)]
        self.district = fields.choice("district", pairs, "20rem")
        self.site_type = fields.choice("site type", _kinds(self.visits))
        self.leader = fields.choice("leader", _by_count(self.visits["leader"]))
        self.days = fields.Days("days", self.visits["date"])
        return [self.district, self.site_type, self.leader, self.days]

    def find(self):
        asked = visits.Choice(*map(fields.value, (self.district, self.site_type, self.leader)), *self.days.between())
        rows = visits.answer(self.visits, asked)
        n = f"n = {len(rows):,} of {len(self.visits):,} visits and meetings, in {rows['doc'].nunique():,} documents"
        return answered(f"{n}.", rows, self.columns, lambda: self._draw(rows))

    def _draw(self, rows):
        documents = self.corpus.documents
        days = documents.assign(date=documents["published"].dt.tz_localize(None).dt.normalize())[["city", "date"]]
        return figures.visit_timeline(rows, days[days["city"].isin(rows["city"])])

    def place(self, row):
        return row["doc"], row["source_line"], row["quote"]


def _kinds(rows: pd.DataFrame) -> list[tuple[str, str]]:
    return [(kind.replace("_", " "), kind) for kind in _by_count(rows["site_type"])]


def _by_count(column: pd.Series) -> list[str]:
    return column.value_counts(sort=False).sort_values(ascending=False, kind="stable").index.tolist()


class Phrases(Explorer):
    """A phrase that several cities share: where it stands, and its wordings."""

    name = "phrase"
    columns = ("document", "left", "written", "right")
    found = pd.DataFrame()  # its wordings

    def make_fields(self):
        self.index = phrases.prepare(phrases.Index(self.corpus.documents))
        self.typed = fields.text("phrase", "", "part of a phrase, or one of your own; Enter")
        self.list, self.variants = Rows(layout=WIDE), ipywidgets.HTML(layout=WIDE)
        self.between.children, self.after.children = [self.list], [self.variants]
        self._list()
        self.list.observe(self._pick, "chosen")
        return [self.typed]

    def _list(self):
        self._typed = self.typed.value
        self.listed = phrases.listed(self.index, self._typed.strip())
        columns = ["phrase", "n_chars", "n_docs", "n_cities", "first_day"]
        self._listing = True  # which is nobody's choice of a phrase
        self.list.show(self.listed.head(MOST_ROWS), columns)
        self._listing = False

    def _pick(self, change):
        if not self._listing:
            self.update()

    def picked(self) -> str:
        """The phrase chosen in the list, or what was typed where the list has none of it."""
        return self.typed.value if self.listed.empty else self.listed["phrase"][self.list.chosen]

    def find(self):
        if self.typed.value != self._typed:
            self._list()
        index, phrase = self.index, self.picked()
        self.found, self.variants.value = pd.DataFrame(), ""
        starts = phrases.occurrences(index, phrase)
        self.found = phrases.wordings(index, phrase)
        self.variants.value = _wordings(self.found, LIVE_WORDINGS)
        n_docs = len(np.unique(index.matter.doc[starts]))
        said = f"“{phrase.strip()}”: n = {len(starts):,} in {n_docs:,} of {len(index.documents):,} documents."
        head = phrases.where(index, phrase, starts[:MOST_ROWS])
        draw = (lambda: self._draw(starts)) if len(starts) else None
        return Answer(said, head, list(self.columns), len(starts), lambda: phrases.where(index, phrase, starts), draw)

    def _draw(self, starts):
        matter = self.index.matter
        names = np.array([self.labels[doc] for doc in matter.docs], dtype=object)
        first, _ = matter.spans(starts, starts + 1)
        sizes = pd.Series([len(body) for body in matter.bodies], index=names)
        return phrase_strips(pd.DataFrame({"doc": names[matter.doc[starts]], "start": first}), sizes)

    def place(self, row):
        here = self.corpus.sentences
        own = here[(here["doc"] == row["doc"]) & (here["start"] <= row["start"])].iloc[-1]
        return row["doc"], own["source_line"], own["text"]

    def static(self):
        return super().static() + _wordings(self.found, STATIC_WORDINGS)


def _wordings(found: pd.DataFrame, n: int) -> str:
    return phrase_tables.wordings(found, n).data if len(found) else "<p>No other wording.</p>"
