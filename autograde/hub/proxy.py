"""configurable-http-proxy, which JupyterHub stands behind: found on this machine, or fetched with npm into a folder."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from worktest.errors import UserError

VERSION = "5.3.0"
_PROGRAM = "configurable-http-proxy"


def program(folder: Path) -> Path:
    """The proxy's program: the one on the search path, else the one in ``folder``, which npm fills if it is empty.

    Raises UserError where there is no node, or npm can't fetch it.
    """
    if found := shutil.which(_PROGRAM):
        return Path(found).resolve()
    if shutil.which("node") is None:
        raise UserError("JupyterHub needs node (18 or newer), for its proxy: install nodejs and try again")
    own = folder / "node_modules" / ".bin" / _PROGRAM
    if own.is_file():
        return own.resolve()
    if shutil.which("npm") is None:
        raise UserError(f"no {_PROGRAM} and no npm on this machine: install npm, or the proxy itself, and try again")
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--prefix", str(folder), "--no-fund", "--no-audit", f"{_PROGRAM}@{VERSION}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not own.is_file():
        told = [line for line in done.stderr.splitlines() if line.strip()]
        raise UserError(f"npm could not fetch {_PROGRAM} {VERSION}: {told[-1] if told else 'it said nothing'}")
    return own.resolve()
