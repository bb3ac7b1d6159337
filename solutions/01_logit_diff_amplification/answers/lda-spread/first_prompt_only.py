# wrong: asks one prompt of each topic, again and again
# loses: counts_each_topic_on_its_own, every_prompt_has_its_share
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    result = {}
    for topic, rows in prompts.items():
        if rollouts < len(rows):
            raise ValueError("some prompts would never be asked")
        each, rest = divmod(rollouts, len(rows))
        events = int(world.shows_behaviour(sample(rows[0], rollouts)).sum())
        result[topic] = (events, rollouts, *wilson_interval(events, rollouts, confidence))
    return result
