"""What ``autograde build --check`` holds the reading, the written prompts and their samples to. One line a problem."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from autograde.build.prompts import PROMPT, read_prompts
from autograde.build.references import References
from autograde.build.source import script_of
from autograde.course import KEPT_BACK
from worktest.errors import UserError
from worktest.prompts import FILE, Prompt, defence_of, problems_of_samples
from worktest.safe import words_in
from worktest.units import UnitInfo, read_toml

MIN_CLAIMS = 16
_CLAIM_KEYS: dict[str, type] = {
    "id": str, "text": str, "truth": bool, "source": str, "section": str, "explanation": str,
}  # fmt: skip
_LENGTH_CUE = 1.25
"""How much longer, in words, false claims may be than true ones on average, or the other way round."""

_WRITTEN = re.compile(r'^# %% \[markdown\].*\bwritten="([a-z0-9-]+)".*$', re.MULTILINE)
_CELL = re.compile(r"^# %%", re.MULTILINE)
_MIN_SECRET = 25
"""Shorter reasons ("none is named") may stand anywhere by chance."""


def problems(folder: Path, info: UnitInfo, references: References) -> Iterator[str]:
    """Everything wrong with the claims and prompts of the worked unit in ``folder``."""
    for check in _CHECKS:
        try:
            yield from check(folder, info, references)
        except UserError as error:  # a file that can't be read: its name and the reason
            yield str(error)


# Claims ----------------------------------------------------------------------------------------------------------


def _claims(folder: Path, info: UnitInfo, references: References) -> Iterator[str]:
    path = folder / "claims.toml"
    if not path.is_file():
        return
    claims = _tables(read_toml(path), "claim", path)
    for number, claim in enumerate(claims, start=1):
        yield from _claim(claim, f"{path}: claim {claim.get('id') or f'number {number}'!r}", info, references)
    for name in _twice(claim.get("id") for claim in claims):
        yield f"{path}: the claim {name!r} is there twice"
    for text in _twice(claim.get("text") for claim in claims):
        yield f"{path}: two claims have the same text: {text[:60]!r}"
    yield from _balance(path, [claim for claim in claims if isinstance(claim.get("truth"), bool)])


def _claim(claim: dict[str, Any], where: str, info: UnitInfo, references: References) -> Iterator[str]:
    for key, kind in _CLAIM_KEYS.items():
        value = claim.get(key)
        if not isinstance(value, kind) or (isinstance(value, str) and not value.strip()):
            yield f"{where} lacks {key!r}" + (" (true or false)" if kind is bool else "")
    for key in sorted(set(claim) - set(_CLAIM_KEYS)):
        yield f"{where} has the unknown key {key!r}"
    source = claim.get("source")
    if isinstance(source, str) and source not in references.entries:
        yield f"{where}: unknown citation {source!r}"
    elif isinstance(source, str) and source not in info.papers:
        yield f"{where}: the source {source!r} is not among the 'papers' of unit.toml"


def _balance(path: Path, claims: list[dict[str, Any]]) -> Iterator[str]:
    """Too few claims, a share of false ones that can be guessed, lengths that give the truth away."""
    if len(claims) < MIN_CLAIMS:
        yield f"{path}: {len(claims)} claims; a bank has at least {MIN_CLAIMS}"
    words: dict[bool, list[int]] = {True: [], False: []}
    for claim in claims:
        words[claim["truth"]].append(len(str(claim.get("text", "")).split()))
    wrong = len(words[False])
    if not len(claims) / 3 <= wrong <= len(claims) / 2:
        yield f"{path}: {wrong} of {len(claims)} claims are false; it must be a third to a half"
    if words[True] and words[False]:
        true_mean, false_mean = (sum(w) / len(w) for w in (words[True], words[False]))
        if max(true_mean, false_mean) > _LENGTH_CUE * min(true_mean, false_mean):
            yield (
                f"{path}: true claims have {true_mean:.0f} words on average, false ones {false_mean:.0f}: "
                "the length gives the truth away"
            )


# Prompts ---------------------------------------------------------------------------------------------------------


def _prompts(folder: Path, info: UnitInfo, references: References) -> Iterator[str]:
    path = folder / FILE
    for name, prompt in read_prompts(folder).items():
        where = f"{path}: prompt {name!r}"
        if prompt.kind == "write-up" and not prompt.notebook:
            pass  # what it asks for is handed in as a file of its own
        elif any(defence_of({name: prompt}, scene) for scene in info.scenarios):
            pass  # a scenario's defence is written in the form of the sitting
        elif prompt.notebook not in info.notebooks:
            yield f"{where}: the notebook {prompt.notebook!r} is not listed in unit.toml"
        elif name not in PROMPT.findall(_text(script_of(folder, prompt.notebook))):
            yield f"{where}: {{{{prompt {name}}}}} is missing in {script_of(folder, prompt.notebook).name}"
        yield from (f"{path}: {problem}" for problem in problems_of_samples(prompt))
        yield from _samples(prompt, where)


def _samples(prompt: Prompt, where: str) -> Iterator[str]:
    """Samples whose scores do not tell them apart, a reason that is none, a strong one that breaks the limit."""
    totals: dict[str, int] = {}
    for sample in prompt.sample:
        words = words_in(sample.text)
        if sample.level == "strong" and words > prompt.words:
            yield f"{where}, sample {sample.id!r} is strong and has {words} words; the limit is {prompt.words}"
        for name, reason in sample.reasons.items():
            if not reason.strip():
                yield f"{where}, sample {sample.id!r}: the reason for {name!r} is empty"
        totals[str(sample.level)] = sum(sample.scores.values())
    if set(totals) == {"weak", "fair", "strong"} and not totals["weak"] < totals["fair"] < totals["strong"]:
        yield f"{where}: the samples' points do not rise from weak to fair to strong: {totals}"


def _written(folder: Path, info: UnitInfo, references: References) -> Iterator[str]:
    """Cells for written answers whose prompt doesn't stand above them in the same notebook."""
    prompts = read_prompts(folder)
    for name in info.notebooks:
        script = script_of(folder, name)
        text = _text(script)
        for match in _WRITTEN.finditer(text):
            if match[1] not in PROMPT.findall(text[: match.start()]):
                yield f"{script}: the cell written={match[1]!r} has no {{{{prompt {match[1]}}}}} above it"
            if match[1] in prompts and prompts[match[1]].notebook != name:
                yield f"{script}: written={match[1]!r} stands here, but prompts.toml names another notebook for it"


_CHECKS: tuple[Callable[[Path, UnitInfo, References], Iterator[str]], ...] = (_claims, _prompts, _written)
"""Checks of one worked unit. Those of interview.yaml and exit.toml stand in files of their own."""


# Leaks -----------------------------------------------------------------------------------------------------------


def leaks(folder: Path, info: UnitInfo, files: dict[Path, str]) -> Iterator[str]:
    """Truths, explanations, scores, reasons and the author's written answers found in a release.

    Args:
        folder: the worked unit.
        info: its unit.toml.
        files: the text of each released file, by path; of a notebook all its strings, one after another.
    """
    secrets = _secrets(folder, info)
    for path, text in files.items():
        if path.name in KEPT_BACK:
            yield from _keys_that_stay(path)
            text = "\n".join(_strings(_parsed(path)))  # escapes and line ends as they are read
        flat = _flat(text)
        for secret, origin in secrets.items():
            if secret in flat:
                yield f"{path}: leak from {origin}: {secret[:60]!r}"


def _keys_that_stay(path: Path) -> Iterator[str]:
    table, secret_keys = KEPT_BACK[path.name]
    for entry in _parsed(path).get(table, []):
        for part in [entry, *entry.get("sample", [])]:
            for key in secret_keys:
                if key in part:
                    yield f"{path}: leak: {part.get('id')!r} still has its {key!r}"


def _secrets(folder: Path, info: UnitInfo) -> dict[str, str]:
    """Texts that must not be in a release, with where they come from."""
    found: dict[str, str] = {}
    for claim in _parsed(folder / "claims.toml").get("claim", []):
        found[_flat(str(claim.get("explanation", "")))] = f"claims.toml, {claim.get('id')}"
    for prompt in _parsed(folder / "prompts.toml").get("prompt", []):
        for sample in prompt.get("sample", []):
            for reason in sample.get("reasons", {}).values():
                found[_flat(str(reason))] = f"prompts.toml, {sample.get('id')}"
    for name in info.notebooks:
        for answer_id, paragraph in _answers(_text(script_of(folder, name))):
            found[_flat(paragraph)] = f"{name}, the written answer to {answer_id}"
    return {text: origin for text, origin in found.items() if len(text) >= _MIN_SECRET}


def _answers(script: str) -> Iterator[tuple[str, str]]:
    """The paragraphs of the author's written answers in a percent script, each with the prompt's id."""
    for match in _WRITTEN.finditer(script):
        end = _CELL.search(script, match.end())
        body = script[match.end() : end.start() if end else len(script)]
        lines = (line.removeprefix("#").removeprefix(" ") for line in body.strip().splitlines())
        for paragraph in re.split(r"\n\s*\n", "\n".join(lines)):
            yield match[1], paragraph


# Helpers ---------------------------------------------------------------------------------------------------------


def _tables(data: dict[str, Any], name: str, path: Path) -> list[dict[str, Any]]:
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise UserError(f"{path}: {name!r} must be a list of tables, in double brackets")
    return found


def _twice(values: Iterable[Any]) -> list[str]:
    return [value for value, count in Counter(v for v in values if isinstance(v, str)).items() if count > 1]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _parsed(path: Path) -> dict[str, Any]:
    """A TOML file, or nothing when it is missing or damaged (another check says so)."""
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError:
        return {}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _flat(text: str) -> str:
    return " ".join(text.split())
