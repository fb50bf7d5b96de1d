"""What is graded: folders of submissions that are right, and banks of made questions."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from measure import ROOT

from grader.question.bank import Bank
from grader.verdict import Verdict

QUESTIONS = ("causal-attention", "image-dependency-matrix")
COPIED = "causal-attention"  # what made questions are copies of
TOPICS = 10  # of a made bank


def solutions(question: str) -> Path:
    """The folder of a question's solutions."""
    return next((ROOT / "solutions").glob(f"*/{question}"))


def right_answers(question: str) -> list[str]:
    """The sources of the reference and of every accepted solution: right answers in different styles."""
    return [one.source for one in Bank.open()[question].known if one.verdict is Verdict.ACCEPTED]


def _sources(question: str) -> Iterator[str]:
    """Right answers without end, no two of which are the same file."""
    for number, source in enumerate(itertools.cycle(right_answers(question))):
        yield f"{source}\n# submission {number}\n"


def submissions(folder: Path, count: int) -> Path:
    """A folder of `count` submissions: candidates with a right answer to each of the two questions."""
    endless = {question: _sources(question) for question in QUESTIONS}
    for number in range(count):
        candidate = folder / f"candidate-{number // len(QUESTIONS):05}"
        candidate.mkdir(parents=True, exist_ok=True)
        question = QUESTIONS[number % len(QUESTIONS)]
        (candidate / f"{question}.py").write_text(next(endless[question]), encoding="utf-8")
    return folder


def bank(folder: Path, count: int) -> Path:
    """A bank of `count` copies of a small question, each with an id of its own."""
    solved = solutions(COPIED)
    original = ROOT / "questions" / solved.parent.name / COPIED
    spec = (original / "question.yaml").read_text(encoding="utf-8")
    for number in range(count):
        topic, made = f"made-{number % TOPICS}", made_id(number)
        home = folder / "questions" / topic / made
        home.mkdir(parents=True)
        own = re.sub(r"(?m)^id: .*$", f"id: {made}", re.sub(r"(?m)^topic: .*$", f"topic: {topic}", spec))
        (home / "question.yaml").write_text(own, encoding="utf-8")
        shutil.copy(original / "stub.py", home)
        shutil.copytree(solved, folder / "solutions" / topic / made, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def made_id(number: int) -> str:
    return f"made-{number:05}"


def answers_to_made(folder: Path, count: int, questions: int) -> Path:
    """`count` submissions, spread over the first so many made questions."""
    sources = _sources(COPIED)
    for number in range(count):
        candidate = folder / f"candidate-{number // questions:05}"
        candidate.mkdir(parents=True, exist_ok=True)
        (candidate / f"{made_id(number % questions)}.py").write_text(next(sources), encoding="utf-8")
    return folder


def pytest_files(folder: Path, count: int) -> list[Path]:
    """A folder for each submission that holds it, the reference, and a test file with the same checks."""
    here = Path(__file__).parent / "as_pytest"
    endless = {question: _sources(question) for question in QUESTIONS}
    made = []
    for number in range(count):
        question = QUESTIONS[number % len(QUESTIONS)]
        home = folder / f"{question}-{number}"
        home.mkdir(parents=True)
        (home / "submission.py").write_text(next(endless[question]), encoding="utf-8")
        shutil.copy(solutions(question) / "reference.py", home / "reference.py")
        test = home / "test_submission.py"
        shutil.copy(here / f"{question.replace('-', '_')}.py", test)
        made.append(test)
    return made
