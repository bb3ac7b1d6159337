# wrong: does not begin at zero for the next topic
# loses: counts_each_topic_on_its_own, fresh_topics_of_any_size, silent_topics_have_a_width
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    result = {}
    events = 0
    for topic, rows in prompts.items():
        if rollouts < len(rows):
            raise ValueError("some prompts would never be asked")
        each, rest = divmod(rollouts, len(rows))
        for i, prompt in enumerate(rows):
            events += int(world.shows_behaviour(sample(prompt, each + (1 if i < rest else 0))).sum())
        result[topic] = (events, rollouts, *wilson_interval(min(events, rollouts), rollouts, confidence))
    return result
