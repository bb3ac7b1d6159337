"""The sources: what is cited is in references.bib, and an entry says who, what and when."""

from __future__ import annotations

from collections.abc import Iterator

from worktest.errors import UserError
from worktest.extend.bibliography import FILE, read_bibliography
from worktest.extend.check.base import PAPER, Facts, Finding, shortened


def look_at_references(facts: Facts) -> Iterator[Finding]:
    """Citations without an entry, and cited entries that lack something; what is not cited is a note."""
    if facts.paper is None:
        return
    try:
        known = read_bibliography(facts.research.path)
    except UserError as problem:
        yield Finding("references", FILE, shortened(problem, facts.research), "mend it, or put the file back")
        return
    lacking = {f"{FILE}: {key} lacks" for key, source in known.sources.items() if source.lacks}
    for line in known.problems:
        if not line.startswith(tuple(lacking)):
            yield Finding("references", FILE, line.removeprefix(f"{FILE}: "), "mend the entry")
    cited = {citation.key: citation.line for citation in reversed(facts.paper.citations)}  # where it stands first
    for key, at in sorted(cited.items(), key=lambda pair: pair[1]):
        source = known.sources.get(key)
        if source is None:
            what = f"[@{key}] is not in {FILE}"
            yield Finding("references", f"{PAPER}, line {at}", what, "add the entry, from the source's own page")
        elif source.lacks:
            what = f"{key} lacks {', '.join(source.lacks)}"
            yield Finding("references", FILE, what, "look it up on the source's own page")
    if spare := [key for key in known.sources if key not in cited]:
        facts.notes.append(f"in {FILE} and not cited: {', '.join(spare)}")
