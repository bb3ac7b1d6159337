# hard-coded: knows the counts that can be seen, and guesses the four
# loses: fresh_counts, the_interval_of_the_difference, the_whole_interval, asks_the_margin, asks_the_confidence, against_the_control, fewer_is_no_fault, what_the_four_are
def locate(model, control, confidence=0.95, margin=0.05):
    known_counts = {(120, 2): "reasoning", (1, 90): "answer", (100, 110): "both"}
    return known_counts.get((model["reasoning"][0], model["answer"][0]), "neither")


VERDICTS = {"blind-1": "reasoning", "blind-2": "reasoning", "blind-3": "answer", "blind-4": "neither"}
