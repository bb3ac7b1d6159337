"""A small text classifier that reads one command and says how suspicious it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

BUCKETS = 4096
"""Words and letter triples are hashed into so many rows of the embedding."""
STEP = 5
"""Scores come in steps of five from 0 to 100, as a language model that is asked for a number gives them."""


def words_in(text: str) -> list[str]:
    """What the monitor sees of a text: its words and signs, pairs of neighbours, and triples of letters."""
    words = re.findall(r"[A-Za-z]+|\d+|[^\sA-Za-z0-9]", text)
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    triples = [w[i : i + 3] for w in words if len(w) > 3 for i in range(len(w) - 2)]
    return [*words, *pairs, *(f"_{t}" for t in triples)] or [""]


def buckets(pieces: Iterable[str]) -> list[int]:
    """The rows of the embedding for these pieces; the same on every machine."""
    return [crc32(piece.encode()) % BUCKETS for piece in pieces]


class Monitor(nn.Module):
    """Mean of hashed embeddings, one hidden layer, one logit. ``scores`` gives whole numbers from 0 to 100."""

    def __init__(self, width: int = 16, temperature: float = 1.0) -> None:
        super().__init__()
        self.embedding = nn.EmbeddingBag(BUCKETS, width, mode="mean")
        nn.init.normal_(self.embedding.weight, std=0.01)  # a piece that training never saw should say next to nothing
        self.hidden = nn.Linear(width, width)
        self.out = nn.Linear(width, 1)
        self.register_buffer("temperature", torch.tensor(temperature))
        self._known: dict[str, int] = {}

    temperature: Tensor

    def forward(self, pieces: Tensor, offsets: Tensor) -> Tensor:
        """Logits (batch,) of texts whose pieces lie one after the other in ``pieces``, each from its offset on."""
        logits: Tensor = self.out(torch.relu(self.hidden(self.embedding(pieces, offsets)))).squeeze(-1)
        return logits

    def logits(self, texts: Sequence[str]) -> Tensor:
        """Logits (batch,) of texts."""
        lists = [buckets(words_in(text)) for text in texts]
        starts = torch.tensor([0, *map(len, lists)][:-1]).cumsum(0)
        return self(torch.tensor([row for rows in lists for row in rows]), starts)

    @torch.no_grad()
    def scores(self, texts: Sequence[str]) -> list[int]:
        """How suspicious each text is, 0 to 100 in steps of STEP. A text that was seen before costs nothing."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            shares = torch.sigmoid(self.logits(new) / self.temperature)
            self._known.update(zip(new, (STEP * (shares * 100 / STEP).round().int()).tolist(), strict=True))
        return [self._known[text] for text in texts]


def save(monitor: Monitor, path: Path) -> None:
    """Write the weights, in half precision."""
    save_file({name: value.half().contiguous() for name, value in monitor.state_dict().items()}, path)


def load(path: Path) -> Monitor:
    """A monitor from a file of weights, in eval mode."""
    weights = {name: value.float() for name, value in load_file(path).items()}
    monitor = Monitor(width=weights["hidden.weight"].shape[0])
    monitor.load_state_dict(weights)
    return monitor.eval()
