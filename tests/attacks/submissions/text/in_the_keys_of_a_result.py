"""
Tries: return a dictionary whose keys are markup.
Must: be wrong.
Right: wrong_answer runtime_error
Wrong: wrong_answer runtime_error
"""


def after(result):
    return {
        "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b[2J\x1b]0;t\x07\u202e\x00\ud800&#60;]]>--></pre>": result,
        "output": result,
    }
