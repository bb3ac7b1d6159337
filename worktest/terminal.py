"""What both command lines share: one line for a problem, and a progress bar."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator

import typer
from rich.console import Console

from worktest.errors import UserError


def run_app(app: typer.Typer, name: str) -> None:
    """Run a typer app; every failure ends as one line on stderr and a non-zero exit, never as a traceback.

    With WORKTEST_DEBUG=1 in the environment an unexpected error shows its traceback.
    """
    try:
        code = app(prog_name=name, standalone_mode=False)
    except UserError as problem:
        _complain(name, str(problem))
        raise SystemExit(problem.exit_code) from None
    except (KeyboardInterrupt, typer.Abort):
        _complain(name, "stopped; nothing was lost")
        raise SystemExit(130) from None
    except Exception as error:
        # typer carries its own copy of click in some versions, so its errors are known by what they offer
        if hasattr(error, "format_message") and hasattr(error, "exit_code"):
            _complain(name, f"{error.format_message()} (see `{name} --help`)")
            raise SystemExit(error.exit_code) from None
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _complain(name, "no space left on the disk: free some and run the same command again")
            raise SystemExit(2) from None
        if os.environ.get("WORKTEST_DEBUG"):
            raise
        _complain(name, f"unexpected {type(error).__name__}: {error} (WORKTEST_DEBUG=1 shows where)")
        raise SystemExit(3) from None
    if code == 130:  # typer made an exit code of Ctrl-C
        _complain(name, "stopped; nothing was lost")
    raise SystemExit(code if isinstance(code, int) else 0)


def _complain(name: str, text: str) -> None:
    one_line = " ".join(text.split())
    sys.stderr.write(f"{name}: {one_line}\n")


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
