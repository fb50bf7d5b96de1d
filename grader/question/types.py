"""The question format as types. The JSON Schema in `docs/` is made from this module.

A note stands on every field, because authors read them in their editor.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from grader.question.kinds import Kind
from grader.text import Language, Text

Difficulty = Literal["easy", "medium", "hard", "expert"]
DType = Literal["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64"]
Identifier = Annotated[str, Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

# A size: a number, or arithmetic (+ - * //) over the letters of `sizes`, such as "B", "2 * D".
Size = int | str
Shape = list[Size]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every part of a spec: unknown keys are errors."""


class Argument(Strict, frozen=True):
    """How one argument is made. Exactly one of the fields of the first group is given."""

    # --- the first group: what it is ---
    normal: Shape | UnsetType = UNSET  # a tensor of this shape, standard normal, times `scale`, plus `shift`
    uniform: Shape | UnsetType = UNSET  # a tensor, uniform in [low, high)
    integers: Shape | UnsetType = UNSET  # whole numbers, uniform in [low, high); int64 unless `dtype`
    boolean: Shape | UnsetType = UNSET  # a tensor of bools, true with `probability`
    tensor: Any | UnsetType = UNSET  # a tensor with these elements: a number or nested lists
    value: Any | UnsetType = UNSET  # a plain Python value: number, string, bool, null, list; passed as it is
    size: Size | UnsetType = UNSET  # a Python int worked out from `sizes`
    omit: bool | UnsetType = UNSET  # true: not passed, the default is used; later ones go by keyword

    # --- the second group: details ---
    scale: float = 1.0  # factor of `normal`; the case's own `scale` multiplies it again
    shift: float = 0.0  # added to `normal` after scaling
    low: float | str = 0  # of `uniform` and `integers`
    high: float | str = 1  # of `uniform` and `integers`; not reached
    probability: float = 0.3  # of true, for `boolean`
    dtype: DType | None = None  # None: float32 (or the case's dtype) for floats, int64 for integers
    held: bool = False  # made for the judge only and never sent to a worker; for criteria
    keyword: bool = False  # pass by keyword always (for arguments behind a `*`)


class Case(Strict, frozen=True):
    """One set of inputs. In YAML the sizes stand flat: `{name: one token, B: 1, T: 1}`."""

    name: str  # readable: "one token", "a row of padding only"
    sizes: dict[str, int] = {}  # the letters that differ from the question's `sizes`
    scale: float = 1.0  # multiplies every `normal` argument
    dtype: DType = "float32"  # of every floating argument that states none, and of parameters
    arguments: dict[str, Argument] = {}  # arguments that differ in this case
    construct: dict[str, Argument] = {}  # constructor arguments that differ in this case
    note: Text | None = None  # the inputs in words, where name and sizes do not tell


class Call(Strict, frozen=True):
    """One step of the `sequence` probe."""

    arguments: list[str]  # names of the case's arguments, in order
    method: str = "__call__"  # of the constructed object; without `construct`, a function's name


class Tolerance(Strict, frozen=True):
    """Overrides the tolerance of the dtype. Say in a comment why."""

    rtol: float  # relative
    atol: float  # absolute


class Criterion(Strict, frozen=True):
    """What must hold where the answer can't equal the reference. Computed by the judge from raw outputs."""

    kind: Literal["bound", "accuracy", "mean_squared_error", "psnr", "same_distribution"]  # what must hold
    # bound: every element of `of` lies in [low, high].
    # accuracy: share of rows where argmax over the last axis of `of` equals `against`, in [low, high].
    # mean_squared_error, psnr: of `of` against `against`, in [low, high]; psnr takes a peak of 1, in dB.
    # same_distribution: axis 0 of `of` holds independent draws; they are spread as the reference's, alone and together.
    of: str = "output"  # the name of an observed value
    against: str | None = None  # a `held` argument of the case
    among: str | None = None  # of accuracy: a `held` argument with a row for each class; `of` counts as the nearest
    low: float | None = None  # lower bound, itself allowed
    high: float | None = None  # upper bound, itself allowed
    support: list[float] | None = None  # of same_distribution: the only values that an element of a draw can have
    false_alarm: float = 1e-6  # of same_distribution: the largest chance that a right answer fails


class Check(Strict, frozen=True):
    """What must hold of the observations of one probe."""

    name: str  # short, English, unique in the question: "shape", "values", "gradients"
    probe: str = "call"  # a built-in one, see docs/question-format.md, or a function of probes.py
    compare: Literal["shape", "values", "exact"] | None = None  # with the reference's observations
    criterion: Criterion | None = None  # instead of `compare`
    points: int = 1  # that it is worth
    needs: str | list[str] = []  # checks that must pass first; otherwise this one is skipped
    title: Text | None = None  # for the report; the usual names are translated already
    cases: list[str] | None = None  # names of the cases to run; None: all that are not `only` elsewhere
    entry: Identifier | None = None  # another callable of the submission than the question's `entry`
    arguments: dict[str, Argument] | None = None  # replace the question's arguments for this check
    construct: dict[str, Argument] | None = None  # replace the question's; {}: no arguments
    function: bool = False  # this check's entry is a function although the question has `construct`
    mode: Literal["eval", "train"] = "eval"  # of the constructed module
    calls: list[Call] = []  # of the `sequence` probe
    tolerance: Tolerance | None = None  # instead of the dtype's default
    nan_equal: bool = False  # not-a-number equals not-a-number
    show: Literal["difference", "image", "curve"] = "difference"  # how the report draws it


class Battery(Strict, frozen=True):
    """The standard battery, which every question that takes tensors gets."""

    skip: dict[str, str] = {}  # condition: the reason why it does not fit this question
    points: int = 1  # of each check of the battery
    cases: list[str] | None = None  # None: the first case alone for `device`, all for the others


class Limits(Strict, frozen=True):
    """Per check."""

    seconds: float = 5.0  # of processor time; four times as much by the clock
    megabytes: int = 512  # that the submission may take beyond what torch itself takes
    output_kilobytes: int = 256  # printed


class Option(Strict, frozen=True):
    """One choice of a concept question's part."""

    id: str  # a letter
    text: Text  # what it says


class Part(Strict, frozen=True):
    """One part of a concept question. The right answers are in solutions/.../reference.yaml."""

    id: Slug  # unique in the question
    kind: Literal["choice", "choices", "number", "text"]  # a text is judged by a human
    prompt: Text  # Markdown, $TeX$ maths
    points: int = 1  # that it is worth
    options: list[Option] = []  # of choice and choices
    unit: str | None = None  # of number
    rtol: float = 0.0  # of number: relative tolerance
    atol: float = 0.0  # of number: absolute tolerance
    rubric: list[Text] = []  # of text: what the interviewer looks for, one point each


class Hints(Strict, frozen=True):
    """From a nudge to nearly the answer."""

    en: list[str]  # in English
    zh: list[str]  # in Chinese, equally many

    def in_language(self, language: Language) -> list[str]:
        return self.zh if language == "zh" else self.en


class Question(Strict, frozen=True):
    """A question.yaml."""

    format: Literal[1]  # the version of this format
    id: Slug  # the folder's name
    topic: Slug  # the name of the folder above
    kind: Kind  # what the candidate does
    difficulty: Difficulty  # for somebody who prepares for interviews
    minutes: Annotated[int, Meta(gt=0)]  # that a candidate should need
    title: Text  # a few words
    prompt: Text  # Markdown, $TeX$ maths; every convention that the checks rely on
    source: str  # paper, section, link
    hints: Hints  # from a nudge to nearly the answer
    entry: Identifier | None = None  # the function or class that the candidate writes
    forbid: list[str] = []  # dotted names; or `loop`, which forbids for, while and comprehensions
    allow: list[str] = []  # dotted names that an answer needs, and that would be listed as worth a look elsewhere
    sizes: dict[str, int] = {}  # the letters of shapes and what they are by default
    arguments: dict[str, Argument] = {}  # of the function, or of the module's forward, in order
    construct: dict[str, Argument] | None = None  # given: `entry` is a class, and these go to its constructor
    fill: Literal["named", "ordered", "none"] = "named"  # parameters, by name and shape or by shape and order
    cases: list[Case] = []  # the inputs; the first one should be ordinary
    checks: list[Check] = []  # what must hold, in the order of the report
    battery: Battery = Battery()  # opting out of the standard battery
    limits: Limits = Limits()  # of time, memory and output
    parts: list[Part] = []  # of a concept question
