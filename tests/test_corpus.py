import pytest

import tifa
from tifa import tables
from tifa.reading.folder import FolderError


@pytest.fixture(scope="module")
def seeds():
    return tifa.load(progress=False)


def test_the_face():
    assert {"Corpus", "load", "phrases", "repair", "simplify", "terms", "visits"} <= set(tifa.__all__)


@pytest.mark.parametrize(
    "name", ["documents", "lines", "dropped", "repairs", "left_out", "sentences", "tokens", "visits"]
)
def test_tables_are_as_written_down(seeds, name):
    made = getattr(seeds, name)
    assert [(c.name, c.dtype) for c in tables.TABLES[name]] == [(n, str(t)) for n, t in made.dtypes.items()]


def test_cities_of_the_seeds(seeds):
    found = seeds.documents.set_index("doc")["city"].rename(lambda doc: doc[:3])
    assert found.to_dict() == {"000": "上海市", "001": "上海市", "002": "上海市", "003": "上海市", "004": "泉州市"}


def test_sentences_stand_in_the_body_and_on_their_line(seeds):
    bodies = seeds.documents.set_index("doc")["body"]
    for row in seeds.sentences.itertuples():
        assert bodies[row.doc][row.start : row.end] == row.text
    undamaged = seeds.sentences[seeds.sentences["doc"].str.startswith("002")]
    page = seeds.page(undamaged["doc"].iloc[0])
    assert all(row.text in page[row.source_line - 1] for row in undamaged.itertuples())


def test_tokens_stand_in_the_body(seeds):
    bodies = seeds.documents.set_index("doc")["body"]
    marks = str.maketrans("", "", "“”、")
    for row in seeds.tokens.itertuples():
        assert bodies[row.doc][row.start : row.end].translate(marks) == row.token


COUNTED = """社会面清零 动态清零 四应四尽 应转尽转 四方责任 方舱医院 急难愁盼 拔点攻坚 密接次密接 流调溯源 采送检报
挂图作战 全域静态管理 同吃同住同工作"""


@pytest.mark.parametrize("phrase", COUNTED.split())
def test_set_phrases_are_counted_as_often_as_they_are_written(seeds, phrase):
    written = seeds.documents["body"].str.replace("[“”、]", "", regex=True).str.count(phrase).sum()
    assert (seeds.tokens["token"] == phrase).sum() == written > 0


def test_no_folder(tmp_path):
    with pytest.raises(FolderError, match="nowhere"):
        tifa.load(tmp_path / "nowhere")


def test_a_bad_page_is_left_out_and_the_others_go_on(tmp_path):
    (tmp_path / "a.txt").write_text(
        "泉州检查防控\n\n29日,省长周望来到晋江市池店镇检查疫情防控工作,要求抓好落实。\n", "utf-8"
    )
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "c.txt").write_text("", "utf-8")
    corpus = tifa.load(tmp_path, progress=False)
    assert corpus.documents["doc"].tolist() == ["a"]
    assert corpus.left_out["file"].tolist() == ["b.txt", "c.txt"]
    assert corpus.left_out["reason"].str.len().min() > 10


def test_seeds_of_another_folder(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("晋江检查\n\n3月29日,市长周望来到池店镇检查疫情防控工作,要求抓好落实。\n", "utf-8")
    monkeypatch.setenv("TIFA_SEEDS", str(tmp_path))
    assert tifa.load(progress=False).documents["file"].tolist() == ["a.txt"]
