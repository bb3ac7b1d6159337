"""The package for a hub where everybody has the same environment: a wheel without the worked units, and these apart."""

from __future__ import annotations

import csv
import importlib.util
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from worktest import paths
from worktest.errors import UserError

WORKED = "worked.tar.gz"
INSIDE = "autograde/_solutions/"
"""Where a wheel of this project has its worked units, hidden checks and answers."""


def wheel(given: Path | None, folder: Path) -> Path:
    """The wheel to install: ``given``, or one built from the checkout into ``folder``.

    Raises UserError where there is none and none can be built.
    """
    if given is not None:
        if not zipfile.is_zipfile(given):
            raise UserError(f"{given} is no wheel: name a worktest-VERSION-py3-none-any.whl")
        return given
    root = paths.checkout()
    if root is None:
        raise UserError(
            "which worktest shall be installed? Name its wheel with --wheel (`pip download --no-deps worktest` fetches "
            "one), or run this in a checkout, which builds it"
        )
    if importlib.util.find_spec("hatchling") is None:
        raise UserError("building the wheel needs hatchling (`pip install hatchling`); or name a wheel with --wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    built = sorted(folder.glob("worktest-*.whl"))
    if done.returncode or not built:
        told = done.stderr.strip().splitlines() or ["it said nothing"]
        raise UserError(f"the wheel could not be built: {told[-1]}")
    return built[-1]


def split(source: Path, folder: Path) -> Path:
    """Write into ``folder`` the wheel without its worked units, and WORKED with these; gives the wheel's path.

    Raises UserError when ``source`` is no wheel of this project with worked units in it.
    """
    target = folder / source.name
    with zipfile.ZipFile(source) as whole:
        kept_back = [name for name in whole.namelist() if name.startswith(INSIDE) and not name.endswith("/")]
        record = next((name for name in whole.namelist() if name.endswith(".dist-info/RECORD")), "")
        if not kept_back or not record.startswith("worktest-"):
            raise UserError(f"{source} is no wheel of worktest with its worked units: name another with --wheel")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as public:
            for entry in whole.infolist():
                if entry.filename.startswith(INSIDE):
                    continue
                data = whole.read(entry)
                public.writestr(entry, _without(data) if entry.filename == record else data)
        packed = folder / WORKED
        packed.touch(mode=0o600)
        packed.chmod(0o600)
        with tarfile.open(packed, "w:gz") as archive:
            for name in kept_back:
                data = whole.read(name)
                about = tarfile.TarInfo(name.removeprefix(INSIDE))
                about.size, about.mode = len(data), 0o640
                archive.addfile(about, io.BytesIO(data))
    return target


def _without(record: bytes) -> bytes:
    """The wheel's list of files, without those that are kept back."""
    rows = csv.reader(io.StringIO(record.decode("utf-8")))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(row for row in rows if row and not row[0].startswith(INSIDE))
    return out.getvalue().encode()
