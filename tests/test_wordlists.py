"""Lists of phrases and stop words beside the pages: what joins the project's, and which lines are refused."""

import pandas as pd
import pytest

from tifa.marking import words


@pytest.fixture
def written(tmp_path):
    """A function that writes a list and gives the folder of pages."""

    def write(name, content):
        (tmp_path / "lists").mkdir(exist_ok=True)
        (tmp_path / "lists" / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return tmp_path

    return write


def test_user_lists_join_the_project_s(written):
    written("phrases.txt", "\ufeff# ours\r\n清源“百日攻坚”\ta hundred days\r\n  # more\r\n动态清零\t\r\n\r\n")
    lists = words.lists_for(written("stop_words.txt", "同志 有关\n动态清零\n"))
    assert lists.phrases.keys() - words.set_phrases().keys() == {"清源百日攻坚"}
    assert lists.phrases["清源百日攻坚"] == "a hundred days"
    assert lists.stop_words - words.stop_words() == {"同志", "有关"}
    one = pd.DataFrame({"doc": ["a"], "sentence": [0], "text": ["打响清源“百日攻坚”"], "start": [0]})
    assert "清源百日攻坚" in words.tokens(one, phrases=words.Phrasebook(lists.phrases))["token"].tolist()


def test_traditional_lists_find_what_the_simplified_documents_say(written):
    lists = words.lists_for(written("phrases.txt", "動態排查\n百日攻堅ＡＢ戰\n"))
    assert lists.phrases.keys() - words.set_phrases().keys() == {"动态排查", "百日攻坚AB战"}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("phrases.txt", "百日攻坚".encode("gbk"), r"phrases\.txt, line 1: byte 0 is not UTF-8"),
        ("phrases.txt", "百日攻坚\n".encode() + b"\xff\n", r"phrases\.txt, line 2: byte 13 is not UTF-8"),
        ("phrases.txt", "# ours\n\n百日攻坚\n\tgloss alone\n", "line 4: .* is no phrase"),
        ("phrases.txt", "“、”\n", "line 1: .* is no phrase"),
        ("phrases.txt", "百日攻坚\n好\n", "line 2: '好' is no phrase"),
        ("phrases.txt", "百日攻坚 挂图作战\n", "line 1: .* has a blank inside"),
        ("stop_words.txt", "同志\n有关、以及\n", "line 2: '、' is no stop word"),
        ("stopwords.txt", "同志\n", r"stopwords\.txt: not read; the lists are named"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(written, name, content, message):
    with pytest.raises(ValueError, match=message):
        words.lists_for(written(name, content))
