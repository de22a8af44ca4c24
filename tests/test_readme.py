"""What the READMEs promise is there: links, pictures, commands, the damaged line, the example, how to cite."""

import ast
import importlib.util
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

import tifa

ROOT = Path(__file__).resolve().parents[1]
READMES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")}
LINK = re.compile(r"\]\(([^()\s]+)\)")
PICTURE = re.compile(r"\[!\[([^\]]*)\]\((figures/(\d\d)-[^)]+)\)\]\((notebooks/(\d\d)-[^)]+)\)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| \[[^\]]+\]\((notebooks/[^)]+)\) \| ([^|\n]+) \|$", re.MULTILINE)
TREE = re.compile(r"^( *)(\S+/)(?= )", re.MULTILINE)
BUILT = "reports/"

each_readme = pytest.mark.parametrize("text", READMES.values(), ids=READMES.keys())


def tracked():
    run = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def blocks(text, language):
    return [code for kind, code in BLOCK.findall(text) if kind == language]


def without_code(text):
    return re.sub(r"`[^`\n]*`", "", BLOCK.sub("", text))


def anchors(text):
    """GitHub's names of the headings: lower case, marks dropped, blanks to hyphens."""
    heads = re.findall(r"^#+ (.+)$", BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", [name for name in tracked() if name.endswith(".md") and "/cases/" not in name])
def test_links_lead_somewhere(name):
    text = (ROOT / name).read_text("utf-8")
    files, broken = set(tracked()), []
    for link in LINK.findall(without_code(text)):
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        inside = target.resolve().relative_to(ROOT).as_posix()
        if inside not in files or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            broken.append(link)
    assert broken == []


@each_readme
def test_no_address_of_another_host(text):
    assert re.findall(r"https?://|www\.", text) == []


@each_readme
def test_pictures_say_what_they_show_and_lead_to_their_notebook(text):
    pictures = PICTURE.findall(text)
    assert len(pictures) == text.count("![") >= 9
    assert [alt for alt, *_ in pictures if len(alt) < 12] == []
    assert [figure for _, figure, number, _, notebook in pictures if number != notebook] == []


def shape(text):
    """What is the same in every language: levels of headings, links, commands, and code without its comments."""
    bare = BLOCK.sub("", text)
    return {
        "headings": re.findall(r"^#+(?= )", bare, re.MULTILINE),
        "links": [link for link in LINK.findall(text) if link not in READMES],
        "commands": [re.split(r" {2,}| #", line.strip())[0] for code in blocks(text, "") for line in code.splitlines()],
        "python": [ast.dump(ast.parse(code)) for code in blocks(text, "python")],
        "table rows": bare.count("\n|"),
        "points": re.findall(r"^(?:- \*\*|\d\.)", bare, re.MULTILINE),
    }


def test_both_languages_have_the_same_parts():
    english, chinese = map(shape, READMES.values())
    assert english == chinese


@each_readme
def test_commands_are_those_of_the_makefile(text):
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) == targets


@each_readme
def test_programs_that_are_named_exist(text):
    named = set(re.findall(r"-m (tifa[\w.]*)", text))
    assert named and [name for name in named if importlib.util.find_spec(name) is None] == []


@each_readme
def test_the_table_lists_every_notebook(text):
    assert [path for path, _ in ROW.findall(text)] == [name for name in tracked() if name.startswith("notebooks/")]


@pytest.mark.parametrize(("path", "question"), ROW.findall(READMES["README.md"])[:4])
def test_questions_are_the_notebooks_own(path, question):
    first = json.loads((ROOT / path).read_text("utf-8"))["cells"][0]
    assert "".join(first["source"]).startswith(f"# {question}\n")


FOLDED = [name for name in tracked() if "/" in name and not name.startswith(".")]


@each_readme
def test_folders_are_those_of_the_project(text):
    found = [(len(indent), name) for indent, name in TREE.findall("\n".join(blocks(text, "")))]
    top = {name for indent, name in found if not indent}
    inner = {f"lib/tifa/{name}" for indent, name in found if indent}
    assert top == {f"{name.partition('/')[0]}/" for name in FOLDED} - {"lib/"} | {"lib/tifa/", BUILT}
    assert inner == {"/".join(name.split("/")[:3]) + "/" for name in FOLDED if re.match(r"lib/tifa/\w+/", name)}


@each_readme
def test_the_damaged_line_is_of_a_seed_and_read_so(text):
    damaged, read = re.findall(r"^\| \S+ \| `(.+)` \|$", text, re.MULTILINE)[:2]
    corpus = tifa.load(progress=False)
    body = dict(zip(corpus.documents["doc"], corpus.documents["body"], strict=True))
    docs = [doc for doc in body if any(damaged in line for line in corpus.page(doc))]
    assert len(docs) == 1 and read in body[docs[0]]


PAGES = {
    "quan.txt": "泉州检查\n\n2022年3月29日,市长周望来到晋江市池店镇东山村检查疫情防控,要求尽快实现社会面清零目标。\n",
    "wei.txt": "潍坊检查\n\n2022年4月2日,市长林远来到潍坊市奎文区梅山社区检查疫情防控,要求早日实现社会面清零目标。\n",
}


@each_readme
def test_the_python_example_runs(text, tmp_path, monkeypatch):
    (tmp_path / "my-pages").mkdir()
    (tmp_path / "tifa").mkdir()
    for name, page in PAGES.items():
        (tmp_path / "my-pages" / name).write_text(page, "utf-8")
    monkeypatch.chdir(tmp_path / "tifa")
    (code,) = blocks(text, "python")
    names, shown = {}, {}
    for line in ast.parse(code.replace("tifa.load(", "tifa.load(progress=False, folder=")).body:
        if isinstance(line, ast.Expr):
            shown[ast.unparse(line)] = eval(compile(ast.Expression(line.value), "README", "eval"), names)
        else:
            exec(compile(ast.Module([line], []), "README", "exec"), names)
    assert shown.pop("corpus.documents")["city"].tolist() == ["泉州市", "潍坊市"]
    assert shown.pop("corpus.visits")["site"].tolist() == ["东山村", "梅山社区"]
    assert shown.pop("corpus.left_out").empty and shown.pop("corpus.repairs").empty
    assert (tmp_path / "tifa" / "visits.csv").read_text("utf-8-sig").count("\n") == 3
    *tables, repaired = (value for value in shown.values() if value is not None)
    assert len(tables) == 3 and all(map(len, tables))
    assert repaired == "再强调、再推动"


# Of the format's schema 1.2.0: what must be there, and what may.
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
MUST = {"cff-version", "message", "title", "authors"}
MAY = {
    *("abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license", "license-url"),
    *("preferred-citation", "references", "repository", "repository-artifact", "repository-code", "type", "url"),
    "version",
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_citation_keeps_to_its_format():
    assert set(CITATION) >= MUST and set(CITATION) <= MUST | MAY
    assert CITATION["cff-version"] == "1.2.0" and CITATION["type"] == "software"
    assert CITATION["authors"] == [{"name": "The tifa authors"}]
    assert all(isinstance(word, str) for word in CITATION["keywords"])
    assert len(set(CITATION["keywords"])) == len(CITATION["keywords"])


def test_the_citation_is_of_this_version():
    assert (CITATION["version"], CITATION["license"]) == (PROJECT["version"], PROJECT["license"])


def test_nothing_is_cited_that_does_not_exist():
    assert set(CITATION).isdisjoint({"doi", "url", "repository", "repository-code", "identifiers", "date-released"})


@each_readme
def test_the_reader_is_told_the_same_citation(text):
    assert f"> {CITATION['authors'][0]['name']}. *{CITATION['title']}.* Version {PROJECT['version']}.\n" in text
