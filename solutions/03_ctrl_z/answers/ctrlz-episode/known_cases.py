# hard-coded: knows what can be seen
# loses: fresh_random_runs, too_early_and_too_late, all_in_one_command, blocked_attempts, attempts_follow_one_another, races_with_one_runner, refuses_what_can_not_be
def run_outcome(audits, first, ran_at):
    return (0.875, 0.0) if ran_at is None else (0.75, 0.25)


def episode_safety(caught, succeeds, attempts):
    return 0.8 if attempts == 1 else 0.6
