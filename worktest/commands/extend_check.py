"""``worktest extend check``: what a careful mentor would miss in a research folder."""

from __future__ import annotations

from dataclasses import asdict

import typer

from worktest import paths
from worktest.commands import talk
from worktest.extend import folder as folders
from worktest.extend.check import BLIND, TITLES, Report, report
from worktest.options import AsJson, ResearchName, Space
from worktest.safe import counted
from worktest.terminal import print_json


def check(name: ResearchName = None, space: Space = None, as_json: AsJson = False) -> None:
    """Look for what a mentor would miss in plan, log, results, figures and paper; exit code 1 if there is anything."""
    research = folders.find(name, paths.workspace(space))
    found = report(research)
    if as_json:
        data = {"folder": str(research.path), "findings": [asdict(one) for one in found.findings]}
        print_json({**data, "notes": found.notes, "blind": BLIND})
    else:
        _show(research.name, found)
    if found.findings:
        raise typer.Exit(1)


def _show(name: str, found: Report) -> None:
    for kind in dict.fromkeys(one.kind for one in found.findings):
        talk.say(f"{TITLES[kind]} ({kind})")
        for one in found.findings:
            if one.kind == kind:
                talk.say_line(f"  {one.where}: {one.what}")
                talk.say_line(f"      {one.todo}")
        talk.say()
    for line in found.notes:
        talk.say_line(f"note: {line}")
    if found.findings:
        talk.say(f"{counted(len(found.findings), 'finding')}, the gravest first.")
    else:
        talk.say(f"{name}: nothing is missing that this check can see.")
    talk.say(BLIND)
