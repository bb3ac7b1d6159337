"""The written prompts of a unit, ``prompts.toml``, read and checked: questions, word limits, rubrics, sample answers.

A learner's copy lacks what the samples were scored (``level``, ``scores``, ``reasons``); ``solutions/`` has it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from worktest.errors import UserError
from worktest.safe import flowing
from worktest.units import read_toml

FILE = "prompts.toml"
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Kind = Literal["mentor", "reasoning", "finding", "write-up"]
NEVER_SCORED = "Language, accent, length, style and speed are never scored."
_CITATION = re.compile(r"\[@([A-Za-z0-9_:-]+)\]")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Criterion(_Strict):
    """One thing a reader looks at. A level's place in the list is its points, so the first one is worth nothing."""

    id: str = Field(pattern=ID)
    asks: str = Field(min_length=3, max_length=1_000)
    levels: list[str] = Field(min_length=2, max_length=10)

    @property
    def top(self) -> int:
        """The highest level."""
        return len(self.levels) - 1


class Sample(_Strict):
    """A sample answer; without ``level``, ``scores`` and ``reasons`` in a learner's copy."""

    id: str = Field(pattern=ID)
    text: str = Field(min_length=1)
    level: Literal["weak", "fair", "strong"] | None = None
    scores: dict[str, int] = {}
    reasons: dict[str, str] = {}


class Prompt(_Strict):
    """One written prompt: what is asked, in at most how many words, by which rubric, with which sample answers."""

    id: str = Field(pattern=ID)
    kind: Kind
    notebook: str = Field(description="where its cell stands; empty for a file of its own, or the form of a sitting")
    title: str = Field(min_length=1)
    text: str = Field(min_length=1)
    words: int = Field(ge=1, le=5_000)
    criterion: list[Criterion] = Field(min_length=1)
    sample: list[Sample] = []

    @property
    def points(self) -> int:
        """What an answer is worth: the sum of the top levels."""
        return sum(criterion.top for criterion in self.criterion)

    @property
    def question(self) -> str:
        """The text where no links are shown: ``[@key]`` is ``[key]``, and a paragraph is one line."""
        return flowing(_CITATION.sub(r"[\1]", self.text))

    def sample_of(self, name: str) -> Sample:
        """The sample answer ``name``; raises KeyError when there is none."""
        return {sample.id: sample for sample in self.sample}[name]


def read_prompts(folder: Path) -> dict[str, Prompt]:
    """The prompts of the unit in ``folder`` by id; empty when it has none.

    Raises UserError (file, prompt, key, reason) for a damaged file.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    data = read_toml(path)
    entries = data.get("prompt", [])
    odd = sorted(set(data) - {"prompt"})
    if odd or not isinstance(entries, list):
        raise UserError(f"{path}: it holds [[prompt]] tables and nothing else" + (f", not {odd[0]!r}" if odd else ""))
    names = [entry.get("id") for entry in entries if isinstance(entry, dict)]
    for name in names:
        if name is not None and names.count(name) > 1:
            raise UserError(f"{path}: the prompt {name!r} is there twice")
    return {prompt.id: prompt for prompt in (_one(entry, path) for entry in entries)}


def _one(entry: Any, path: Path) -> Prompt:
    name = entry.get("id", "without id") if isinstance(entry, dict) else "without id"
    try:
        prompt = Prompt.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        key = _place(first["loc"], entry)
        if first["type"] == "missing":
            raise UserError(f"{path}: prompt {name!r} lacks {key}") from None
        if first["type"] == "extra_forbidden":
            raise UserError(f"{path}: prompt {name!r} has the unknown key {key}") from None
        raise UserError(f"{path}: prompt {name!r}, key {key}: {first['msg']}") from None
    for what, items in (("criterion", prompt.criterion), ("sample", prompt.sample)):
        ids = [item.id for item in items]
        for one in ids:
            if ids.count(one) > 1:
                raise UserError(f"{path}: prompt {name!r}: the {what} {one!r} is there twice")
    return prompt


def _place(location: tuple[int | str, ...], entry: Any) -> str:
    """Where in a prompt something is, with ids in place of numbers: ``sample b.text``."""
    parts: list[str] = []
    for step in location:
        try:
            entry = entry[step]
        except (KeyError, IndexError, TypeError):
            entry = None
        if isinstance(step, int):
            known = entry.get("id") if isinstance(entry, dict) else None
            parts[-1] += f" {known or step + 1}"
        else:
            parts.append(step)
    return ".".join(parts)


def prompt_of(prompts: dict[str, Prompt], name: str, where: str) -> Prompt:
    """The prompt ``name``; raises UserError naming the place that asks for it and the prompts there are."""
    if name not in prompts:
        there = ", ".join(prompts)
        raise UserError(f"{where}: there is no prompt {name!r} in {FILE}" + (f"; there are: {there}" if there else ""))
    return prompts[name]


def defence_of(prompts: dict[str, Prompt], scenario: str) -> Prompt | None:
    """The prompt that asks for the defence of a scenario: it is called SLUG-SCENARIO, and stands in no notebook."""
    return next((p for name, p in prompts.items() if name.partition("-")[2] == scenario and not p.notebook), None)


def problems_of_samples(prompt: Prompt) -> list[str]:
    """What is wrong with the reference scores of a prompt in ``solutions/``, one line each.

    There are three samples, weak, fair and strong, each with a score and a reason for every criterion.
    """
    found = []
    levels = sorted(str(sample.level) for sample in prompt.sample)
    if levels != ["fair", "strong", "weak"]:
        found.append(
            f"prompt {prompt.id!r} needs a weak, a fair and a strong sample, not {', '.join(levels) or 'none'}"
        )
    wanted = {criterion.id: criterion.top for criterion in prompt.criterion}
    for sample in prompt.sample:
        where = f"prompt {prompt.id!r}, sample {sample.id}"
        for key, given in (("scores", sample.scores), ("reasons", sample.reasons)):
            if odd := set(wanted) ^ set(given):
                found.append(f"{where}, key {key}: one for each criterion; see {', '.join(sorted(odd))}")
        for name, score in sample.scores.items():
            if name in wanted and not 0 <= score <= wanted[name]:
                found.append(f"{where}, key scores.{name}: a level from 0 to {wanted[name]}, not {score}")
    return found
