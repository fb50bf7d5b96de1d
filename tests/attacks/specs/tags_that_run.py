"""
Tries: have objects built, and a command run, by tags of YAML.
Must: be refused; no tag but the core ones is known.
Shows: 2 the tag
"""

from pathlib import Path

from . import edit


def build(bank: Path) -> None:
    target = bank.parent / "outside" / "hit"
    edit(bank, "minutes: 5", f"minutes: !!python/object/apply:os.system ['touch {target}']")
