"""The grader's side of written answers: reference scores of the samples, and drafts that travel with a hand-in."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from autograde.paths import solutions
from worktest import drafts
from worktest.errors import UserError
from worktest.prompts import problems_of_samples, prompt_of, read_prompts


def reference_scores(unit: str, prompt: str) -> dict[str, dict[str, Any]] | None:
    """What the samples of a prompt were scored, by sample: ``level``, ``scores`` and ``reasons`` by criterion.

    None where the worked units are not on this machine, or not for this account: a hub keeps them from its learners.
    Raises UserError when they are there and lack whole reference scores.
    """
    try:
        folder = solutions() / unit
    except UserError:  # they are there, and not for this account
        return None
    if not folder.is_dir():
        return None
    found = prompt_of(read_prompts(folder), prompt, unit)
    if wrong := problems_of_samples(found):
        raise UserError(f"{folder / 'prompts.toml'}: {wrong[0]}")
    return {s.id: {"level": s.level, "scores": dict(s.scores), "reasons": dict(s.reasons)} for s in found.sample}


def fill_cells(unit: str, folder: Path, notebook: dict[str, Any]) -> list[str]:
    """Put drafts of ``folder`` into the written cells of ``notebook`` that still hold their stub, in place.

    Gives one note for each. The notebook's own cell counts where it holds something; ``folder`` is only read.
    """
    prompts = read_prompts(solutions() / unit)
    notes = []
    for prompt, cell in drafts.written_cells(notebook):
        if prompt not in prompts or not drafts.is_stub(drafts.source_of(cell)):
            continue
        try:
            draft = drafts.read_draft(folder, prompt)
        except UserError as problem:
            notes.append(f"the answer to {prompt} was not taken from its draft: {problem}")
            continue
        if draft.strip():
            cell["source"] = draft
            notes.append(f"the answer to {prompt} was taken from {drafts.FOLDER}/{prompt}.md")
    return notes


def fill_from_drafts(unit: str, folder: Path, copy: Path, notebooks: list[str]) -> list[str]:
    """The same for the notebooks in ``copy``, a hand-in that was looked at before; the drafts travel with it.

    They travel because a notebook begun from the brief alone gets its written cells only when it is graded.
    """
    notes = []
    for name in notebooks:
        path = copy / f"{name}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if said := fill_cells(unit, folder, notebook):
            notes += said
            path.write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")
    for prompt in read_prompts(solutions() / unit):
        with contextlib.suppress(UserError):  # one that can't be read was named above, where its cell waited for it
            if draft := drafts.read_draft(folder, prompt):
                drafts.write_draft(copy, prompt, draft)
    return notes
