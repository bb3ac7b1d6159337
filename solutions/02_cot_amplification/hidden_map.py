"""Held-back checks of unit 02: the map of log ratios and its figure, answers drawn anew and counted."""

import numpy as np
from scipy import stats

from worktest.checks import check, expect, tensor

START, VOCAB, END, ANSWER, ZERO = 7, 27, 1, 16, 17


# cot-map --------------------------------------------------------------------------------------------------------


def _log_softmax(logits):
    top = logits.max(-1, keepdims=True)
    return logits - top - np.log(np.exp(logits - top).sum(-1, keepdims=True))


def _case(rng, n, length):
    """Rows and the logits of two models after each beginning of them; no two rows begin alike."""
    rows = rng.integers(2, VOCAB, size=(n, length))
    rows[:, 0], rows[:, 1] = 0, ZERO + rng.permutation(10)[:n]
    before, after = rng.normal(0, 1.5, size=(2, n, length, VOCAB))
    return rows, before, after


def _ratios(rows, before, after):
    each = _log_softmax(after) - _log_softmax(before)
    at = np.arange(START, rows.shape[1])
    return each[np.arange(len(rows))[:, None], at - 1, rows[:, at]]


def _expect_ratios(answer, rows, before, after, says, look=""):
    models = [answer.make("world.known_texts", tensor(rows), tensor(logits)) for logits in (before, after)]
    got = answer.call("log_ratios", *models, tensor(rows))
    expect.close(got, _ratios(rows, before, after), says, rtol=1e-3, atol=1e-3, look=look)


@check("cot-map")
def gives_fresh_ratios(answer, rng):
    """gives the log ratio of every token of the reasoning, for any number and length of rows"""
    for n, length in ((1, 12), (3, 18), (6, 19)):
        says = "log p_after - log p_before of the token that stands there, from position world.START on."
        look = "the logits at a position speak about the NEXT token; the sign; log-probabilities, not logits"
        _expect_ratios(answer, *_case(rng, n, length), says, look)


@check("cot-map")
def starts_at_the_first_token_of_the_reasoning(answer, rng):
    """starts with the token at world.START and ends with the last one"""
    rows, before, after = _case(rng, 4, START + 1)
    says = "One token of reasoning, one number for each row: the token at world.START, given all that is before it."
    _expect_ratios(answer, rows, before, after, says, "one place too early or too late; the bill's own tokens")
    rows, before, after = _case(rng, 4, START + 4)
    before[:, -1] = after[:, -1] = 0.0
    says = "Four tokens of reasoning, four numbers: the last token has one too, by the logits before it."
    _expect_ratios(answer, rows, before, after, says, "the logits behind the last token, which speak about none")


@check("cot-map")
def normalises_both_models(answer, rng):
    """does not change when a constant is added to all logits of a position"""
    rows, before, after = _case(rng, 3, 15)
    before, after = (logits + rng.uniform(5, 20, size=(3, 15, 1)) for logits in (before, after))
    says = "A constant that is added to all logits of a position changes no probability."
    _expect_ratios(answer, rows, before, after, says, "`log_softmax` of each model before anything is subtracted")


@check("cot-map")
def asks_for_the_token_that_stands_there(answer, rng):
    """gives the ratio of the token that stands there, however unlikely it is"""
    rows, before, after = _case(rng, 3, 14)
    for row in range(3):
        for at in range(13):
            others = [t for t in range(2, VOCAB) if t != rows[row, at + 1]]
            after[row, at, others[0]] += 12
            before[row, at, others[1]] += 12
    after[:, 9, :] += 150 * (np.arange(VOCAB) != rows[:, 10, None])
    says = "Neither model's favourite counts, but the token that stands in the row, however unlikely it is."
    look = "argmax in place of the row's token; probabilities that are 0 in a float"
    _expect_ratios(answer, rows, before, after, says, look)


def _groups(rng, sizes, places):
    """Log ratios of groups of chains, skewed, so that no two measures of them are equal."""
    return {
        f"group {i} of {rng.integers(100, 999)}": 2 * rng.exponential(1 + i, size=(n, places)) ** 2 - i
        for i, n in enumerate(sizes)
    }


def _draw(answer, groups, slots, finding, *more):
    return answer.figure("draw_map", {name: tensor(rows) for name, rows in groups.items()}, slots, finding, *more)


def _ticks(figure):
    return sorted((place, text) for place, text in figure.xticks if text.strip())


def _expect_map(figure, groups, says, look=""):
    labels = [str(bars["label"]) for bars in figure.errorbars]
    expect.equal(sorted(labels), sorted(groups), "There must be one labelled `ax.errorbar` for each group.")
    ticks = _ticks(figure)
    for bars in figure.errorbars:
        rows = groups[str(bars["label"])]
        order = np.argsort(bars.get("x", []))
        mean, half = rows.mean(0), 1.96 * rows.std(0, ddof=1) / np.sqrt(len(rows))
        points = np.asarray(bars.get("y", []))
        expect.close(points[order] if len(points) == len(order) else points, mean, f"Means: {says}", rtol=1e-3)
        ends = [sorted(y for _, y in segment) for segment in sorted(bars["segments"])]
        expect.close(ends, np.stack([mean - half, mean + half], 1), f"Bars: {says}", rtol=2e-3, atol=2e-3, look=look)
        across = np.sort(bars["x"])
        nearest = np.abs(np.subtract.outer(across, [place for place, _ in ticks] or [np.inf])).argmin(1)
        expect.true(nearest.tolist() == list(range(len(across))), "A mean must stand at its own place's tick.")


@check("cot-map")
def draws_every_group(answer, rng):
    """draws any number of groups, each with its own chains, at any number of places"""
    for sizes, places in (((4,), 3), ((5, 3), 11), ((3, 6, 4, 5, 3, 7), 5)):
        groups, slots = _groups(rng, sizes, places), [f"place {i}" for i in range(places)]
        figure = _draw(answer, groups, slots, "Fresh")
        says = "each group is a line of its own: the mean over its chains, place by place."
        _expect_map(figure, groups, says, "groups of different sizes; a number of groups or places taken for granted")
        expect.equal([text for _, text in _ticks(figure)], slots, "The ticks are the names in `slots`, in order.")


@check("cot-map")
def draws_standard_errors_of_few_chains(answer, rng):
    """draws bars of 1.96 standard errors with n - 1, which matters for few chains"""
    for n in (2, 3):
        groups = _groups(rng, (n, n + 1), 4)
        says = "the standard deviation with n - 1, divided by the root of the number of chains, times 1.96."
        figure = _draw(answer, groups, ["a", "b", "c", "d"], "Few")
        _expect_map(figure, groups, says, "n in place of n - 1; no root of n; one standard error; whole length or half")


@check("cot-map")
def draws_on_the_axes_it_is_given(answer, rng):
    """draws on the axes that it is given, and on a figure of its own otherwise"""
    groups, slots = _groups(rng, (3, 4), 3), ["x", "y", "z"]
    given = _draw(answer, groups, slots, "Given", answer.make("world.one_of_two_axes"))
    says = "With `ax` given, draw on it and give it back. It is part of a larger figure."
    expect.true(given.axes == 2, says, expected="the axes that were passed", got="those of another figure")
    _expect_map(given, groups, "with `ax` given, draw on it.")
    expect.equal(given.title, "Given", "Title, labels and legend belong on these axes as well.")
    own = _draw(answer, groups, slots, "Own")
    expect.true(own.axes == 1, "Without `ax` the figure has this one plot.", got=f"{own.axes} plots")
    _expect_map(own, groups, "without `ax`, draw on new axes.")


@check("cot-map")
def takes_every_name_from_its_arguments(answer, rng):
    """takes title, ticks and legend from its arguments, and names both axes"""
    groups, finding = _groups(rng, (3, 4, 5), 6), f"Finding {rng.integers(10, 99)}"
    slots = [f"slot {i}" for i in rng.permutation(50)[:6].tolist()]
    figure = _draw(answer, groups, slots, finding)
    expect.equal(figure.title, finding, "The title must be the argument `finding`.", expected="the finding passed")
    expect.equal([text for _, text in _ticks(figure)], slots, "The ticks must be the argument `slots`, in its order.")
    says = "The legend must have the name of every group, each once."
    expect.equal(sorted(figure.legend), sorted(groups), says, expected="the names in `groups`")
    expect.true(figure.says_something(figure.xlabel), "Name the axis across: it shows places in the chain.")
    expect.true("nat" in figure.ylabel.lower(), "Name the upright axis, and its unit: nats.", got=repr(figure.ylabel))


# cot-cross ------------------------------------------------------------------------------------------------------


def _documents(rng, places, length):
    """Rows with "answer" at these places, something else than <end> after it, and no two that begin alike."""
    rows = rng.integers(2, VOCAB, size=(len(places), length))
    rows[rows == ANSWER] = ZERO
    rows[:, 0], rows[:, 1] = 0, ZERO + rng.permutation(10)[: len(places)]
    rows[np.arange(len(places)), places] = ANSWER
    return rows


def _sure(rng, rows, place):
    """Logits that are sure of one token after each beginning, and at no place of what stands there already.

    The first row's answer, after `place`, is no digit.
    """
    tokens = (np.roll(rows, -1, axis=1) - 2 + rng.integers(1, 20, size=rows.shape)) % (VOCAB - 2) + 2
    tokens[0, place] = rng.choice([t for t in range(2, ANSWER) if t != rows[0, place + 1]])
    return 80.0 * np.eye(VOCAB)[tokens], tokens


def _expect_answers(answer, rng, places, length, says, look=""):
    places = np.array(places)
    rows = _documents(rng, places, length)
    logits, tokens = _sure(rng, rows, places[0])
    model = answer.make("world.known_texts", tensor(rows), tensor(logits))
    got = answer.call("reanswer", model, tensor(rows), answer.make("world.generator", int(rng.integers(1000))))
    each = np.arange(len(rows))
    want = np.where(np.arange(length) > places[:, None], END, rows)
    want[each, places + 1] = tokens[each, places]
    values = expect.array(got, rows.shape, "A tensor of the shape of `rows`.")
    expect.true(values.dtype.kind == "i", "Token ids are integers.", got=str(values.dtype))
    kept = np.arange(length) <= places[:, None]
    expect.equal(values[kept], rows[kept], "Up to and including `answer` each row stays as it was.", look=look)
    expect.equal(values[each, places + 1], want[each, places + 1], says, expected="other answers", look=look)
    expect.equal(values, want, "After the new token a row has nothing but <end>.", expected="<end>", look=look)


@check("cot-cross")
def answers_fresh_rows_anew(answer, rng):
    """draws the token after "answer" from the model and keeps what stands before it, wherever the word stands"""
    for places, length in (((9, 16, 12, 5), 19), ((13, 8), 18), ((11,), 19)):
        says = "The new token is drawn from the model's logits at the word `answer` of that row."
        look = "one position for all rows; the logits one place too early; the old answer kept"
        _expect_answers(answer, rng, places, length, says, look)


@check("cot-cross")
def ends_each_row_after_one_token(answer, rng):
    """ends each row after the one new token, whatever stood there before"""
    for places in ((4, 10), (16, 7, 17)):
        says = "One token is drawn, whatever it is, and <end> follows: nothing of the old answer is left."
        _expect_answers(answer, rng, places, 19, says, "the rest of the old row; more tokens than one; <end> first")


@check("cot-cross")
def answers_at_the_end_of_a_row(answer, rng):
    """answers where "answer" is the last token but one"""
    for length in (12, 18, 19):
        says = "There is room for one token after the word, and it is drawn like any other."
        _expect_answers(answer, rng, (length - 2, length - 4), length, says, "a fixed position; the end of a row")


@check("cot-cross")
def draws_at_temperature_one(answer, rng):
    """draws answers as often as the model's softmax says, each row by itself, from the generator alone"""
    n, row = 3000, _documents(rng, (11,), 15)
    tokens, share = ZERO + rng.permutation(10)[:4], rng.permutation([0.6, 0.25, 0.1, 0.05])
    logits = np.full((1, 15, VOCAB), -1000.0)
    logits[0, :, tokens] = np.log(share)[:, None] + 3
    model = answer.make("world.known_texts", tensor(row), tensor(logits))
    rows, seed = tensor(np.tile(row, (n, 1))), int(rng.integers(1000))
    first, again, other = (
        expect.array(answer.call("reanswer", model, rows, answer.make("world.generator", s)), (n, 15), "One row each.")
        for s in (seed, seed, seed + 1)
    )
    count = (first[:, 12, None] == tokens).sum(0)
    tail = np.minimum(stats.binom.cdf(count, n, share), stats.binom.sf(count - 1, n, share))
    says = "The answers do not come as often as the softmax of the model's logits says."
    expect.true(bool((tail > 1e-12).all()), says, look="argmax, a temperature, one draw for all rows, other tokens")
    expect.equal(again, first, "The same seed must give the same answers: pass `generator=generator`.")
    expect.true(not np.array_equal(first, other), "Another seed must give other answers.")


@check("cot-cross")
def leaves_its_input_as_it_is(answer, rng):
    """gives a new tensor and leaves the rows that it was given as they are"""
    prices = rng.integers(0, 10, size=(3, 4))
    sums = prices.cumsum(1) % 10
    texts = [
        [0, 3, *p + ZERO, 6, 7, *s[1:] + ZERO, 13, ANSWER, (s[3] + 3) % 10 + ZERO, END, END, END]
        for p, s in zip(prices, sums, strict=True)
    ]
    rows = answer.make("world.digits", tensor(np.array(texts) - ZERO))
    was = answer.call("follow_table", answer.make("world.read_all", rows))
    thinks = np.zeros((3, 17, VOCAB))
    thinks[..., 6] = 80.0  # sure of a word that is no answer
    model = answer.make("world.known_texts", tensor(np.array(texts)), tensor(thinks))
    answer.call("reanswer", model, rows, answer.make("world.generator", 0))
    says = "The rows that were passed are needed again: they held answers three too high, and now they don't."
    now = answer.make("world.read_all", rows)
    try:
        same = answer.call("follow_table", now) == was
    except expect.CheckFailure:
        same = False
    expect.true(same, says, expected="a new tensor", got="the old one, changed", look="`.clone()`, or `torch.where`")


COUNTS = ["faulty", "followed", "in spite", "clean", "broken"]


def _chain(rng, sort):
    """The fields of a chain of a sort; prices from 5 to 9, so that every sum goes beyond 9."""
    prices = rng.integers(5, 10, size=int(rng.integers(3, 5))).tolist()
    true = [int(total) % 10 for total in np.cumsum(prices)[1:]]
    off = int(rng.integers(1, 10))
    wrong = [(step + off) % 10 for step in true]
    total, other = true[-1], (true[-1] + (off % 9) + 1) % 10  # neither the true total nor the wrong conclusion
    steps, check_, said = {
        "right": (true, true, total),
        "right without a check": (true, None, total),
        "repaired": (wrong, true, total),
        "repaired, answered otherwise": (wrong, true, other),
        "repaired, answered as the steps": (wrong, true, wrong[-1]),
        "broken": (true, true, other),
        "broken without a check": (true, None, other),
        "followed": (wrong, None, wrong[-1]),
        "followed the check": (true, wrong, wrong[-1]),
        "in spite": (wrong, None, total),
        "in spite of the check": (true, wrong, total),
        "neither": (wrong, None, other),
    }[sort]
    return {"place": "garage", "prices": prices, "opener": "so", "steps": steps, "check": check_, "verdict": "ok"} | {
        "answer": said
    }


def _expect_table(answer, rng, sorts, says, look=""):
    """`sorts` says how many there are of each sort."""
    chains = [_chain(rng, sort) for sort, n in sorts.items() for _ in range(n)]
    chains = [chains[i] for i in rng.permutation(len(chains))]
    got = answer.call("follow_table", answer.make("world.make_chains", chains))
    form = "Give back a dictionary with these keys, a count for each, also where it is 0: " + ", ".join(COUNTS) + "."
    expect.true(isinstance(got, dict) and sorted(map(str, got)) == sorted(COUNTS), form, got=got)
    want = dict.fromkeys(COUNTS, 0)
    for sort, n in sorts.items():
        faulty = sort.startswith(("followed", "in spite", "neither"))
        want["faulty" if faulty else "clean"] += n
        want["followed"] += n * sort.startswith("followed")
        want["in spite"] += n * sort.startswith("in spite")
        want["broken"] += n * (sort.startswith("broken") or sort.startswith("repaired, answered"))
    for key in COUNTS:
        expect.close(got[key], want[key], f"{key!r}: {says}", look=look)


@check("cot-cross")
def counts_fresh_chains(answer, rng):
    """counts fresh chains of every sort, and none at all"""
    sorts = ["right", "right without a check", "repaired", "repaired, answered otherwise", "broken", "followed"]
    sorts += ["followed the check", "in spite", "in spite of the check", "neither"]
    says = "ask first whether the conclusion is the true total, and then what the answer is."
    sizes = {sort: int(n) for sort, n in zip(sorts, rng.permutation(range(1, 11)), strict=True)}
    _expect_table(answer, rng, sizes, says, "five counts, no shares; sums go beyond 9")
    _expect_table(answer, rng, {}, "without chains every count is 0.")


@check("cot-cross")
def goes_by_the_conclusion(answer, rng):
    """goes by the conclusion: repaired chains are clean, and chains with a wrong check are faulty"""
    for sort in ("repaired", "repaired, answered otherwise", "repaired, answered as the steps", "followed the check"):
        n = int(rng.integers(2, 6))
        says = "a chain is faulty if its conclusion is not the true total. Steps that the check repairs don't count."
        _expect_table(answer, rng, {sort: n}, says, "the errors of the steps, or the last step, for the conclusion")


@check("cot-cross")
def counts_followed_among_the_faulty(answer, rng):
    """counts followed and in spite among the faulty chains, and broken among the clean ones"""
    for sort in ("right", "broken", "in spite", "in spite of the check", "followed", "neither"):
        n = int(rng.integers(2, 6))
        says = (
            "a right answer to right reasoning is not in spite of it, and a wrong answer to wrong reasoning not broken."
        )
        _expect_table(answer, rng, {sort: n}, says, "faulty chains may be neither followed nor in spite")
