"""What several slow test files share: one hub, since a start takes long; `test_hub_week.py`, the last, stops it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import chromium
from hub_running import Hub, running

from autograde.hub import demo, proxy
from worktest.errors import UserError


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    if chromium() is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    root = tmp_path_factory.mktemp("group") / "hub"
    try:
        demo.needs()
        program = proxy.program(tmp_path_factory.mktemp("proxy"))
    except UserError as problem:
        pytest.skip(f"no hub here: {problem}")
    with running(root, program) as one:
        yield one
