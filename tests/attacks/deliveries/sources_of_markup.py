"""
Tries: run a script in the interviewer's browser, or write on the terminal, by source, output, names and messages.
Must: all of it is text: no element, no attribute, no code that a terminal obeys.
Says: </pre><script>alert(1)</script>
"""

from pathlib import Path

from . import put

MARKUP = "</pre><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}]]>-->\\x1b[2J\\u202e\\x00\\ud800"


def build(folder: Path) -> None:
    put(folder, "source", f'"""{MARKUP}"""\n# {MARKUP}\nrow_weights = None\n')
    put(
        folder,
        "output",
        f'import sys\nprint("""{MARKUP}""".encode("utf-8", "surrogatepass"))\nsys.stdout.buffer.write(b"{MARKUP}")\n',
    )
    put(folder, "message", f'raise ValueError("""{MARKUP}""")\n')
    put(folder, "kind", f'raise type("""{MARKUP[:80]}""", (Exception,), {{}})("x")\n')
    put(folder, "syntax", f"x = {MARKUP}\n")
    put(folder, "call", f'def row_weights(x, w):\n    raise KeyError("""{MARKUP}""")\n')
    put(folder, "line", f'exec(compile("1/0", """{MARKUP[:80]}""", "exec"))\n')
    put(folder, "escapes", "# \x1b[2J\x1b]0;t\x07 \u202e \u2066 \u200b \x85 \u2028\nx = 1\n")
