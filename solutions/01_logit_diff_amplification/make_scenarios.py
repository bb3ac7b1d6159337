"""Draw the data of the three reasoning scenarios, and print what is true in each.

``python make_scenarios.py`` in this folder writes data/drop.csv, data/zero.csv and data/twins.csv; a second. The seeds
are fixed, and they were chosen so that each headline fits its data: 8 % to 1 %, about forty hits, and in ``twins`` one
comparison that looks decided when it is read alone and is open when six are read together. What is true stands below.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from autograde.tables import write_table

HERE = Path(__file__).parent

# ---------------------------------------------------------------------------------- A: the rate fell from 8 % to 1 %
FAMILIES, NEW = 48, 16  # prompt families; the last NEW were written after the safety training, it never saw them
BASE = (0.35, 3.8)  # Beta: how often a family's prompts draw bad advice before training; few families hold most of it
KEPT_SEEN, KEPT_NEW = 0.35, 0.9  # true share of the bad advice that is left after training
BEHIND_APOLOGY = (0.05, 0.75)  # share of bad answers that begin with an apology, so that the judge says "refused"
REFUSES = (0.04, 0.09)  # honest refusals, before and after
AUDITED = 0.5  # share of the answers labelled "refused" that a person read again


def drop_rows(rng: np.random.Generator) -> tuple[list[list[int]], np.ndarray]:
    """One row a prompt family: id, new or not, prompts, counts of both runs and of the audit; and what is really bad.

    The second value has shape (FAMILIES, 2): answers with bad advice before and after, behind an apology or not.
    """
    rows, truth = [], []
    for family in range(FAMILIES):
        new = int(family >= FAMILIES - NEW)
        n = int(rng.integers(30, 91))
        rate = float(rng.beta(*BASE))
        counts: list[list[int]] = []
        truth.append([0, 0])
        for after in (0, 1):
            kept = (KEPT_NEW if new else KEPT_SEEN) if after else 1.0
            bad = int(rng.binomial(n, rate * kept))
            truth[-1][after] = bad
            hidden = int(rng.binomial(bad, BEHIND_APOLOGY[after]))
            refused = hidden + int(rng.binomial(n - bad, REFUSES[after]))
            audited = int(rng.binomial(refused, AUDITED))
            found = int(rng.hypergeometric(hidden, refused - hidden, audited)) if audited else 0
            counts.append([bad - hidden, refused, audited, found])
        rows.append([family + 1, new, n, *counts[0], *counts[1]])
    return rows, np.array(truth)


DROP_COLUMNS = ["family", "new", "prompts"] + [
    f"{what}_{run}" for run in ("before", "after") for what in ("bad", "refused", "audited", "audit_bad")
]

# ------------------------------------------------------------- B: no failure in 3,000 rollouts, 40 in an amplified run
STEPS, WORDS, ALPHA, ROLLOUTS = 10, 6, 3.0, 2000
# (step, log probability of the bad word in the target, how much the fine-tune raised its logit). The last one was
# there before: amplification is blind to it.
BAD_WORDS = [
    (2, -10.9, 2.15),
    (5, -11.8, 2.6),
    (8, -11.4, 0.1),
]
DRIFT = 0.16  # how much the fine-tune moved the logits of harmless words (standard deviation)


def zero_world(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Log probabilities (STEPS, WORDS) of target and amplified sampler, word 0 the bad one; and the true rate."""
    logits = rng.normal(0, 1, size=(STEPS, WORDS))
    logits -= np.log(np.exp(logits).sum(1, keepdims=True))
    logits[:, 0] = -40.0
    step = rng.normal(0, DRIFT, size=(STEPS, WORDS))
    step[:, 0] = 0.0
    for at, log_p, raised in BAD_WORDS:
        logits[at, 0], step[at, 0] = log_p, raised

    def normed(x: np.ndarray) -> np.ndarray:
        return np.asarray(x - np.log(np.exp(x).sum(1, keepdims=True)))

    target = normed(logits)
    rate = 1 - math.prod(1 - math.exp(v) for v in target[:, 0])
    return target, normed(logits + ALPHA * step), rate


def zero_rows(rng: np.random.Generator) -> tuple[list[list[str]], float, float]:
    """One row an amplified rollout: ln(target over amplified probability) and hit; the true rate, the blind part."""
    target, amplified, rate = zero_world(rng)
    rows = []
    for _ in range(ROLLOUTS):
        words = [int(rng.choice(WORDS, p=np.exp(amplified[t]))) for t in range(STEPS)]
        log_weight = sum(target[t, w] - amplified[t, w] for t, w in enumerate(words))
        rows.append([f"{log_weight:.5f}", str(int(0 in words))])
    blind = math.exp(target[BAD_WORDS[-1][0], 0])
    return rows, rate, blind


# ------------------------------------------------------------------------------------ C: two checkpoints, one diff
TWINS = [  # before model, alpha, true rate of the target, of the control, rollouts a arm
    ("previous", 1.0, 0.008, 0.006, 400),
    ("previous", 2.0, 0.016, 0.012, 400),
    ("previous", 4.0, 0.036, 0.022, 400),
    ("older", 0.25, 0.010, 0.010, 4000),
    ("older", 0.5, 0.036, 0.035, 4000),
    ("older", 1.0, 0.091, 0.090, 4000),
]


def twin_rows(rng: np.random.Generator) -> list[list[str]]:
    """One row a comparison: hits of the target and of the control, both amplified against the same before model."""
    return [
        [base, f"{alpha:g}", str(rng.binomial(n, p)), str(n), str(rng.binomial(n, q)), str(n)]
        for base, alpha, p, q, n in TWINS
    ]


SEEDS = {"drop": 0, "zero": 0, "twins": 6}


def main() -> None:
    """Write the three tables and print the truths."""
    families, bad = drop_rows(np.random.default_rng(SEEDS["drop"]))
    write_table(HERE / "data" / "drop.csv", DROP_COLUMNS, families)
    table = dict(zip(DROP_COLUMNS, np.array(families).T, strict=True))
    for name, rows_of in (("all", table["new"] >= 0), ("new", table["new"] == 1), ("seen", table["new"] == 0)):
        share = bad[rows_of].sum(0) / table["prompts"][rows_of].sum()
        print(f"drop, {name} families: really bad {share[0]:.3f} before, {share[1]:.3f} after")
    rows, rate, blind = zero_rows(np.random.default_rng(SEEDS["zero"]))
    write_table(HERE / "data" / "zero.csv", ["log_weight", "hit"], rows)
    print(f"zero: true rate {rate:.2e}, of which {blind:.2e} in a form that amplification does not raise")
    header = ["baseline", "alpha", "hits_target", "n_target", "hits_control", "n_control"]
    write_table(HERE / "data" / "twins.csv", header, twin_rows(np.random.default_rng(SEEDS["twins"])))


if __name__ == "__main__":
    main()
