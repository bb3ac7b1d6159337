"""Build a unit: execute the worked notebooks, generate the release with nbgrader."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograde import course
from autograde.build.prompts import digest_of_prompts
from autograde.build.references import References
from autograde.build.source import read_script, script_of
from worktest import recording
from worktest.errors import UserError
from worktest.kernels import private_transport
from worktest.units import UnitInfo, load_unit

_KEPT_MIME = ("text/plain", "text/html", "image/png")


def to_json(notebook: NotebookNode) -> str:
    """The one way a notebook is written, so that equal notebooks are equal files."""
    text: str = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    return text + "\n"


def source_digest(unit_folder: Path, notebook: str) -> str:
    """Hash of all that the worked notebook is made from: its script and the unit's released files."""
    digest = hashlib.sha256()
    for path in [
        script_of(unit_folder, notebook),
        *(unit_folder / p for p in course.released_paths(unit_folder)),
    ]:
        if path.name in ("hints.toml", "exit.toml", "interview.yaml", "prompts.toml", "claims.toml"):
            continue  # text beside the notebook: no output depends on it
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    script = script_of(unit_folder, notebook)
    digest.update(digest_of_prompts(unit_folder, script.read_text(encoding="utf-8")) if script.is_file() else b"")
    return digest.hexdigest()


def recorded_digest(path: Path) -> str:
    """The digest that a worked notebook says it was made from, or "" when there is none."""
    if not path.is_file():
        return ""
    metadata = nbformat.read(path, as_version=nbformat.NO_CONVERT).metadata
    return str(metadata.get("worktest", {}).get("made_from", ""))


def worked_notebook(unit_folder: Path, name: str, unit: UnitInfo, references: References) -> NotebookNode:
    """Read and execute one notebook's script; raises UserError naming the cell that fails or writes to stderr."""
    script = script_of(unit_folder, name)
    notebook = read_script(script, unit, references)
    before = dict(os.environ)
    # the notebook runs in its own folder and must leave nothing there; one thread gives sums in one order
    os.environ.update(PYTHONDONTWRITEBYTECODE="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", **recording.OFF)
    try:
        with private_transport() as config:
            NotebookClient(
                notebook,
                timeout=600,
                kernel_name="python3",
                resources={"metadata": {"path": str(unit_folder)}},
                record_timing=False,
                coalesce_streams=True,  # how a print was cut into messages must not show
                config=config,
            ).execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise UserError(f"{script} does not run: {str(error).strip().splitlines()[-1]}") from None
    finally:
        os.environ.clear()
        os.environ.update(before)
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            _clean_outputs(cell, f"{script}, cell {number}")
    notebook.metadata = NotebookNode(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "worktest": {"made_from": source_digest(unit_folder, name)},
        }
    )
    return notebook


def _clean_outputs(cell: NotebookNode, where: str) -> None:
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            raise UserError(f"{where} writes to stderr: {output.text.strip().splitlines()[-1][:200]}")
        if "data" in output:
            output.data = NotebookNode({k: v for k, v in output.data.items() if k in _KEPT_MIME})
        if "metadata" in output:
            output.metadata = NotebookNode()


def release(unit_name: str, unit_folder: Path) -> dict[Path, bytes]:
    """The files of a unit's release, by path relative to its folder: nbgrader's notebooks and the allowed files."""
    unit = load_unit(unit_folder)
    with tempfile.TemporaryDirectory(prefix="wt-build-") as scratch:
        root = Path(scratch).resolve()
        target = root / "solutions" / unit_name
        target.mkdir(parents=True)
        for name in unit.notebooks:
            shutil.copyfile(unit_folder / f"{name}.ipynb", target / f"{name}.ipynb")
        result = course.api(root).generate_assignment(unit_name, force=True, create=True)
        if not result["success"]:
            raise UserError(f"nbgrader could not release {unit_name}: {course.last_line(result)}")
        files: dict[Path, bytes] = {}
        for name in unit.notebooks:
            made = nbformat.read(root / "curriculum" / unit_name / f"{name}.ipynb", as_version=nbformat.NO_CONVERT)
            made.metadata.pop("worktest", None)
            for cell in made.cells:
                tags = [tag for tag in cell.metadata.get("tags", []) if not tag.startswith("nbval-")]
                cell.metadata.pop("tags", None)
                if tags:
                    cell.metadata["tags"] = tags
            files[Path(f"{name}.ipynb")] = to_json(made).encode()
    for path in course.released_paths(unit_folder):
        files[path] = course.released_bytes(unit_folder, path)
    return files


def write_release(files: dict[Path, bytes], target: Path) -> list[Path]:
    """Make the folder ``target`` hold exactly ``files``; gives what changed."""
    changed = []
    for path in sorted(target.rglob("*")):
        if path.is_file() and path.relative_to(target) not in files and "__pycache__" not in path.parts:
            path.unlink()
            changed.append(path)
    for relative, content in files.items():
        path = target / relative
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            changed.append(path)
    return changed
