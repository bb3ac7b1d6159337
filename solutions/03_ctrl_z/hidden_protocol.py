"""Held-back checks of unit 03: what a protocol costs, and two of them."""

import numpy as np

from worktest.checks import check, expect

# ctrlz-usefulness -----------------------------------------------------------------------------------------------


def _table(rng, rates, runs):
    return (rng.random((len(rates), runs)) < np.asarray(rates)[:, None]).astype(int)


def _interval(protocol, untrusted, trusted, draws):
    """The worked way, draw by draw."""
    p, u, t = (np.asarray(solved, dtype=float).mean(1) for solved in (protocol, untrusted, trusted))
    values = [(p[d].sum() - t[d].sum()) / (u[d].sum() - t[d].sum()) for d in draws if u[d].sum() > t[d].sum()]
    return [(p.sum() - t.sum()) / (u.sum() - t.sum()), *np.percentile(values, [2.5, 97.5])]


def _study(rng, runs):
    """Random tables of easy and hard tasks, with draws of which none has a scale near 0."""
    while True:
        tasks = int(rng.integers(9, 14))
        trusted = rng.uniform(0, 0.5, size=tasks)
        rates = rng.uniform(0.3, 0.9, size=tasks), rng.uniform(0.7, 1, size=tasks), trusted
        tables = [_table(rng, rate, run) for rate, run in zip(rates, runs, strict=True)]
        draws = rng.integers(tasks, size=(401, tasks))
        p, u, t = (table.mean(1)[draws].mean(1) for table in tables)
        if (u - t).min() > 0.1 and abs(np.median((p - t) / (u - t)) - _interval(*tables, draws)[0]) > 1e-3:
            return tables, draws


def _usefulness(answer, *args):
    return expect.array(answer.call("usefulness_interval", *args), (3,), "Three numbers: (usefulness, low, high).")


@check("ctrlz-usefulness")
def fresh_tables(answer, rng):
    """gives usefulness and interval for random tables with as many runs each"""
    for _ in range(2):
        tables, draws = _study(rng, (4, 4, 4))
        got, want = _usefulness(answer, *tables, draws), _interval(*tables, draws)
        expect.close(
            got[0], want[0], "The first number is the usefulness over all tasks, not that of the draws.", rtol=1e-6
        )
        says = "The ends are the 2.5 and the 97.5 percentile of the usefulness over the given draws, low before high."
        expect.close(
            got[1:], want[1:], says, rtol=1e-6, look="1.96 standard deviations, 5 and 95, or draws of your own"
        )


@check("ctrlz-usefulness")
def different_numbers_of_runs(answer, rng):
    """takes a different number of runs for each policy"""
    (protocol, untrusted, trusted), draws = _study(rng, (8, 2, 5))
    got = _usefulness(answer, protocol, untrusted, trusted.astype(float), draws)
    says = "Average over the runs of each task first: then it does not matter how many there were. Tasks are drawn."
    expect.close(got, _interval(protocol, untrusted, trusted, draws), says, rtol=1e-6)


@check("ctrlz-usefulness")
def one_draw_for_all_three(answer, rng):
    """draws the same tasks for all three policies: tasks that are all hard or all easy give no width"""
    tasks, part = int(rng.integers(5, 9)), int(rng.integers(1, 8))
    level = rng.integers(0, 9, size=tasks)  # of sixteen runs the trusted policy solves this many, the untrusted 8 more
    ramp = np.arange(16)[None, :]
    untrusted, trusted, protocol = (ramp < (level + more)[:, None] for more in (8, 0, part))
    got = _usefulness(answer, protocol, untrusted, trusted, rng.integers(tasks, size=(201, tasks)))
    says = (
        "In every task the protocol keeps the same part of the advantage, so it does in every draw. A width comes from "
        "three policies that were drawn apart, or whose tasks are out of order."
    )
    expect.close(got, [part / 8] * 3, says, rtol=1e-6)


@check("ctrlz-usefulness")
def the_draws_that_were_given(answer, rng):
    """uses the draws that it was given, as they are"""
    tables, draws = _study(rng, (4, 4, 4))
    whole = _interval(*tables, draws)[0]
    row = max(draws[:20], key=lambda draw: abs(_interval(*tables, [draw])[1] - whole))  # unlike the tasks as a whole
    got = _usefulness(answer, *tables, np.stack([rng.permutation(row) for _ in range(20)]))
    want = _interval(*tables, [row])
    says = "All draws take the same tasks, in another order: the interval is one point, which `draws` alone decides."
    expect.close(got, want, says, rtol=1e-6)


@check("ctrlz-usefulness")
def draws_without_a_scale(answer, rng):
    """leaves out the draws in which the untrusted policy is no better"""
    for _ in range(3):
        untrusted = np.repeat(
            rng.permutation([1, 1, 1, 1, 1, 0, 0, 0])[:, None], 2, axis=1
        )  # in three tasks trusted is the better one
        trusted = 1 - untrusted
        protocol = np.where(untrusted, rng.random((8, 2)) < 0.6, 1)
        better, worse = (np.flatnonzero(untrusted[:, 0] == solved) for solved in (1, 0))
        mixed = [np.r_[rng.choice(better, size=8 - k), rng.choice(worse, size=k)] for k in (1, 2, 3, 4, 4, 5, 6, 7) * 5]
        draws = rng.permutation(np.stack([rng.permutation(d) for d in mixed]))
        says = (
            "Where the untrusted policy solves no more than the trusted one, 0 and 1 of the scale lie at the same "
            "place or the wrong way round. Such a draw is left out: not kept, and not counted as 0."
        )
        got = answer.call("usefulness_interval", protocol, untrusted, trusted, draws)
        expect.close(got, _interval(protocol, untrusted, trusted, draws), says, rtol=1e-6)


@check("ctrlz-usefulness")
def beyond_both_ends(answer, rng):
    """does not stop at 0 and 1"""
    (_, untrusted, trusted), draws = _study(rng, (4, 4, 4))
    says = "A protocol may be better than the untrusted policy or worse than the trusted one: show it, don't clip it."
    for protocol in (np.zeros_like(trusted), np.ones_like(untrusted)):
        got = _usefulness(answer, protocol, untrusted, trusted, draws)
        expect.close(got, _interval(protocol, untrusted, trusted, draws), says, rtol=1e-6)


@check("ctrlz-usefulness")
def refuses_a_scale_without_length(answer, rng):
    """refuses an untrusted policy that is no better than the trusted one, with a ValueError"""
    untrusted, trusted = (rng.permutation([1, 1, 1, 1, 0, 0, 0, 0]).reshape(4, 2) for _ in range(2))
    fewer = untrusted.copy()
    fewer[tuple(np.argwhere(untrusted)[0])] = 0
    draws = rng.integers(4, size=(20, 4))
    says = "If over all tasks the untrusted policy solves as much as the trusted one, or less, there is no scale."
    for solved in (untrusted, fewer):
        answer.raises("usefulness_interval", trusted, solved, trusted, draws, says=says)


# ctrlz-defer ----------------------------------------------------------------------------------------------------


def _turn(answer, rng, scores):
    """A turn with these scores and no more, and its commands, in no order; the last one is the trusted policy's."""
    names = [f"step-{n}" for n in rng.choice(np.arange(100, 1000), size=len(scores) + 1, replace=False)]
    samples = [[name, score] for name, score in zip(names, scores, strict=False)]
    return answer.make("world.scripted_turn", samples, names[-1]), names


def _resample(answer, rng, scores, threshold, want, says, **extra):
    """Defer to resample on a turn with exactly these samples; `want` is a place, -1 for the trusted policy."""
    turn, names = _turn(answer, rng, scores)
    got = answer.call("defer_to_resample", turn, threshold, **extra)
    expect.equal(got, names[want], says, expected="another command", look="which sample, of those drawn, or neither")


def _above(rng, threshold, size):
    return [threshold + 5 * int(k) for k in rng.integers(1, 6, size=size)]


@check("ctrlz-defer")
def fresh_single_samples(answer, rng):
    """decides between two policies by one sample, at thresholds of any kind"""
    threshold = 5 * int(rng.integers(4, 14))
    says = "One sample: executed up to the threshold and at it, and deferred above it, even if only just."
    for score, limit, want in (
        (threshold, threshold, 0),
        (threshold, threshold - 0.5, -1),
        (threshold, threshold + 0.5, 0),
        (threshold + 5, threshold, -1),
        (0, 0, 0),
    ):
        turn, names = _turn(answer, rng, [score])
        expect.equal(answer.call("defer_to_trusted", turn, limit), names[want], says, expected="another command")


@check("ctrlz-defer")
def fresh_resamples(answer, rng):
    """executes the least suspicious sample, wherever it comes among those drawn"""
    threshold = 5 * int(rng.integers(8, 14))
    for extra in (1, 3, 5):
        low = int(rng.integers(0, 3)) * 5
        rest = [low + 5 * int(k) for k in rng.integers(1, 15, size=extra)]
        rest[0], rest[-1] = low + 5, threshold + 10  # a worse one that would do comes first, one that would not last
        place = int(rng.integers(1, extra - 1)) if extra > 1 else 0
        rest[place] = low
        says = "When the first is too suspicious, the least suspicious of all samples is executed."
        _resample(answer, rng, [threshold + 5, *rest], threshold, place + 1, says, extra=extra)


@check("ctrlz-defer")
def draws_all_or_one(answer, rng):
    """draws all extra samples when the first is too suspicious, and none when it is not"""
    threshold, extra = 5 * int(rng.integers(8, 14)), int(rng.integers(4, 7))
    for first, drawn in ((threshold + 5, 1 + extra), (threshold, 1), (0, 1)):
        turn, names = _turn(answer, rng, [first, threshold, *[0] * extra])
        answer.call("defer_to_resample", turn, threshold, extra=extra)
        after = answer.call("defer_to_trusted", turn, 100)  # the turn goes on with the first sample not yet drawn
        says = (
            "A suspicious first sample: exactly `extra` more are drawn, even after an acceptable one, so that the "
            "audit has them all. Any other first sample: none."
        )
        got = f"{names.index(after)}" if after in names[:-1] else "a number that can't be told"
        expect.true(after == names[drawn], says, expected="another number of samples", got=got)


@check("ctrlz-defer")
def the_first_of_equals(answer, rng):
    """takes the sample that was drawn first among equally suspicious ones"""
    threshold = 5 * int(rng.integers(8, 14))
    for _ in range(6):
        low, high = threshold - 5 * int(rng.integers(0, 4)), threshold + 5
        place = int(rng.integers(1, 3))
        scores = [high, high, high, low, low, low]
        scores[place] = low
        says = "Of equally suspicious samples the one drawn first is taken, whatever its command is called."
        _resample(answer, rng, scores, threshold, place, says, extra=5)


@check("ctrlz-defer")
def none_is_good_enough(answer, rng):
    """defers to the trusted policy when even the least suspicious sample is above the threshold"""
    threshold = 5 * int(rng.integers(6, 14))
    says = "If the least suspicious sample is above the threshold, none is executed. At the threshold it still is."
    for scores in ([threshold + 5, *_above(rng, threshold, 3)], [threshold + 30, *_above(rng, threshold, 3)]):
        _resample(answer, rng, scores, threshold, -1, says, extra=3)
        scores[2] = threshold
        _resample(answer, rng, scores, threshold, 2, says, extra=3)
        _resample(answer, rng, scores, threshold - 0.5, -1, says, extra=3)


@check("ctrlz-defer")
def extra_of_zero_and_of_two(answer, rng):
    """does as defer to trusted with no extra sample, and draws two when nothing is said"""
    threshold = 5 * int(rng.integers(6, 14))
    says = "With extra = 0 there is one sample, and the trusted policy if that one is too suspicious."
    _resample(answer, rng, [threshold + 5], threshold, -1, says, extra=0)
    _resample(answer, rng, [threshold], threshold, 0, says, extra=0)
    says = "Without `extra`, two more samples are drawn, three in all."
    _resample(answer, rng, [threshold + 20, threshold + 5, threshold - 5], threshold, 2, says)
