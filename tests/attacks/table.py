"""Tries every attack at every level of isolation and writes docs/attacks.md: `python -m tests.attacks.table`.

Run by root it is done twice: as root, and as an ordinary user. An attack that needs a layer which is off, because it
would harm the machine, is not run.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

from .ground import LEVELS, Ground, Outcome
from .suite import Attack, attacks

PAGE = Path(__file__).resolve().parents[2] / "docs" / "attacks.md"
ORDINARY = 65534  # a user that owns nothing
Tried = dict[str, dict[str, Outcome]]  # by level and attack
_HEAD = """\
# Attacks and levels of isolation

Made by `make attacks`; the attacks are the files of `tests/attacks/submissions/`. Each was tried inside a right
answer and inside a wrong one, and two plain submissions were graded after it.

- **held**: nothing that the attack was after happened, and no wrong answer was accepted.
- **GAINED**: it got something, and the words after it say what.
- **not run**: without the named layers it would have harmed the machine.
- *and …*: nothing was gained, but something else was not as it should be.

`all layers` is `--isolation strict`, the default of `grade`. The other columns are what is left on poorer machines,
and only had with `--isolation {standard}` or `{none}`. "Not Linux" is Linux with every layer switched off.
"""


def measure() -> Tried:
    """Every attack at every level, as the user that this process has."""
    tried: Tried = {}
    for level, without in LEVELS.items():
        with Ground(without) as ground:
            tried[level] = {attack.name: _attempt(ground, attack) for attack in attacks()}
    return tried


def _attempt(ground: Ground, attack: Attack) -> Outcome:
    print(f"{ground.level}: {attack.name}", file=sys.stderr)
    return ground.attempt(attack)


def measure_as(user: int | None) -> Tried:
    """The same in a process of its own, of another user where one is named."""
    command = [sys.executable, "-B", "-m", "tests.attacks.table", "--json"]
    environment = {**os.environ, "HOME": "/", "TMPDIR": "/tmp"}
    groups: list[int] | None = None if user is None else []
    done = subprocess.run(command, stdout=subprocess.PIPE, user=user, group=user, extra_groups=groups, env=environment)
    if done.returncode:
        raise SystemExit(f"uid {os.geteuid() if user is None else user}: no result; the lines above say why")
    return msgspec.json.decode(done.stdout, type=Tried)


def _require_readable(user: int) -> None:
    """An interpreter below a home folder, such as pyenv's, is closed to other users."""
    command = [sys.executable, "-c", "import torch"]
    try:
        subprocess.run(command, check=True, capture_output=True, user=user, group=user, extra_groups=[], cwd="/")
    except (OSError, subprocess.CalledProcessError):
        raise SystemExit(
            f"{sys.executable} can't be run by uid {user}, so the attacks can't be tried as an ordinary user; "
            "use an interpreter and a checkout that every user can read"
        ) from None


def page(by_user: Mapping[str, Tried]) -> str:
    """The table as Markdown, with its counts first."""
    lines = [_HEAD.format(standard="standard", none="none"), *_facts(), "", *_counts(by_user), ""]
    for area in dict.fromkeys(attack.area for attack in attacks()):
        lines += [f"## {area}", "", f"| attack | tries to | {' | '.join(LEVELS)} |", "| --- " * (len(LEVELS) + 2) + "|"]
        for attack in attacks():
            if attack.area == area:
                cells = [
                    _cell({user: tried[level][attack.name] for user, tried in by_user.items()}) for level in LEVELS
                ]
                lines.append(f"| {attack.path.stem} | {_escaped(attack.header['Tries'])} | {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def _facts() -> Iterator[str]:
    day = datetime.now(UTC).date().isoformat()
    yield (
        f"Measured on {day}: Linux {platform.release()}, {platform.machine()}, Python {platform.python_version()}, "
        f"torch {version('torch')}."
    )


def _counts(by_user: Mapping[str, Tried]) -> Iterator[str]:
    yield f"| {len(attacks())} attacks | {' | '.join(LEVELS)} |"
    yield "| --- " * (len(LEVELS) + 1) + "|"
    for user, tried in by_user.items():
        for word in ("held", "GAINED", "not run"):
            counts = (sum(outcome.word == word for outcome in tried[level].values()) for level in LEVELS)
            yield f"| {word}, as {user} | {' | '.join(map(str, counts))} |"


def _cell(outcomes: Mapping[str, Outcome]) -> str:
    told = {user: _told(outcome) for user, outcome in outcomes.items()}
    if len(set(told.values())) == 1:
        return next(iter(told.values()))
    return "; ".join(f"{user}: {text}" for user, text in told.items())


def _told(outcome: Outcome) -> str:
    if outcome.not_run:
        return f"not run ({_escaped(outcome.not_run)})"
    if outcome.gained:
        return f"**GAINED** {_escaped(_without_own_paths('; '.join(dict.fromkeys(outcome.gained)))[:80])}"
    return "held" + (
        f", *and {_escaped(_without_own_paths('; '.join(outcome.unexpected))[:80])}*" if outcome.unexpected else ""
    )


def _without_own_paths(text: str) -> str:
    """What an attack saw, without where this machine keeps its Python and this checkout."""
    for folder in (sys.prefix, sys.base_prefix, str(PAGE.parents[1])):
        text = text.replace(folder, "…")
    return text


def _escaped(text: str) -> str:
    kept = "".join(letter if letter.isprintable() else "·" for letter in text)
    return kept.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "'")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="only for this user, as JSON on stdout")
    if parser.parse_args().json:
        sys.stdout.buffer.write(msgspec.json.encode(measure()))
        return
    if os.geteuid() == 0:
        _require_readable(ORDINARY)
        by_user = {"root": measure_as(None), "a user": measure_as(ORDINARY)}
    else:
        by_user = {"a user": measure()}
    PAGE.write_text(page(by_user), encoding="utf-8")
    print(PAGE)
    strict = [outcome for tried in by_user.values() for outcome in tried["all layers"].values()]
    sys.exit(any(outcome.gained or outcome.unexpected for outcome in strict))


if __name__ == "__main__":
    main()
