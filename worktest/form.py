"""The form: a stream's questions as an application asks them, with word limits, and the drafts as one document."""

from __future__ import annotations

from pathlib import Path

from worktest import drafts, recording
from worktest.errors import UserError
from worktest.prompts import FILE, Prompt, read_prompts
from worktest.units import load_unit
from worktest.workspace import disk_problem

EXPORT = "form.md"


def questions(folder: Path) -> list[Prompt]:
    """The mentor questions of the unit in ``folder``, in the form's order; raises UserError when it has none."""
    found = [prompt for prompt in read_prompts(folder).values() if prompt.kind == "mentor"]
    if not found:
        raise UserError(f"this unit has no mentor questions (no prompt of kind 'mentor' in {folder / FILE})")
    return found


def as_text(folder: Path) -> str:
    """The questions and their limits, one after another; what a build of the notebook shows."""
    asked = questions(folder)
    parts = [f"{number}. {p.title} (at most {p.words} words)\n{p.question}" for number, p in enumerate(asked, start=1)]
    return "\n\n".join(parts)


def as_document(folder: Path) -> str:
    """All drafts as one Markdown document: questions, answers, counts, and what is over its limit or empty."""
    asked = questions(folder)
    answers = {prompt.id: drafts.answer_to(folder, prompt) for prompt in asked}
    counts = {p.id: drafts.Count(p.id, answers[p.id].words, p.words, answers[p.id].place) for p in asked}
    open_ones = [f"- {p.title}: {counts[p.id].state}" for p in asked if counts[p.id].state]
    lines = [f"# {load_unit(folder).title}: the form", ""]
    lines += ["Before you send it:", "", *open_ones] if open_ones else ["Every answer is there and within its limit."]
    lines += [""]
    for number, prompt in enumerate(asked, start=1):
        lines += [f"## {number}. {prompt.title}", "", *(f"> {line}".rstrip() for line in prompt.question.splitlines())]
        lines += ["", f"*{counts[prompt.id]}*", "", answers[prompt.id].text.strip() or "(no answer yet)", ""]
    return "\n".join(lines).rstrip() + "\n"


def export(folder: Path, path: Path) -> tuple[Path, list[drafts.Count]]:
    """Write the document to ``path``; gives it and each question's count.

    Only a document that an export made is written over. Raises UserError for anything else of that name, or when it
    can't be written.
    """
    text = as_document(folder)
    try:
        if path.exists() and not _is_export(path, text):
            raise UserError(f"{path} is there and no export of this form: give another name")
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise disk_problem(error, path) from None
    return path, [drafts.count(folder, prompt) for prompt in questions(folder)]


def _is_export(path: Path, text: str) -> bool:
    if not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline(1_000).rstrip("\n") == text.partition("\n")[0]


class Plain:
    """The form as text, where no widget can work: in a build, a re-check and grading."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def words(folder: Path, prompt: Prompt) -> drafts.Count | Plain:
    """The count of an answer; in a build the limit alone, which does not depend on what was saved when."""
    if not recording.is_on():
        return Plain(f"{prompt.id}: at most {prompt.words} words")
    return drafts.count(folder, prompt)
