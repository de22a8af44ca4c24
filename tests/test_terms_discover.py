import pandas as pd
import pytest

import tifa
from tifa.marking.names import names_in
from tifa.marking.words import Phrasebook
from tifa.studies import terms

# Each stands 3 to 13 times in the seeds.
TO_BE_FOUND = ["社会面清零", "急难愁盼", "拔点攻坚", "挂图作战", "密接次密接"]


@pytest.fixture(scope="module")
def corpus():
    return tifa.load(progress=False)


@pytest.fixture(scope="module")
def unaided(corpus):
    names = names_in(corpus.documents, corpus.sentences)
    return terms.discover(corpus.sentences, corpus.documents, phrases=Phrasebook([]), names=names)


@pytest.mark.parametrize("phrase", TO_BE_FOUND)
def test_the_seeds_phrases_are_found_without_a_dictionary(unaided, phrase):
    assert phrase in unaided["phrase"].head(30).tolist()


def test_evidence_is_what_the_text_has(unaided, corpus):
    bare = corpus.documents["body"].str.replace("[“”、]", "", regex=True)
    sentences = corpus.sentences.set_index("doc")
    for row in unaided.head(30).itertuples():
        assert row.count == bare.str.count(row.phrase).sum()
        assert row.k_docs == bare.str.contains(row.phrase).sum()
        assert row.phrase in row.example.replace("、", "").replace("“", "").replace("”", "")
        assert row.source_line in sentences.loc[row.doc].query("text == @row.example")["source_line"].tolist()


def test_what_is_known_is_not_proposed(corpus):
    found = terms.discover(corpus.sentences, corpus.documents)
    assert not set(found["phrase"]) & set(TO_BE_FOUND)
    assert not found["phrase"].str.contains("动态清零").any()


def made(*texts):
    rows = {"doc": [f"d{i}" for i in range(len(texts))], "text": texts, "sentence": 0, "start": 0, "source_line": 1}
    return pd.DataFrame(rows), pd.DataFrame({"doc": rows["doc"]})


def phrases(*texts, **options):
    options = {"phrases": Phrasebook([]), "min_cohesion": 1} | options
    return terms.discover(*made(*texts), **options)["phrase"].tolist()


TEXTS = ("要挂图作战,", "他挂图作战快", "“挂图作战”", "和挂图作战有关")


def test_a_part_of_a_phrase_is_not_proposed():
    assert phrases(*TEXTS, min_chars=2) == ["挂图作战"]


def test_what_always_has_the_same_neighbour_is_no_phrase():
    assert phrases(*(text.replace("挂图作战", "挂图作战快上") for text in TEXTS), max_chars=4) == []


def test_marks_inside_do_not_matter():
    assert phrases(*TEXTS[:2], "“挂图、作战”", "和挂图“作战”有关") == ["挂图作战"]


def test_quotation_marks_are_counted():
    found = terms.discover(*made(*TEXTS), phrases=Phrasebook([]), min_cohesion=1)
    assert found[["count", "quoted", "k_docs"]].to_numpy().tolist() == [[4, 1, 4]]


def test_nothing_reaches_over_a_clause():
    assert phrases("要挂图,作战", "他挂图,作战快", "挂图。作战") == []


def test_dictionary_words_and_function_words_are_left_out():
    assert phrases("要千方百计,", "他千方百计快", "千方百计") == []
    assert phrases("要防控措施的", "他防控措施的快", "防控措施的!") == []


def test_names_are_left_out():
    table, documents = made(*TEXTS)
    name = pd.DataFrame({"doc": table["doc"], "sentence": 0, "start": [1, 1, 1, 1], "end": [5, 5, 5, 5]})
    assert terms.discover(table, documents, phrases=Phrasebook([]), names=name, min_cohesion=1).empty


def test_copies_count_once():
    table, documents = made(*TEXTS)
    assert terms.discover(table, documents.assign(article="d0"), phrases=Phrasebook([]), min_cohesion=1).empty


@pytest.mark.parametrize(("texts", "options"), [(TEXTS, {"min_count": 1}), (TEXTS, {"min_chars": 1}), ((), {})])
def test_refusals(texts, options):
    with pytest.raises(ValueError, match=r"at least 2|no document"):
        phrases(*texts, **options)
