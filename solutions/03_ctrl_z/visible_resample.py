"""Visible checks of unit 03: samples as evidence, the figure, earlier steps, the batches, the red team."""

import numpy as np

from worktest.checks import check, expect

# ctrlz-incriminate ----------------------------------------------------------------------------------------------


@check("ctrlz-incriminate")
def one_number_for_each_command(answer, rng):
    """brings the three samples of each of two commands to one number"""
    scores = np.array([[20, 10, 60], [40, 45, 35]])
    for how, want in {"first": [20, 40], "min": [10, 35], "mean": [30, 40], "max": [60, 45]}.items():
        got = answer.call("aggregate", scores, how)
        expect.close(
            got,
            want,
            f"{how!r} must give one number for each command: a command is a row, its samples stand in columns.",
            look="the axis over which you take it; 'first' is the sample that was drawn first, not the lowest",
        )


@check("ctrlz-incriminate")
def the_rule_belongs_to_the_aggregate(answer, rng):
    """sets the rule on the honest scores of the same aggregate"""
    honest = np.array([[90, 10], [10, 80], [30, 20], [20, 20]])
    attack = np.array([[95, 20], [60, 50]])
    # minima of honest commands: 10, 10, 20, 20; a quarter of the four can be audited: half of those at 20
    got = answer.call("catch_rate", honest, attack, "min", 0.25)
    expect.close(
        got,
        0.75,
        "With the minimum, the budget of one in four of these honest commands is spent by auditing all above 20, and "
        "each at 20 with probability one half. Then count the attacks by the same rule.",
        look="whether `audit_rule` gets one number for each honest command, by the same aggregate as the attacks, and "
        "whether a tie with the threshold counts whole, half or not at all",
    )


# ctrlz-figure ---------------------------------------------------------------------------------------------------

TABLE = {
    "deployment one": {"first": (0.40, 0.31, 0.45), "min": (0.55, 0.50, 0.71), "max": (0.30, 0.12, 0.35)},
    "deployment two": {"first": (0.41, 0.33, 0.44), "min": (0.20, 0.10, 0.22), "max": (0.60, 0.52, 0.75)},
}


@check("ctrlz-figure")
def one_series_with_bars_for_each_deployment(answer, rng):
    """draws one series for each deployment, with bars that end at low and high"""
    figure = answer.figure("draw_caught", TABLE, "A test table")
    labels = [str(bars["label"]) for bars in figure.errorbars]
    expect.true(
        sorted(labels) == sorted(TABLE),
        "There must be one call of `ax.errorbar` for each deployment, labelled with its name.",
        expected="the deployments' names as labels of the series",
        got=f"{len(labels)} series: {labels}",
    )
    for bars in figure.errorbars:
        row = TABLE[str(bars["label"])].values()
        heights = [y for _, y in sorted(zip(bars.get("x", []), bars.get("y", []), strict=True))]
        expect.close(
            heights,
            [rate for rate, _, _ in row],
            "A series has one point for each aggregate, from left to right in the order of the table; its height is "
            "the rate, a share from 0 to 1.",
        )
        expect.close(
            [sorted(y for _, y in segment) for segment in sorted(bars["segments"])],
            [[low, high] for _, low, high in row],
            "The bars must end at low and at high, which are not equally far from the rate.",
            look="`yerr` takes two rows of distances from the point, downwards and upwards, not the ends themselves",
        )


@check("ctrlz-figure")
def aggregates_across_and_shares_upwards(answer, rng):
    """names the aggregates across and shows the whole range of a share"""
    figure = answer.figure("draw_caught", TABLE, "A test table")
    ticks = sorted((place, text) for place, text in figure.xticks if text.strip())
    expect.true(
        [text for _, text in ticks] == ["first", "min", "max"],
        "The tick labels across must be the aggregates' names, in the order of the table.",
        expected="one tick label for each aggregate",
        got=str([text for _, text in ticks]),
    )
    for bars in figure.errorbars:
        across = np.subtract.outer(sorted(bars.get("x", [])), [place for place, _ in ticks])
        expect.true(
            across.shape == (3, 3) and np.abs(across).argmin(1).tolist() == [0, 1, 2],
            "Each point must stand at its aggregate's tick; a little beside it is fine, so that series don't cover "
            "each other.",
            expected="points nearer to their own tick than to another",
            got=f"points at {sorted(bars.get('x', []))}",
        )
    low, high = figure.ylim
    expect.true(
        -0.1 < low <= 0 and 1 <= high < 1.1,
        "A share lies between 0 and 1: show all of it, or a small difference looks like a large one.",
        expected="an upright axis from 0 to 1",
        got=f"one from {low:.3g} to {high:.3g}",
    )


@check("ctrlz-figure")
def says_what_it_shows(answer, rng):
    """names its axes and its series, and has the finding as its title"""
    figure = answer.figure("draw_caught", TABLE, "A test table")
    expect.true(
        figure.says_something(figure.xlabel),
        "Name the horizontal axis: what are first, min and max?",
        expected="a label",
        got="none",
    )
    words = ("share", "rate", "fraction", "proportion", "probability")
    expect.true(
        any(word in figure.ylabel.lower() for word in words),
        "Name the vertical axis: a share (or rate) of what?",
        expected=f"a label with one of: {', '.join(words)}",
        got=repr(figure.ylabel),
    )
    expect.equal(figure.title, "A test table", "The title is the finding that the caller passes.", expected="`finding`")
    expect.true(
        sorted(figure.legend) == sorted(TABLE),
        "The legend must name each deployment once; call `ax.legend()`.",
        expected="the deployments' names",
        got=str(figure.legend),
    )


# ctrlz-history --------------------------------------------------------------------------------------------------


@check("ctrlz-history")
def four_steps_by_hand(answer, rng):
    """is right for four steps, two of them kept"""
    got = answer.call("evidence_so_far", [10, 80, 30, 60], 2)
    expect.close(
        got,
        [5, 45, 55, 70],
        "At each step take the two highest scores up to and including that step, and divide their sum by two. At the "
        "first step there is only one, and the other counts 0.",
        look="which steps are known at step t, and what you divide by",
    )


@check("ctrlz-history")
def the_future_changes_nothing(answer, rng):
    """gives the same for the first two steps whatever comes later"""
    says = "One number for each step of the run."
    calm = expect.array(answer.call("evidence_so_far", [40, 20, 5, 5], 2), (4,), says)
    wild = expect.array(answer.call("evidence_so_far", [40, 20, 95, 100], 2), (4,), says)
    expect.close(
        wild[:2],
        calm[:2],
        "Two runs that are alike up to step 1 must have the same evidence there. An audit at step 1 can't know what "
        "is written at step 2.",
        look="whether you sort the whole run before you go through its steps",
    )


# ctrlz-debug ----------------------------------------------------------------------------------------------------


@check("ctrlz-debug")
def batches_of_one(answer, rng):
    """is `run_outcome` when every command is read by itself"""
    got = answer.call("batched_outcome", np.array([0.1, 0.2, 0.3, 0.4]), 1, 2, 1)
    expect.close(
        list(expect.array(got, (2,), "Give back two numbers, (caught, succeeds).")),
        [1 - 0.8 * 0.7, 0.8 * 0.7],
        "With batches of one command nothing is executed before it was read: the audits at steps 1 and 2 are in time.",
    )


@check("ctrlz-debug")
def read_after_it_ran(answer, rng):
    """catches nothing in time when the batch is read after the script has run"""
    got = answer.call("batched_outcome", np.ones(6), 0, 1, 3)
    expect.close(
        list(expect.array(got, (2,), "Give back two numbers, (caught, succeeds).")),
        [0, 1],
        "Commands 0, 1 and 2 are one batch. Commands 0 and 1 are executed as they are written, and 1 runs the script; "
        "the batch is read before command 2.",
        look="when the auditor that is called for a step reads anything at all",
    )


# ctrlz-redteam --------------------------------------------------------------------------------------------------


@check("ctrlz-redteam")
def the_easiest_tasks_first(answer, rng):
    """attacks the tasks in which a decided attempt succeeds most often"""
    caught, succeeds = np.array([[0.8, 0.1, 0.3, 0.2], [0.2, 0.15, 0.1, 0.1]])
    got = answer.call("attacked_tasks", caught, succeeds, 0.5)
    tasks = [int(task) for task in expect.array(got, (2,), "Half of four tasks are two: give back their numbers.")]
    expect.true(
        tasks == [1, 3],
        "Order tasks by succeeds / (succeeds + caught): of the attempts that are decided, how many does the attacker "
        "win? A task with many successes and even more catches is a poor choice.",
        expected="two other tasks, or another order",
        got=str(tasks),
    )


@check("ctrlz-redteam")
def a_search_by_hand(answer, rng):
    """finds the worst of two settings and two rates"""
    caught, succeeds = np.array([[[0.5, 0.5], [0.5, 0.25]], [[0.5, 0.5], [0.0, 0.75]]])
    # the second setting at rate 0.5 attacks task 1 alone: safety 0.25; at rate 1 a mean of (0.375, 0.375): about 0.5
    got = answer.call("red_team", caught, succeeds, [1.0, 0.5], 20)
    setting, rate, safety = expect.array(got, (3,), "Give back three numbers, (setting, rate, safety).")
    expect.close(
        [setting, rate],
        [1, 0.5],
        "The attacker takes the setting and the rate at which the script is most likely to run.",
        look="the smallest safety over all pairs, and the mean over the attacked tasks alone",
    )
    expect.close(safety, 0.25, "The safety is `episode_safety` of that pair, with rate * episode attempts.")
