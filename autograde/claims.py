"""What the examiner knows about a unit's claims: which are true, where that stands, and why."""

from __future__ import annotations

from typing import Any

from autograde.build.references import References
from autograde.paths import solutions
from worktest.errors import UserError
from worktest.units import read_toml


def truths(unit: str, claims: list[str]) -> dict[str, dict[str, Any]]:
    """For each claim that the bank has: ``truth``, ``source`` (its name), ``url``, ``section``, ``explanation``.

    Raises UserError when the unit has no bank here.
    """
    path = solutions() / unit / "claims.toml"
    if not path.is_file():
        raise UserError(f"the examiner has no claims of {unit} here: hand the sitting in, your facilitator scores it")
    references = References.read(solutions() / "references.bib")
    known = {entry["id"]: entry for entry in read_toml(path)["claim"]}
    return {
        name: {
            "truth": bool(known[name]["truth"]),
            "source": references.name(known[name]["source"], str(path)),
            "url": references.known(known[name]["source"], str(path))["url"],
            "section": str(known[name]["section"]),
            "explanation": str(known[name]["explanation"]).strip(),
        }
        for name in claims
        if name in known
    }
