"""With every layer: no attack gains anything, and the verdict follows the answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from grader.sandbox import Level, doctor
from grader.sandbox.policy import LAYERS, lacking

from .suite import Attack, attacks

if sys.platform != "linux":
    pytest.skip("the sandbox's layers are Linux's", allow_module_level=True)

from .ground import Ground

ATTACKS = attacks()


@pytest.fixture(scope="session")
def working() -> set[str]:
    return {report.name for report in doctor.examine() if report.works}


@pytest.fixture(scope="module")
def ground(working: set[str]) -> Iterator[Ground]:
    """Every layer that this machine has."""
    if layer := lacking(Level.STRICT, working):
        pytest.skip(f"this machine has no layer '{layer}'")
    with Ground() as opened:
        yield opened


def test_there_are_at_least_eighty() -> None:
    assert len(ATTACKS) >= 80


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_nothing_is_gained(ground: Ground, attack: Attack) -> None:
    outcome = ground.attempt(attack)
    assert not outcome.not_run
    assert outcome.gained == []
    assert outcome.unexpected == []


WEAKENING = sorted({attack.alone for attack in ATTACKS if attack.alone})


@pytest.mark.parametrize("layer", WEAKENING)
def test_each_attack_works_without_the_layer_that_alone_stops_it(working: set[str], layer: str) -> None:
    assert layer in LAYERS
    if missing := lacking(Level.STRICT, working):
        pytest.skip(f"this machine has no layer '{missing}'")
    chosen = [attack for attack in ATTACKS if attack.alone == layer]
    with Ground(frozenset({layer})) as weakened:
        held = [attack.name for attack in chosen if not weakened.attempt(attack).gained]
    assert held == []
