"""What a cell shows: kept as text and PNG only, up to a length, with the rest counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_KEPT_MIME = ("text/plain", "image/png")
_PICTURE_DISCOUNT = 50
"""A picture may be this many times as long as text."""


@dataclass
class CellRun:
    """What running one cell gave: its outputs as nbformat dicts, and a problem that the examiner names itself.

    ``lost``: the kernel is of no use any more. ``too_late``: it was gone before the cell began.
    """

    outputs: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""
    lost: bool = False
    too_late: bool = False
    chars: int = 0


class Collector:
    """Keeps a cell's outputs, text and PNG only, up to a number of characters; counts what it drops."""

    def __init__(self, run: CellRun, kept_chars: int, flood_chars: int) -> None:
        self.run = run
        self.left = kept_chars
        self.flood_chars = flood_chars

    @property
    def flooded(self) -> bool:
        """Whether there was so much output that the cell is stopped."""
        return self.run.chars > self.flood_chars

    def __call__(self, message: dict[str, Any]) -> None:
        """Take one message of the kernel. Raises KeyError, TypeError or the like for what no kernel sends."""
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "stream":
            text = str(content["text"])
            self.run.chars += len(text)
            self._stream("stderr" if content["name"] == "stderr" else "stdout", text)
        elif kind in ("display_data", "execute_result"):
            data = {k: str(v) for k, v in content["data"].items() if k in _KEPT_MIME}
            self.run.chars += sum(len(v) for v in data.values())
            cost = sum(len(v) // (_PICTURE_DISCOUNT if k == "image/png" else 1) for k, v in data.items())
            if data and self._spend(cost):
                self.run.outputs.append({"output_type": "display_data", "data": data, "metadata": {}})
        elif kind == "error":
            trace = [str(line)[:2000] for line in content["traceback"][-30:]]
            name, value = str(content["ename"])[:200], str(content["evalue"])[:2000]
            if self._spend(200):
                self.run.outputs.append({"output_type": "error", "ename": name, "evalue": value, "traceback": trace})

    def _spend(self, cost: int) -> bool:
        """Whether an output of this size is still kept; the first that is not leaves a line that says so."""
        if cost <= self.left:
            self.left -= cost
            return True
        self._stream("stdout", " " * (self.left + 1))
        return False

    def _stream(self, name: str, text: str) -> None:
        if self.left <= 0:
            return
        kept = text[: self.left]
        self.left -= len(kept)
        if len(kept) < len(text) or self.left == 0:
            kept = kept.rstrip() + "\n... (the rest of this output is not kept)\n"
            self.left = 0
        last = self.run.outputs[-1] if self.run.outputs else None
        if last and last["output_type"] == "stream" and last["name"] == name:
            last["text"] += kept
        else:
            self.run.outputs.append({"output_type": "stream", "name": name, "text": kept})
