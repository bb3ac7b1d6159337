"""Faults of a research folder, each planted alone in an honest one: how it is made, its kind, and what is said of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

from extended import build, change, ran

from worktest import chain
from worktest.extend import log as logs
from worktest.extend.check import Finding
from worktest.extend.folder import Research

Plant = Callable[[Research], None]


def lines(found: list[Finding]) -> str:
    return "\n".join(f"{one.kind} | {one.where} | {one.what} | {one.todo}" for one in found)


def paper(old: str, new: str) -> Plant:
    return lambda research: change(research, "paper.md", old, new)


def plan(old: str, new: str) -> Plant:
    """A plan that was so from the beginning: registered and run anew."""

    def plant(research: Research) -> None:
        change(research, "plan.toml", old, new)
        afresh(research)

    return plant


def afresh(research: Research) -> None:
    for name in ("journal.jsonl", "results.csv"):
        (research.path / name).unlink()
    logs.register(research.path, research.plan())
    ran(research)
    build(research)


def figures(old: str, new: str) -> Plant:
    def plant(research: Research) -> None:
        change(research, "figures.py", old, new)
        build(research)

    return plant


def experiment(old: str, new: str) -> Plant:
    """Another experiment from the beginning."""

    def plant(research: Research) -> None:
        change(research, "experiment.py", old, new)
        afresh(research)

    return plant


def first_row(research: Research) -> str:
    return (research.path / "results.csv").read_text().splitlines()[1]


def hand_edit(research: Research) -> None:
    row = first_row(research)
    change(research, "results.csv", row, row[:-1] + "1")
    build(research)


def hand_edit_before_a_run(research: Research) -> None:
    change(research, "paper.md", "{{log}}", "{{log}} The control was run again.")
    row = first_row(research)
    change(research, "results.csv", row, row[:-1] + "1")
    ran(research, ["control"], [5])
    build(research)


def newer_code(research: Research) -> None:
    change(research, "experiment.py", "STEPS = 40", "STEPS = 40  # a word")


def other_plan(research: Research) -> None:
    change(research, "plan.toml", "value = 0.2", "value = 0.1")


def other_journal(research: Research) -> None:
    logs.note(research.path, "The first run was slow.")
    change(research, "journal.jsonl", "The first run was slow.", "The first run was fast.")


def never_registered(research: Research) -> None:
    whole = (research.path / "journal.jsonl").read_text().splitlines()
    (research.path / "journal.jsonl").unlink()
    for line in whole[1:]:
        entry = json.loads(line)
        kind = entry.pop("kind")
        chain.append(research.path / "journal.jsonl", kind, {k: v for k, v in entry.items() if k not in TAKEN})
    build(research)


TAKEN = ("time", "before", "hash")


def registered_late(research: Research) -> None:
    never_registered(research)
    logs.register(research.path, research.plan())


def other_seeds(research: Research) -> None:
    ran(research, seeds=[6, 7])
    build(research)


def other_condition(research: Research) -> None:
    ran(research, ["shuffled"])
    build(research)


def fewer_seeds(research: Research) -> None:
    for name in ("journal.jsonl", "results.csv"):
        (research.path / name).unlink()
    logs.register(research.path, research.plan())
    ran(research, seeds=[1, 2, 3, 4])
    build(research)


def other_code_between(research: Research) -> None:
    for name in ("journal.jsonl", "results.csv"):
        (research.path / name).unlink()
    logs.register(research.path, research.plan())
    ran(research, ["treated"])
    change(research, "experiment.py", "STEPS = 40", "STEPS = 40  # a word")
    ran(research, ["control", "sham"])
    build(research)


def untold_deviation(research: Research) -> None:
    logs.deviate(research.path, "We looked at a second measure.", "It was there.")
    change(research, "paper.md", "{{deviations}}", "There were none.")


def registered_again(research: Research) -> None:
    change(research, "plan.toml", "value = 0.2", "value = 0.1")
    logs.register(research.path, research.plan())


def uneven_seeds(research: Research) -> None:
    """The control's last seed failed, and the paper tells of it."""
    for name in ("journal.jsonl", "results.csv"):
        (research.path / name).unlink()
    logs.register(research.path, research.plan())
    ran(research, ["treated", "sham"])
    ran(research, ["control"], failed={5: "MemoryError"})
    build(research)


def no_control_run(research: Research) -> None:
    for name in ("journal.jsonl", "results.csv"):
        (research.path / name).unlink()
    logs.register(research.path, research.plan())
    logs.deviate(research.path, "The control was not run.", "No time.")
    ran(research, ["treated", "sham"])
    change(research, "figures.py", '"treated", "control", "sham")):', '"treated", "sham")):')
    text = (research.path / "paper.md").read_text()
    for old, new in (
        ("by {{result main}}", "{{see treated:gain}}"), ("{{see empty}}", "{{see sham:gain}}"), ("{{result main}}", "seen"),
        (", the control's {{mean control:gain}}", ""), (", {{result empty}},", ""),
    ):  # fmt: skip
        text = text.replace(old, new)
    (research.path / "paper.md").write_text(text)
    build(research)


def hidden_failure(research: Research) -> None:
    """All of seed 5 failed and nothing tells of it."""
    for name in ("journal.jsonl", "results.csv"):
        (research.path / name).unlink()
    logs.register(research.path, research.plan())
    ran(research, failed={5: "MemoryError"})
    build(research)
    change(research, "paper.md", "{{log}} ", "")


def counted_failure(research: Research) -> None:
    """All of seed 5 failed; the paper counts the failures and does not say whose they were."""
    for name in ("journal.jsonl", "results.csv"):
        (research.path / name).unlink()
    logs.register(research.path, research.plan())
    ran(research, failed={5: "MemoryError"})
    build(research)


def replaced_run(research: Research) -> None:
    ran(research, ["control"], [1, 2])
    build(research)
    change(research, "paper.md", "{{log}} ", "")


def hidden_pilot(research: Research) -> None:
    ran(research, seeds=[101], pilot=True)
    change(research, "paper.md", "{{log}} ", "")


def png_changed(research: Research) -> None:
    path = research.path / "figures" / "main.png"
    path.write_bytes(path.read_bytes() + b"x")


def stale_figure(research: Research) -> None:
    path = research.path / "figures" / "main.json"
    path.write_text(path.read_text().replace(json.loads(path.read_text())["results"], "0" * 16))


def foreign_figure(research: Research) -> None:
    (research.path / "figures" / "drawn_by_hand.png").write_bytes(b"x")
    change(
        research, "paper.md", "## Limitations", "![A sketch of 5 seeds](figures/drawn_by_hand.png)\n\n## Limitations"
    )


def old_lock(research: Research) -> None:
    os.utime(research.path / "requirements.lock", (1_700_000_000, 1_700_000_000))


def many_pages(research: Research) -> None:
    more = "We ran the toy and wrote down what came of it, step by step and without any hurry. " * 25
    change(research, "paper.md", "## Results", f"{more}\n\n" * 8 + "\n\n## Results")


def control_not_shown(research: Research) -> None:
    for old, new in (
        ("{{table}}\n", ""),
        (", the control's {{mean control:gain}}", ""),
        ("by {{result main}}", "as it seems"),
        (": the difference is {{result main}} (Figure 1)", " (Figure 1)"),
    ):
        change(research, "paper.md", old, new)


def few_seeds(research: Research) -> None:
    for old, new in (
        ("5 seeds", "3 seeds"),
        ("each of five seeds", "each seed"),
        ("no effect, {{result empty}}", "an effect that we cannot tell from none, {{result empty}}"),
        ("makes no difference {{see empty}}", "could make a difference {{see empty}}"),
    ):
        change(research, "paper.md", old, new)
    plan("seeds = [1, 2, 3, 4, 5]", "seeds = [1, 2, 3]")(research)


NUMBERS = "{{mean treated:gain}}, the control's {{mean control:gain}}"
FAULTS: list[tuple[str, str, str, Plant]] = [
    ("hand edit", "results", "changed by hand", hand_edit),
    ("hand edit before a run", "results", "changed by hand before the run", hand_edit_before_a_run),
    ("newer code", "results", "code was changed after the last run", newer_code),
    ("plan changed", "registration", "kill too-small, value", other_plan),
    ("journal changed", "registration", "was changed after it was written", other_journal),
    ("never registered", "registration", "never registered", never_registered),
    ("registered late", "registration", "after the first run", registered_late),
    ("other seeds", "deviation", "seeds 6, 7 were run and not registered", other_seeds),
    ("other condition", "deviation", "shuffled was run and is not in the first registration", other_condition),
    ("seeds never run", "deviation", "the registered seeds 5 were never run", fewer_seeds),
    ("other code", "deviation", "code was changed between", other_code_between),
    ("untold deviation", "deviation", "tells of none", untold_deviation),
    ("registered again", "deviation", "registered again after runs", registered_again),
    ("uneven seeds", "seeds", "treated only: 5", uneven_seeds),
    ("no control run", "control", "its control control none", no_control_run),
    ("failure only counted", "seeds", "rests on 4 seeds of 5", counted_failure),
    ("hidden failure", "hidden-run", "seeds 5 failed (MemoryError)", hidden_failure),
    ("replaced run", "hidden-run", "seeds 1, 2 were run again", replaced_run),
    ("hidden pilot", "hidden-run", "pilot", hidden_pilot),
    ("kill met", "kill", "too-small (mean above 0.2) is met", plan(
        'when = "interval below"\nvalue = 0.2', 'when = "mean above"\nvalue = 0.2')),
    ("untold expectation", "overclaim", "lower was registered and did not come", plan('expect = "higher"', 'expect = "lower"')),
    ("transposed digits", "number", "1.28 is no number", paper(NUMBERS, "1.28, the control's {{mean control:gain}}")),
    ("unknown name", "number", "{{mean mian}} names no result", paper("{{see empty}}.", "{{see empty}} {{mean mian}}.")),
    ("bare claim", "claim", '"increases"', paper("## Limitations", "Treating it twice increases the gain.\n\n## Limitations")),
    ("bare number", "claim", "1.82", paper("## Limitations", "Treated toys have a gain of 1.82.\n\n## Limitations")),
    ("zero inside", "overclaim", "the interval holds zero",
     paper("The sham treatment has no effect, {{result empty}},", "The sham treatment raises the gain, {{result empty}},")),
    ("wrong sign", "overclaim", "against the sign",
     paper("has a higher gain than the control: the", "has a lower gain than the control: the")),
    ("no effect too soon", "overclaim", "reaches beyond",
     paper("has a higher gain than the control: the", "shows no difference from the control: the")),
    ("proves", "overclaim", "prove", paper("The treated toy has a higher gain", "This proves a higher gain of the treated toy")),
    ("always", "overclaim", "always", paper("The treated toy has a higher gain", "The treated toy always has a higher gain")),
    ("large models", "overclaim", "only a toy was run",
     paper("The treated toy has a higher gain", "In large language models the treatment gives a higher gain")),
    ("control not shown", "control", "control:gain", control_not_shown),
    ("no caption", "figure", "no caption", paper(
        "![The treated toy gains more than the control in each of five seeds; a point is a seed, a bar a 95 % interval]", "![]")),
    ("changed picture", "figure", "changed after it was drawn", png_changed),
    ("stale figure", "figure", "other results", stale_figure),
    ("foreign figure", "figure", "no function of figures.py", foreign_figure),
    ("no label", "figure", "the upright axis has no label", figures('axes.set_ylabel("gain (log10 of a ratio)")', "pass")),
    ("no title", "figure", "no title", figures('axes.set_title("The treated toy gains more")', "pass")),
    ("no spread", "figure", "neither intervals nor the single seeds", figures(
        'axes.plot([place] * len(values), values, "o", color="0.5")\n'
        '        axes.errorbar([place + 0.1], [estimate.mean], yerr=estimate.mean - estimate.low, fmt="s", color="black")',
        "axes.bar([place], [estimate.mean])")),
    ("not drawn", "figure", "not drawn yet", lambda r: (r.path / "figures" / "main.png").unlink()),
    ("empty limits", "limits", "Limitations is empty", lambda r: section(r, "Limitations", "")),
    ("short limits", "limits", "5 words", lambda r: section(r, "Limitations", "Our toy is very small.")),
    ("vague limits", "limits", "would fit any paper", lambda r: section(
        r, "Limitations", "As with all research of this kind there are limits, and more work is needed. " * 4)),
    ("no AI statement", "ai-use", "is left", lambda r: section(r, "Statement of AI use", "[Write here: what you used]")),
    ("AI statement gone", "ai-use", "missing", paper("## Statement of AI use\n", "")),
    ("method unwritten", "paper", "still to be written: Method (line", lambda r: section(r, "Method", "[Write here: what you did]")),
    ("no author", "paper", "the author", paper("Author: A. Learner\n", "")),
    ("unknown source", "references", "[@roe2023] is not in references.bib", paper("[@doe2024]", "[@doe2024; @roe2023]")),
    ("source without year", "references", "lacks year", lambda r: change(r, "references.bib", "  year   = {2024},\n", "")),
    ("long abstract", "length", "the limit is 200", paper("## Introduction", "It is a toy. " * 60 + "\n\n## Introduction")),
    ("many pages", "length", "pages without the references", many_pages),
    ("no lock", "reproduce", "requirements.lock", lambda r: (r.path / "requirements.lock").unlink()),
    ("old lock", "reproduce", "older than the last run", old_lock),
    ("no reproduce.py", "reproduce", "reproduce.py", lambda r: (r.path / "reproduce.py").unlink()),
    ("no control planned", "plan", "role control", plan('role = "control"', 'role = "baseline"')),
    ("no kill", "plan", "no kill criterion", plan(
        '[[kill]]\nid = "too-small"\ncomparison = "main"\nwhen = "interval below"\nvalue = 0.2\nsays = "stop and report it"\n', "")),
    ("no compute", "plan", "compute", lambda r: change(r, "plan.toml", "quantity = 0.1", "quantity = 0.0")),
    ("few seeds", "plan", "3 seeds", few_seeds),
    ("zero effect", "plan", "smallest_effect", plan(
        'smallest_effect = 0.2\nsays = "what the treatment adds"', 'smallest_effect = 0.0\nsays = "what the treatment adds"')),
    ("unknown condition", "plan", "nobody", lambda r: change(r, "plan.toml", 'condition = "sham"', 'condition = "nobody"')),
    ("mark left", "plan", "why", lambda r: change(
        r, "plan.toml", "Whoever audits with it would stop if it does not.", "[Write here: who would]")),
]  # fmt: skip


def section(research: Research, title: str, body: str) -> None:
    path = research.path / "paper.md"
    head, _, rest = path.read_text().partition(f"## {title}\n")
    path.write_text(f"{head}## {title}\n\n{body}\n\n## {rest.partition('## ')[2]}")
