"""A research folder in a notebook: ``research = worktest.open_research("NAME")``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from worktest import paths
from worktest.extend import folder as folders
from worktest.extend.plan import Plan
from worktest.extend.results import Estimate, named, table_markdown
from worktest.journal import Journal
from worktest.safe import counted, plain


class Shown:
    """A text that a notebook sets as Markdown, and a terminal shows as it stands."""

    def __init__(self, markdown: str) -> None:
        self.markdown = markdown

    def __repr__(self) -> str:
        return self.markdown

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": self.markdown, "text/markdown": self.markdown}


class OpenResearch(folders.Research):
    """A research folder, read anew at each call; what ``worktest extend`` shows, for a notebook."""

    @property
    def journal(self) -> Journal:
        """Where predictions and decisions of this research are written down."""
        return Journal(self.path)

    def question(self) -> Shown:
        """The plan as a reader would want it: question, hypothesis, conditions, comparisons, when to stop."""
        return Shown(plan_markdown(self.plan()))

    def named(self) -> dict[str, Estimate]:
        """Every result by the name that the paper calls it by."""
        return named(self.plan(), self.results())

    def table(self) -> Shown:
        """The results table: means over seeds, differences paired by seed, 95 % intervals."""
        return Shown(table_markdown(self.plan(), self.results()))

    def history(self) -> Shown:
        """The log: what was registered, run, noted and changed, oldest first."""
        from worktest.extend.log_page import log_markdown

        return Shown(log_markdown(self.plan(), self.log()))

    def check(self) -> Shown:
        """What is missing: the findings of ``worktest extend check``."""
        from worktest.extend.check import findings

        found = findings(self)
        lines = [counted(len(found), "finding"), ""]
        lines += [f"- **{one.kind}**, {one.where}: {one.what}; {one.todo}" for one in found]
        return Shown(plain("\n".join(lines), 60_000))

    def explain(self) -> Any:
        """Lines and numbers of the write-up, drawn at random: why does each stand there?"""
        from worktest.widgets.explain import panel

        return panel(self.path)


def open_research(name: str | None = None) -> OpenResearch:
    """Open a research folder by its name in the workspace, or by the path of its folder.

    Raises UserError with the names there are.
    """
    if name is not None and folders.is_research(Path(name)):
        found = folders.at(Path(name))
    else:
        found = folders.find(name, paths.workspace())
    return OpenResearch(found.path, found.name)


def plan_markdown(plan: Plan) -> str:
    """A plan as a page of Markdown."""
    parts = [f"**{plan.title}**"]
    for key in ("question", "why", "hypothesis", "smallest_experiment", "analysis"):
        parts.append(f"*{key.replace('_', ' ').capitalize()}.* {' '.join(getattr(plan, key).split())}")
    parts.append(f"*Seeds.* {', '.join(map(str, plan.seeds))}")
    for condition in plan.condition:
        parts.append(f"- `{condition.id}` ({condition.role}): {condition.says}")
    for one in plan.comparison:
        parts.append(
            f"- comparison `{one.id}`: {one.measure}, {one.condition} minus {one.against}; expected {one.expect}, "
            f"smallest effect that matters {one.smallest_effect:g}. {one.says}"
        )
    for kill in plan.kill:
        parts.append(f"- stop, `{kill.id}`: {kill.comparison}, {kill.when} {kill.value:g}. {kill.says}")
    text = "\n\n".join(parts)
    return plain(text.replace("\n\n- ", "\n- ").replace("\n- ", "\n\n- ", 1), 60_000)
