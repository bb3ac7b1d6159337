"""How a learner scores an own answer: four criteria on what was said. How it was said is never looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """One thing to look at in an answer, with its levels in plain words; the index is the level."""

    id: str
    asks: str
    levels: tuple[str, ...]
    shore_up: str


CRITERIA = (
    Criterion(
        "evidence",
        "What was known when I decided",
        (
            "I named no evidence, or the paper, or habit.",
            "I named evidence, some of it seen only afterwards.",
            "I named what I had seen by then, and where it came from.",
        ),
        "Say what you had seen when you decided. If it was nothing, say that, and what you know now.",
    ),
    Criterion(
        "alternatives",
        "Alternatives, and the cost of being wrong",
        (
            "I named my choice alone.",
            "I named an alternative, and not what being wrong would cost.",
            "I named alternatives, why not these, and what being wrong would cost.",
        ),
        "Name one alternative and its price before you defend your choice.",
    ),
    Criterion(
        "numbers",
        "Uncertainty in numbers",
        (
            "I gave no number, or one without its uncertainty.",
            "I gave a number and a rough idea of its uncertainty.",
            "I gave numbers with intervals or counts, and said what they can't show.",
        ),
        "Have three numbers ready with their intervals and counts, and what each can't show.",
    ),
    Criterion(
        "hole",
        "The hole that is left",
        (
            "I defended everything.",
            "I admitted a hole in general words.",
            "I named what I did not check, and the short test that would check it.",
        ),
        'Practise one sentence: "I did not check that; here is the 20-minute test."',
    ),
)
NEVER = "Fluency, accent and speed are never scored. A pause, a stammer or a second start changes nothing here."


def as_text() -> str:
    """The rubric for a terminal or a Markdown page."""
    parts = []
    for criterion in CRITERIA:
        levels = "\n".join(f"    {level}  {text}" for level, text in enumerate(criterion.levels))
        parts.append(f"{criterion.asks}\n{levels}")
    return "\n".join([*parts, NEVER])
