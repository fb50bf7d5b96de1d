"""`grader verify`: prove questions."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import bank_option, format_option

if TYPE_CHECKING:
    from grader.verify.verify import Proof

SCHEMA_VERSION = 1
