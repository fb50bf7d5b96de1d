"""The report of a batch: an overview, one page per candidate, and `results.json`."""

from grader.report.cell import cell_html
from grader.report.report_templates import TEMPLATES
from grader.report.whole_report import write_report

__all__ = ["TEMPLATES", "cell_html", "write_report"]
