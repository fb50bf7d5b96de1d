"""
Tries: have the reference loaded, a command run or a file written by what only a notebook's server would obey.
Must: magics are comments, attachments and names of files mean nothing, and only the cells' code is graded.
Says: NameError
"""

import json
from pathlib import Path

from . import QUESTION, REFERENCE, put

RIGHT = """
import torch

def row_weights(x, w):
    scores = x @ w / x.shape[1] ** 0.5
    weights = torch.exp(scores - scores.max())
    return weights / weights.sum()
"""


def build(folder: Path) -> None:
    secret, target = str(folder.parent / REFERENCE), str(folder.parent / "outside" / "hit")
    magics = {
        "load": f"%load {secret}",
        "run": f"%run {secret}",
        "shell": f"!cat {secret} > {target}",
        "captured": f"text = !cat {secret}",
        "write": f"%%writefile {target}\nhit",
        "script": f"%%bash\ncp {secret} {target}",
        "system": f"get_ipython().system('cp {secret} {target}')",
        "pasted": f"%pycat {secret}\n%cd {folder.parent}\n%store\n%env HIT=1\n%pip install hit\n?open",
    }
    for candidate, cell in magics.items():
        put(folder, candidate, _notebook(cell, RIGHT), f"{QUESTION}.ipynb")
    attached = {
        "cells": [
            {
                "cell_type": "markdown",
                "source": f"![x](attachment:../../{target}) <img src=x onerror=alert(1)>",
                "attachments": {f"../../../{target}": {"text/plain": "aGl0"}},
            },
            {"cell_type": "raw", "source": f"!cat {secret}"},
            {"cell_type": "code", "source": RIGHT, "outputs": [{"data": {"text/html": "<script>alert(1)</script>"}}]},
        ],
        "metadata": {"kernelspec": {"argv": ["sh", "-c", f"touch {target}"], "name": "../../sh"}, "path": secret},
    }
    put(folder, "attached", json.dumps(attached), f"{QUESTION}.ipynb")


def _notebook(*cells: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell, "outputs": []} for cell in cells]})
