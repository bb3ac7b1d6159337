"""How a written prompt of ``prompts.toml`` stands in a notebook: its text, its word limit, its rubric, its points."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from worktest.errors import UserError
from worktest.units import read_toml

PROMPT = re.compile(r"\{\{prompt ([a-z0-9-]+)\}\}")
_SHOWN = ("id", "text", "words", "title", "criterion")


def read_prompts(folder: Path) -> dict[str, dict[str, Any]]:
    """The prompts of the unit in ``folder`` by id; empty when it has none. Raises UserError for a damaged file."""
    path = folder / "prompts.toml"
    if not path.is_file():
        return {}
    found: dict[str, dict[str, Any]] = {}
    for entry in read_toml(path).get("prompt", []):
        if entry.get("id") in found:
            raise UserError(f"{path}: the prompt {entry['id']!r} is there twice")
        missing = [key for key in _SHOWN if not entry.get(key)]
        if missing:
            raise UserError(f"{path}: prompt {entry.get('id')!r} lacks {', '.join(missing)}")
        found[entry["id"]] = entry
    return found


def prompt_of(prompts: dict[str, dict[str, Any]], name: str, where: str) -> dict[str, Any]:
    """The prompt ``name``; raises UserError naming the place that asks for it."""
    if name not in prompts:
        raise UserError(f"{where}: there is no prompt {name!r} in prompts.toml")
    return prompts[name]


def points_of_prompt(prompt: dict[str, Any]) -> int:
    """What a written answer is worth: the sum of the top levels of its criteria."""
    return sum(len(criterion["levels"]) - 1 for criterion in prompt["criterion"])


def as_markdown(prompt: dict[str, Any]) -> str:
    """The prompt as a notebook shows it; the rubric is folded."""
    rows = []
    for criterion in prompt["criterion"]:
        levels = "<br>".join(f"**{level}** {text}" for level, text in enumerate(criterion["levels"]))
        rows.append(f"| {criterion['asks']} | {levels} |".replace("\n", " "))
    table = "\n".join(["| What is looked at | Levels |", "|:---|:---|", *rows])
    return (
        f"**{prompt['title']}** (`{prompt['id']}`, at most {prompt['words']} words, "
        f"{points_of_prompt(prompt)} points by a person with the rubric)\n\n{prompt['text'].strip()}\n\n"
        f"<details><summary>The rubric</summary>\n\n{table}\n\n"
        "Language, length and style are never scored.\n</details>"
    )


def digest_of_prompts(folder: Path, script: str) -> bytes:
    """Hash of what a notebook's script shows of ``prompts.toml``; sample answers and their scores don't enter."""
    named = sorted({*PROMPT.findall(script), *re.findall(r'written="([a-z0-9-]+)"', script)})
    prompts = read_prompts(folder) if named else {}
    shown = {name: {key: prompts[name][key] for key in _SHOWN} for name in named if name in prompts}
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).digest() if named else b""
