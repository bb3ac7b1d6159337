"""Make data/spoiled, the example's folder with thirteen faults, and data/faults.md, which tells them.

Run it anew when the example changes: ``python solutions/19_capstone/make_spoiled.py``. Each change must find its place,
so that no fault is lost unseen.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

from worktest.extend import log as logs
from worktest.extend.folder import Research, at
from worktest.extend.results import Results, read_results, write_results

DATA = Path(__file__).resolve().parent / "data"
SPARED = ("weights", "data")
"""Of the unit's files: 500 KB that no reader of the spoiled copy needs."""


def main() -> None:
    """Copy the example, put the faults in, write the key."""
    target = DATA / "spoiled"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(
        DATA / "example", target, ignore=lambda folder, names: [n for n in names if n in SPARED or n.startswith(".")]
    )
    (target / "paper.pdf").unlink(missing_ok=True)  # it would show the paper without its faults
    (target / "paper.tex").unlink(missing_ok=True)
    research = at(target)
    told = []
    for seen, fault in FAULTS:
        told.append((seen, fault(research)))
    for path in target.glob(".*"):
        path.unlink()
    (DATA / "faults.md").write_text(key(told), encoding="utf-8")


def key(told: list[tuple[bool, str]]) -> str:
    """The page that tells the faults."""
    parts = ["# The thirteen faults"]
    for seen, title in (
        (True, "The tool sees these: they contradict something in the folder"),
        (False, "The tool does not see these"),
    ):
        lines = [f"{n}. {what}" for n, (s, what) in enumerate(told, start=1) if s == seen]
        parts.append(f"## {title}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def change(path: Path, old: str, new: str) -> None:
    """Put ``new`` in the place of ``old``, which must stand there just once."""
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise SystemExit(f"{path.name}: {old[:60]!r} stands there {text.count(old)} times")
    path.write_text(text.replace(old, new), encoding="utf-8")


def section(path: Path, title: str, new: Callable[[str], str]) -> None:
    """Change the body of a section of paper.md."""
    text = path.read_text(encoding="utf-8")
    found = re.search(rf"(?ms)^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text)
    if found is None or new(found[1]) == found[1]:
        raise SystemExit(f"paper.md: nothing to change in {title!r}")
    path.write_text(text[: found.start(1)] + new(found[1]) + text[found.end(1) :], encoding="utf-8")


# The faults, each with what the key says of it ------------------------------------------------------------------


def stale_number(research: Research) -> str:
    """The abstract's number is typed, from an earlier state."""
    section(
        research.path / "paper.md",
        "Abstract",
        lambda body: body.replace("{{result main}}", "3.32 (95 % interval 2.61 to 4.03, 8 seeds)", 1),
    )
    return "Abstract: the main number is typed by hand, 3.32 (2.61 to 4.03). No table gives it."


def dropped_seed(research: Research) -> str:
    """The treatment's weakest seed is gone from the rows."""
    results: Results = read_results(research.path)
    values = results.values("checkpoint", "best-gain")
    weakest = min(values, key=lambda seed: values[seed])
    write_results(research.path, [r for r in results.rows if (r.condition, r.seed) != ("checkpoint", weakest)])
    return (
        f"results.csv: `checkpoint` has no seed {weakest} any more. It was run, it stands in the log, and it was the "
        "weakest of the eight."
    )


def moved_goal(research: Research) -> str:
    """A threshold of the plan was lowered after the registration."""
    text = (research.path / "plan.toml").read_text(encoding="utf-8")
    before, name, after = text.partition('id = "house-style"')
    if not name or "smallest_effect = 0.5" not in after:
        raise SystemExit("plan.toml: the comparison house-style is not what it was")
    after = after.replace("smallest_effect = 0.5", "smallest_effect = 0.3", 1)
    (research.path / "plan.toml").write_text(before + name + after, encoding="utf-8")
    return (
        "plan.toml: the smallest effect of `house-style` is 0.3; registered was 0.5. The measured mean is 0.49. The "
        "registration in the journal still has the old one."
    )


def silent_deviation(research: Research) -> str:
    """The log has a deviation of which the paper says nothing."""
    logs.deviate(
        research.path,
        "the rule for stopping was looked at once before the end, too",
        "the runs took longer than planned",
    )
    section(research.path / "paper.md", "Deviations from the registration", lambda body: "\nThere were none.\n\n")
    return 'Deviations: "There were none". The log has one: somebody looked at the rule for stopping before the end.'


def proved(research: Research) -> str:
    """A sentence that no eight seeds can carry."""
    section(
        research.path / "paper.md",
        "Results",
        lambda body: body.rstrip() + "\n\nThis proves that lineage is what amplification needs {{see main}}.\n\n",
    )
    return "Results, the sentence before the last: eight seeds of one toy prove nothing about what amplification needs."


def untold_miss(research: Research) -> str:
    """What was expected and did not come is not told any more."""
    without(research, "Abstract", r"The advantage is that a larger step .*?told apart\. ")
    without(research, "Results", r"(?m)^\*\*What the checkpoint buys.*?\n\n")
    without(research, "Limitations", r"(?m)^The strongest objection:.*?\n\n")
    return (
        "`same-alpha` was registered as higher and holds zero. The paper does not say so any more, and the strongest "
        "objection, which hangs on it, is gone as well. A row in the table is no sentence, and this one changes what "
        "the main number means."
    )


def dropped_control(research: Research) -> str:
    """The control that could have killed the claim is gone from the rows and from the text."""
    rows = [row for row in read_results(research.path).rows if row.condition != "stranger-checkpoint"]
    write_results(research.path, rows)
    without(research, "Abstract", r", and \{\{mean lineage-alone\}\}.*?a stranger's checkpoint")
    without(research, "Results", r"The control that could have killed.*?lineage-alone\}\}\. ")
    return (
        "results.csv: all rows of `stranger-checkpoint` are gone, the control that could have killed the claim, and so "
        "are its sentences. It was registered and run."
    )


def claim_without_evidence(research: Research) -> str:
    """A claim with nothing beside it."""
    section(
        research.path / "paper.md",
        "Results",
        lambda body: body.rstrip() + "\n\nA borrowed checkpoint works for other behaviours and for larger models.\n\n",
    )
    return "Results, last sentence: other behaviours and larger models were not run; no number stands beside the claim."


def source_of_nothing(research: Research) -> str:
    """A source that the bibliography lacks."""
    section(
        research.path / "paper.md",
        "Introduction",
        lambda body: body.rstrip() + " Checkpoints are known to keep what is rare in a run [@doe2025rare].\n\n",
    )
    return "Introduction, last sentence: `doe2025rare` is in no bibliography, because there is no such paper."


def without(research: Research, title: str, pattern: str) -> None:
    """Take a passage out of a section."""
    section(research.path / "paper.md", title, lambda body: re.sub(pattern, "", body, count=1, flags=re.DOTALL))


def prettier_figure(research: Research) -> str:
    """The figure was drawn anew by hand, without the nulls."""
    results, plan = research.results(), research.plan()
    names = [c.id for c in plan.condition if not c.id.endswith(("-null", "-benign", "early-checkpoint"))]
    figure, axes = plt.subplots(figsize=(6, 3.2))
    means = [estimate.mean for name in names if (estimate := results.estimate(name, "best-gain"))]
    axes.bar(names, means, color="0.4")
    axes.set_ylabel("gain")
    axes.tick_params(axis="x", rotation=30)
    figure.tight_layout()
    picture = next(iter(sorted((research.path / "figures").glob("*.png"))))
    figure.savefig(picture, dpi=110)
    plt.close(figure)
    return (
        f"figures/{picture.name} is not the picture that the build drew: bars without intervals, and the nulls and the "
        "early checkpoint are left out."
    )


def other_method(research: Research) -> str:
    """The method's limit is not that of the code."""
    section(research.path / "paper.md", "Method", lambda body: re.sub(r"\b90 %", "80 %", body))
    return "Method: it says 80 % of the answers, the code says 0.9 (`AFFORDABLE` in experiment.py)."


def empty_statement(research: Research) -> str:
    """The statement of AI use says nothing."""
    section(
        research.path / "paper.md",
        "Statement of AI use",
        lambda body: (
            "\nAI tools were used to improve clarity and readability. The author reviewed all content with care and "
            "takes full responsibility for it.\n\n"
        ),
    )
    return (
        "Statement of AI use: a phrase. What a model wrote and which check could have failed is gone; compare the "
        "example's."
    )


def free_mechanism(research: Research) -> str:
    """A mechanism to which no number speaks."""
    section(
        research.path / "paper.md",
        "Results",
        lambda body: body.replace(
            "This proves",
            "The reason is that the embeddings of two seeds are rotated against each other, while those of one run are "
            "aligned. This proves",
            1,
        ),
    )
    return "Results: rotated embeddings are given as the reason. Nobody looked at an embedding."


FAULTS: tuple[tuple[bool, Callable[[Research], str]], ...] = (
    (True, stale_number),
    (True, dropped_seed),
    (True, moved_goal),
    (True, silent_deviation),
    (True, proved),
    (True, claim_without_evidence),
    (True, prettier_figure),
    (True, untold_miss),
    (True, source_of_nothing),
    (True, dropped_control),
    (False, other_method),
    (False, empty_statement),
    (False, free_mechanism),
)

if __name__ == "__main__":
    main()
