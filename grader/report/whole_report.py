"""A whole report, written in one pass over the results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import BrokenGrader
from grader.pages import remove_torn
from grader.report.candidate_page import write_candidate_page
from grader.report.index_page import IndexRow, summarise, write_index
from grader.report.results_json import ResultsFile
from grader.result import Result, Run
from grader.text import Language

if TYPE_CHECKING:
    from grader.intake import Ignored


def write_report(
    out: Path,
    run: Run,
    results_by_candidate: Iterable[tuple[str, list[Result]]],
    language: Language,
    missing: Mapping[str, Sequence[str]] | None = None,
    ignored: Iterable[Ignored] = (),
) -> Path:
    """Write a whole report in one pass over the results and return the path of its overview.

    Of each candidate only a light row is kept, so an iterator over thousands is fine. Each candidate must
    come once; who is only in `missing` gets a page too. `missing` and `ignored` are those of `write_index`.
    Raises UsageError where the folder can't be written.
    """
    for folder in (out, out / "candidates"):
        remove_torn(folder)
    missing, ignored, rows = missing or {}, list(ignored), list[IndexRow]()
    seen = set[str]()
    with ResultsFile(out, run, language) as file:
        absent = ((candidate, list[Result]()) for candidate in missing if candidate not in seen)
        for candidate, results in chain(results_by_candidate, absent):
            if candidate in seen:
                raise BrokenGrader(f"the results of {candidate!r} came in two groups; a report needs them in one")
            seen.add(candidate)
            write_candidate_page(out, run, candidate, results, language)
            rows.append(summarise(candidate, results))
            for result in results:
                file.add(result)
        file.finish(missing, ignored)
    return write_index(out, run, rows, language, missing, ignored)
