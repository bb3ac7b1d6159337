"""A unit's own world, for the `make_*.py` scripts beside it and for tests."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType


def load_world(folder: Path) -> ModuleType:
    """The `world.py` of a unit's folder, imported anew under the name ``world``; nothing is added to `sys.modules`.

    Raises FileNotFoundError when there is none.
    """
    path = folder / "world.py"
    spec = importlib.util.spec_from_file_location("world", path)
    assert spec is not None and spec.loader is not None  # a path that ends in .py has both
    world = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(world)
    return world
