"""The plan: is it written, can it fail, and is there a control."""

from __future__ import annotations

from collections.abc import Iterator

from worktest.extend.check.base import PLAN, Facts, Finding
from worktest.extend.plan import unwritten

FEWEST_SEEDS = 5


def look_at_plan(facts: Facts) -> Iterator[Finding]:
    """Marks that are left, and what a plan must hold before anything is run."""
    plan = facts.plan
    if plan is None:
        return
    if left := unwritten(plan):
        yield Finding("plan", f"{PLAN}: {'; '.join(left)}", "still to be written", "write it in your own words")
    controls = [condition.id for condition in plan.condition if condition.role == "control"]
    if not controls:
        what = "no condition has the role control: nothing could show that the effect has another cause"
        yield Finding("plan", f"{PLAN}: condition", what, 'add a [[condition]] with role = "control"')
    if not plan.comparison:
        what = "no comparison: nothing says which difference the claim will rest on"
        yield Finding("plan", f"{PLAN}: comparison", what, "add a [[comparison]] of a condition against its control")
    elif controls and not any(c.against in controls or c.condition in controls for c in plan.comparison):
        what = f"the control {controls[0]} is in no comparison"
        yield Finding("plan", f"{PLAN}: comparison", what, f'add a [[comparison]] with against = "{controls[0]}"')
    if not plan.kill:
        yield Finding(
            "plan",
            f"{PLAN}: kill",
            "no kill criterion: nothing says when you would stop",
            "add a [[kill]] with a value",
        )
    if len(set(plan.seeds)) < FEWEST_SEEDS:
        what = f"{len(set(plan.seeds))} seeds; with fewer than {FEWEST_SEEDS} an interval is hardly worth its name"
        yield Finding("plan", f"{PLAN}: seeds", what, f"plan {FEWEST_SEEDS} or more")
    if not plan.compute or not any(line.quantity for line in plan.compute):
        what = "no estimate of the compute it needs"
        yield Finding("plan", f"{PLAN}: compute", what, "add a [[compute]] with a quantity and a unit")
    for comparison in plan.comparison:
        if comparison.smallest_effect == 0:
            where = f"{PLAN}: comparison {comparison.id}, smallest_effect"
            what = "it is 0, so an effect that matters to nobody would count, and no absence could ever be shown"
            yield Finding("plan", where, what, "say the smallest difference that somebody would act on")
