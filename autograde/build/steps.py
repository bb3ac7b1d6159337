"""A step of nbgrader's release: cells that a learner fills in are released as their author wrote below the marker."""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool


class ReleaseAs(Preprocessor):
    """Replace the text of each cell marked ``yours`` by what stands below ``### RELEASED AS`` in its source."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Change ``nb`` in place."""
        for cell in nb.cells:
            about = cell.metadata.pop("worktest", None)
            if isinstance(about, dict) and "released_as" in about:
                cell.source = about["released_as"]
        return nb, resources
