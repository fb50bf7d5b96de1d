"""
Tries: take the grader's memory, stack or time by the form of a notebook.
Must: each is refused with a reason, or its code is graded, at once.
Says: is nested too deeply | is a notebook without any code | is too large
"""

import json
from pathlib import Path

from . import QUESTION, put


def build(folder: Path) -> None:
    cell = {"cell_type": "code", "source": "x = 1"}
    bombs: dict[str, str | bytes] = {
        "deep": "[" * 500_000,
        "deep-cells": '{"cells": ' + '[{"source": ' * 100_000,
        "deep-metadata": '{"cells": [], "metadata": ' + '{"a":' * 200_000 + "1" + "}" * 200_000 + "}",
        "many-cells": '{"cells": [' + ",".join(["{}"] * 1_000_000) + "]}",
        "many-lines": json.dumps({"cells": [cell | {"source": ["\n"] * 1_000_000}]}),
        "much-code": json.dumps({"cells": [cell | {"source": "x = 1\n" * 300_000}]}),
        "not-a-number": '{"cells": [], "a": [' + "NaN," * 1_000_000 + "NaN]}",
        "unclosed": '{"cells": [{"cell_type": "code", "source": "' + "\\\\" * 500_000,
        "quotes": '{"cells": [], "a": ' + '"\\"' * 500_000,
        "no-cells": '{"cells": []}',
        "odd-cells": '{"cells": [null, 1, "x", [], {"cell_type": {}, "source": {}}]}',
        "many-digits": '{"cells": [], "nbformat": ' + "9" * 1_000_000 + "}",
        "huge-exponent": '{"cells": [], "nbformat": 1e999999999}',
        "surrogates": '{"cells": [{"cell_type": "code", "source": "x = \\"\\ud800\\""}]}',
        "magics": json.dumps({"cells": [cell | {"source": "%" * 400_000}]}),
        "open-quotes": json.dumps({"cells": [cell | {"source": "'''" * 100_000 + '"""' * 100_000}]}),
        "backslashes": json.dumps({"cells": [cell | {"source": "!" + "\\\n" * 200_000}]}),
    }
    for candidate, text in bombs.items():
        put(folder, candidate, text, f"{QUESTION}.ipynb")
    sparse = put(folder, "sparse", b"", f"{QUESTION}.ipynb")
    with sparse.open("wb") as file:
        file.truncate(1 << 40)
