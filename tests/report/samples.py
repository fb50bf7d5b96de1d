"""A batch with everything in it: each verdict, pictures, curves, manual parts, Chinese and hostile names."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import msgspec

from grader.intake.finding import Ignored
from grader.result import Batch, CheckResult, Difference, MistakeName, Picture, Result, Run, Suspicion
from grader.text import Text, untranslated
from grader.verdict import Verdict

V = Verdict

RUN = Run(
    schema_version=1,
    seed=8319204417,
    device="cpu",
    isolation="strict",
    layers=["namespaces", "mounts", "rlimits", "capabilities", "no_new_privs", "landlock", "seccomp"],
    missing_layers={"uid": "no other uid can read the interpreter: /opt/private/python"},
    versions={"grader": "0.1.0", "python": "3.11.9", "torch": "2.13.0"},
    command="grader grade submissions --out report --seed 8319204417",
    started="2026-03-14T09:26:53Z",
)

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;{{7*7}}{% raw %}]]>--></title></style></pre>"
UNSEEN = "\x00\x1b[31m\u202eevil\u2066\u200b\ufeff\ud800"
NASTY = HOSTILE + UNSEEN
NAMES = (
    "../../../etc/passwd",
    "..",
    "",
    "con",
    "A" * 300,
    "a\u0301" + "\u0301" * 200,
    NASTY,
    "李明",
    "Ana María Núñez",
)

SOURCE = '''"""Causal attention."""
import math
import ctypes

import torch


@torch.no_grad()
def causal_attention(q, k, v, scale=1.0):
    B, T, D = q.shape
    scores = q @ k.transpose(-2, -1)  # (B, T, T)
    mask = torch.ones(T, T).tril().bool()
    scores = scores.masked_fill(~mask, float("-inf"))
    print(f"scores {scores.shape}")
    return scores.softmax(dim=-1) @ v
'''

ATTENTION = Text("Causal attention", "因果注意力")
TITLES = {
    "shape": Text("Shape of the result", "结果的形状"),
    "values": Text("Values", "数值"),
    "gradients": Text("Gradients", "梯度"),
    "device": Text("Works on any device", "与设备无关"),
    "float64": Text("float64 in gives float64 out", "float64 输入得到 float64 输出"),
    "raises": Text("Refuses bad arguments", "拒绝错误参数"),
}


def check(name: str, verdict: Verdict = V.ACCEPTED, points: int = 0, of: int = 1, **more: Any) -> CheckResult:
    """A check; its title is the usual one."""
    title = more.pop("title", TITLES.get(name, untranslated(name)))
    return CheckResult(name=name, title=title, verdict=verdict, points=points, max_points=of, **more)


def result(candidate: str, question: str, title: Text, checks: list[CheckResult], **more: Any) -> Result:
    """A result whose verdict and points follow from the checks, unless given."""
    automatic = [found for found in checks if not found.manual]
    worst = max((found.verdict for found in automatic), key=lambda v: v.severity, default=V.ACCEPTED)
    values: dict[str, Any] = {
        "kind": "implement",
        "verdict": worst,
        "points": sum(found.points for found in automatic),
        "max_points": sum(found.max_points for found in automatic),
        "seconds": 0.043,
        "megabytes": 3.2,
        "file": f"{candidate}/{question}.py",
        "source": SOURCE,
        "source_hash": "3f" * 32,
        "question_hash": "a7" * 32,
        "manual_points": sum(found.max_points for found in checks if found.manual),
    }
    return Result(candidate=candidate, question=question, title=title, checks=checks, **(values | more))


MISTAKE = MistakeName(
    id="not_scaled",
    name=Text("the scores are not divided by the square root of D", "没有把分数除以 √D"),
    way_out=Text(
        "Look again at what keeps the softmax from saturating when D grows.",
        "想一想：D 变大时，是什么防止 softmax 饱和？",
    ),
)


def heat(rows: int, columns: int) -> list[list[float]]:
    """Nothing above the diagonal, more to the lower right, and two that are not a number."""
    matrix = [[0.0 if x > y else (x + 1) * (y + 1) * 0.013 for x in range(columns)] for y in range(rows)]
    if rows > 6 and columns > 6:
        matrix[3][1] = matrix[6][2] = -1.0
    return matrix


def difference(rows: int = 12, columns: int = 16) -> Difference:
    return Difference(
        name="output",
        index=[1, 5, 7],
        got="0.7310586",
        expected="0.2119416",
        mismatched=rows * columns // 2,
        total=rows * columns,
        heat=heat(rows, columns),
        shape=[2, rows // 2, columns],
    )


def wrong(candidate: str) -> Result:
    """A wrong answer whose mistake is known."""
    message = Text(
        "output[1, 5, 7] is 0.7310586, but 0.2119416 is expected.",
        "output[1, 5, 7] 为 0.7310586，应为 0.2119416。",
    )
    case = Text("typical: B = 2, T = 6, D = 16", "一般情形：B = 2，T = 6，D = 16")
    values = {"case": case, "message": message, "mistake": MISTAKE, "margin": 48123.4}
    return result(
        candidate,
        "causal-attention",
        ATTENTION,
        [
            check("shape", points=1),
            check("values", V.WRONG_ANSWER, of=3, difference=difference(), **values),
            check("gradients", V.SKIPPED, of=2, message=Text("It needs “Values”.", "须先通过“数值”。")),
            check(
                "float64",
                V.WRONG_ANSWER,
                difference=difference(48, 48),
                case=case,
                message=message,
                margin=1.4,
            ),
            check("device", points=1),
        ],
        suspicions=[Suspicion(3, "imports ctypes, which reaches below Python")],
        output="scores torch.Size([2, 6, 6])\n" * 8,
    )


def accepted(candidate: str) -> Result:
    names = (("shape", 1), ("values", 3), ("gradients", 2), ("float64", 1), ("device", 1))
    return result(candidate, "causal-attention", ATTENTION, [check(n, points=p, of=p) for n, p in names])


def runtime_error(candidate: str) -> Result:
    message = untranslated("RuntimeError: The size of tensor a (5) must match the size of tensor b (8)")
    trace = 'File "text-cnn.py", line 13, in causal_attention\n    scores = scores.masked_fill(~mask, 0)'
    crashed = check(
        "shape",
        V.RUNTIME_ERROR,
        line=13,
        trace=trace,
        message=message,
        case=untranslated("one token: B = 1, T = 1"),
    )
    values = check("values", V.SKIPPED, of=3)
    return result(candidate, "text-cnn", Text("TextCNN", "文本卷积网络"), [crashed, values])


def trained(candidate: str, verdict: Verdict = V.WRONG_ANSWER) -> Result:
    """A curve and an image."""
    loss = [2.3 * math.exp(-i / 30) + 0.05 + 0.03 * math.sin(i) for i in range(200)]
    reference = [2.3 * math.exp(-i / 12) + 0.004 for i in range(200)]
    got = [
        [[(x + y) / 46 + 0.12 * ((x * 7 + y * 3) % 5 == 0), y / 24, 1 - x / 24] for x in range(24)] for y in range(24)
    ]
    clean = [[[(x + y) / 46, y / 24, 1 - x / 24] for x in range(24)] for y in range(24)]
    return result(
        candidate,
        "image-denoising",
        Text("Image denoising", "图像去噪"),
        [
            check(
                "loss",
                points=2,
                of=2,
                title=Text("Loss falls", "损失下降"),
                picture=Picture("curve", "loss", [[loss]], [[reference]]),
            ),
            check(
                "psnr",
                verdict,
                of=3,
                title=Text("Noise is removed", "去除噪声"),
                message=Text("PSNR is 21.4 dB; at least 26 dB is expected.", "PSNR 为 21.4 dB，应不低于 26 dB。"),
                picture=Picture("image", "denoised", got, clean),
            ),
        ],
        kind="train",
        seconds=3.71,
        megabytes=148.0,
    )


def concept(candidate: str) -> Result:
    """Parts that are graded, and one that is left to a human."""
    rubric = [
        Text(
            "Says that pixels make the sequence too long (quadratic cost).",
            "指出像素序列过长（代价为平方级）。",
        ),
        Text("Names patches or discrete codes as the way out.", "指出可用图像块或离散编码。"),
    ]
    answer = "Attention costs N² in the number of tokens.\nAt 256 × 256 that is 65,536 pixels, so use patches."
    return result(
        candidate,
        "transformer-image-generation",
        Text("Transformers in image generation", "图像生成中的 Transformer"),
        [
            check("part tokens", points=1, title=Text("How many tokens has the image?", "图像有多少个 token？")),
            check(
                "part cost",
                V.WRONG_ANSWER,
                title=Text("How does the cost grow?", "代价如何增长？"),
                message=Text("b was answered; the right answer is another one.", "回答为 b，正确答案是另一个。"),
            ),
            check(
                "part why",
                of=2,
                title=Text("Why not attend to pixels?", "为什么不直接对像素做注意力？"),
                manual=True,
                rubric=rubric,
                answer=answer,
            ),
        ],
        kind="concept",
        source="tokens: 256\ncost: b\nwhy: |\n  Attention costs N² in the number of tokens.\n",
        file=f"{candidate}/transformer-image-generation.yaml",
        megabytes=None,
        seconds=0.0,
    )


def only(verdict: Verdict, message: Text) -> Callable[[str], Result]:
    """A result with one check of one verdict."""

    def make(candidate: str) -> Result:
        line = 9 if verdict is V.RULE_VIOLATION else None
        found = check("values", verdict, of=4, message=message, line=line)
        return result(candidate, "simple-cnn", Text("Simple CNN", "简单卷积网络"), [found])

    return make


def unreadable(candidate: str) -> Result:
    return result(
        candidate,
        "simple-cnn",
        Text("Simple CNN", "简单卷积网络"),
        [],
        verdict=V.RUNTIME_ERROR,
        max_points=4,
        message=Text("The file is not UTF-8 (byte 17).", "文件不是 UTF-8 编码（第 17 字节）。"),
        source="",
        megabytes=None,
        seconds=0.0,
    )


LIMITS = {
    V.RULE_VIOLATION: Text(
        "Line 9 uses torch.nn.functional.scaled_dot_product_attention, which this question forbids.",
        "第 9 行使用了本题禁止的 torch.nn.functional.scaled_dot_product_attention。",
    ),
    V.TIME_LIMIT_EXCEEDED: Text("It took more than 5 s.", "用时超过 5 秒。"),
    V.MEMORY_LIMIT_EXCEEDED: Text("It took more than 512 MB.", "占用内存超过 512 MB。"),
    V.OUTPUT_LIMIT_EXCEEDED: Text("It printed more than 256 kB.", "输出超过 256 kB。"),
    V.GRADER_ERROR: Text("The worker failed before its hello.", "工作进程在握手之前退出。"),
    V.ACCEPTED: Text("", ""),
}


def poison(value: Any, text: str) -> Any:
    """The same value with `text` in place of every string that a submission or a stranger chooses."""
    if isinstance(value, Text):
        return Text(text, text)
    if isinstance(value, str) and not isinstance(value, Verdict):
        return text
    if isinstance(value, list):
        return [poison(item, text) for item in value]
    if isinstance(value, dict):
        return {poison(key, text): poison(item, text) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        fixed = {"kind", "isolation", "language", "verdict"} if not isinstance(value, Result) else {"verdict"}
        old = {name: getattr(value, name) for name in value.__struct_fields__}
        return type(value)(**{name: item if name in fixed else poison(item, text) for name, item in old.items()})
    return value


def everything(candidate: str) -> list[Result]:
    """One candidate with every kind of result."""
    results = [
        wrong(candidate),
        runtime_error(candidate),
        trained(candidate),
        concept(candidate),
        unreadable(candidate),
    ]
    return results + [only(verdict, message)(candidate) for verdict, message in LIMITS.items()]


def batch() -> Batch:
    """A batch of a dozen candidates."""
    limits = list(LIMITS.items())
    results: list[Result] = []
    people = [
        "Ada Okafor",
        "Ana María Núñez",
        "Bo Lindqvist",
        "李明",
        "Nguyễn Thị Hoa",
        "Sam O’Neil",
        "王小红",
        *NAMES[:1],
        NAMES[4],
        NASTY,
    ]
    for i, name in enumerate(people):
        results.append(accepted(name) if i % 3 == 0 else wrong(name))
        if i != 2:
            results.append(trained(name, V.ACCEPTED if i % 2 else V.WRONG_ANSWER))
        results.append(concept(name))
        results.append(runtime_error(name) if i % 4 == 1 else only(*limits[i % len(limits)])(name))
    results += [unreadable("Zoë Baker"), accepted("Zoë Baker")]
    missing = {"Bo Lindqvist": ["image-denoising"], "Zoë Baker": ["image-denoising", "text-cnn"]}
    return Batch(RUN, results, missing)


def by_candidate(whole: Batch) -> list[tuple[str, list[Result]]]:
    groups: dict[str, list[Result]] = {}
    for found in whole.results:
        groups.setdefault(found.candidate, []).append(found)
    return list(groups.items())


IGNORED = [
    Ignored(
        "李明",
        "李明/notes.txt",
        Text("it is no .py, .ipynb or .yaml file", "不是 .py、.ipynb 或 .yaml 文件"),
        True,
    ),
    Ignored(
        "Ada Okafor",
        "Ada Okafor/causal-atention.py",
        Text(
            "no question is called 'causal-atention'; did you mean 'causal-attention'?",
            "没有名为“causal-atention”的题目；是不是“causal-attention”？",
        ),
    ),
]
