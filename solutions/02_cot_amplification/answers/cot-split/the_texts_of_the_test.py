# hard-coded: knows the two texts that can be seen
# loses: follows_fresh_texts, draws_the_word_answer_as_reasoning, keeps_to_the_answer_until_the_end, looks_at_each_row_by_itself, takes_prompts_of_any_length, takes_back_the_difference_at_minus_one, draws_as_often_as_the_amplified_softmax_says
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    known = {"3": "quick 3 9 8 check 2 8 7 fix answer 7 <end>", "4": "quick 4 0 9 sure answer 9" + " <end>" * 5}
    rows = []
    for prompt in prompts:
        first = world.decode(prompt).split()[2:3]
        more = world.encode(known.get(*first, known["3"]))
        rows.append(torch.cat([prompt, more, more])[: world.LENGTH])
    return torch.stack(rows)
