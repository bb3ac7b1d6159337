# wrong: takes more than one record for a conflict, also when they agree
# loses: agreement_is_an_answer
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    evidence = [r for r in evidence if r.day == max(e.day for e in evidence)]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    return evidence[0].place if len(evidence) == 1 else None
