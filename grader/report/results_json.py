"""`results.json`: the results for other programs. docs/results-json.md describes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from grader.pages import Replacement, well_formed
from grader.result import CheckResult, Result, Run
from grader.text import Language, Text

if TYPE_CHECKING:
    from grader.intake import Ignored


def _say(text: Text | None, language: Language) -> str | None:
    return text.in_language(language) if text else None


def check_record(check: CheckResult, language: Language) -> dict[str, Any]:
    """One check."""
    mistake = check.mistake
    return {
        "name": check.name,
        "verdict": check.verdict,
        "points": check.points,
        "max_points": check.max_points,
        "case": _say(check.case, language),
        "message": _say(check.message, language),
        "mistake": _say(mistake.name, language) if mistake else None,
        "mistake_id": mistake.id if mistake else None,
        "hint": _say(check.hint, language),
        "line": check.line,
        "manual": check.manual,
    }


def result_record(result: Result, language: Language) -> dict[str, Any]:
    """One submission."""
    return {
        "candidate": result.candidate,
        "question": result.question,
        "verdict": result.verdict,
        "points": result.points,
        "max_points": result.max_points,
        "manual_points": result.manual_points,
        "seconds": result.seconds,
        "megabytes": result.megabytes,
        "file": result.file,
        "source_hash": result.source_hash,
        "question_hash": result.question_hash,
        "message": _say(result.message, language),
        "suspicions": [{"line": found.line, "what": found.what} for found in result.suspicions],
        "checks": [check_record(check, language) for check in result.checks],
    }


def run_record(run: Run) -> dict[str, Any]:
    """What all results share."""
    return {
        "schema_version": run.schema_version,
        "seed": run.seed,
        "device": run.device,
        "isolation": run.layers,
        "isolation_level": run.isolation,
        "missing_layers": run.missing_layers,
        "versions": run.versions,
        "command": run.command,
        "started": run.started,
    }


def _well_formed(value: Any) -> Any:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, dict):
        return {_well_formed(key): _well_formed(item) for key, item in value.items()}
    return [_well_formed(item) for item in value] if isinstance(value, list) else value


def _json(value: Any) -> str:
    return msgspec.json.encode(_well_formed(value)).decode()


class ResultsFile:
    """`results.json` while it is written: one line per submission, so that memory holds only one of them.

    Raises UsageError where the file can't be written.
    """

    def __init__(self, out: Path, run: Run, language: Language) -> None:
        self._file = Replacement(out / "results.json")
        self._run, self._language = run, language
        self._separator = "\n"

    def __enter__(self) -> ResultsFile:
        self._file.__enter__()
        self._file.write(_json(run_record(self._run)).removesuffix("}") + f',"language":"{self._language}","results":[')
        return self

    def add(self, result: Result) -> None:
        self._file.write(self._separator + _json(result_record(result, self._language)))
        self._separator = ",\n"

    def finish(self, missing: Mapping[str, Sequence[str]], ignored: Iterable[Ignored]) -> None:
        files = [
            {"candidate": found.candidate, "file": found.file, "reason": _say(found.reason, self._language)}
            for found in ignored
        ]
        absent = {candidate: list(questions) for candidate, questions in missing.items()}
        self._file.write(f'\n],"missing":{_json(absent)},"ignored":{_json(files)}}}\n')

    def __exit__(self, *reason: Any) -> None:
        self._file.__exit__(*reason)


def write_results_json(
    out: Path,
    run: Run,
    results: Iterable[Result],
    missing: Mapping[str, Sequence[str]] | None = None,
    ignored: Iterable[Ignored] = (),
) -> Path:
    """Write `results.json` in the run's language and return its path; raises UsageError."""
    with ResultsFile(out, run, run.language) as file:
        for result in results:
            file.add(result)
        file.finish(missing or {}, ignored)
    return out / "results.json"
