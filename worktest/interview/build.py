"""Make the files of a rehearsal in ``UNITFOLDER/interview/``."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from worktest.errors import UserError
from worktest.interview import choose, keep, papers, record, sheet, sheet_html, sheet_pdf, summary
from worktest.interview.material import FOLDER, Material
from worktest.interview.record import Rehearsal

_LETTER = Path(__file__).with_name("adjustments_letter.md")


@dataclass
class Made:
    """What was written, and what is worth saying about it."""

    files: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def rehearsal_for(
    material: Material,
    *,
    mode: str | None = None,
    count: int | None = None,
    seed: int | None = None,
    minutes: float | None = None,
    new: bool = False,
) -> tuple[Rehearsal, bool]:
    """The rehearsal to go on with, or a new one; gives it and whether it is new.

    The last one is taken up again while it is not finished, so that questions that were sent in advance are the ones
    that are asked. ``new``, a count or a seed draw anew. Raises UserError for odd arguments.
    """
    if mode is not None and mode not in record.MODES:
        raise UserError(f"--mode is one of {', '.join(record.MODES)}, not {mode!r}")
    if minutes is not None and not 1 <= minutes <= 600:
        raise UserError(f"--minutes is a number from 1 to 600, not {minutes:g}")
    earlier, problems = record.read(material.folder)
    material.notes += [problem for problem in problems if problem not in material.notes]
    last = earlier[-1] if earlier else None
    if last and not last.finished and not new and count is None and seed is None:
        last.go_on(mode or last.mode, last.minutes if minutes is None else minutes)
        return last, False
    seed = choose.new_seed() if seed is None else seed
    if seed < 0:
        raise UserError(f"--seed is a whole number from 0, not {seed}")
    questions = choose.draw(material, 8 if count is None else count, seed)
    if not questions:
        raise UserError("no question fits your work yet: write a prediction or a decision into the journal first")
    return record.begin(material.folder, seed, mode or "written", minutes, questions), True


def write_files(material: Material, rehearsal: Rehearsal) -> Made:
    """Write the sheet, the notebook and, in pair mode, the mentor's part. What fails is noted, the rest is written."""
    made = Made()
    title = material.info.title
    page = sheet.make_sheet(material)
    _put(made, material, "walkthrough.html", lambda: sheet_html.as_page(page).encode("utf-8", "replace"))
    _put(made, material, "walkthrough.pdf", lambda: _pdf(page, made))
    _put(made, material, "rehearsal.ipynb", lambda: papers.rehearsal_notebook(rehearsal, title))
    if rehearsal.mode == "pair":
        _put(made, material, "mentor_part.html", lambda: papers.mentor_html(rehearsal, title).encode())
        _put(made, material, "mentor_part.md", lambda: papers.mentor_md(rehearsal, title).encode())
    return made


def write_questions(material: Material, rehearsal: Rehearsal) -> Made:
    """Write ``questions.md``: the questions alone, in advance."""
    made = Made()
    _put(made, material, "questions.md", lambda: papers.questions_md(rehearsal).encode())
    return made


def write_letter(folder: Path) -> Made:
    """Write ``adjustments_letter.md``; a letter that was begun is never overwritten."""
    path = folder / FOLDER / "adjustments_letter.md"
    if path.is_file():
        return Made([path], ["your letter is there already and stays as it is"])
    keep.write(path.parent, path.name, _LETTER.read_bytes())
    return Made([path])


def write_summary(material: Material, rehearsal: Rehearsal) -> tuple[Made, summary.Summary]:
    """Write ``summary.md``; gives also what it says."""
    made = Made()
    said = summary.summarise(rehearsal, material)
    _put(made, material, "summary.md", lambda: summary.as_markdown(said).encode())
    return made, said


def _pdf(page: sheet.Sheet, made: Made) -> bytes:
    with tempfile.TemporaryDirectory(prefix="wt-sheet-") as scratch:
        path = Path(scratch) / "walkthrough.pdf"
        made.notes += sheet_pdf.write_pdf(page, path)
        return path.read_bytes()


def _put(made: Made, material: Material, name: str, content: Callable[[], bytes]) -> None:
    """Make and write one file. A problem in making it is noted; one of the disk is raised."""
    try:
        data = content()
    except UserError:
        raise
    except Exception as error:  # one page that can't be drawn must not take the others with it
        made.notes.append(f"{name} could not be made: {type(error).__name__}: {str(error)[:200]}")
        return
    folder = material.folder / FOLDER
    if note := keep.write(folder, name, data):
        made.notes.append(note)
    made.files.append(folder / name)
