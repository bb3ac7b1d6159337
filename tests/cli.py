"""Call the command lines in this process, as their entry points do."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import typer

from worktest.terminal import run_app


@dataclass
class Said:
    """What a command gave: its exit code and its two outputs."""

    code: int
    out: str
    err: str


def call(app: typer.Typer, *arguments: str, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run ``app`` with these arguments; an error that is no clear line comes through as itself."""
    name = "autograde" if "grader's side" in (app.info.help or "") else "worktest"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", [name, *arguments])
        patch.setenv("WORKTEST_DEBUG", "1")
        with pytest.raises(SystemExit) as ended:
            run_app(app, name)
    said = capsys.readouterr()
    return Said(int(ended.value.code or 0), said.out, said.err)


def the_line(said: Said, code: int = 2) -> str:
    """The one line on stderr of a command that failed with ``code``."""
    assert said.code == code, said
    lines = said.err.splitlines()
    assert len(lines) == 1 and lines[0].startswith(("worktest: ", "autograde: ")), said.err
    assert "Traceback" not in said.err
    return lines[0]
