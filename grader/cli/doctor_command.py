"""`grader doctor`."""

from __future__ import annotations

import platform
import subprocess
import sys

import click
import msgspec

from grader.cli.options import format_option, language_option, write_json
from grader.sandbox import doctor
from grader.text import Language
from grader.version import __version__

SCHEMA_VERSION = 1
TORCH_SECONDS = 60  # importing torch takes 1 to 3 seconds; on a cold disk many more
ASK_TORCH = """
import torch
print(torch.__version__)
print(torch.cuda.get_device_name() if torch.cuda.is_available() else "")
"""


class Torch(msgspec.Struct, frozen=True):
    """What a fresh interpreter says about torch."""

    version: str | None  # None: it can't be imported
    gpu: str | None  # the name of the first GPU that it can use
    problem: str | None = None  # why it can't be imported


class Examination(msgspec.Struct, frozen=True):
    """What `--format json` writes."""

    schema_version: int
    grader: str
    python: str
    system: str
    processors: int
    torch: Torch
    strongest: str  # the strictest --isolation that can be asked for here
    layers: list[doctor.LayerReport]


LABELS: dict[Language, dict[str, str]] = {
    "en": {
        "works": "works",
        "missing": "missing",
        "none": "none",
        "not found": "can't be imported",
        "processors": "processors",
        "GPU": "GPU",
        "layers": "Layers of the sandbox",
        "strongest": "Strictest level here: --isolation",
    },
    "zh": {
        "works": "可用",
        "missing": "不可用",
        "none": "无",
        "not found": "无法导入",
        "processors": "处理器数",
        "GPU": "GPU",
        "layers": "沙箱的各层防护",
        "strongest": "本机可用的最严级别：--isolation",
    },
}


@click.command("doctor")
@language_option
@format_option
def command(language: Language, output_format: str) -> None:
    """Say what the sandbox can do on this machine, and what each missing layer means.

    \b
    Example:
      grader doctor
      grader doctor --format json
    """
    found = _examine()
    if output_format == "json":
        write_json(found)
    else:
        _write(found, language)


def _examine() -> Examination:
    layers = doctor.examine()
    return Examination(
        schema_version=SCHEMA_VERSION,
        grader=__version__,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        processors=doctor.processors(),
        torch=ask_torch(),
        strongest=doctor.strongest(layers).value,
        layers=layers,
    )


def ask_torch(seconds: float = TORCH_SECONDS) -> Torch:
    """The version of torch and the GPU, from an interpreter of their own: CUDA stays out of this one."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", ASK_TORCH], capture_output=True, text=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Torch(None, None, " ".join(str(error).split()))
    lines = done.stdout.split("\n")
    if done.returncode != 0 or len(lines) < 2:
        said = done.stderr.strip().split("\n")[-1]
        return Torch(None, None, said or f"the interpreter ended with {done.returncode}")
    return Torch(lines[0], lines[1] or None)


def _write(found: Examination, language: Language) -> None:
    label = LABELS[language]
    torch = found.torch.version or f"{label['not found']}: {found.torch.problem}"
    facts = {
        "grader": found.grader,
        "Python": found.python,
        "torch": torch,
        label["GPU"]: found.torch.gpu or label["none"],
        "": found.system,
        label["processors"]: str(found.processors),
    }
    click.echo("\n".join(f"{name} {value}".strip() for name, value in facts.items()))
    click.echo(f"\n{label['layers']}")
    for layer in found.layers:
        state = label["works" if layer.works else "missing"]
        click.echo(f"  {layer.name:<13} {state}: {layer.detail}")
        if not layer.works:
            click.echo(f"  {'':<13} {layer.meaning.in_language(language)}")
    click.echo(f"\n{label['strongest']} {found.strongest}")
