"""
Tries: return an object whose class is named by markup.
Must: be wrong.
Right: wrong_answer runtime_error
Wrong: wrong_answer runtime_error
"""


def after(result):
    return type(
        "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b[2J\x1b]0;t\x07\u202e\x00\ud800&#60;]]>--></pre>".replace(
            "\0", ""
        ),
        (),
        {},
    )()
