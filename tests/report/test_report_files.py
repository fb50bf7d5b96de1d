"""results.json, files that are replaced whole, and a batch of a thousand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.errors import BrokenGrader, UsageError
from grader.pages.files import Replacement
from grader.report import write_report
from grader.report.candidate_page import write_candidate_page
from grader.report.index_page import summarise, write_index
from grader.report.results_json import write_results_json
from grader.result import Result

from . import samples
from .pages import Page

DOCUMENT = Path(__file__).parents[2] / "docs" / "results-json.md"


def results_json(out: Path, results: list[Result], **more: Any) -> dict[str, Any]:
    path = write_results_json(out, samples.RUN, results, **more)
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_results_json_has_the_documented_keys(tmp_path: Path) -> None:
    whole = results_json(tmp_path, [samples.wrong("李明")])
    assert {"schema_version", "seed", "device", "isolation", "versions", "results"} <= whole.keys()
    assert (whole["schema_version"], whole["seed"], whole["device"]) == (1, samples.RUN.seed, "cpu")
    assert whole["isolation"] == samples.RUN.layers
    (found,) = whole["results"]
    expected = {"candidate": "李明", "question": "causal-attention", "verdict": "wrong_answer"}
    assert expected.items() <= found.items()
    assert (found["points"], found["max_points"], found["seconds"]) == (2, 8, 0.043)
    values = found["checks"][1]
    expected = {"name": "values", "verdict": "wrong_answer", "points": 0, "max_points": 3}
    assert expected.items() <= values.items()
    assert values["case"] == "typical: B = 2, T = 6, D = 16"
    assert values["message"] == "output[1, 5, 7] is 0.7310586, but 0.2119416 is expected."
    assert values["mistake"] == "the scores are not divided by the square root of D"
    assert [check["mistake"] for check in found["checks"]].count(None) == 4


def test_every_key_of_results_json_is_documented(tmp_path: Path) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    whole = results_json(tmp_path, samples.everything("Ada"), ignored=samples.IGNORED)
    records = [
        whole,
        *whole["results"],
        *whole["ignored"],
        *(c for r in whole["results"] for c in r["checks"]),
    ]
    records += [s for r in whole["results"] for s in r["suspicions"]]
    assert {key for record in records for key in record if f"`{key}`" not in document} == set()


def test_results_json_speaks_the_language_of_the_run(tmp_path: Path) -> None:
    run = msgspec.structs.replace(samples.RUN, language="zh")
    whole = json.loads(write_results_json(tmp_path, run, [samples.wrong("Ada")]).read_text(encoding="utf-8"))
    assert whole["language"] == "zh"
    assert whole["results"][0]["checks"][1]["mistake"] == "没有把分数除以 √D"


def test_results_json_stays_valid_with_hostile_names(tmp_path: Path) -> None:
    (found,) = results_json(tmp_path, [samples.poison(samples.wrong("Ada"), samples.NASTY)])["results"]
    assert found["candidate"] == samples.NASTY.replace("\ud800", "⟨U+D800⟩")


def test_results_json_of_an_empty_batch_is_valid(tmp_path: Path) -> None:
    assert results_json(tmp_path, [])["results"] == []


def test_results_json_has_one_line_for_each_submission(tmp_path: Path) -> None:
    results_json(tmp_path, samples.everything("Ada"))
    lines = (tmp_path / "results.json").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(samples.everything("Ada")) + 2


def test_missing_and_ignored_are_in_results_json(tmp_path: Path) -> None:
    write_report(tmp_path, samples.RUN, [], "en", {"Bo": ["text-cnn"]}, samples.IGNORED)
    whole = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert whole["missing"] == {"Bo": ["text-cnn"]}
    assert [found["file"] for found in whole["ignored"]] == [found.file for found in samples.IGNORED]


def test_who_handed_in_nothing_is_in_the_index_and_has_a_page(tmp_path: Path) -> None:
    index = write_report(
        tmp_path, samples.RUN, [("Ada", [samples.accepted("Ada")])], "en", {"Bo": ["causal-attention"]}
    )
    page = Page.read(index)
    links = {link.partition("#")[0] for link in page.values("href") if link.startswith("candidates/bo-")}
    assert len(links) == 1
    assert (tmp_path / links.pop()).exists()


# --- files ---


@pytest.mark.parametrize("blocked", ["the folder", "its place", "a parent"])
def test_a_folder_that_can_not_be_written_is_one_sentence(tmp_path: Path, blocked: str) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    out = {"the folder": file, "its place": tmp_path / "report", "a parent": file / "report"}[blocked]
    if blocked == "its place":
        (out / "index.html").mkdir(parents=True)
    with pytest.raises(UsageError) as caught:
        write_index(out, samples.RUN, [], "en")
    assert str(caught.value).startswith(f"{out}/index.html: cannot be written (")
    assert "\n" not in str(caught.value)
    assert file.read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="Permission denied"):
        write_candidate_page(tmp_path, samples.RUN, "Ada", [], "en")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("old")
    with pytest.raises(ValueError, match="stop"), Replacement(path) as file:
        file.write("new")
        raise ValueError("stop")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_who_reads_the_old_file_meanwhile_reads_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("old")
    with path.open() as reader:
        with Replacement(path) as file:
            file.write("new")
        assert reader.read() == "old"
    assert path.read_text() == "new"


def test_results_that_stop_coming_leave_the_old_report(tmp_path: Path) -> None:
    def breaking() -> Iterator[tuple[str, list[Result]]]:
        yield "Ada", [samples.accepted("Ada")]
        raise OSError("the journal is gone")

    write_report(tmp_path, samples.RUN, [], "en")
    before = (tmp_path / "results.json").read_text()
    with pytest.raises(OSError, match="the journal is gone"):
        write_report(tmp_path, samples.RUN, breaking(), "en")
    assert (tmp_path / "results.json").read_text() == before
    assert not list(tmp_path.rglob(".*"))


def test_files_have_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    path = write_index(tmp_path, samples.RUN, [], "en")
    assert path.stat().st_mode == usual.stat().st_mode


def test_a_candidate_in_two_groups_is_refused(tmp_path: Path) -> None:
    group = ("Ada", [samples.accepted("Ada")])
    with pytest.raises(BrokenGrader, match="two groups"):
        write_report(tmp_path, samples.RUN, [group, group], "en")


def groups(number: int) -> Iterator[tuple[str, list[Result]]]:
    for i in range(number):
        name = f"candidate {i}"
        results = [samples.wrong(name), samples.accepted(name), samples.concept(name)]
        yield name, [*results, samples.runtime_error(name)]


def test_a_thousand_results_take_little_space(tmp_path: Path) -> None:
    index = write_report(tmp_path, samples.RUN, groups(250), "en")
    assert index.stat().st_size < 1_000_000
    assert len(list((tmp_path / "candidates").iterdir())) == 250


def test_each_page_is_written_before_the_next_results_are_asked_for(tmp_path: Path) -> None:
    def watching() -> Iterator[tuple[str, list[Result]]]:
        for i, group in enumerate(groups(5)):
            assert len(list(tmp_path.glob("candidates/*.html"))) == i
            yield group

    write_report(tmp_path, samples.RUN, watching(), "en")


def test_what_is_kept_of_a_candidate_is_small() -> None:
    results = samples.everything("Ada")
    kept = len(msgspec.json.encode(summarise("Ada", results)))
    assert kept < 3000  # bytes
    assert kept < len(msgspec.json.encode(results)) / 20
