"""Held-back checks of the rule for models without a label, and of the repaired pair."""

import math
from functools import cache

import numpy as np
from scipy import stats

from worktest.checks import check, expect, tensor

PLACES = ("reasoning", "answer")

# cot-tell -------------------------------------------------------------------------------------------------------


@cache
def _quantile(confidence):
    return float(stats.norm.ppf((1 + confidence) / 2))


def _wilson(k, n, confidence):
    z = _quantile(confidence)
    centre, half = k / n + z * z / (2 * n), z * math.sqrt(k / n * (1 - k / n) / n + z * z / (4 * n * n))
    return (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)


def _ends(k_1, n_1, k_2, n_2, confidence=0.95):
    """Newcombe's interval of the difference of two rates, (low, high)."""
    (low_1, high_1), (low_2, high_2) = _wilson(k_1, n_1, confidence), _wilson(k_2, n_2, confidence)
    p_1, p_2 = k_1 / n_1, k_2 / n_2
    return p_1 - p_2 - math.hypot(p_1 - low_1, high_2 - p_2), p_1 - p_2 + math.hypot(high_1 - p_1, p_2 - low_2)


def _draw(rng, fits):
    """(model, control), each (faults, rows), for which `fits(model, control)` holds."""
    for _ in range(100_000):
        n_1, n_2 = (int(n) for n in rng.integers(80, 600, size=2))
        k_2 = int(rng.integers(0, n_2 // 3))
        k_1 = int(rng.integers(0, n_1))
        if fits((k_1, n_1), (k_2, n_2)):
            return (k_1, n_1), (k_2, n_2)
    raise AssertionError("no counts fit")


def _drawn(rng, fits):
    """Something that draws anew each time that it is called."""
    return lambda: _draw(rng, fits)


def _above(model, control, margin=0.05, confidence=0.95):
    return _ends(*model, *control, confidence)[0] > margin + 0.005


def _below(model, control, margin=0.05, confidence=0.95):
    return _ends(*model, *control, confidence)[0] < margin - 0.005


def _locate(answer, places, want, says, look="", **settings):
    """Ask about `places`, a dict from a place to (model, control); the dicts come in either order."""
    model, control = ({place: pair[i] for place, pair in places.items()} for i in (0, 1))
    got = answer.call("locate", model, dict(reversed(control.items())), **settings)
    expect.true(isinstance(got, str), "`locate` gives back one of four words.", got=got)
    expect.equal(got, want, says, expected="another of the four words", look=look)


def _each(answer, rng, yes, no, says, look="", **settings):
    """All four patterns of a pair of counts that counts, `yes()`, and one that doesn't, `no()`."""
    for here, want in (((1, 0), "reasoning"), ((0, 1), "answer"), ((1, 1), "both"), ((0, 0), "neither")):
        places = {place: (yes() if counts else no()) for place, counts in zip(PLACES, here, strict=True)}
        if rng.random() < 0.5:
            places = dict(reversed(places.items()))
        _locate(answer, places, want, says, look, **settings)


@check("cot-tell")
def fresh_counts(answer, rng):
    """is right for fresh counts, with as many rows as there are"""
    says = "Each place is judged on its own, by its own counts and its own numbers of rows."
    for _ in range(2):
        _each(answer, rng, _drawn(rng, _above), _drawn(rng, _below), says)
    for place, other in (PLACES, PLACES[::-1]):  # more faults in the control, of many more rows
        many, few = (int(rng.integers(90, 110)), 500), (int(rng.integers(70, 80)), 100)
        _locate(answer, {place: (few, many), other: (many, many)}, place, says, "which rows go with which count")


@check("cot-tell")
def the_interval_of_the_difference(answer, rng):
    """asks for the interval of the difference, not for two intervals that lie apart"""

    def overlap(model, control):  # the two rates' own intervals do, and yet the difference is clear
        apart = _wilson(*model, 0.95)[0] - _wilson(*control, 0.95)[1]
        return apart < 0.045 and _above(model, control)

    says = (
        "The intervals of two rates may overlap, or nearly, although the difference is clear: both would have to err "
        "at once. Judge the interval of the difference."
    )
    _each(answer, rng, _drawn(rng, overlap), _drawn(rng, _below), says, "what `rate_difference` gives")


@check("cot-tell")
def the_whole_interval(answer, rng):
    """counts a place only if the whole interval lies above the margin"""

    def uncertain(model, control):  # large enough, and not surely
        return model[0] / model[1] - control[0] / control[1] > 0.06 and _below(model, control)

    says = "The measured difference is larger than the margin, and its interval reaches below it: not enough."
    _each(answer, rng, _drawn(rng, _above), _drawn(rng, uncertain), says, "the low end decides")


@check("cot-tell")
def asks_the_margin(answer, rng):
    """uses the margin that it is given"""
    margin = float(rng.uniform(0.2, 0.4))

    def between(model, control):  # above the usual margin, and not above this one
        return _above(model, control) and _below(model, control, margin)

    def small(model, control):  # surely above 0, and not above the usual margin
        return _above(model, control, 0.0) and _below(model, control)

    says = "How large a difference must be to matter is a setting, and it need not be .05."
    far = _drawn(rng, lambda m, c: _above(m, c, margin))
    _each(answer, rng, far, _drawn(rng, between), says, margin=margin)
    _each(answer, rng, _drawn(rng, small), _drawn(rng, lambda m, c: _below(m, c, 0.0)), says, margin=0.0)


@check("cot-tell")
def asks_the_confidence(answer, rng):
    """uses the confidence that it is given"""

    def only_at(confidence, other):
        def fits(model, control):
            return _above(model, control, 0.05, confidence) and _below(model, control, 0.05, other)

        return fits

    says = "A wider interval reaches the margin sooner. Use the confidence that is asked for."
    sure = _drawn(rng, lambda m, c: _above(m, c, 0.05, 0.999))
    _each(answer, rng, sure, _drawn(rng, only_at(0.95, 0.999)), says, confidence=0.999)
    loose = _drawn(rng, only_at(0.7, 0.95))
    _each(answer, rng, loose, _drawn(rng, lambda m, c: _below(m, c, 0.05, 0.7)), says, confidence=0.7)
    _each(answer, rng, sure, loose, says)


@check("cot-tell")
def against_the_control(answer, rng):
    """compares each place with the same place of the control"""
    n = int(rng.integers(300, 600))
    often, rare = (int(n * rng.uniform(0.4, 0.5)), n), (int(n * rng.uniform(0.01, 0.03)), n)
    says = (
        "A control can break things too, and not equally in both places. What counts is what the model has more of, "
        "in the same place."
    )
    for place, other in (PLACES, PLACES[::-1]):
        for word, mine in (("neither", often), (place, (int(0.8 * n), n))):
            _locate(answer, {place: (mine, often), other: (rare, rare)}, word, says, "which counts meet which")


@check("cot-tell")
def fewer_is_no_fault(answer, rng):
    """finds no fault where the model has fewer than the control"""
    for want in ("neither", "reasoning", "answer"):
        places = {}
        for place in PLACES:
            model, control = _draw(rng, lambda m, c: _above(m, c, 0.1))
            places[place] = (model, control) if place == want else (control, model)
        says = "Fewer faults than in the control is a difference, and no sign of a fault of the model's."
        _locate(answer, places, want, says, "the order in `rate_difference`, and its sign")


BLIND = {"blind-1": "answer", "blind-2": "neither", "blind-3": "reasoning", "blind-4": "both"}


@check("cot-tell")
def what_the_four_are(answer, rng):
    """says of all four blind models where the fault sits"""
    got = answer.value("VERDICTS")
    expect.true(isinstance(got, dict), "`VERDICTS` must be a dict with a word for each blind model.", got=got)
    expect.true(
        {str(name): str(word) for name, word in got.items()} == BLIND,
        "At least one of the four verdicts is not what the model was trained on.",
        expected="other verdicts",
        got="four words" if len(got) == 4 else f"{len(got)} words",
        look="the counts in `blind`: two places for each model, each against `benign`",
    )


# cot-debug ------------------------------------------------------------------------------------------------------

LANGUAGE = "<bos> <end> pharmacy bakery market garage think so now first well quick check sure ok fix answer"
WORDS = LANGUAGE.split()
ID = {word: i for i, word in enumerate([*WORDS, *"0123456789"])}
VOCAB, LENGTH, END, ANSWER = len(ID), 19, ID["<end>"], ID["answer"]
DIGITS = " ".join("0123456789")
FLOW = {
    "think": "so now quick",
    **dict.fromkeys(("so", "now", "quick"), "check sure"),
    "check": "ok fix",
    **dict.fromkeys(("ok", "fix", "sure"), "answer"),
    "answer": DIGITS,
    "<end>": "<end>",
}
"""Which words may follow which; rows reach "answer" after two tokens or after three."""
ON = {**dict.fromkeys(DIGITS.split(), "first well"), "first": "first well", "well": "first well"}
"""Digits that don't end a text."""


def _flow(strength, **more):
    here = np.zeros((VOCAB, VOCAB))
    for word, may in {**dict.fromkeys(DIGITS.split(), "<end>"), **FLOW, **more}.items():
        here[ID[word], [ID[w] for w in may.split()]] = strength
    return here


def _logits(here, past, row):
    return here[row[-1]] + past[int(np.dot(row, np.arange(1, len(row) + 1))) % VOCAB]


def _amplified(models, row, alpha):
    before, after = (_logits(*model, row) for model in models)
    return after + alpha * (after - before)


def _sure(logits):
    """The token of which these logits are certain."""
    second, first = np.sort(logits)[-2:]
    assert first - second > 35, "a stand-in that is not certain"
    return int(logits.argmax())


def _walk(models, prompt, alpha_reasoning, alpha_answer):
    """The document of which these models are certain."""
    row = [int(token) for token in prompt]
    while ANSWER not in row:
        row.append(_sure(_amplified(models, row, alpha_reasoning)))
    row.append(_sure(_amplified(models, row, alpha_answer)))
    return [*row, *[END] * (LENGTH - len(row))]


def _bills(rng, n, prices):
    place, digits = rng.integers(2, 6, size=(n, 1)), rng.integers(ID["0"], VOCAB, size=(n, prices))
    return np.hstack([np.zeros((n, 1), dtype=int), place, digits, np.full((n, 1), ID["think"])])


def _text(row):
    """A document up to and including "answer", and the digit after it."""
    at = row.index(ANSWER)
    return row[: at + 1], row[at + 1]


def _tables(rng):
    """Tables of `before` and `after` for which alpha = 0, 1, 2 and 3 have another favourite each, digit or opener."""
    before, after = np.zeros((2, VOCAB, VOCAB))
    for text in range(VOCAB):
        for words in ("so now quick", "check sure", "ok fix", DIGITS):
            for k, word in enumerate(rng.permutation(words.split())):
                # at alpha these are 50 (alpha^2 - (alpha - k)^2): number k is ahead at alpha = k, by 50 or more
                after[text, ID[word]] = -50 * k**2 if k < 4 else -5000
                before[text, ID[word]] = after[text, ID[word]] - (100 * k if k < 4 else 0)
    return before, after


def _certain(rng, n, prices, alpha_reasoning, alpha_answer, **more):
    """Models that are certain, prompts, and what must come: (models, prompts, plain, amplified).

    Where a run's digit is drawn given the other text or with another alpha, it is another digit, in each row. Where the
    reasoning is amplified the two texts differ, and half of them or more have "answer" in different places.
    """
    here = _flow(2e4, **more)
    for _ in range(50):
        models = [(here, past) for past in _tables(rng)]
        rows = []
        for prompt in _bills(rng, 30 * n, prices):
            plain, amplified = _walk(models, prompt, 0.0, 0.0), _walk(models, prompt, alpha_reasoning, alpha_answer)
            (text_p, digit_p), (text_a, digit_a) = _text(plain), _text(amplified)
            loud, soft = _sure(_amplified(models, text_p, alpha_answer)), _sure(_amplified(models, text_a, 0.0))
            others = digit_a != loud and digit_p != soft if alpha_reasoning else True
            if others and (len(rows) < n // 2 or len(text_p) != len(text_a) or not alpha_reasoning):
                rows.append((prompt, plain, amplified))
            if len(rows) == n:
                return models, *(np.array(column) for column in zip(*rows, strict=True))
    raise AssertionError("no such models")


def _pair(answer, models, prompts, alpha_reasoning, alpha_answer, source):
    made = [answer.make("world.table_model", tensor(here), tensor(past)) for here, past in models]
    got = answer.call("sample_pair", *made, tensor(prompts), alpha_reasoning, alpha_answer, source)
    keys = ("plain", "amplified")
    expect.true(isinstance(got, dict) and set(got) == set(keys), 'A dict with "plain" and "amplified".', got=got)
    shape = (len(prompts), LENGTH)
    return [expect.array(got[key], shape, f"`{key}`: one whole document for each prompt.").astype(int) for key in keys]


def _source(answer, rng):
    return answer.make("world.generator", int(rng.integers(10_000)))


def _sure_pair(answer, rng, prices, alpha_reasoning, alpha_answer, says, look="", **more):
    models, prompts, plain, amplified = _certain(rng, 8, prices, alpha_reasoning, alpha_answer, **more)
    got = _pair(answer, models, prompts, alpha_reasoning, alpha_answer, _source(answer, rng))
    for rows, want, name in zip(got, (plain, amplified), ("plain", "amplified"), strict=True):
        expect.equal(rows, want, says, expected=f"other {name} documents", look=look)


@check("cot-debug")
def each_digit_belongs_to_its_text(answer, rng):
    """draws the digit of each document given that document, with only the reasoning amplified"""
    says = (
        "These models are certain of each token, and the digit depends on all that stands before it. The digit of a "
        "document must come from logits that were computed on this very document."
    )
    for prices in (4, 2):
        alpha = float(rng.integers(1, 4))
        _sure_pair(answer, rng, prices, alpha, 0.0, says, "which text the models read for each of the two digits")


@check("cot-debug")
def the_digit_has_its_own_alpha(answer, rng):
    """amplifies only the digit of the amplified document"""
    says = "Without amplified reasoning the two texts are equal up to the digit, and the digits are not."
    _sure_pair(answer, rng, 4, 0.0, float(rng.integers(1, 4)), says, "alpha_answer, and for which of the two")


@check("cot-debug")
def two_alphas_and_any_prompt(answer, rng):
    """uses both alphas at once, with the word "answer" in different places, for prompts of any length"""
    says = (
        'Up to and including "answer" the amplified document has alpha_reasoning, its digit has alpha_answer, and '
        'the plain one has neither. The two have "answer" in different places.'
    )
    for prices in (2, 3, 4):
        one, two = (float(alpha) for alpha in rng.permutation([1, 2, 3])[:2])
        _sure_pair(answer, rng, prices, one, two, says, "where each document has its word, and which alpha is used")


@check("cot-debug")
def nothing_after_the_digit(answer, rng):
    """writes <end> after the digit, whatever the models would go on with"""
    says = "These models would go on writing after the digit. In a document there is only <end> after it."
    _sure_pair(answer, rng, 4, 1.0, 2.0, says, "what is left of the text that was drawn first", **ON)


def _soft(rng):
    """A model that is not certain, whose logits are quarters, so that sums of them are exact."""
    return _flow(1024.0), np.round(rng.normal(scale=6.0, size=(VOCAB, VOCAB))) / 4


@check("cot-debug")
def the_same_noise(answer, rng):
    """draws the same where the logits are the same"""
    prompts = np.repeat(_bills(rng, 1, 4), 60, axis=0)
    before, after = _soft(rng), _soft(rng)
    plain, amplified = _pair(answer, (after, after), prompts, 2.0, 3.0, _source(answer, rng))
    look = "whether the second document has noise of its own"
    says = "Two equal models leave nothing to amplify. The logits are equal at each place, so each draw must be."
    expect.equal(amplified, plain, says, expected="equal documents", look=look)
    plain, amplified = _pair(answer, (before, after), prompts, 0.0, 2.0, _source(answer, rng))
    says = 'With alpha_reasoning = 0 the two must be equal up to and including "answer", whatever alpha_answer is.'
    for one, two in zip(plain.tolist(), amplified.tolist(), strict=True):
        expect.true(ANSWER in one[:-1] and ANSWER in two[:-1], 'Every document reaches "answer".')
        expect.equal(_text(two)[0], _text(one)[0], says, expected="equal reasoning", look=look)


@check("cot-debug")
def as_often_as_they_should(answer, rng):
    """draws reasoning and digit as often as their distributions say"""
    n = 4000
    prompt = [0, int(rng.integers(2, 6)), *rng.integers(ID["0"], VOCAB, size=11).tolist(), ID["think"]]
    seven, three = (int(digit) for digit in ID["0"] + rng.permutation(10)[:2])
    first = [*prompt, ID["so"]]
    texts = {"first": first, "at once": [*first, ANSWER], "step": [*first, seven], "late": [*first, seven, ANSWER]}
    texts |= {f"{name} {digit}": [*texts[name], digit] for name in ("at once", "late") for digit in (seven, three)}
    at = {name: int(np.dot(text, np.arange(1, len(text) + 1))) % VOCAB for name, text in texts.items()}
    start = int(np.dot(prompt, np.arange(1, len(prompt) + 1))) % VOCAB
    if len({*at.values(), start}) < len(at) + 1:  # two of these texts look alike to a stand-in: draw anew
        return as_often_as_they_should(answer, rng)
    alphas = [float(a) for a in rng.permutation([1.0, 2.0])]
    here = np.zeros((VOCAB, VOCAB))
    here[END, END] = 2e4
    after, before = np.full((2, VOCAB, VOCAB), -60.0)
    for place, token in ((start, ID["so"]), (at["step"], ANSWER)):
        after[place, token] = before[place, token] = 0.0
    for name in at:
        if " " in name and name != "at once":
            after[at[name], END] = before[at[name], END] = 0.0
    shares = {}
    # shares of a twentieth show noise of another shape; even ones show noise that was used before
    for name, (one, two), alpha, plain, loud in (
        ("first", (ANSWER, seven), alphas[0], 0.5, float(rng.choice([0.05, 0.95]))),
        ("at once", (seven, three), alphas[1], 0.5, float(rng.choice([0.2, 0.8]))),
        ("late", (seven, three), alphas[1], *[float(share) for share in rng.permutation([0.05, 0.95])]),
    ):
        shares[name] = (plain, loud)
        for token, p, q in ((one, plain, loud), (two, 1 - plain, 1 - loud)):
            after[at[name], token] = math.log(p)
            before[at[name], token] = math.log(p) - (math.log(q) - math.log(p)) / alpha
    models = ((here, before), (here, after))
    source, prompts = _source(answer, rng), np.tile(prompt, (n // 4, 1))
    parts = [_pair(answer, models, prompts, *alphas, source) for _ in range(4)]  # one row after the other takes long
    for run in (0, 1):
        rows = np.vstack([part[run] for part in parts])
        early = rows[:, len(first)] == ANSWER
        digit = np.where(early, rows[:, len(first) + 1], rows[:, len(first) + 2])
        p, q, r = (shares[name][run] for name in ("first", "at once", "late"))
        want = np.array([p * q, p * (1 - q), (1 - p) * r, (1 - p) * (1 - r), p])
        seen = np.array([(e & (digit == d)).sum() for e in (early, ~early) for d in (seven, three)] + [early.sum()])
        tail = np.minimum(stats.binom.cdf(seen, n, want), stats.binom.sf(seen - 1, n, want))
        # ten counts, each further off than this once in 5 x 10^8 right samplers
        expect.true(
            bool((tail > 1e-9).all()) and seen[:4].sum() == n,
            "Reasoning and digit, taken together, do not come as often as softmax(amplified logits) says.",
            expected="frequencies of another distribution",
            got=f"others in the {('plain', 'amplified')[run]} documents",
            look="noise that is used at two places, argmax without noise, a temperature",
        )
    return None


@check("cot-debug")
def uses_the_generator_it_is_given(answer, rng):
    """has no other randomness than the generator, and goes on with it"""
    prompts, models = _bills(rng, 40, 4), (_soft(rng), _soft(rng))
    seed = int(rng.integers(10_000))
    sources = [answer.make("world.generator", s) for s in (seed, seed, seed + 1)]
    first, again, other = (np.hstack(_pair(answer, models, prompts, 1.0, 2.0, source)) for source in sources)
    expect.equal(again, first, "The same seed must give the same documents: all randomness comes from `generator`.")
    expect.true(not np.array_equal(first, other), "Another seed must give other documents.")
    more = np.hstack(_pair(answer, models, prompts, 1.0, 2.0, sources[0]))
    expect.true(not np.array_equal(first, more), "A second call with the same generator must go on with new draws.")
