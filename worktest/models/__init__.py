"""Real language models: fetched once, kept in one folder, loaded for notebooks; torch is imported only when needed."""

from worktest.models.loading import load, there
from worktest.models.sampling import Sample, as_chat, logprobs, sample

__all__ = ["Sample", "as_chat", "load", "logprobs", "sample", "there"]
