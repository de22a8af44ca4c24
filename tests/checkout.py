"""What git has of the project. Tests that ask for it are skipped where the project lies outside a checkout."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
THERE = (ROOT / ".git").exists() and shutil.which("git") is not None

needs_git = pytest.mark.skipif(not THERE, reason="git is missing, or the project is no checkout of its repository")


def tracked() -> list[str]:
    """Paths below the project that are committed or about to be; none outside a checkout."""
    if not THERE:
        return []
    run = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.rstrip("\0").split("\0")
