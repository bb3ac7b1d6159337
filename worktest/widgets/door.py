"""What a widget asks of the grader's side, through the command line: the notebook's kernel stays in its own wing."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from worktest.errors import UserError

SECONDS = 120.0


def ask(*arguments: str) -> Any:
    """Run ``worktest ARGUMENTS --json`` and give what it says. Raises UserError with its one line when it fails."""
    command = [sys.executable, "-m", "worktest.cli", *arguments, "--json"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise UserError(f"`worktest {arguments[0]}` did not answer within {SECONDS:.0f} s") from None
    if run.returncode:
        lines = run.stderr.strip().splitlines() or ["no reason given"]
        raise UserError(lines[-1].removeprefix("worktest: "))
    try:
        return json.loads(run.stdout)
    except ValueError:
        raise UserError(f"`worktest {arguments[0]}` gave an answer that can't be read") from None
