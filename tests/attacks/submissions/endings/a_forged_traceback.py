"""
Tries: raise an exception with a traceback of frames that claims to come from elsewhere.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""

import types


def before(x, w):
    code = compile("raise ValueError('x')", "/etc/passwd", "exec")
    try:
        exec(code)
    except ValueError as error:
        trace = error.__traceback__
    for _ in range(50_000):
        trace = types.TracebackType(trace, trace.tb_frame, 0, 2**31 - 1)
    raise ValueError("y").with_traceback(trace)
