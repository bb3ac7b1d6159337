"""Compile ``paper.tex`` with the LaTeX that a machine has: latexmk, pdflatex or tectonic, whichever is found first."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from worktest.safe import plain

SECONDS = 300
_TOO_WIDE = 2.0
"""Points by which a line may stick out into the margin before it is named."""
_QUIET = ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape"]


@dataclass
class Compiled:
    """The PDF (None when there is none), its pages, which program made it, and one line for each problem."""

    content: bytes | None = None
    pages: int = 0
    program: str = ""
    problems: list[str] = field(default_factory=list)


def compile_tex(folder: Path, name: str = "paper") -> Compiled:
    """Compile ``NAME.tex`` of the folder; nothing else is written there. Never raises for what the file holds."""
    program = next((p for p in ("latexmk", "pdflatex", "tectonic") if shutil.which(p)), "")
    if not program:
        none = "no LaTeX was found (latexmk, pdflatex or tectonic): paper.pdf is the one made without it"
        return Compiled(problems=[none])
    found = Compiled(program=program)
    with tempfile.TemporaryDirectory() as scratch:
        for command in _commands(program, name, scratch):
            said = _run(command, folder)
            if said is not None:
                found.problems.append(f"{program} could not compile {name}.tex: {_reason(Path(scratch), name, said)}")
                return found
        made = Path(scratch) / f"{name}.pdf"
        if not made.is_file():
            found.problems.append(f"{program} made no PDF of {name}.tex")
            return found
        found.content = made.read_bytes()
        log = _log(Path(scratch), name)
    pages = re.findall(r"Output written on [^(]*\((\d+) pages?", log)
    found.pages = int(pages[-1]) if pages else len(re.findall(rb"/Type\s*/Page\b", found.content))
    wide = [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt too wide", log)]
    if wide and max(wide) > _TOO_WIDE:
        found.problems.append(
            f"{name}.tex: a line sticks out by {max(wide):.0f} pt: shorten a formula, code or a table's cell"
        )
    return found


def _commands(program: str, name: str, scratch: str) -> list[list[str]]:
    if program == "latexmk":
        return [["latexmk", "-norc", "-pdf", *_QUIET, f"-outdir={scratch}", f"{name}.tex"]]
    if program == "tectonic":
        return [["tectonic", "--untrusted", "--keep-logs", "--outdir", scratch, f"{name}.tex"]]
    return [["pdflatex", *_QUIET, f"-output-directory={scratch}", f"{name}.tex"]] * 2


def _run(command: list[str], folder: Path) -> str | None:
    """None when it ended well, else what it said."""
    try:
        ran = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"it took more than {SECONDS} s"
    except OSError as error:
        return str(error.strerror or error)
    return None if ran.returncode == 0 else (ran.stdout + ran.stderr).decode("utf-8", "replace")


def _log(scratch: Path, name: str) -> str:
    try:
        return (scratch / f"{name}.log").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _reason(scratch: Path, name: str, said: str) -> str:
    """The first error that LaTeX names, with its line."""
    log = _log(scratch, name) or said
    found = re.search(r"^! ([^\n]*)$(?:.*?^(l\.\d+[^\n]*)$)?", log, re.MULTILINE | re.DOTALL)
    if found:
        return plain(" ".join(part for part in found.groups() if part), 300)
    return plain(" ".join(said.split())[-200:], 200)
