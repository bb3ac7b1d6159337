"""Let four simulated takers sit 200 times and print what they get: the figures in the work test. Under a minute."""

from __future__ import annotations

from pathlib import Path

from autograde.cases.scenario import scenarios_of
from autograde.cases.takers import PARTS, simulate

SITTINGS, COUNT = 200, 4

if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    for row in simulate(here.name, scenarios_of(here.name), SITTINGS, COUNT).rows():
        said = ", ".join(f"{part} {row[part]:.2f} +- {row[f'{part}_half']:.2f}" for part in ("percent", *PARTS[1:]))
        print(f"{row['taker']}: {said}")
