"""
Tries: raise an exception whose text is markup and control codes.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""


def before(x, w):
    raise ValueError(
        "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b[2J\x1b]0;t\x07\u202e\x00\ud800&#60;]]>--></pre>"
    )
