"""
Tries: be told of every import, compilation and execution from now on, to see the reference when it comes.
Must: hear of nothing but its own; no reference is loaded in this process.
"""

import sys

HEARD = "row_weights(x: " + "Tensor"


def listen(event, arguments):
    if event in ("compile", "exec", "import", "open", "marshal.loads"):
        told = [one for one in arguments if isinstance(one, str | bytes)]
        if any(HEARD in str(one) or "reference.py" in str(one) for one in told):
            gained(f"{event}: {told}"[:200])


class Finder:
    def find_spec(self, name, path=None, target=None):
        if "reference" in name or "solution" in name:
            gained(f"import of {name}")


sys.addaudithook(listen)
sys.meta_path.insert(0, Finder())
