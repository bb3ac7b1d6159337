# right: a table from two yeses and noes to a word
# loses: none
WORDS_FOR = {(True, True): "both", (True, False): "reasoning", (False, True): "answer", (False, False): "neither"}


def locate(model, control, confidence=0.95, margin=0.05):
    def counts(place):
        (k_1, n_1), (k_2, n_2) = model[place], control[place]
        _, low, _ = rate_difference(k_1, n_1, k_2, n_2, confidence=confidence)
        return low > margin

    return WORDS_FOR[counts("reasoning"), counts("answer")]


VERDICTS = {}
for name in ("blind-1", "blind-2", "blind-3", "blind-4"):
    VERDICTS[name] = locate(blind[name], known["benign"])
