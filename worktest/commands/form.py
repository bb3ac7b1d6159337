"""``worktest form``: the mentor questions as a form, drafts with word counts, and the export to Markdown."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from worktest import activity, drafts, form, paths, prompts, workspace
from worktest.commands import talk
from worktest.errors import UserError
from worktest.options import AsJson, Folder, Space, Unit
from worktest.prompts import Prompt
from worktest.terminal import print_json
from worktest.units import load_unit


def form_command(
    unit: Unit,
    prompt: Annotated[
        str | None, typer.Argument(metavar="ID", help="A question: opens its draft. With --export: the file.")
    ] = None,
    space: Space = None,
    directory: Folder = None,
    export: Annotated[
        bool,
        typer.Option("--export", help=f"Write all drafts to FILE.md (default: {form.EXPORT} in the unit's folder)."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the mentor questions with words used of words allowed, write a draft, or export all."""
    name = paths.resolve_unit(unit)
    folder = workspace.learner_folder(name, paths.workspace(space), directory)
    if export:
        if prompt is not None and not prompt.endswith(".md"):
            raise UserError(f"--export writes a Markdown file: give a name that ends in .md, not {prompt!r}")
        target = paths.given_path(prompt) if prompt else folder / form.EXPORT
        path, counts = form.export(folder, target)
        if as_json:
            print_json({"file": str(path), "answers": [_as_json(count) for count in counts]})
            return
        for count in counts:
            if count.state:
                talk.say(f"{count.prompt}: {count.state}")
        talk.say_line(f"written: {path}")
    elif prompt is not None:
        asked = prompts.prompt_of(prompts.read_prompts(folder), prompt, name)
        if as_json:
            print_json(_as_json(drafts.count(folder, asked)))
        else:
            _write(folder, name, asked)
    elif as_json:
        print_json([_as_json(drafts.count(folder, asked)) for asked in form.questions(folder)])
    else:
        _show(folder, name)


def _as_json(count: drafts.Count) -> dict[str, object]:
    return {
        "prompt": count.prompt,
        "words": count.words,
        "limit": count.limit,
        "state": count.state,
        "place": count.place,
    }


def _show(folder: Path, unit: str) -> None:
    talk.say(f"{load_unit(folder).title}: the form\n")
    for number, asked in enumerate(form.questions(folder), start=1):
        answer = drafts.answer_to(folder, asked)
        count = drafts.Count(asked.id, answer.words, asked.words, answer.place)
        talk.say(f"{number}. {asked.title} ({asked.id})")
        talk.say(asked.question)
        talk.say(f"   {count}" + (f" (in {answer.place})" if answer.place else ""))
        if answer.unused_draft:
            talk.say(f"   the notebook's cell counts; {drafts.FOLDER}/{asked.id}.md holds another text")
        talk.say()
    talk.say(f"Write one: worktest form {unit[:2]} ID. All as one document: worktest form {unit[:2]} --export")


def _write(folder: Path, unit: str, asked: Prompt) -> None:
    talk.show_prompt(asked)
    if drafts.in_notebook(folder, asked):
        talk.say(f"\nnote: the cell in {asked.notebook}.ipynb holds an answer, and that one counts; this is the draft")
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    activity.note(folder, "form", prompt=asked.id)
    path = _edit(folder, asked, editor) if editor else _type(folder, asked)
    activity.note(folder, "form", prompt=asked.id)
    if path is None:
        talk.say("nothing was typed; the draft stays as it is")
        return
    text = drafts.read_draft(folder, asked.id)
    now = drafts.Count(asked.id, drafts.words_in(text), asked.words)
    talk.say(str(now))
    talk.say_line(f"draft: {path}")


def _edit(folder: Path, asked: Prompt, editor: str) -> Path:
    """Open the draft itself in the learner's editor, so that nothing can be lost between two files."""
    drafts.read_draft(folder, asked.id)  # a draft that is no text is named before an editor opens it
    path = drafts.path_of(folder, asked.id)
    if not path.exists():
        drafts.write_draft(folder, asked.id, "")
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"the editor {editor!r} (from $VISUAL or $EDITOR) does not start: {reason}") from None
    if done.returncode:
        raise UserError(f"the editor {editor!r} ended with code {done.returncode}; the draft is as it left it: {path}")
    return path


def _type(folder: Path, asked: Prompt) -> Path | None:
    """Take lines from the terminal; every line is kept at once, and an earlier draft is set aside, not lost."""
    before = drafts.read_draft(folder, asked.id)
    if before.strip():
        talk.frame(f"your draft, {drafts.words_in(before)} words", before)
        talk.say("What you type takes its place (the old one is kept beside it); a dot at once keeps it.")
    if sys.stdin.isatty():
        talk.say("No $EDITOR is set: type your answer here. A line that holds only a dot ends it.")
    typed: list[str] = []
    path = None
    for line in talk.lines_until_dot():
        if not typed and (kept := drafts.set_aside(folder, asked.id)):
            talk.say_line(f"the earlier draft is kept in {kept.name}")
        typed.append(line)
        path = drafts.write_draft(folder, asked.id, "\n".join(typed) + "\n")
    return path
