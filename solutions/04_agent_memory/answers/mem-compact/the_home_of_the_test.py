# hard-coded: knows the counts of the home that can be seen
# loses: fresh_homes, left_out_or_written_out, counts_nothing_else, false_whichever_it_is, right_by_luck, wrong_before_already, unknown_is_no_place
def compaction_audit(before, after, truth):
    return {"kept": 2, "changed": 1, "lost": 1, "invented": 2, "absent": 1, "false": 3}
