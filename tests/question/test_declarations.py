"""Rows and declarations that stand in one place are the same wherever they are used."""

from __future__ import annotations

from grader.question.conditions import CONDITIONS
from grader.question.kinds import Kind, kind_in_words, language_of
from grader.question.probe_functions import built_in_probes
from grader.worker.layouts import LAYOUTS
from grader.worker.probes import BUILT_IN


def test_the_built_in_probes_that_are_read_are_those_that_run() -> None:
    assert list(built_in_probes()) == list(BUILT_IN)
    assert {name for name, probe in built_in_probes().items() if not probe.in_specs} == {"unmodified", "device"}
    assert [name for name, probe in built_in_probes().items() if probe.needs == "calls"] == ["sequence"]


def test_conditions_have_names_of_their_own_in_both_languages() -> None:
    for names in ("key", "check", "title", "rule"):
        found = [getattr(condition, names) for condition in CONDITIONS]
        assert len(set(map(str, found))) == len(found)
    assert all(condition.title.zh and condition.rule.zh for condition in CONDITIONS)


def test_conditions_drive_by_probes_and_layouts_that_the_worker_has() -> None:
    assert {condition.probe for condition in CONDITIONS} <= BUILT_IN.keys()
    assert {condition.layout for condition in CONDITIONS} <= LAYOUTS.keys()


def test_a_kind_that_is_not_known_is_called_by_its_own_name_and_read_as_python() -> None:
    assert kind_in_words("concept").zh == "概念"
    assert kind_in_words("juggling").zh == "juggling"
    assert [language_of(name) for name in ("concept", "debug", "juggling")] == ["yaml", "python", "python"]
    assert [kind for kind in Kind if not kind.is_code] == [Kind.CONCEPT]
