"""The learner's side of a check: runs in the kernel that holds the answer, and knows nothing of what is expected.

The examiner sends one request at a time as JSON text (see :func:`serve`); the visible checks in a notebook use the
same :class:`Room` directly. Whatever a learner does to this module only changes the answer that is sent out.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from worktest.checks.codec import Unsendable, decode, encode

Reply = dict[str, Any]


class Room:
    """Answers requests about one namespace of names, with the toy world of the unit in ``folder``."""

    def __init__(self, folder: Path, namespace: dict[str, Any]) -> None:
        self.folder = folder
        self.spaces: dict[str, dict[str, Any]] = {"": namespace}
        self._handles: dict[str, Any] = {}
        self._world: ModuleType | None = None

    @property
    def world(self) -> ModuleType:
        """The unit's world, loaded from its file: a learner's own variable ``world`` is not it.

        Where the notebook has loaded the file already, it is that module: its classes must be the same classes.
        """
        if self._world is None:
            from worktest.checks.registry import load_module

            path = (self.folder / "world.py").resolve()
            loaded = [m for name, m in list(sys.modules.items()) if name.startswith("_world_")]
            same = [m for m in loaded if getattr(m, "__file__", None) == str(path)]
            self._world = same[0] if same else load_module(path, "world")
        return self._world

    def handle(self, request: dict[str, Any]) -> Reply:
        """Answer one request; every failure comes back as data."""
        if request.get("forget"):
            self._handles.clear()
        operation = getattr(self, "_op_" + str(request.get("op")), None)
        if operation is None:
            return {"error": "unknown-request", "message": f"no operation {request.get('op')!r}"}
        try:
            with _reseeded(request.get("seed")):
                reply: Reply = operation(request)
                return reply
        except Unsendable as problem:
            return {"error": "unsendable", "message": str(problem)}
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a learner's SystemExit is an answer too
            return _raised(error)

    # One method an operation -------------------------------------------------------------------------------------

    def _op_call(self, request: dict[str, Any]) -> Reply:
        function, missing = self._function(request)
        if missing:
            return missing
        args, kwargs = self._arguments(request)
        return {"ok": encode(function(*args, **kwargs))}

    def _op_value(self, request: dict[str, Any]) -> Reply:
        space = self._space(request)
        if request["name"] not in space:
            return {"error": "missing"}
        return {"ok": encode(space[request["name"]])}

    def _op_make(self, request: dict[str, Any]) -> Reply:
        name = str(request["name"])
        module, _, attribute = name.partition(".")
        if module != "world" or not attribute or not hasattr(self.world, attribute):
            return {"error": "missing", "message": name}
        args, kwargs = self._arguments(request)
        made = getattr(self.world, attribute)(*args, **kwargs)
        handle = f"h{len(self._handles)}"
        self._handles[handle] = made
        return {"handle": handle}

    def _op_figure(self, request: dict[str, Any]) -> Reply:
        function, missing = self._function(request)
        if missing:
            return missing
        from worktest.figures import drawn_by

        args, kwargs = self._arguments(request)
        return {"ok": encode(drawn_by(function, *args, **kwargs))}

    def _op_space(self, request: dict[str, Any]) -> Reply:
        """Make a fresh namespace: the shared one as it is now, plus what ``code`` defines (the answers harness)."""
        space = dict(self.spaces[""])
        exec(compile(str(request["code"]), str(request.get("filename", "<answer>")), "exec"), space)
        self.spaces[str(request["name"])] = space
        return {"ok": None}

    def _op_drop(self, request: dict[str, Any]) -> Reply:
        self.spaces.pop(str(request["name"]), None)
        self._handles.clear()
        return {"ok": None}

    # Helpers -----------------------------------------------------------------------------------------------------

    def _space(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.spaces[str(request.get("space", ""))]

    def _function(self, request: dict[str, Any]) -> tuple[Any, Reply | None]:
        space = self._space(request)
        name = str(request["name"])
        if name not in space:
            return None, {"error": "missing"}
        if not callable(space[name]):
            return None, {"error": "not-callable", "message": type(space[name]).__name__}
        return space[name], None

    def _arguments(self, request: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        def to_tensor(array: Any) -> Any:
            import torch

            return torch.from_numpy(array)

        def handle(name: str) -> Any:
            return self._handles[name]

        args = decode(request["args"], handle=handle, to_tensor=to_tensor)
        kwargs = decode(request["kwargs"], handle=handle, to_tensor=to_tensor)
        return args, kwargs


@contextlib.contextmanager
def _reseeded(seed: Any) -> Iterator[None]:
    """Fix the global random generators for one request, and give the learner's state back afterwards."""
    if seed is None:
        yield
        return
    torch = sys.modules.get("torch")
    python_state, numpy_state = random.getstate(), np.random.get_state()
    torch_state = torch.get_rng_state() if torch else None
    random.seed(seed)
    np.random.seed(seed % 2**32)
    if torch:
        torch.manual_seed(seed)
    try:
        yield
    finally:
        random.setstate(python_state)
        np.random.set_state(numpy_state)
        if torch:
            torch.set_rng_state(torch_state)


def _raised(error: BaseException) -> Reply:
    """Describe an exception of the learner's code: its class, its message, and the last line in a notebook cell."""
    line = None
    for frame in traceback.extract_tb(error.__traceback__):
        if "ipykernel_" in frame.filename or frame.filename.startswith("<"):
            line = frame.lineno
    try:
        message = str(error)
    except Exception:
        message = "(its message can't be shown)"
    return {"error": "raised", "type": type(error).__name__, "message": message[:2000], "line": line}


class _Nowhere(io.TextIOBase):
    """Swallows what a learner's function prints while it is being asked."""

    def write(self, text: str) -> int:
        return len(text)


_rooms: dict[str, Room] = {}


def serve(text: str) -> str:
    """Answer one request of the examiner: JSON text in, ASCII JSON text out.

    The room is the running IPython kernel's namespace; ``request["folder"]`` is the unit's folder.
    """
    request = json.loads(text)
    folder = str(request["folder"])
    if folder not in _rooms:
        from IPython import get_ipython

        shell = get_ipython()
        _rooms[folder] = Room(Path(folder), shell.user_ns if shell is not None else {})
    nowhere = _Nowhere()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        reply = _rooms[folder].handle(request)
    return json.dumps(reply)
