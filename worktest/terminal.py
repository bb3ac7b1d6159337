"""What both command lines share: one line for a problem, data as JSON, and a progress bar."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import typer
from rich.console import Console

from worktest.errors import UserError
from worktest.safe import plain

_INTERRUPTED = 130


def run_app(app: typer.Typer, name: str) -> None:
    """Run a typer app; every failure ends as one line on stderr and a non-zero exit, never as a traceback.

    With WORKTEST_DEBUG=1 in the environment an unexpected error shows its traceback.
    """
    # closed by whoever started this: no input and no place to print to, and no fault
    sys.stdin, sys.stdout, sys.stderr = (stream or io.StringIO() for stream in (sys.stdin, sys.stdout, sys.stderr))
    try:
        code = app(prog_name=name, standalone_mode=False)
    except UserError as problem:
        _complain(name, str(problem))
        raise SystemExit(problem.exit_code) from None
    except (KeyboardInterrupt, typer.Abort):
        _complain(name, "stopped; nothing was lost")
        raise SystemExit(_INTERRUPTED) from None
    except Exception as error:
        # typer carries its own copy of click in some versions, so its errors are known by what they offer
        if hasattr(error, "format_message") and hasattr(error, "exit_code"):
            if said := error.format_message():  # without words where help was shown, since no command was named
                where = getattr(getattr(error, "ctx", None), "command_path", None) or name
                _complain(name, f"{said} (see `{where} --help`)")
            raise SystemExit(error.exit_code) from None
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _complain(name, "no space left on the disk: free some and run the same command again")
            raise SystemExit(2) from None
        if os.environ.get("WORKTEST_DEBUG"):
            raise
        _complain(name, f"unexpected {type(error).__name__}: {error} (WORKTEST_DEBUG=1 shows where)")
        raise SystemExit(3) from None
    if code == _INTERRUPTED:  # typer turns Ctrl-C into an exit code
        _complain(name, "stopped; nothing was lost")
    raise SystemExit(code if isinstance(code, int) else 0)


def _complain(name: str, text: str) -> None:
    one_line = " ".join(plain(text).split())  # it may quote a file's name, or what a file holds
    sys.stderr.write(f"{name}: {one_line}\n")


def print_json(data: Any) -> None:
    """Print plain data as JSON, and nothing else. In ASCII: a learner's file can hold halves of characters."""
    sys.stdout.write(json.dumps(data, indent=1, ensure_ascii=True) + "\n")


@contextlib.contextmanager
def progress_bar(console: Console, total: int | None = None, *, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Show what runs, how long it has run, and (with ``total``) how many steps there are.

    Gives a function to call with each new step's name. On something that is not a terminal each step is a line.
    """
    if quiet:
        yield lambda _: None
    elif console.is_terminal:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        columns = [SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()]
        if total:
            columns[2:2] = [BarColumn(bar_width=20), MofNCompleteColumn()]
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("", total=total)

            def step(text: str) -> None:
                bar.update(task, description=text, advance=1 if total and bar.tasks[0].description else 0)

            yield step
    else:
        yield lambda text: console.print(f"  {text}", highlight=False)
