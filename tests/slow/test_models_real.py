"""The real model, in a process of its own: a gigabyte of weights would count as the grader's in other tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import real_model

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


def test_it_is_fetched_loaded_sampled_scored_and_steered(monkeypatch: pytest.MonkeyPatch) -> None:
    real_model.needed(monkeypatch)
    inside = [str(ROOT / "tests" / "slow" / "models_inside.py"), "-m", "slow", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run([sys.executable, "-m", "pytest", *inside], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and "5 passed" in done.stdout, done.stdout[-4_000:] + done.stderr[-2_000:]
