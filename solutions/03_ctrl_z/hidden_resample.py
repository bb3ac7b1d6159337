"""Held-back checks of unit 03: samples as evidence, the figure of the reversal, evidence of earlier steps."""

import numpy as np

from worktest.checks import check, expect

# ctrlz-incriminate ----------------------------------------------------------------------------------------------

WAYS = {
    "first": lambda rows: rows[:, 0],
    "min": lambda rows: np.sort(rows, axis=1)[:, 0],
    "mean": lambda rows: rows.sum(axis=1) / rows.shape[1],
    "max": lambda rows: np.sort(rows, axis=1)[:, -1],
}


def _rate(honest, attack, how, budget):
    """Spend the budget from the top, score by score; what is left of it is shared by the last one."""
    calm, wild = WAYS[how](honest), WAYS[how](attack)
    left = budget * len(calm)
    for score in sorted(set(calm.tolist()), reverse=True):
        here = int((calm == score).sum())
        if left <= here + 1e-9:
            return float((wild > score).mean() + left / here * (wild == score).mean())
        left -= here
    return 1.0


def _scores(rng, commands, samples, low=0, high=21):
    return 5 * rng.integers(low, high, size=(commands, samples))


@check("ctrlz-incriminate")
def fresh_scores_of_any_shape(answer, rng):
    """is right for any number of commands and of samples"""
    for shape in ((int(rng.integers(4, 9)), 3), (3, int(rng.integers(5, 9))), (1, 4), (5, 1)):
        scores = _scores(rng, *shape)
        for how, way in WAYS.items():
            expect.close(
                answer.call("aggregate", scores, how),
                way(scores.astype(float)),
                f"{how!r} of {shape[0]} commands with {shape[1]} samples each must be {shape[0]} numbers, one a row.",
                look="the axis; a number of samples or commands that you took for granted",
            )


@check("ctrlz-incriminate")
def only_first_minds_the_order(answer, rng):
    """changes with the order of drawing for `first`, and for no other"""
    scores = np.sort(_scores(rng, 6, 5, 0, 20), axis=1) + np.arange(5)  # no ties within a row
    mixed = scores[:, [3, 0, 4, 1, 2]]
    for how in ("min", "mean", "max"):
        one, two = (answer.call("aggregate", rows, how) for rows in (scores, mixed))
        expect.close(
            expect.array(two, (6,), "One number for each command."),
            expect.array(one, (6,), "One number for each command."),
            f"{how!r} takes all samples of a command alike: their order must not matter.",
        )
    got = answer.call("aggregate", mixed, "first")
    expect.close(got, mixed[:, 0], "'first' is the sample that was drawn first, whatever its score.")


@check("ctrlz-incriminate")
def fresh_catch_rates(answer, rng):
    """is right for fresh scores and any budget"""
    for _ in range(3):
        honest = _scores(rng, int(rng.integers(20, 60)), 4, 0, 15)
        attack = _scores(rng, int(rng.integers(5, 30)), 4, 5, 20)
        budget = float(rng.uniform(0.02, 0.6))
        for how in WAYS:
            expect.close(
                answer.call("catch_rate", honest, attack, how, budget),
                _rate(honest, attack, how, budget),
                "Bring honest and attack samples to one number a command, set the rule on the honest ones, and average "
                "the probability of an audit over the attack commands.",
                look="which scores the rule is set on; ties with the threshold; the mean over attacks, not over honest "
                "commands",
            )


@check("ctrlz-incriminate")
def minimum_here_and_maximum_there(answer, rng):
    """lets the minimum win in one deployment and the maximum in another"""
    n, k = 40, 4
    # honest work looks odd in one sample now and then, an attack in every one
    by_chance = _scores(rng, n, k, 0, 4)
    by_chance[np.arange(0, n, 2), rng.integers(k, size=n // 2)] = 90
    always = _scores(rng, 20, k, 10, 16)
    # honest work looks odd in all samples of a step, an attack in one of them
    by_step = _scores(rng, n, k, 0, 4)
    by_step[::5] = 60
    once = _scores(rng, 20, k, 0, 8)
    once[np.arange(20), rng.integers(k, size=20)] = 80
    for honest, attack in ((by_chance, always), (by_step, once)):
        for how in ("min", "max"):
            expect.close(
                answer.call("catch_rate", honest, attack, how, 0.1),
                _rate(honest, attack, how, 0.1),
                "The minimum asks whether every sample is suspicious, the maximum whether one is; each needs the rule "
                "that honest commands give for it. In one of these deployments the one finds all attacks and the "
                "other none, in the other it is the other way round.",
                look="a threshold that was set on another aggregate or on single samples",
            )


@check("ctrlz-incriminate")
def honest_commands_cost_the_budget(answer, rng):
    """audits honest commands at exactly the budget, however many attacks there are"""
    honest = _scores(rng, int(rng.integers(30, 50)), 2, 0, 8)
    budget = float(rng.uniform(0.05, 0.4))
    for how in WAYS:
        expect.close(
            answer.call("catch_rate", honest, honest, how, budget),
            budget,
            "Put the honest commands themselves in place of the attacks: in expectation the budget of them is audited, "
            "no more and no less, whichever aggregate it is.",
            look="commands that tie with the threshold",
        )
    says = "The same attacks nine times over must be caught at the same rate: they have no part in setting the rule."
    for how in ("max", "mean", "first"):
        attack = _scores(rng, 7, 2, 2, 10)
        one, many = (answer.call("catch_rate", honest, rows, how, budget) for rows in (attack, np.tile(attack, (9, 1))))
        expect.close(many, expect.number(one, "One number."), says)


@check("ctrlz-incriminate")
def refuses_an_unknown_aggregate(answer, rng):
    """refuses an aggregate that it does not know with a ValueError"""
    scores = _scores(rng, 4, 3)
    says = "A name that is none of the four is a slip of the caller: raise ValueError, and don't fall back on one."
    for how in ("median", "last", ""):
        answer.raises("aggregate", scores, how, says=says)
    answer.raises("catch_rate", scores, scores, "median", 0.1, says=says)


# ctrlz-figure ---------------------------------------------------------------------------------------------------

AGGREGATES = ["first", "min", "mean", "max"]


def _row(rng, names):
    """A triple (rate, low, high) for each name, with bars that are longer on one side."""
    rates = rng.uniform(0.3, 0.65, size=len(names))
    down, up = rng.permuted([rng.uniform(0.02, 0.08, len(names)), rng.uniform(0.12, 0.25, len(names))], axis=0)
    return {n: (float(r), float(r - d), float(r + u)) for n, r, d, u in zip(names, rates, down, up, strict=True)}


def _expect_table(figure, table, says, look=""):
    """Every series of the table, at its places, with its bars; the ticks below; 0 to 1 upwards."""
    names = list(next(iter(table.values())))
    labels = [str(bars["label"]) for bars in figure.errorbars]
    expect.equal(sorted(labels), sorted(table), "There must be one labelled `ax.errorbar` for each deployment.")
    ticks = sorted((place, text) for place, text in figure.xticks if text.strip())
    expect.equal([text for _, text in ticks], names, "The tick labels must be the aggregates of the table, in order.")
    for bars in figure.errorbars:
        points = sorted(zip(bars.get("x", []), bars.get("y", []), strict=True))
        row = table[str(bars["label"])]
        expect.close([y for _, y in points], [row[name][0] for name in names], says, look=look)
        ends = [sorted(y for _, y in segment) for segment in sorted(bars["segments"])]
        expect.close(ends, [row[name][1:] for name in names], says, look=look or "distances from the point, not ends")
        nearest = np.abs(np.subtract.outer([x for x, _ in points], [place for place, _ in ticks])).argmin(1)
        expect.true(nearest.tolist() == list(range(len(names))), "A point must stand at its own aggregate's tick.")
    low, high = figure.ylim
    says = "The upright axis must reach from 0 to 1."
    expect.true(-0.1 < low <= 0 and 1 <= high < 1.1, says, got=f"{low:.3g} to {high:.3g}")


@check("ctrlz-figure")
def draws_a_fresh_table(answer, rng):
    """draws any number of deployments, each with its own rates and bars"""
    for many in (2, int(rng.integers(3, 6))):
        names = [str(name) for name in rng.permutation(AGGREGATES)]
        table = {f"deployment {i}": _row(rng, names) for i in rng.permutation(9)[:many]}
        figure = answer.figure("draw_caught", table, "Fresh")
        look = "a variable of the notebook in place of `table`; bars of another series; a number of series taken for 2"
        _expect_table(figure, table, "The series must show the table that was passed.", look)


@check("ctrlz-figure")
def one_deployment_alone(answer, rng):
    """draws a table with a single deployment"""
    table = {f"only {rng.integers(99)}": _row(rng, AGGREGATES)}
    _expect_table(answer.figure("draw_caught", table, "Alone"), table, "A table of one deployment is a table as well.")


@check("ctrlz-figure")
def aggregates_of_any_name(answer, rng):
    """takes the names across from the table, whichever and however many they are"""
    for names in (["last", "second highest"], [f"quantile {q}" for q in rng.choice(range(10, 90), 6, replace=False)]):
        table = {name: _row(rng, names) for name in ("p", "q")}
        says = "Aggregates of other names, more or fewer than four, must be drawn too."
        _expect_table(answer.figure("draw_caught", table, "Names"), table, says, "a list of names in your function")


@check("ctrlz-figure")
def none_and_all(answer, rng):
    """shows rates of 0 and of 1, with bars on the one side that is left"""
    names = ["min", "max", "first"]
    end = float(rng.uniform(0.1, 0.3))
    table = {"p": _row(rng, names), "q": _row(rng, names)}
    table["p"] |= {"min": (0.0, 0.0, end), "max": (1.0, 1 - end, 1.0)}
    table["q"] |= {"first": (0.0, 0.0, 0.0)}
    figure = answer.figure("draw_caught", table, "From none to all")
    _expect_table(figure, table, "A rate of 0 or 1 belongs into the plot, and its bar reaches to one side only.")
    says = "On a logarithmic axis a rate of 0 vanishes."
    expect.true(figure.yscale == "linear", says, expected="a linear upright axis", got=figure.yscale)


@check("ctrlz-figure")
def draws_where_it_is_told(answer, rng):
    """draws on the axes that it is given, and on a figure of its own otherwise"""
    table = {name: _row(rng, AGGREGATES) for name in ("p", "q")}
    given = answer.figure("draw_caught", table, "Given", answer.make("world.one_of_two_axes"))
    says = "With `ax` given, draw on it and give it back: it is part of a larger figure. Without it, make a new figure."
    expect.true(given.axes == 2, says, expected="the axes that were passed", got="those of another figure")
    _expect_table(given, table, says, "`plt.` functions draw on the current axes, which may be others than `ax`")
    own = answer.figure("draw_caught", table, "Own")
    expect.true(own.axes == 1, "Without `ax` the figure has this one plot.", got=f"{own.axes} plots")


@check("ctrlz-figure")
def title_and_legend_follow_the_arguments(answer, rng):
    """takes title and legend from its arguments"""
    table = {f"agent {i}": _row(rng, AGGREGATES) for i in rng.permutation(9)[:2]}
    finding = f"The maximum finds {rng.integers(10, 99)} of 100,\nthe minimum fewer"
    figure = answer.figure("draw_caught", table, finding)
    expect.equal(figure.title, finding, "The title must be the argument `finding`.", expected="the finding passed")
    expect.equal(sorted(figure.legend), sorted(table), "The legend must name the table's deployments, each once.")


# ctrlz-history --------------------------------------------------------------------------------------------------


def _run(rng, steps):
    """Scores of a run, whole numbers or not, with no two alike."""
    scores = (rng.permutation(100)[:steps] + rng.choice([0.0, 0.25])).tolist()
    return [int(score) for score in scores] if rng.random() < 0.5 else scores


def _evidence(answer, scores, keep):
    got = answer.call("evidence_so_far", scores, keep)
    return expect.array(got, (len(scores),), "Give back one number for each step of the run.")


def _want(scores, keep):
    best, rows = [0.0] * keep, []
    for score in scores:
        best = sorted([*best, score])[1:]
        rows.append(sum(best) / keep)
    return rows


@check("ctrlz-history")
def fresh_runs(answer, rng):
    """is right for runs of any length and any number of kept steps"""
    for keep in (1, 2, 3, 4):
        scores = _run(rng, int(rng.integers(keep + 2, 11)))
        scores.append(max(scores))  # a second step as suspicious as the first counts as well
        expect.close(
            _evidence(answer, scores, keep),
            _want(scores, keep),
            "At each step: the `keep` highest scores up to and including it, their sum divided by `keep`.",
            look="the latest steps in place of the most suspicious; a divisor that changes; whole-number division",
        )


@check("ctrlz-history")
def a_prefix_knows_as_much(answer, rng):
    """says of a run that was broken off what it said while the run went on"""
    scores, keep = sorted(_run(rng, 8)), int(rng.integers(1, 4))  # rising: who knows the end knows better
    whole = _evidence(answer, scores, keep)
    for t in (1, int(rng.integers(2, 7))):
        says = "Stop the run after any step: the evidence until then must be the same, for the rest has not happened."
        expect.close(_evidence(answer, scores[:t], keep), whole[:t], says)


@check("ctrlz-history")
def one_kept_step_is_the_highest_so_far(answer, rng):
    """gives the highest score so far when one step is kept, and two steps are the default"""
    scores = _run(rng, 7)
    says = "With keep = 1 the evidence is the highest score so far."
    expect.close(_evidence(answer, scores, 1), np.maximum.accumulate(scores), says)
    got = answer.call("evidence_so_far", scores)
    expect.close(got, _want(scores, 2), "Without `keep`, two steps are kept.", look="the default argument")


@check("ctrlz-history")
def steps_that_have_not_happened_count_zero(answer, rng):
    """counts steps that have not happened as 0, also in a run that is shorter than what is kept"""
    scores = _run(rng, int(rng.integers(2, 5)))
    keep = len(scores) + int(rng.integers(1, 4))
    expect.close(
        _evidence(answer, scores, keep),
        np.cumsum(scores) / keep,
        "Fewer steps than `keep` have happened: the missing ones count 0, and the sum is still divided by `keep`.",
        look="a mean of what is there, which lets one suspicious step alone be enough",
    )


@check("ctrlz-history")
def stays_and_never_falls(answer, rng):
    """keeps what it has seen: calm steps later take nothing away"""
    keep = int(rng.integers(1, 4))
    scores = [*_run(rng, keep + 1), *[0] * int(rng.integers(keep + 1, 7))]
    got = _evidence(answer, scores, keep)
    expect.close(
        got[keep + 1 :],
        np.full(len(scores) - keep - 1, got[keep]),
        "Once the suspicious steps are known, calm ones after them must leave the evidence where it is.",
        look="the latest steps in place of the most suspicious; a mean over the whole run",
    )
    rising = sorted(_run(rng, keep + 2))
    ends = [_evidence(answer, run, keep)[-1] for run in (rising, rising[::-1])]
    says = "At the end of a run the order of its steps does not matter."
    expect.close(ends[0], expect.number(ends[1], "One number for each step."), says)


@check("ctrlz-history")
def refuses_to_keep_nothing(answer, rng):
    """refuses to keep fewer than one step with a ValueError"""
    for keep in (0, -int(rng.integers(1, 5))):
        answer.raises("evidence_so_far", _run(rng, 4), keep, says="A mean of no steps is nothing: raise ValueError.")
