"""What must hold of the repository as a whole."""

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = {".py", ".md", ".toml", ".txt", ".ipynb", ".yml", ".cfg", ".sh", ".csv", ".tsv", ""}


def tracked():
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return [ROOT / name for name in names if not name.startswith("seeds/") and (ROOT / name).is_file()]


def test_seeds_are_byte_for_byte():
    for line in (ROOT / "seeds/SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((ROOT / "seeds" / name).read_bytes()).hexdigest() == digest, name


def test_helpers_are_tracked():
    assert any("lib/tifa" in str(path) for path in tracked())


# Written apart, so that this file does not find itself.
FOREIGN = [
    r"/(?:home|root|work)/" + r"[a-z]",
    "/tm" + r"p/\w",
    "pypi" + r"\.org",
    "files." + "pythonhosted",
    "index" + "-url",
]


@pytest.mark.parametrize("pattern", FOREIGN)
def test_no_path_of_a_machine_and_no_package_host(pattern):
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in TEXT and "cases" not in path.parts and re.search(pattern, path.read_text("utf-8", "replace"))
    ]
    assert found == []


def test_every_requirement_is_pinned():
    lines = [line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines()]
    entries = [line for line in lines if line]
    assert entries[-1] == "-e ."
    assert [e for e in entries[:-1] if not re.fullmatch(r"[\w.\-]+==[\w.]+(?:; .+)?", e)] == []
