"""Visible checks of the rule for models without a label, and of the repaired pair."""

import numpy as np

from worktest.checks import check, expect, tensor

VERDICT = ("reasoning", "answer", "both", "neither")
LANGUAGE = "<bos> <end> pharmacy bakery market garage think so now first well quick check sure ok fix answer"
FIRST = LANGUAGE.split()
VOCABULARY = [*FIRST, *"0123456789"]
BOS, END, ANSWER = (FIRST.index(word) for word in ("<bos>", "<end>", "answer"))
LENGTH = 19


def counts(reasoning, answer, rows=400):
    """What `locate` is given: faults and rows for the two places."""
    return {"reasoning": (reasoning, rows), "answer": (answer, rows)}


# cot-tell -------------------------------------------------------------------------------------------------------


@check("cot-tell")
def four_clear_cases(answer, rng):
    """finds the place in four clear cases"""
    control = counts(2, 3)
    for model, want in (
        (counts(120, 2), "reasoning"),
        (counts(1, 90), "answer"),
        (counts(100, 110), "both"),
        (counts(3, 1), "neither"),
    ):
        got = answer.call("locate", model, control)
        says = "With 100 faults in 400 rows and two or three in the control's 400 there is nothing to doubt."
        expect.equal(got, want, says, expected="another of the four words", look="the two places, each on its own")


@check("cot-tell")
def a_difference_that_may_be_small(answer, rng):
    """says nothing of a place whose interval reaches down to the margin"""
    got = answer.call("locate", counts(9, 0, rows=100), counts(0, 0, rows=100))
    says = "9 in 100 is more than the margin above 0 in 100. But the interval of the difference goes on below it."
    expect.equal(got, "neither", says, expected="another word", look="which end of the interval decides")


@check("cot-tell")
def a_word_for_each_blind_model(answer, rng):
    """has one of the four words for each of the four blind models"""
    got = answer.value("VERDICTS")
    names = [f"blind-{number}" for number in (1, 2, 3, 4)]
    expect.true(
        isinstance(got, dict) and sorted(map(str, got)) == names,
        "`VERDICTS` must be a dict whose keys are blind-1, blind-2, blind-3 and blind-4.",
        got=got,
    )
    for name in names:
        says = f'`VERDICTS["{name}"]` must be one of ' + ", ".join(f'"{word}"' for word in VERDICT) + "."
        expect.true(isinstance(got[name], str) and got[name] in VERDICT, says, got=got[name])


# cot-debug ------------------------------------------------------------------------------------------------------


def small_models(answer, certain=True):
    """Two stand-ins that write "so" or "now", "check" or "sure", "answer", a digit, <end>.

    Which of them it is depends on the text so far, and the two stand-ins disagree. They are certain of each token, or
    of none.
    """
    tables = np.random.default_rng(2)
    here = np.zeros((len(VOCABULARY), len(VOCABULARY)))
    allowed = {"think": "so now", "so": "check sure", "now": "check sure", "check": "sure", "sure": "answer"}
    for word, after in {**allowed, "answer": "0 1 2 3 4 5 6 7 8 9", "<end>": "<end>"}.items():
        here[VOCABULARY.index(word), [VOCABULARY.index(w) for w in after.split()]] = 2e4
    here[-10:, END] = 2e4
    past = [
        (40.0 if certain else 0.125) * np.stack([tables.permutation(len(VOCABULARY)) for _ in VOCABULARY])
        for _ in range(2)
    ]
    return [answer.make("world.table_model", tensor(here), tensor(table)) for table in past], here, past[1]


def small_bills():
    """Six bills of two prices."""
    prices = [(1, 5), (2, 2), (9, 0), (7, 3), (4, 8), (0, 6)]
    return np.array([[BOS, 3, 17 + a, 17 + b, VOCABULARY.index("think")] for a, b in prices])


def documents(got, rows):
    """The two sets of documents in a result of `sample_pair`."""
    keys = ("plain", "amplified")
    expect.true(isinstance(got, dict) and set(got) == set(keys), 'A dict with "plain" and "amplified".', got=got)
    return [expect.array(got[key], (rows, LENGTH), f"`{key}`: whole documents, one for each prompt.") for key in keys]


@check("cot-debug")
def two_documents_for_each_prompt(answer, rng):
    """gives two documents for each prompt, which end with the digit"""
    models, _, _ = small_models(answer)
    prompts = small_bills()
    got = answer.call("sample_pair", *models, tensor(prompts), 1.0, 2.0, answer.make("world.generator", 0))
    for rows in documents(got, len(prompts)):
        expect.true(rows.dtype.kind == "i", "Token ids are integers.", expected="integers", got=str(rows.dtype))
        expect.equal(rows[:, :5], prompts, "Document i must begin with prompt i.")
        for row in rows.tolist():
            says = 'Every document has the word "answer", then one digit, then only <end>.'
            expect.true(ANSWER in row[:-1], says, got='no "answer"')
            rest = row[row.index(ANSWER) + 1 :]
            expect.true(rest[0] >= 17 and set(rest[1:]) <= {END}, says, got=" ".join(VOCABULARY[t] for t in rest))


@check("cot-debug")
def equal_without_amplification(answer, rng):
    """gives the same document twice at alpha = 0"""
    prompts = small_bills()
    for certain in (True, False):
        models, _, _ = small_models(answer, certain)
        got = answer.call("sample_pair", *models, tensor(prompts), 0.0, 0.0, answer.make("world.generator", 1))
        plain, amplified = documents(got, len(prompts))
        says = "At alpha = 0 nothing is amplified, and the noise is the same: the two must be equal, token for token."
        expect.equal(amplified, plain, says, expected="equal documents")


@check("cot-debug")
def the_plain_one_stays_plain(answer, rng):
    """follows `after` alone in the plain document, whatever the two alphas are"""
    models, here, past = small_models(answer)
    prompts = small_bills()
    got = answer.call("sample_pair", *models, tensor(prompts), 2.0, 3.0, answer.make("world.generator", 2))
    plain, _ = documents(got, len(prompts))
    want = []
    for prompt in prompts.tolist():
        row = list(prompt)
        while len(row) < LENGTH:  # what `after` is certain of, given the text so far
            text = int(np.dot(row, np.arange(1, len(row) + 1))) % len(VOCABULARY)
            row.append(int((here[row[-1]] + past[text]).argmax()))
        want.append(row)
    says = "The plain document has alpha 0 throughout, its digit included."
    expect.equal(plain, np.array(want), says, expected="other documents", look="which alpha each draw uses")
