# wrong: leaves the confidence at 95 %
# loses: spread_follows_the_confidence
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    result = {}
    for topic, rows in prompts.items():
        if rollouts < len(rows):
            raise ValueError("some prompts would never be asked")
        each, rest = divmod(rollouts, len(rows))
        events = 0
        for i, prompt in enumerate(rows):
            events += int(world.shows_behaviour(sample(prompt, each + (1 if i < rest else 0))).sum())
        result[topic] = (events, rollouts, *wilson_interval(events, rollouts))
    return result
