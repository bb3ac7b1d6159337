"""What a learner's own work test left open: where a question for an extension comes from."""

from __future__ import annotations

from pathlib import Path

from worktest import journal
from worktest.drafts import answer_to
from worktest.errors import UserError
from worktest.prompts import read_prompts
from worktest.safe import plain
from worktest.units import UnitInfo

FILE = "left_open.md"
_KINDS = ("finding", "write-up")
_HEAD = """# What your work test left open

Taken from your own notebook and journal of *{title}* when this folder was made. A question worth two weekends
often stands here already: a prediction that missed, an objection you could not answer, something you would have had
to see to decide otherwise.
"""


def left_open(folder: Path, info: UnitInfo) -> str:
    """A page of Markdown: missed predictions, what would have changed decisions, own findings and objections.

    Reads the learner's folder of a unit; what can't be read is left out.
    """
    parts = [_HEAD.format(title=info.title)]
    seen = journal.view(folder)
    missed = [p for p in seen.predictions.values() if p.hit is False]
    if missed:
        lines = [
            f"- {_about(info, p.name)}: you said {p.low:g} to {p.high:g} ({100 * p.confidence:g} % sure), "
            f"measured was {p.measured.value:g}"
            for p in missed
            if p.measured is not None
        ]
        parts.append("## Predictions that missed\n\n" + "\n".join(lines) + "\n")
    minds = [d for d in seen.decisions.values() if d.would_change_my_mind.strip()]
    if minds:
        lines = [
            f"- {_about(info, d.name)}: you chose {_line(str(d.choice))}. What would have changed your mind: "
            f"{_line(d.would_change_my_mind)}"
            for d in minds
        ]
        parts.append("## Decisions that could have gone otherwise\n\n" + "\n".join(lines) + "\n")
    parts += _written(folder)
    if len(parts) == 1:
        parts.append(
            "Nothing is there yet: no prediction of yours was measured, no decision and no finding was written down. "
            "Go through the work test first, or ask yourself which of its results you trust least.\n"
        )
    return "\n".join(parts)


def _written(folder: Path) -> list[str]:
    """Own answers to the prompts that ask for findings, objections and next experiments."""
    try:
        prompts = read_prompts(folder)
    except UserError:
        return []
    found = []
    for prompt in prompts.values():
        if prompt.kind not in _KINDS:
            continue
        try:
            text = answer_to(folder, prompt).text
        except UserError:
            continue
        if text.strip():
            quoted = "\n".join(f"> {line}".rstrip() for line in plain(text.strip()).splitlines())
            found.append(f"## {prompt.title}\n\nYour answer:\n\n{quoted}\n")
    return found


def _about(info: UnitInfo, name: str) -> str:
    said = info.journal.get(name, "").strip()
    return f"**{name}** ({_line(said)})" if said else f"**{name}**"


def _line(text: str) -> str:
    return " ".join(plain(text, 600).split())
