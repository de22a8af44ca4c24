"""The report command: what it makes, what it leaves alone, and how it says that something is wrong."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from tifa.showing import compare, execute, kernels, report

CASES = Path(__file__).parent / "notebooks"
PAGE = "林远检查防控工作\n4月5日,市委书记林远到河口区检查防控工作,要求守住防线。\n"


@pytest.fixture
def copy(tmp_path):
    """A project of its own with the notebooks of a folder of tests/notebooks."""

    def copied(name):
        shutil.copytree(CASES / name, tmp_path / name / "notebooks")
        return tmp_path / name / "notebooks"

    return copied


def contents(folder):
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The good notebooks executed on a machine where everything is set up for something else."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(CASES / "good", project / "notebooks")
    home = project / "home"
    for name in ("kernels/python3/kernel.json", "ipython/profile_default/startup/00-loud.py", "mpl/matplotlibrc"):
        (home / name).parent.mkdir(parents=True)
    (home / "kernels/python3/kernel.json").write_text(json.dumps({"argv": ["false"], "display_name": "x"}))
    (home / "ipython/profile_default/startup/00-loud.py").write_text("import sys; print('loud', file=sys.stderr)")
    (home / "mpl/matplotlibrc").write_text("savefig.dpi: 30\nfont.size: 30\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(home))
        patch.setenv("IPYTHONDIR", str(home / "ipython"))
        patch.setenv("MPLCONFIGDIR", str(home / "mpl"))
        patch.setenv("PYTHONWARNINGS", "error")
        patch.setenv("TIFA_SEEDS", "forgotten")
        assert report.main(["--notebooks", str(project / "notebooks")]) == 0
    shutil.rmtree(home)
    return project


def test_makes_notebooks_figures_and_reports(made):
    assert list(contents(made)) == [
        "figures/01-terms.csv",
        "figures/01-terms.png",
        "notebooks/01-good.ipynb",
        "notebooks/02-seeds.ipynb",
        "reports/01-good.html",
        "reports/02-seeds.html",
        "reports/index.html",
    ]


def test_doing_it_again_changes_nothing(made, capsys):
    before = contents(made)
    assert report.main(["--notebooks", str(made / "notebooks")]) == 0
    assert contents(made) == before
    said = capsys.readouterr().out
    assert "01-good  " in said and "02-seeds  " in said  # a line for each notebook
    assert "figures/01-terms.png" in said and "reports/02-seeds.html" in said  # and what was made


def test_executed_notebooks_hold_nothing_of_the_machine(made):
    text = (made / "notebooks/01-good.ipynb").read_text("utf-8")
    notebook = json.loads(text)
    assert notebook["metadata"] == execute.NOTEBOOK_METADATA
    assert [cell["id"] for cell in notebook["cells"]] == [f"good-{i}" for i in range(5)]
    assert [cell.get("execution_count") for cell in notebook["cells"]] == [None, 1, 2, 3, 4]
    assert "iopub" not in text and str(made) not in text and "tifa-" not in text
    nbformat.validate(nbformat.from_dict(notebook))


def test_own_pages_are_the_default(made):
    (result,) = json.loads((made / "notebooks/02-seeds.ipynb").read_text("utf-8"))["cells"][2]["outputs"]
    assert result["data"]["text/plain"] == ["(\"the project's own\", False, '__main__')"]


def test_what_a_cell_prints_is_one_output_however_it_arrives(made):
    (printed,) = json.loads((made / "notebooks/02-seeds.ipynb").read_text("utf-8"))["cells"][3]["outputs"]
    assert printed["text"] == ["first\n", "then\n"]


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def test_reports_need_nothing_from_elsewhere_and_run_no_script(made):
    for file in (made / "reports").iterdir():
        text = file.read_text("utf-8")
        tags = Tags(text).found
        assert {tag for tag, _ in tags} & {"script", "link", "iframe", "object", "embed", "base"} == set()
        assert [a["src"][:40] for _, a in tags if "src" in a and not a["src"].startswith("data:image/png;")] == []
        assert [name for _, a in tags for name in a if name.startswith("on")] == []
        assert not re.search(r"@import|url\((?!\"data:font/woff;base64,)", text)
        policy = [a["content"] for _, a in tags if a.get("http-equiv") == "Content-Security-Policy"]
        assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"]


def test_reports_show_text_figure_and_caption(made):
    text = (made / "reports/01-good.html").read_text("utf-8")
    assert "<title>What does a good notebook do?</title>" in text
    assert "社会面清零" in text
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in text
    assert "<em>A &lt;b&gt;caption&lt;/b&gt;, n = 1.</em>" in text
    images = [a for tag, a in Tags(text).found if tag == "img"]
    assert [image["alt"] for image in images] == ["A <b>caption</b>, n = 1."]


def test_the_index_shows_all_figures_and_its_links_lead_somewhere(made):
    text = (made / "reports/index.html").read_text("utf-8")
    tags = Tags(text).found
    links = [a["href"] for tag, a in tags if tag == "a"]
    assert links == ["01-good.html", "02-seeds.html", "01-good.html", "01-good.html#good-3"]
    assert [a["alt"] for tag, a in tags if tag == "img"] == ["A <b>caption</b>, n = 1."]
    assert "<figcaption>A &lt;b&gt;caption&lt;/b&gt;, n = 1.</figcaption>" in text
    ids = [a["id"] for _, a in Tags((made / "reports/01-good.html").read_text("utf-8")).found if "id" in a]
    assert ids == [f"good-{i}" for i in range(5)]


def test_a_failing_cell_is_named_and_nothing_is_changed(copy, capsys):
    notebooks = copy("failing")
    before = contents(notebooks.parent)
    assert report.main(["--notebooks", str(notebooks)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("02-failing.ipynb, cell 3: # the cell that fails\n")
    assert "KeyError: 'no such page'" in said and "\x1b" not in said
    assert contents(notebooks.parent) == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("warning", ["01-warning.ipynb, cell 2: wrote to stderr", "a warning nobody wants"]),
        ("dying", ["01-dying.ipynb", "died"]),
    ],
)
def test_warnings_and_dead_kernels_are_failures(copy, capsys, name, words):
    notebooks = copy(name)
    before = contents(notebooks.parent)
    assert report.main(["--notebooks", str(notebooks)]) == 1
    said = capsys.readouterr().err
    assert [word for word in words if word not in said] == []
    assert contents(notebooks.parent) == before


def test_a_file_that_is_no_notebook_is_named(copy, capsys):
    notebooks = copy("warning")
    (notebooks / "01-warning.ipynb").write_text("{}")
    assert report.main(["--notebooks", str(notebooks)]) == 1
    assert "01-warning.ipynb: not a notebook" in capsys.readouterr().err


def test_other_pages_go_elsewhere(made, tmp_path, monkeypatch):
    before = contents(made)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.txt").write_text(PAGE, "utf-8")
    options = ["--notebooks", str(made / "notebooks"), "--seeds", "pages", "--out", "results/deep"]
    assert report.main(options) == 0
    assert contents(made) == before
    written = contents(tmp_path / "results/deep")
    tables = {f"tables/{name}.csv" for name in report.TABLES}
    assert written.keys() == before.keys() | tables
    assert written["tables/documents.csv"].decode("utf-8-sig").count("\n") >= 2
    (result,) = json.loads((tmp_path / "results/deep/notebooks/02-seeds.ipynb").read_text("utf-8"))["cells"][2][
        "outputs"
    ]
    assert result["data"]["text/plain"] == ["('pages', True, '__main__')"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--seeds", "missing", "--out", "out"], "missing: no such folder"),
        (["--seeds", "empty", "--out", "out"], "empty: the folder is empty"),
        (["--seeds", "empty/file", "--out", "out"], "no such folder"),
        (["--seeds", "empty"], "--seeds needs --out"),
        (["--out", str(report.PROJECT)], "is the project itself"),
        (["--notebooks", "empty"], "no notebooks"),
        (["--check", "--out", "out"], "--check compares with what is committed"),
    ],
)
def test_the_impossible_is_refused_before_any_kernel_starts(options, words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(report, "execute", None)
    (tmp_path / "empty").mkdir()
    assert report.main(options) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("out", ["file", "file/below"])
def test_a_folder_that_cannot_be_written_is_refused_before_any_kernel_starts(copy, out, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(report, "execute", None)
    (tmp_path / "file").write_text("x")
    assert report.main(["--notebooks", str(copy("good")), "--out", str(tmp_path / out)]) == 2
    assert f"{tmp_path / out}: cannot be written to" in capsys.readouterr().err


def test_a_folder_that_can_no_longer_be_written_is_told(made, tmp_path, capsys):
    (tmp_path / "figures").write_text("x")  # where a folder belongs
    assert report.main(["--notebooks", str(made / "notebooks"), "--out", str(tmp_path)]) == 2
    assert f"{tmp_path}: cannot be written to" in capsys.readouterr().err


def test_pages_without_an_article_are_told_before_any_kernel_starts(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(report, "execute", None)
    (tmp_path / "links.txt").write_text("首页\n要闻\n", "utf-8")
    (tmp_path / "README.md").write_text(PAGE, "utf-8")  # about the folder, no page
    assert report.main(["--seeds", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"none of the 1 files in {tmp_path} has an article. links.txt: ")
    assert said.count("\n") == 1 and not (tmp_path / "out").exists()


def test_figures_that_no_notebook_draws_any_more_are_taken_away(tmp_path):
    made, out = tmp_path / "made", tmp_path / "out"
    for name in (
        "made/figures/01-new.png",
        "out/figures/01-old.png",
        "out/figures/01-new.png",
        "out/figures/README.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    report._place(made, out, own=True)
    assert {name: text.decode() for name, text in contents(out).items()} == {
        "figures/01-new.png": "made/figures/01-new.png",
        "figures/README.md": "out/figures/README.md",
    }


def test_check_passes_on_what_was_made_and_changes_nothing(made, capsys):
    before = contents(made)
    assert report.main(["--notebooks", str(made / "notebooks"), "--check"]) == 0
    assert contents(made) == before
    assert "as committed" in capsys.readouterr().out


def edited(made, change):
    notebook = nbformat.read(made / "notebooks/01-good.ipynb", as_version=4)
    change(notebook.cells)
    return notebook


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda cells: cells[2].outputs[0].data.update({"text/plain": "another"}), "cell 3, text/plain:"),
        (lambda cells: cells[2].outputs.clear(), "cell 3: outputs"),
        (lambda cells: cells[4].outputs[0].update(text="3 rows\n"), "+3 rows"),
        (lambda cells: cells[1].update(source="import pandas"), "cell 2, source:"),
        (lambda cells: cells[1].update(execution_count=7), "count 1 committed, 7 executed"),
        (lambda cells: cells.pop(), "5 cells committed, 4 executed"),
    ],
)
def test_differences_of_notebooks_are_told(made, change, words):
    found = compare.notebooks(made / "notebooks/01-good.ipynb", edited(made, change))
    assert words in "\n".join(found)


def test_differences_of_figures_are_told(made, tmp_path):
    other = tmp_path / "figures"
    shutil.copytree(made / "figures", other)
    assert compare.figures(made / "figures", other) == []
    (other / "01-terms.csv").write_text((other / "01-terms.csv").read_text("utf-8").replace("3.5", "3.6"), "utf-8")
    (other / "01-more.csv").write_text("x")
    found = "\n".join(compare.figures(made / "figures", other))
    assert "figures/01-more.csv: drawn, but not committed" in found
    assert "figures/01-terms.csv:" in found and "+社会面清零,000,上海市,3.6" in found
    assert "committed, but no notebook draws it" in "\n".join(compare.figures(other, made / "figures"))


def png(shade, size=(40, 30)):
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", size, (shade,) * 3).save(buffer, "png")
    return buffer.getvalue()


def test_images_may_differ_within_the_tolerance_only():
    assert compare.image("x", png(200), png(201)) == []
    assert "differs by 0.0392" in compare.image("x", png(200), png(210))[0]
    assert "40 x 30 pixels committed, 30 x 30 executed" in compare.image("x", png(200), png(200, (30, 30)))[0]


def test_without_forking_the_same_comes_out(made, monkeypatch):
    monkeypatch.setattr(kernels, "FORKS", False)
    before = contents(made)
    assert report.main(["--notebooks", str(made / "notebooks")]) == 0
    assert contents(made) == before


@pytest.mark.skipif(not kernels.FORKS, reason="kernels import for themselves")
@pytest.mark.parametrize(
    ("broken", "words"),
    [("1 / 0", ["importing tifa failed", "ZeroDivisionError"]), ("import warnings; warnings.warn('old')", ["old"])],
)
def test_a_package_that_does_not_import_quietly_is_told(copy, capsys, monkeypatch, tmp_path, broken, words):
    (tmp_path / "lib").mkdir()
    shutil.copytree(report.PROJECT / "lib/tifa", tmp_path / "lib/tifa", ignore=shutil.ignore_patterns("*.ttf"))
    module = tmp_path / "lib/tifa/showing/style.py"
    module.write_text(module.read_text("utf-8") + f"\n{broken}\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    assert report.main(["--notebooks", str(copy("failing"))]) == 1
    said = capsys.readouterr().err
    assert [word for word in words if word not in said] == []
    assert said.count("Traceback") <= 1


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to another process")
def test_an_interrupt_ends_the_kernels(copy):
    notebooks = copy("sleeping")
    command = [sys.executable, "-m", "tifa.showing.report", "--notebooks", str(notebooks)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout.readline() == "Executing 1 notebooks ...\n"
    time.sleep(2)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said) == (130, "interrupted; nothing was changed\n")
