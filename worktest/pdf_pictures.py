"""The pictures of a text: PNG files inside its folder, looked at before they are set."""

from __future__ import annotations

import struct
from pathlib import Path

PIXELS_PER_MM = 150 / 25.4
_MOST_PIXELS, _MOST_BYTES = 40_000_000, 15_000_000
_PNG = b"\x89PNG\r\n\x1a\n"


def picture_in(folder: Path, source: str) -> tuple[Path, int, int]:
    """The PNG file that ``source`` names inside ``folder``, with its width and height in pixels.

    Raises ValueError with the reason when there is none, when it lies elsewhere, or is too large.
    """
    if "://" in source or source.startswith(("data:", "/", "\\")) or not source:
        raise ValueError("a figure is a PNG file in the folder of the text")
    path = (folder / source).resolve()
    if not path.is_relative_to(folder):
        raise ValueError("it lies outside the folder of the text")
    if not path.is_file():
        raise ValueError("there is no such file")
    with path.open("rb") as file:
        head = file.read(24)
    if head[:8] != _PNG or len(head) < 24:
        raise ValueError("it is no PNG file")
    width, height = struct.unpack(">II", head[16:24])
    if path.stat().st_size > _MOST_BYTES or not 0 < width * height <= _MOST_PIXELS:
        raise ValueError(f"it is too large ({width} x {height} pixels, {path.stat().st_size:,} bytes)")
    return path, width, height
