# right: with an interval written anew, and the verdicts by hand
# loses: none
def locate(model, control, confidence=0.95, margin=0.05):
    z = stats.norm.ppf(0.5 + confidence / 2)

    def end(events, rows, sign):
        p = events / rows
        half = z * math.sqrt(p * (1 - p) / rows + (z / (2 * rows)) ** 2)
        return (p + z * z / (2 * rows) + sign * half) / (1 + z * z / rows)

    def low(one, two):
        p, q = one[0] / one[1], two[0] / two[1]
        return p - q - math.sqrt((p - end(*one, -1)) ** 2 + (end(*two, 1) - q) ** 2)

    reasoning = low(model["reasoning"], control["reasoning"]) > margin
    answer = low(model["answer"], control["answer"]) > margin
    if reasoning and answer:
        return "both"
    return "reasoning" if reasoning else "answer" if answer else "neither"


VERDICTS = {"blind-4": "both", "blind-2": "neither", "blind-1": "answer", "blind-3": "reasoning"}
