# hard-coded: knows the four answers that can be seen
# loses: fresh_stores, the_day_decides, seen_and_told_on_one_day, agreement_is_an_answer, made_up_records_are_no_evidence, other_things_do_not_matter, conflicts_are_not_settled
def resolve(records, thing):
    if thing in ("hat", "rope"):
        return None
    return "hall-drawer" if thing == "key" else "attic-drawer"
