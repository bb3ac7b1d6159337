# right: goes through the questions in a loop, without numpy
# loses: none
def recall_rates(probs, truth, known, threshold=0.8):
    recalled, confident = [], []
    for row, place, is_known in zip(probs, truth, known, strict=True):
        row = [float(p) for p in row]
        said = row.index(max(row))
        if is_known:
            recalled.append(said == place)
        else:
            confident.append(said != len(row) - 1 and row[said] >= threshold)

    def share(flags):
        return sum(map(bool, flags)) / len(flags) if flags else None

    return {"confident_absent": share(confident), "recall": share(recalled)}
