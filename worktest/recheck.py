"""``worktest check``: run a learner's notebook in a fresh kernel and gather what its visible checks say."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from worktest import recording
from worktest.brief import EXPLORE, is_brief_only, tags_of
from worktest.checks.run import MIME, Report, Result
from worktest.errors import UserError
from worktest.kernels import private_transport
from worktest.units import UnitInfo, load_unit


def recheck(
    folder: Path, progress: Callable[[str], None] = lambda _: None, leave_out: Collection[str] = ()
) -> list[Report]:
    """Run every notebook of the unit in ``folder`` on a copy in memory, without its ``explore`` cells.

    Gives one report a graded cell, in unit.toml's order; a cell whose check did not run has no results. Notebooks
    named in ``leave_out`` are not run, and nothing is said about their cells.
    Raises UserError when a notebook is missing, not readable, or its kernel dies.
    """
    info = load_unit(folder)
    found: dict[str, Report] = {}
    for name in info.notebooks:
        path = folder / f"{name}.ipynb"
        if name in leave_out or (not path.exists() and not any(cell.notebook == name for cell in info.graded)):
            continue
        progress(f"running {name}.ipynb")
        found.update(_run(path, info))
    return [
        found.get(cell.id, Report(cell.id, held_back=cell.held_back))
        for cell in info.graded
        if cell.notebook not in leave_out
    ]


def _run(path: Path, info: UnitInfo) -> dict[str, Report]:
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise UserError(
            f"there is no {path.name} in {path.parent}; `worktest start` makes a copy of the unit"
        ) from None
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}") from None
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError) as error:
        told = isinstance(error, ValueError) and str(error)  # the others speak of Python, not of the file
        reason = str(error).splitlines()[0][:120] if told else "it holds no cells that can be read"
        raise UserError(f"{path.name} is not a whole notebook ({reason}); see `worktest start UNIT --fresh`") from None
    notebook.cells = [c for c in notebook.cells if EXPLORE not in tags_of(c)]
    for cell in notebook.cells:
        cell.metadata["tags"] = tags_of(cell)  # nbclient looks into them, whatever they are
    if is_brief_only(notebook):  # its checks stand nowhere in particular: all are asked at the end
        topics = [cell.id for cell in info.graded if cell.notebook == path.stem]
        notebook.cells += [nbformat.v4.new_code_cell(f'unit.check("{topic}")') for topic in topics]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", **recording.OFF}
    environment.pop("NBGRADER_EXECUTION", None)
    resources = {"metadata": {"path": str(path.parent)}}
    try:
        with private_transport() as config:
            NotebookClient(
                notebook,
                timeout=120,
                interrupt_on_timeout=True,
                allow_errors=True,
                kernel_name="python3",
                resources=resources,
                config=config,
            ).execute(env=environment)
    except (CellTimeoutError, DeadKernelError) as error:
        reason = str(error).strip().splitlines()[0][:120]
        raise UserError(f"{path.name} could not be run to its end: {reason}", exit_code=1) from None
    reports = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {}).get(MIME)
            with contextlib.suppress(KeyError, TypeError):  # a cell can show anything under that name
                report = report_from_json(data)
                reports[report.topic] = report
    return reports


def report_from_json(data: dict[str, Any]) -> Report:
    """The report that :meth:`Report.to_json` wrote."""
    results = [Result(**check) for check in data["checks"]]
    return Report(data["topic"], results, held_back=data["held_back"])
