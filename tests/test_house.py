"""What must hold of the repository as a whole."""

import hashlib
import inspect
import re

import pytest

import tifa
from checkout import ROOT, needs_git, tracked
from tifa.studies import phrases, terms, visits

TEXT = {".py", ".md", ".toml", ".txt", ".ipynb", ".yml", ".cfg", ".cff", ".sh", ".csv", ".tsv", ".json", ""}
TEXT |= {".html", ".htm", ".js", ".css", ".j2"}
CACHES = {"__pycache__", ".ipynb_checkpoints"}


def on_disk(folder):
    files = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in files if CACHES.isdisjoint(path.parts)}


def test_seeds_are_byte_for_byte():
    for line in (ROOT / "seeds/SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((ROOT / "seeds" / name).read_bytes()).hexdigest() == digest, name


@needs_git
def test_every_file_of_the_package_is_tracked():
    assert on_disk("lib/tifa") - set(tracked()) == set()


# Written apart, so that this file does not find itself.
FOREIGN = [
    r"/(?:home|root|work)/" + r"[a-z]",
    "/tm" + r"p/\w",
    "pypi" + r"\.org",
    "files." + "pythonhosted",
    "index" + "-url",
]


def own_text():
    """Files of text by path: neither pages nor the damaged text of the cases."""
    for path in (ROOT / name for name in tracked() if not name.startswith("seeds/")):
        if path.suffix in TEXT and "cases" not in path.parts and path.is_file():
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8", "replace")


@needs_git
def test_own_text_is_of_every_kind():
    assert {path.rpartition(".")[2] for path, _ in own_text()} >= {"py", "ipynb", "md", "js", "css", "j2"}


@needs_git
@pytest.mark.parametrize("pattern", FOREIGN)
def test_no_path_of_a_machine_and_no_package_host(pattern):
    assert [path for path, text in own_text() if re.search(pattern, text)] == []


PUBLIC = [getattr(module, name) for module in (terms, visits, phrases) for name in module.__all__]


@pytest.mark.parametrize("function", [*PUBLIC, tifa.load, tifa.repair, tifa.simplify], ids=lambda f: f.__name__)
def test_public_functions_say_what_they_take_and_give(function):
    heads = re.findall(r"^ *(\w+)\n *-{5,}$", function.__doc__, re.MULTILINE)
    wanted = ["Parameters"] * bool(inspect.signature(function).parameters) + ["Returns", "Examples"]
    assert [head for head in heads if head in wanted] == wanted


def test_every_requirement_is_pinned():
    lines = [line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines()]
    entries = [line for line in lines if line]
    assert entries[-1] == "-e ."
    assert [e for e in entries[:-1] if not re.fullmatch(r"[\w.\-]+==[\w.]+(?:; .+)?", e)] == []
