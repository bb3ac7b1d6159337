"""How often the intervals of two reasoning scenarios hold the truth, over many data sets drawn as theirs.

``python make_coverage.py`` in this folder prints the figures that reasoning.nb.py and prompts.toml quote; some seconds.
"""

from __future__ import annotations

import make_scenarios as scenarios
import numpy as np

Z = 1.96


def drop(repeats: int = 1000) -> tuple[float, float]:
    """Share of 95 % intervals that hold the drop over all families there could be: by families, and by prompts."""
    mean = scenarios.BASE[0] / sum(scenarios.BASE)
    new = scenarios.NEW / scenarios.FAMILIES
    truth = mean * ((1 - new) * (1 - scenarios.KEPT_SEEN) + new * (1 - scenarios.KEPT_NEW))
    held = np.zeros(2)
    for seed in range(repeats):
        rows, _ = scenarios.drop_rows(np.random.default_rng(10_000 + seed))
        table = dict(zip(scenarios.DROP_COLUMNS, np.array(rows, dtype=float).T, strict=True))
        prompts, total, g = table["prompts"], table["prompts"].sum(), len(rows)
        fell, influence, variance = 0.0, np.zeros(g), 0.0
        for run, sign in (("before", 1), ("after", -1)):
            bad, refused, seen, found = (table[f"{n}_{run}"] for n in ("bad", "refused", "audited", "audit_bad"))
            q = found.sum() / max(seen.sum(), 1)
            rate = (bad + q * refused).sum() / total
            fell += sign * rate
            influence += sign * (bad + q * refused - rate * prompts) / total
            influence += sign * refused.sum() / total * (found - q * seen) / max(seen.sum(), 1)
            variance += rate * (1 - rate) / total
        errors = np.array([g / (g - 1) * (influence**2).sum(), variance]) ** 0.5
        held += abs(fell - truth) < Z * errors
    return float(held[0] / repeats), float(held[1] / repeats)


def zero(repeats: int = 1000) -> tuple[float, float, float]:
    """Share of 95 % log-scale intervals that hold the true rate, and the rate of the forms that amplification raises.

    The third share is of the latter, with the interval of a count of hits.
    """
    target, amplified, rate = scenarios.zero_world(np.random.default_rng(scenarios.SEEDS["zero"]))
    raised = 1 - (1 - rate) / (1 - np.exp(target[scenarios.BAD_WORDS[-1][0], 0]))
    held = np.zeros(3)
    for seed in range(repeats):
        rng = np.random.default_rng(seed)
        log_weight, hit = np.zeros(scenarios.ROLLOUTS), np.zeros(scenarios.ROLLOUTS, dtype=bool)
        for t in range(scenarios.STEPS):
            words = rng.choice(scenarios.WORDS, size=scenarios.ROLLOUTS, p=np.exp(amplified[t]))
            log_weight += (target[t] - amplified[t])[words]
            hit |= words == 0
        x = np.exp(log_weight) * hit
        found = x.mean()
        log_error = x.std(ddof=1) / len(x) ** 0.5 / found
        held[:2] += np.abs(np.log(found / np.array([rate, raised]))) < Z * log_error
        held[2] += abs(found - raised) < Z * found / hit.sum() ** 0.5
    return float(held[0] / repeats), float(held[1] / repeats), float(held[2] / repeats)


if __name__ == "__main__":
    print("drop: 95 % intervals from families hold the true drop in {:.0%}, from prompts in {:.0%}".format(*drop()))
    print("zero: hold the true rate {:.0%}, the raised forms {:.0%}, as a count {:.0%}".format(*zero()))
