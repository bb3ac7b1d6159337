"""A jupyter_client provisioner that asks the warm server for a forked kernel instead of starting a program."""

from __future__ import annotations

import asyncio
import contextlib
import json
import select
import signal
import socket
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Bool, List, Unicode

from autograde.engine import plan, warm

NAME = "worktest-warm"
"""The entry point's name, group ``jupyter_client.kernel_provisioners``."""


class WarmProvisioner(KernelProvisionerBase):
    """Asks the warm server for a kernel. Raises OSError with the reason when none can be had."""

    files = Unicode("", config=True)
    """Folder on the host with the unit's released files; without walls the kernel works in it, and it is removed."""
    unit = Unicode("unit", config=True)
    walls = Bool(True, config=True)
    hide: Any = List(config=True)

    _client: socket.socket | None = None
    _heard = b""
    _exit: int | None = None
    why = ""
    """Why the kernel was stopped, when it was not by itself or by us."""

    @property
    def has_process(self) -> bool:
        """Whether a kernel was asked for and not cleaned up yet."""
        return self._client is not None

    async def poll(self) -> int | None:
        """The kernel's exit code, or None while it runs."""
        return 0 if self._client is None else None if self.running() else self._exit

    def running(self) -> bool:
        """Whether the kernel still runs, without waiting."""
        if self._client is not None and self._exit is None:
            self._hear(0.0)
        return self._client is not None and self._exit is None

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        while self._client is not None and self._exit is None:
            self._hear(0.0)
            await asyncio.sleep(0.02)
        return self._exit

    async def send_signal(self, signum: int) -> None:
        """Pass a signal on to the kernel."""
        self._tell({"op": "signal", "signal": int(signum)})

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and all that it started."""
        self._tell({"op": "signal", "signal": int(signal.SIGKILL)})

    async def terminate(self, restart: bool = False) -> None:
        """The same: a kernel whose answers are known has nothing to save."""
        await self.kill()

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Have a kernel forked; comes back when its sockets are there."""
        manager: Any = self.parent
        info: dict[str, Any] = manager.get_connection_info()
        sockets = str(Path(info["ip"]).parent)
        connection = {k: v.decode() if isinstance(v, bytes) else v for k, v in info.items()}
        environment = dict(kwargs["env"])
        scratch = "/tmp"
        if self.walls:
            connection["ip"] = f"{plan.SOCKETS}/{Path(info['ip']).name}"
            environment.update(plan.ENVIRONMENT)
        else:
            scratch = tempfile.mkdtemp(prefix="wt-", dir=sockets)
            environment.update(IPYTHONDIR=f"{scratch}/ipython", MPLCONFIGDIR=f"{scratch}/mpl")
        self._client = warm.connect()
        self._exit, self._heard, self.why = None, b"", ""
        self._tell(
            {
                "op": "kernel",
                "unit": self.unit,
                "files": self.files,
                "sockets": sockets,
                "walls": self.walls,
                "hide": list(self.hide),
                "limits": asdict(plan.RoomLimits()),
                "connection": connection,
                "environment": environment,
                "scratch": scratch,
            }
        )
        started = self._line(60.0)
        if "started" not in started:
            self.let_go()
            raise OSError(started.get("failed") or "the warm server ended")
        return cast(KernelConnectionInfo, info)

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Nothing is written to disk: the connection travels in the request, and the sockets have fixed numbers."""
        number_ports(self.parent)
        return await super().pre_launch(cmd=[], **{k: v for k, v in kwargs.items() if k in ("env", "cwd")})

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of the connection; the server ends what still runs."""
        self.let_go()

    # The connection ---------------------------------------------------------------------------------------------------

    def _tell(self, what: dict[str, Any]) -> None:
        if self._client is not None:
            with contextlib.suppress(OSError):
                self._client.sendall(json.dumps(what).encode() + b"\n")

    def _hear(self, seconds: float) -> dict[str, Any] | None:
        """One line of the server, or None when none is there yet."""
        while self._client is not None and b"\n" not in self._heard:
            if not select.select([self._client], [], [], seconds)[0]:
                return None
            try:
                chunk = self._client.recv(65_536)
            except OSError:
                chunk = b""
            if not chunk:  # the server is gone, and its kernels with it
                self._exit = -9 if self._exit is None else self._exit
                return {"failed": "the warm server ended"}
            self._heard += chunk
        line, _, self._heard = self._heard.partition(b"\n")
        said: dict[str, Any] = json.loads(line) if line else {}
        if "exit" in said and self._exit is None:
            self._exit, self.why = int(said["exit"]), str(said.get("why", ""))
        return said

    def _line(self, seconds: float) -> dict[str, Any]:
        return self._hear(seconds) or {"failed": f"the warm server gave no kernel within {seconds:.0f} seconds"}

    def let_go(self) -> None:
        """Close the connection; the server ends the kernel that hangs on it."""
        if self._client is not None:
            self._client.close()
            self._client = None


def spec(**settings: Any) -> KernelSpec:
    """A kernelspec whose kernels come from the warm server."""
    return KernelSpec(
        argv=[],
        display_name="Python 3 (warm)",
        language="python",
        interrupt_mode="signal",
        metadata={"kernel_provisioner": {"provisioner_name": NAME, "config": settings}},
    )


def number_ports(manager: Any) -> None:
    """Give a manager's five sockets the numbers that end their names; each kernel has a folder of its own for them."""
    for number, name in enumerate(("shell", "iopub", "stdin", "hb", "control"), start=1):
        setattr(manager, f"{name}_port", number)
