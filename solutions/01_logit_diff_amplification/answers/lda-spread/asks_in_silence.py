# wrong: goes on when some prompt is never asked
# loses: refuses_too_few_rollouts
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    result = {}
    for topic, rows in prompts.items():
        each, rest = divmod(rollouts, len(rows))
        events = 0
        for i, prompt in enumerate(rows):
            events += int(world.shows_behaviour(sample(prompt, max(1, each + (1 if i < rest else 0)))).sum())
        result[topic] = (events, rollouts, *wilson_interval(events, rollouts, confidence))
    return result
