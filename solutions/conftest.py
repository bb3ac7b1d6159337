"""How nbval compares worked notebooks: the machine-readable copy of a report is not stored with them."""

from typing import Any


def pytest_collectstart(collector: Any) -> None:
    """Leave the report's data bundle out; its text and HTML are compared."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("application/vnd.worktest.report+json",)
