"""
Tries: compile an expression of a hundred thousand brackets, which recurses in the parser.
Must: be judged as always, or crash by itself.
Right: accepted runtime_error
Wrong: wrong_answer runtime_error
"""

import ast

for piece in ("(", "-", "not ", "[", "lambda: "):
    try:
        ast.parse(piece * 100_000 + "1")
    except (SyntaxError, MemoryError, RecursionError):
        pass
