"""Three learners on a hub whose disk is full for a while, whose hub is killed, and then the whole room: none is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hub_running import finding

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small disk")]


def test_nothing_that_was_acknowledged_is_lost(hub_proxy: Path) -> None:
    command = [sys.executable, "-m", "autograde.cli", "bench", "hub", "--learners", "3", "--unit", "00", "--json"]
    command += ["--minutes", "0.1", "--rush", "1", "--every", "1", "--trouble", "disk,restart,kill"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, env=finding(hub_proxy))
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)

    assert found["lost"]["all"] == []
    assert found["acknowledged"]["submissions"] == 3 and found["acknowledged"]["saves"] >= 12
    assert "3 handed in: l01, l02, l03" in found["collected"]

    disk, _, kill = found["troubles"]
    assert "not handed in: no space left on the disk" in disk["told"]["hand in"]
    assert "no space left on the disk" in disk["told"]["collect"]
    assert disk["told"]["log in, with room again"] == "works", "the hub recovers by itself"
    assert any("No space left on the disk: this was not saved" in told for told in found["times"]["save"]["told"])
    assert disk["failed"] and kill["failed"], "people noticed"
