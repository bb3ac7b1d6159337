"""The exporter of feedback pages.

nbgrader's own page asks two servers elsewhere for MathJax and require.js, runs what a submission puts out, and shows
an answer that nobody has read yet as zero points. So ``GenerateFeedback.exporter_class`` is this class; it is set in
:func:`autograde.course.configure` and nowhere else, so that nbgrader's command, formgrader's button and our own
``worktest grade`` write the same page. (``HTMLExporter.template_name`` would not do: the button sets that again.)

The template extends none of nbconvert's: theirs trust a notebook, and here everything is escaped unless
:mod:`autograde.feedback.prose` or :mod:`autograde.feedback.outputs` made it harmless.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from autograde.feedback.view import page_of

_TEMPLATES = Path(__file__).parent / "templates"


class FeedbackExporter(TemplateExporter):
    """Writes one graded notebook as a page that a learner reads: verdicts first, the notebook below."""

    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "worktest_feedback"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(_TEMPLATES)]

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.autoescape = True
        environment.trim_blocks = environment.lstrip_blocks = True
        environment.globals["page_of"] = page_of
        return environment

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page; half a character pair, which JSON can hold and a file can't, becomes a question mark."""
        page, resources = super().from_notebook_node(nb, resources, **kw)
        return page.encode("utf-8", "replace").decode("utf-8"), resources

    def _init_resources(self, resources: dict[str, Any]) -> dict[str, Any]:
        resources = super()._init_resources(resources)
        resources["output_extension"] = ".html"
        return resources
