"""``worktest extend handin``: the folder as one archive, and the paper where the capstone's rubric reads it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from worktest import drafts, paths
from worktest.errors import UserError
from worktest.extend.blind import without_author
from worktest.extend.check import findings
from worktest.extend.folder import HAND_IN, Research
from worktest.extend.paper import fill, read_paper
from worktest.prompts import read_prompts
from worktest.safe import counted
from worktest.workspace import disk_problem, make_own

CAPSTONE, PROMPT = "19_capstone", "cap-write-up"
_MAX_FILE = 50_000_000
_NOT = re.compile(r"(^|/)(\.|__pycache__(/|$)|hand_in(/|$)|last_run\.txt$|explain\.jsonl$)")


@dataclass
class HandedIn:
    """The archive, the draft that the capstone now has (None without the unit), and what is worth knowing."""

    archive: Path
    draft: Path | None = None
    notes: list[str] = field(default_factory=list)


def hand_in(research: Research, workspace: Path) -> HandedIn:
    """Pack the folder, and put the filled-in paper, without its author's name, where the capstone's rubric reads it.

    An earlier draft is kept under another name, and a note counts what the check still finds. Raises UserError when the
    paper can't be filled in, or when nothing can be written.
    """
    text = fill(read_paper(research.path), research)
    made = HandedIn(_pack(research))
    unit = paths.learners_units(workspace).get(CAPSTONE, [workspace / CAPSTONE])[0]
    if not unit.is_dir():
        made.notes.append(f"no draft for the rubric: get the capstone with `worktest start {CAPSTONE[:2]}`, then again")
        return made
    if PROMPT not in read_prompts(unit):
        made.notes.append(f"{unit} has no prompt {PROMPT!r}: it is of another version, and got no draft")
        return made
    blind = without_author(text)
    made.notes += blind.notes
    if drafts.read_draft(unit, PROMPT) != blind.text:
        if kept := drafts.set_aside(unit, PROMPT):
            made.notes.append(f"the earlier draft is kept in {kept.name}")
        drafts.write_draft(unit, PROMPT, blind.text)
    made.draft = drafts.path_of(unit, PROMPT)
    if still := len(findings(research)):
        are = "is" if still == 1 else "are"
        made.notes.append(f"{counted(still, 'finding')} of `worktest extend check` {are} open")
    return made


def _pack(research: Research) -> Path:
    """Everything in the folder but hidden files, what the last run printed, and what one answered to `explain`."""
    packed = io.BytesIO()
    target = research.path / HAND_IN / f"{research.name}.zip"
    try:
        make_own(target.parent)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(research.path.rglob("*")):
                inside = path.relative_to(research.path).as_posix()
                if not path.is_file() or path.is_symlink() or _NOT.search(inside):
                    continue
                if path.stat().st_size > _MAX_FILE:
                    raise UserError(f"{path} has more than {_MAX_FILE:,} bytes: keep it elsewhere and say where")
                archive.writestr(f"{research.name}/{inside}", path.read_bytes())
        partial = target.with_name(f".{target.name}.partial")
        partial.write_bytes(packed.getvalue())
        partial.replace(target)
    except OSError as error:
        raise disk_problem(error, target) from None
    return target
