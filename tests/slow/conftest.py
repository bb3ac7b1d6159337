"""What several slow test files share: one hub, since a start takes long; `test_hub_week.py`, the last, stops it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import chromium
from hub_running import Hub, running

from autograde.hub import demo, proxy
from worktest.errors import UserError


@pytest.fixture(scope="session")
def hub_proxy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hub's proxy, fetched once for all hubs. Skips, with the reason, where there can be no hub."""
    try:
        demo.needs()
        return proxy.program(tmp_path_factory.mktemp("proxy"))
    except UserError as problem:
        pytest.skip(f"no hub here: {problem}")


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory, hub_proxy: Path) -> Iterator[Hub]:
    if chromium() is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    with running(tmp_path_factory.mktemp("group") / "hub", hub_proxy) as one:
        yield one
