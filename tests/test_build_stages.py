"""Claims, prompts, samples and written cells: green as a unit has them, red with one clear line for each thing wrong."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import micro
import nbformat
import pytest
import tomli_w
from nbformat.v4 import new_markdown_cell, new_notebook

from autograde.build import verify, verify_stages
from autograde.build.references import References
from autograde.course import released_bytes
from worktest.units import load_unit

REAL = Path(__file__).resolve().parent.parent
CLAIM = """[[claim]]
id = "claim-{n}"
text = "Doe (2025) reports the number {n} with care."
truth = {truth}
source = "doe"
section = "abstract"
explanation = "The number {n} stands in the abstract, and it is about fishes."
"""
PROMPT = """[[prompt]]
id = "micro-why"
kind = "mentor"
notebook = "micro"
title = "Why twice"
text = "Why would one double a number?"
words = 8
[[prompt.criterion]]
id = "reason"
asks = "Gives a reason"
levels = ["none", "one", "one, and what speaks against it"]
[[prompt.criterion]]
id = "limits"
asks = "Names a limit"
levels = ["none", "one"]
"""
SAMPLE = """[[prompt.sample]]
id = "{level}-one"
level = "{level}"
text = "{text}"
scores = {{ reason = {reason}, limits = {limits} }}
reasons = {{ reason = "It gives {reason} reasons for the doubling.", limits = "It names {limits} limits of the doubling." }}
"""
SAMPLES = "".join(
    SAMPLE.format(level=level, text=text, reason=reason, limits=limits)
    for level, text, reason, limits in (
        ("weak", "Doubling has always been close to my heart, and I look forward to it.", 0, 0),
        ("strong", "To undo halving; fails for strings.", 2, 1),
        ("fair", "To undo halving.", 1, 0),
    )
)
WRITTEN = """
# %% [markdown]
# {{prompt micro-why}}

# %% [markdown] written="micro-why"
# The author thinks that a number is doubled for luck.
#
# And halved again on the day after, for balance.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The micro unit with sixteen claims, six of them false, and one prompt with its three samples."""
    folder = micro.write_source(tmp_path)
    edit(folder / "unit.toml", "minutes = 1\n", 'minutes = 1\npapers = ["doe"]\n')
    claims = "".join(CLAIM.format(n=n, truth="false" if n % 3 == 0 else "true") for n in range(16))
    (folder / "claims.toml").write_text(claims)
    (folder / "prompts.toml").write_text(PROMPT + SAMPLES)
    with (folder / "micro.nb.py").open("a") as file:
        file.write(WRITTEN)
    return folder


def edit(path: Path, old: str, new: str, count: int = 1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def problems(folder: Path) -> list[str]:
    references = References.read(folder.parent / "references.bib")
    return list(verify_stages.problems(folder, load_unit(folder), references))


def claims(old: str, new: str, count: int = 1) -> Callable[[Path], object]:
    return lambda folder: edit(folder / "claims.toml", old, new, count)


def prompts(old: str, new: str, count: int = 1) -> Callable[[Path], object]:
    return lambda folder: edit(folder / "prompts.toml", old, new, count)


def script(old: str, new: str, count: int = 1) -> Callable[[Path], object]:
    return lambda folder: edit(folder / "micro.nb.py", old, new, count)


def only(lines: int) -> Callable[[Path], object]:
    """Keep this many claims."""

    def change(folder: Path) -> None:
        parts = (folder / "claims.toml").read_text().split("[[claim]]")
        (folder / "claims.toml").write_text("[[claim]]".join(parts[: lines + 1]))

    return change


RED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a claim twice": (claims('"claim-3"', '"claim-4"'), r"claims\.toml: the claim 'claim-4' is there twice"),
    "a text twice": (claims("the number 3 with", "the number 4 with"), r"claims\.toml: two claims have the same text"),
    "no truth": (claims("truth = false\n", ""), r"claims\.toml: claim 'claim-0' lacks 'truth' \(true or false\)"),
    "a truth in quotes": (claims("truth = false", 'truth = "false"'), r"claim 'claim-0' lacks 'truth'"),
    "no explanation": (
        claims('explanation = "The number 0 stands in the abstract, and it is about fishes."\n', ""),
        r"claim 'claim-0' lacks 'explanation'"),
    "an empty section": (claims('section = "abstract"', 'section = " "'), r"claim 'claim-0' lacks 'section'"),
    "no id": (claims('id = "claim-2"\n', ""), r"claims\.toml: claim 'number 3' lacks 'id'"),
    "a key with a slip": (claims("section =", 'chapter = "1"\nsection ='), r"'claim-0' has the unknown key 'chapter'"),
    "an unknown source": (claims('source = "doe"', 'source = "roe"'), r"claim 'claim-0': unknown citation 'roe'"),
    "a source that the unit does not list": (
        lambda f: edit(f / "unit.toml", 'papers = ["doe"]', "papers = []"), r"'doe' is not among the 'papers'"),
    "too few claims": (only(15), r"claims\.toml: 15 claims; a bank has at least 16"),
    "too few false": (claims("truth = false", "truth = true"), r"claims\.toml: 5 of 16 claims are false"),
    "too many false": (claims("truth = true", "truth = false", 3), r"9 of 16 claims are false"),
    "a length that tells": (
        lambda f: [claims(f"reports the number {n} with", f"is said to report that the number {n} is given with")(f)
                   for n in (0, 3, 6, 9, 12, 15)][-1],
        r"true claims have 8 words on average, false ones 14: the length gives the truth away"),
    "claims that are no TOML": (claims("truth = false", "truth = fals"), r"claims\.toml is not well-formed TOML"),
    "claims that are no tables": (
        lambda f: (f / "claims.toml").write_text('claim = ["one"]'), r"claims\.toml: 'claim' must be a list of tables"),
    "no fair sample": (prompts('level = "fair"', 'level = "weak"'), r"'micro-why' needs a weak, a fair and a strong sample"),
    "a sample too many": (
        lambda f: (f / "prompts.toml").write_text(PROMPT + SAMPLES + SAMPLE.format(level="fair", text="More.", reason=1, limits=0).replace("fair-one", "b")),
        r"needs a weak, .* sample, not fair, fair, strong, weak"),
    "a sample twice": (prompts('id = "fair-one"', 'id = "weak-one"'), r"the sample 'weak-one' is there twice"),
    "a score too high": (prompts("reason = 2", "reason = 3"), r"sample strong-one, key scores.reason: .* 0 to 2, not 3"),
    "a score below zero": (prompts("reason = 0", "reason = -1"), r"key scores.reason: a level from 0 to 2, not -1"),
    "a score that is no number": (prompts("reason = 1", "reason = true"), r"key sample fair-one.scores.reason: Input"),
    "a criterion without a score": (
        prompts("scores = { reason = 1, limits = 0 }", "scores = { reason = 1 }"),
        r"sample fair-one, key scores: one for each criterion; see limits"),
    "a criterion without a reason": (
        prompts(', limits = "It names 1 limits of the doubling."', ""), r"strong-one, key reasons: .* see limits"),
    "an empty reason": (prompts('"It names 1 limits of the doubling."', '""'), r"the reason for 'limits' is empty"),
    "a score for nothing": (prompts("reason = 1,", "reason = 1, taste = 1,"), r"fair-one, key scores: .* see taste"),
    "no scores": (prompts("scores = { reason = 1, limits = 0 }\n", ""), r"fair-one, key scores: one for each criterion; see limits, reason"),
    "a strong sample that is too long": (
        prompts("To undo halving; fails for strings.", "To undo halving; it fails for strings and for lists."),
        r"sample 'strong-one' is strong and has 10 words; the limit is 8"),
    "a weak sample that scores best": (
        prompts("scores = { reason = 0, limits = 0 }", "scores = { reason = 2, limits = 1 }"), r"do not rise from weak"),
    "one level only": (prompts('levels = ["none", "one"]', 'levels = ["none"]'), r"key criterion limits.levels: List should have at least 2"),
    "a criterion twice": (prompts('id = "limits"', 'id = "reason"'), r"the criterion 'reason' is there twice"),
    "an unknown kind": (prompts('kind = "mentor"', 'kind = "essay"'), r"key kind: Input should be 'mentor'"),
    "an unknown notebook": (
        prompts('notebook = "micro"', 'notebook = "macro"'), r"the notebook 'macro' is not listed in unit\.toml"),
    "no number of words": (prompts("words = 8", 'words = "few"'), r"key words: Input should be a valid integer"),
    "a prompt that nobody shows": (script("{{prompt micro-why}}", ""), r"\{\{prompt micro-why\}\} is missing in micro"),
    "a written cell without its prompt": (
        script("{{prompt micro-why}}", ""), r"micro\.nb\.py: the cell written='micro-why' has no \{\{prompt micro-why\}\}"),
    "a prompt below its written cell": (
        lambda f: [script("# {{prompt micro-why}}\n", "#\n")(f), script("for balance.", "x\n\n# %% [markdown]\n"
                   "# {{prompt micro-why}}")(f)][-1], r"the cell written='micro-why' has no .* above it"),
    "prompts that are no TOML": (prompts("words = 8", "words ="), r"prompts\.toml is not well-formed TOML"),
}  # fmt: skip


def test_a_sound_unit_has_no_problem(folder: Path) -> None:
    assert problems(folder) == []
    (folder / "claims.toml").unlink()
    (folder / "prompts.toml").unlink()
    edit(folder / "micro.nb.py", WRITTEN, "")
    assert problems(folder) == []  # a unit without reading and written prompts, such as 00


@pytest.mark.parametrize("case", RED)
def test_a_fault_is_named(case: str, folder: Path) -> None:
    change, line = RED[case]
    change(folder)
    found = problems(folder)
    assert [p for p in found if re.search(line, p)], found
    assert all("\n" not in p and str(folder) in p for p in found)


def test_the_whole_check_says_it_once(tmp_path: Path) -> None:
    unit = "01_logit_diff_amplification"
    root = tmp_path / "checkout"
    for name in (unit, "00_start_here"):
        shutil.copytree(
            REAL / "solutions" / name, root / "solutions" / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("references.bib", "grade_ids.txt"):
        shutil.copyfile(REAL / "solutions" / name, root / "solutions" / name)
    edit(root / "solutions" / unit / "claims.toml", "truth = true\n", "")
    references = References.read(root / "solutions" / "references.bib")
    found = verify.problems_of(unit, root / "solutions", root / "curriculum", references)
    assert len([p for p in found if re.search(r"claims\.toml: claim '.*' lacks 'truth'", p)]) == 1, found
    assert len(found) == len(set(found)) and not [p for p in found if "leak" in p]


# Leaks -----------------------------------------------------------------------------------------------------------


def released(folder: Path) -> Path:
    """What a learner gets beside the notebook, and a notebook with the words that are given."""
    target = folder.parent.parent / "curriculum" / folder.name
    target.mkdir(parents=True)
    for name in ("claims.toml", "prompts.toml"):
        (target / name).write_bytes(released_bytes(folder, Path(name)))
    write_notebook(target, "Why would one double a number?")
    return target


def write_notebook(target: Path, text: str) -> None:
    nbformat.write(new_notebook(cells=[new_markdown_cell(text)]), target / "micro.ipynb")


def leaks(folder: Path, target: Path) -> list[str]:
    return list(verify.leaks(load_unit(folder), folder, target))


def test_the_release_gives_nothing_away(folder: Path) -> None:
    target = released(folder)
    assert leaks(folder, target) == []
    assert b"Doe (2025) reports" in (target / "claims.toml").read_bytes()
    assert b"To undo halving." in (target / "prompts.toml").read_bytes()


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("Note: the number 7 stands in\nthe abstract, and it is about fishes.", None),
        ("Note: The number 7 stands in\n  the abstract, and it is about fishes.", r"claims\.toml, claim-7"),
        ("It gives 2 reasons for the doubling.", r"prompts\.toml, strong-one"),
        ("The author thinks that a number is doubled for luck.", r"micro, the written answer to micro-why"),
        ("And halved again on the day after, for balance.", r"micro, the written answer to micro-why"),
    ],
)
def test_a_text_that_stays_behind_is_found_in_a_notebook(text: str, origin: str | None, folder: Path) -> None:
    target = released(folder)
    write_notebook(target, text)
    found = leaks(folder, target)
    assert len(found) == (origin is not None), found
    assert origin is None or re.search(rf"micro\.ipynb: leak from {origin}", found[0])


@pytest.mark.parametrize(
    ("name", "table", "key", "value"),
    [("claims.toml", "claim", "truth", True), ("claims.toml", "claim", "section", "2"),
     ("prompts.toml", "sample", "level", "weak"), ("prompts.toml", "sample", "scores", {"reason": 1})],
)  # fmt: skip
def test_a_key_that_stays_behind_is_found(name: str, table: str, key: str, value: object, folder: Path) -> None:
    target = released(folder)
    entry: dict[str, object] = {"id": "x", "text": "A text.", key: value}
    data = {"claim": [entry]} if table == "claim" else {"prompt": [{"id": "p", "sample": [entry]}]}
    (target / name).write_text(tomli_w.dumps(data))
    assert [p for p in leaks(folder, target) if re.search(rf"{name}: leak: 'x' still has its '{key}'", p)]


def test_an_explanation_in_a_toml_string_with_line_ends_is_found(folder: Path) -> None:
    target = released(folder)
    (target / "hints.toml").write_text("")
    (target / "claims.toml").write_text(
        '[[claim]]\nid = "x"\ntext = """The number 7 stands in the \\\n   abstract, and it is about fishes."""\n'
    )
    assert [p for p in leaks(folder, target) if "leak from claims.toml, claim-7" in p]
