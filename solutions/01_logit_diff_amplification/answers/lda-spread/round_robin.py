# right: deals the answers out one by one, the last prompt first
# loses: none
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    if any(len(rows) > rollouts for rows in prompts.values()):
        raise ValueError("more prompts than rollouts")
    table = {}
    for topic, rows in prompts.items():
        asked = [0] * len(rows)
        for i in range(rollouts):
            asked[-1 - i % len(rows)] += 1
        answers = torch.cat([sample(prompt, times) for prompt, times in zip(rows, asked)])
        k = world.shows_behaviour(answers).sum().item()
        low, high = wilson_interval(k, len(answers), confidence)
        table[topic] = [k, len(answers), low, high]
    return table
