# wrong: gives all that is left over to the last prompt
# loses: every_prompt_has_its_share
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    result = {}
    for topic, rows in prompts.items():
        if rollouts < len(rows):
            raise ValueError("some prompts would never be asked")
        each, rest = divmod(rollouts, len(rows))
        events = 0
        for i, prompt in enumerate(rows):
            events += int(world.shows_behaviour(sample(prompt, each + (rest if i == len(rows) - 1 else 0))).sum())
        result[topic] = (events, rollouts, *wilson_interval(events, rollouts, confidence))
    return result
