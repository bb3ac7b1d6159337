"""Held-back checks of unit 01: the sweep over alpha, the control, the other topics."""

import math

import numpy as np
from scipy import special, stats

from worktest.checks import check, expect, tensor


def _ends(events, n, confidence=0.95):
    interval = stats.binomtest(int(events), int(n)).proportion_ci(confidence, method="wilson")
    return [float(interval.low), float(interval.high)]


# lda-sweep ------------------------------------------------------------------------------------------------------


def _want(before, after, alpha):
    log_q = special.log_softmax(after, axis=-1)
    log_p = special.log_softmax(after + alpha * (after - before), axis=-1)
    p = np.exp(log_p)
    return [float((p * (log_p - log_q)).sum(-1).mean()), float(-(p * log_p).sum(-1).mean())]


@check("lda-sweep")
def coherence_of_fresh_logits(answer, rng):
    """is right for random logits of any shape, as a mean over all positions"""
    for shape in ((5,), (int(rng.integers(3, 7)), 6), (2, 5, 7)):
        before, after = 1.5 * rng.normal(size=(2, *shape))
        alpha = float(rng.uniform(0.8, 2.5))
        got = answer.call("coherence", tensor(before + 3), tensor(after - 2), alpha)
        expect.close(
            list(expect.array(got, (2,), "Two numbers, (KL divergence, entropy).")),
            _want(before, after, alpha),
            "KL(amplified || after) weights log(amplified / after) by the amplified probabilities; both numbers are "
            "nats a token: summed over the vocabulary, averaged over every other dimension.",
            rtol=2e-3,
            atol=1e-4,
            look="the order of the two distributions; logits taken for log-probabilities; a sum or a 'batchmean'",
        )


@check("lda-sweep")
def coherence_when_a_token_is_certain(answer, rng):
    """stays finite when the amplified distribution is certain of a token"""
    before, after = rng.normal(size=(2, 3, 8))
    after[:, int(rng.integers(8))] += 150.0
    got = answer.call("coherence", tensor(before), tensor(after), 3.0)
    kl, entropy = expect.array(got, (2,), "Two numbers, (KL divergence, entropy).")
    expect.true(
        math.isfinite(kl) and math.isfinite(entropy) and abs(kl) < 1e-3 and abs(entropy) < 1e-3,
        "Where both models are certain of one token, distance and entropy are zero. A softmax that underflows to 0 has "
        "no logarithm: take `log_softmax` of the logits instead.",
        expected="two numbers close to zero",
        got=f"({kl:.3g}, {entropy:.3g})",
    )


def _table(rng, names):
    table = {}
    for name in names:
        n = int(rng.integers(30, 400))
        alphas = np.cumsum(rng.uniform(0.3, 1.5, size=int(rng.integers(3, 6)))).round(2)
        table[name] = [(float(a), int(rng.integers(1, n)), n + i) for i, a in enumerate(alphas)]
    return table


def _expect_table(figure, table, says, look=""):
    labels = [str(bars["label"]) for bars in figure.errorbars]
    expect.equal(sorted(labels), sorted(table), "There must be one labelled series of error bars for each model.")
    for bars in figure.errorbars:
        rows = sorted(table[str(bars["label"])])
        expect.close(bars.get("x", []), [a for a, _, _ in rows], says, look=look)
        expect.close(bars.get("y", []), [k / n for _, k, n in rows], says, look=look)
        ends = sorted([s[0][0], *sorted(y for _, y in s)] for s in bars["segments"])
        expect.close(ends, [[a, *_ends(k, n)] for a, k, n in rows], says, atol=1e-4, look=look)


@check("lda-sweep")
def draws_a_fresh_table(answer, rng):
    """draws any number of models, alphas and rollouts, on a figure of its own"""
    for names in (["m1"], ["x", "y-2", "z 3"]):
        table = _table(rng, names)
        _expect_table(
            answer.figure("draw_sweep", table, f"finding {rng.integers(99)}"),
            table,
            "The curves must show the table that was passed, each row with its own number of rollouts.",
            look="a variable of the notebook in place of `table`; one n for all rows; the textbook interval",
        )


@check("lda-sweep")
def none_and_all_can_be_seen(answer, rng):
    """shows rates of 0 and 1 with their intervals"""
    n = int(rng.integers(20, 90))
    table = {"m": [(0.0, 0, n), (1.0, int(rng.integers(1, n)), n), (2.0, n, n)]}
    figure = answer.figure("draw_sweep", table, "From none to all")
    _expect_table(
        figure,
        table,
        "0 events of n have an interval above 0, n of n have one below 1; both belong into the plot.",
        look="intervals that are cut, mirrored or left out at the edges",
    )
    expect.true(
        figure.yscale != "log",
        "On a log axis a rate of 0 and the bar below it vanish. Use a linear axis, or 'symlog' with its linear part "
        "below the smallest rate that you can see.",
        expected="an axis that has a zero",
        got=figure.yscale,
    )


@check("lda-sweep")
def rows_in_any_order(answer, rng):
    """connects the points from small alpha to large, in whatever order the rows come"""
    table = _table(rng, ["a", "b"])
    mixed = {name: [*rows[1:], rows[0]] for name, rows in table.items()}
    _expect_table(
        answer.figure("draw_sweep", mixed, "Mixed"),
        table,
        "A curve that runs back and forth can't be read: sort the rows by alpha before you draw.",
    )


@check("lda-sweep")
def title_and_legend_follow_the_arguments(answer, rng):
    """takes title and legend from its arguments"""
    table = _table(rng, [f"model {i}" for i in rng.permutation(9)[:2]])
    finding = f"Rates rise {rng.integers(10, 99)}-fold"
    figure = answer.figure("draw_sweep", table, finding)
    expect.equal(figure.title, finding, "The title must be the argument `finding`.", expected="the finding passed")
    expect.equal(sorted(figure.legend), sorted(table), "The legend must name the models of the table, each once.")


# lda-control ----------------------------------------------------------------------------------------------------


def _newcombe(k1, n1, k2, n2, confidence):
    (l1, u1), (l2, u2) = _ends(k1, n1, confidence), _ends(k2, n2, confidence)
    p1, p2 = k1 / n1, k2 / n2
    return [p1 - p2, p1 - p2 - math.hypot(p1 - l1, u2 - p2), p1 - p2 + math.hypot(u1 - p1, p2 - l2)]


@check("lda-control")
def fresh_differences(answer, rng):
    """is right for fresh counts and unequal numbers of rollouts"""
    for _ in range(3):
        n1, n2 = (int(n) for n in rng.integers([20, 100], [70, 150]))
        k1, k2 = int(rng.integers(1, n1 // 2)), int(rng.integers(1, n2 // 8))
        got = answer.call("rate_difference", k1, n1, k2, n2)
        expect.close(
            list(expect.array(got, (3,), "Three numbers, (difference, low, high).")),
            _newcombe(k1, n1, k2, n2, 0.95),
            "The two arms of the interval differ: downwards, the first rate's lower arm and the second's upper arm; "
            "upwards the other way round.",
            rtol=1e-3,
            atol=1e-4,
            look="the same arm for both ends; the textbook standard error; ends subtracted from each other",
        )


@check("lda-control")
def follows_the_confidence(answer, rng):
    """follows the confidence"""
    k, n, confidence = int(rng.integers(4, 12)), int(rng.integers(30, 60)), float(rng.uniform(0.6, 0.85))
    got = answer.call("rate_difference", k, n, 1, n, confidence)
    expect.close(
        list(expect.array(got, (3,), "Three numbers, (difference, low, high).")),
        _newcombe(k, n, 1, n, confidence),
        "At a lower confidence the interval is narrower: pass `confidence` on to both Wilson intervals.",
        rtol=1e-3,
        atol=1e-4,
    )


@check("lda-control")
def turns_its_sign_with_the_models(answer, rng):
    """turns its sign when the two models change places"""
    n1, n2 = int(rng.integers(30, 90)), int(rng.integers(30, 90))
    k1, k2 = int(rng.integers(0, 4)), int(rng.integers(10, 20))
    says = "Three numbers, (difference, low, high)."
    one = expect.array(answer.call("rate_difference", k1, n1, k2, n2), (3,), says)
    two = expect.array(answer.call("rate_difference", k2, n2, k1, n1), (3,), says)
    expect.close(
        [-two[0], -two[2], -two[1]],
        one,
        "B - A is A - B with the sign turned and the ends exchanged. It may be negative: the control can win.",
    )
    expect.true(one[1] < one[0] < one[2] and one[0] < 0, "low < difference < high, and negative here.")


@check("lda-control")
def none_against_all(answer, rng):
    """stays within -1 and 1 at the extremes"""
    n1, n2 = int(rng.integers(5, 30)), int(rng.integers(5, 30))
    for k1, k2 in ((n1, 0), (0, n2), (0, 0), (n1, n2)):
        got = expect.array(answer.call("rate_difference", k1, n1, k2, n2), (3,), "Three numbers.")
        expect.true(bool((np.abs(got) <= 1 + 1e-9).all()), "A difference of two rates lies between -1 and 1.")
        expect.close(
            list(got),
            _newcombe(k1, n1, k2, n2, 0.95),
            "At none or all, each Wilson interval still has a width.",
            atol=1e-4,
        )


@check("lda-control")
def refuses_impossible_pairs(answer, rng):
    """refuses impossible counts of either model with a ValueError"""
    n = int(rng.integers(5, 50))
    says = "More events than rollouts, or no rollouts, in either model is a mistake upstream: raise ValueError."
    for counts in ((n + 1, n, 0, n), (0, n, n + 1, n), (0, 0, 1, n), (1, n, 0, 0)):
        answer.raises("rate_difference", *counts, says=says)


# lda-spread -----------------------------------------------------------------------------------------------------


def _prompts(rng, sizes):
    """Prompts of topics with these numbers of prompts; all rows differ."""
    total = sum(sizes.values())
    codes = rng.permutation(40 * 40)[:total]
    rows = [[0, 2, 5 + int(c) // 40, 3, 5 + int(c) % 40, 4] for c in codes]
    made, at = {}, 0
    for topic, size in sizes.items():
        made[topic], at = rows[at : at + size], at + size
    return made


def _ask(answer, bad, prompts, rollouts, **kwargs):
    sample = answer.make("world.stand_in_sampler", tensor(bad))
    given = {topic: tensor(rows) for topic, rows in prompts.items()}
    got = answer.call("spread_by_topic", sample, given, rollouts, **kwargs)
    expect.true(isinstance(got, dict), "Give back a dictionary with one entry for each topic.", got=got)
    expect.equal(sorted(map(str, got)), sorted(prompts), "The keys are the topics of `prompts`.")
    return {t: expect.array(row, (4,), "An entry is (events, rollouts, low, high).") for t, row in got.items()}


@check("lda-spread")
def fresh_topics_of_any_size(answer, rng):
    """gives every topic the same number of rollouts, however many prompts it has"""
    sizes = {"p": 2, "q": 4, "r": 8}
    prompts = _prompts(rng, sizes)
    rollouts = 8 * int(rng.integers(2, 7))
    bad = {t: [rows[i] for i in rng.permutation(len(rows))[: len(rows) // 2]] for t, rows in prompts.items()}
    bad["q"] = bad["q"][:1]
    got = _ask(answer, [row for rows in bad.values() for row in rows], prompts, rollouts)
    for topic, row in got.items():
        events = rollouts * len(bad[topic]) // sizes[topic]
        expect.close(
            list(row),
            [events, rollouts, *_ends(events, rollouts)],
            "Each topic must have the same number of rollouts, and events come only from its own prompts.",
            atol=1e-4,
            look="`rollouts` answers for each prompt in place of each topic; a number of prompts taken for granted",
        )


@check("lda-spread")
def every_prompt_has_its_share(answer, rng):
    """spreads rollouts that don't divide evenly as evenly as they go"""
    prompts = _prompts(rng, {"a": 5, "b": 3})
    rollouts = 5 * int(rng.integers(6, 12)) + int(rng.integers(2, 5))
    for topic, rows in prompts.items():
        shares = []
        for row in rows:  # with one bad prompt, the events are the answers that this prompt was given
            got = _ask(answer, [row], prompts, rollouts)[topic]
            expect.close(got[1], rollouts, "Every topic must have exactly the number of rollouts that was asked for.")
            shares.append(int(got[0]))
        got = _ask(answer, rows, prompts, rollouts)[topic]
        says = "With every answer bad, events must equal rollouts: fewer answers were drawn than the table says."
        expect.close(got[0], rollouts, says, look="what is left over after `rollouts // len(prompts)`")
        floor = rollouts // len(rows)
        expect.true(
            all(floor <= share <= floor + 1 for share in shares),
            "Two prompts of a topic may differ by one answer at most: the remainder goes to different prompts, and is "
            "neither dropped nor given to one of them.",
            expected="numbers of answers that differ by one at most",
            got=f"numbers that differ by {max(shares) - min(shares)}",
            look="what is left over after `rollouts // len(prompts)`",
        )


@check("lda-spread")
def spread_follows_the_confidence(answer, rng):
    """gives the interval at the confidence that is asked for"""
    prompts = _prompts(rng, {"a": 4})
    confidence, rollouts = float(rng.uniform(0.6, 0.85)), 4 * int(rng.integers(3, 12))
    got = _ask(answer, prompts["a"][:1], prompts, rollouts, confidence=confidence)["a"]
    want = _ends(rollouts // 4, rollouts, confidence)
    expect.close(list(got[2:]), want, "Pass `confidence` on to the Wilson interval.", atol=1e-4)


@check("lda-spread")
def refuses_too_few_rollouts(answer, rng):
    """refuses fewer rollouts than a topic has prompts with a ValueError"""
    size = int(rng.integers(3, 8))
    prompts = {t: tensor(rows) for t, rows in _prompts(rng, {"small": 2, "large": size}).items()}
    sample = answer.make("world.stand_in_sampler", tensor([[0, 0, 0, 0, 0, 0]]))
    says = "With fewer rollouts than prompts some prompt is never asked, and nobody reads that from the table: raise."
    answer.raises("spread_by_topic", sample, prompts, size - 1, says=says)


@check("lda-spread")
def silent_topics_have_a_width(answer, rng):
    """says how little a count of zero excludes"""
    prompts = _prompts(rng, {"loud": 3, "quiet": 3})
    rollouts = 3 * int(rng.integers(4, 20))
    got = _ask(answer, prompts["loud"], prompts, rollouts)
    for topic, events in (("quiet", 0), ("loud", rollouts)):
        expect.close(
            list(got[topic]),
            [events, rollouts, *_ends(events, rollouts)],
            "Zero events in n rollouts still allow a rate above zero, all of n one below 1.",
            atol=1e-4,
        )
