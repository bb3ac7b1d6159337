"""How a written prompt of ``prompts.toml`` stands in a notebook: its text, its word limit, its rubric, its points.

What a teacher does with it: formgrader shows the prompt with its rubric right above the answer and asks for points.
The level reached in each criterion is its points, and the points of the answer are their sum; the sum of the top levels
is the cell's maximum. The reason for each level goes into formgrader's comment field.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from worktest.prompts import NEVER_SCORED, Prompt, prompt_of, read_prompts

__all__ = ["PROMPT", "as_markdown", "digest_of_prompts", "points_of_prompt", "prompt_of", "read_prompts"]

PROMPT = re.compile(r"\{\{prompt ([a-z0-9-]+)\}\}")


def points_of_prompt(prompt: Prompt) -> int:
    """What a written answer is worth: the sum of the top levels of its criteria."""
    return prompt.points


def as_markdown(prompt: Prompt) -> str:
    """The prompt as a notebook shows it; the rubric is folded."""
    rows = []
    for criterion in prompt.criterion:
        levels = "<br>".join(f"**{level}** {_cell(text)}" for level, text in enumerate(criterion.levels))
        rows.append(f"| {_cell(criterion.asks)} | {levels} |")
    table = "\n".join(["| What is looked at | Levels |", "|:---|:---|", *rows])
    tops = " + ".join(str(criterion.top) for criterion in prompt.criterion)
    adds_up = f"{tops} = {prompt.points}" if len(prompt.criterion) > 1 else tops
    return (
        f"**{prompt.title}** (`{prompt.id}`, at most {prompt.words} words, "
        f"{prompt.points} points by a person with the rubric)\n\n{prompt.text.strip()}\n\n"
        f"<details><summary>The rubric</summary>\n\n{table}\n\n"
        "The level reached in each row is its points; the points of the answer are their sum, "
        f"at most {adds_up}. {NEVER_SCORED}\n</details>"
    )


def _cell(text: str) -> str:
    """Text for a cell of a Markdown table: one line, and a bar that is no border."""
    return " ".join(text.split()).replace("|", r"\|")


def digest_of_prompts(folder: Path, script: str) -> bytes:
    """Hash of what a notebook's script shows of ``prompts.toml``; sample answers and their scores don't enter."""
    named = sorted({*PROMPT.findall(script), *re.findall(r'written="([a-z0-9-]+)"', script)})
    prompts = read_prompts(folder) if named else {}
    shown = {name: as_markdown(prompts[name]) for name in named if name in prompts}
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).digest() if named else b""
