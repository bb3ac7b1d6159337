"""Checks, visible and hidden: how an answer is asked, and how what came back is compared.

A check is a function of an :class:`~worktest.checks.answer.Answer` and a random generator::

    @check("lda-amplify-logits")
    def alpha_zero_is_the_after_model(answer, rng):
        before, after = rng.normal(size=(2, 4, 50))
        got = answer.call("amplify_logits", tensor(before), tensor(after), alpha=0.0)
        expect.close(got, after, says="alpha = 0 must give the after model back")

The same function serves in the notebook, in grading and in the answers harness: only the
transport under ``answer`` differs.
"""

from worktest.checks import expect
from worktest.checks.answer import Answer, AnswerError, Handle
from worktest.checks.codec import Tensor, tensor
from worktest.checks.expect import CheckFailure
from worktest.checks.registry import Check, CheckSet, check, load_checks

__all__ = [
    "Answer",
    "AnswerError",
    "Check",
    "CheckFailure",
    "CheckSet",
    "Handle",
    "Tensor",
    "check",
    "expect",
    "load_checks",
    "tensor",
]
