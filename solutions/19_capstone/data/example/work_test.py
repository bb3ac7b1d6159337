"""Two functions of the work test of unit 01, as they were graded there. The rest is cut away, with the lines that loaded weights."""

# ruff: noqa
import torch

import worktest

unit = worktest.open_unit(str(__import__("pathlib").Path(__file__).parent / "unit"))
world = unit.world


# -------------------- work_test.ipynb, lda-amplify-logits
def amplify_logits(before: torch.Tensor, after: torch.Tensor, alpha: float) -> torch.Tensor:
    """Logits of the amplified distribution: after + alpha (after - before).

    Args:
        before: logits of the model before fine-tuning, shape (..., vocab).
        after: logits of the fine-tuned model, same shape.
        alpha: how many more times the step from before to after is taken; may be negative.

    Returns:
        Logits of the same shape, exactly as the formula gives them.

    Raises:
        ValueError: if the two shapes differ.
    """
    if before.shape != after.shape:
        raise ValueError(f"before has shape {tuple(before.shape)}, after {tuple(after.shape)}; they must be equal")
    return after + alpha * (after - before)


# -------------------- work_test.ipynb, lda-sample-amplified
def sample_amplified(
    before,
    after,
    prompt: torch.Tensor,
    alpha: float,
    n_tokens: int,
    n_samples: int,
    generator: torch.Generator,
) -> torch.Tensor:
    """Sample continuations from the amplified model, at temperature 1.

    Args:
        before, after: functions from tokens (batch, seq) to logits (batch, seq, vocab).
        prompt: token ids of one prompt, shape (prompt length,).
        alpha: see amplify_logits.
        n_tokens: number of new tokens; with 0 the prompt comes back.
        n_samples: number of independent samples.
        generator: the only source of randomness.

    Returns:
        Token ids of shape (n_samples, prompt length + n_tokens); each row begins with the prompt.
    """
    tokens = prompt.repeat(n_samples, 1)
    with torch.no_grad():
        for _ in range(n_tokens):
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            new = torch.multinomial(logits.softmax(dim=-1), 1, generator=generator)
            tokens = torch.cat([tokens, new], dim=1)
    return tokens
