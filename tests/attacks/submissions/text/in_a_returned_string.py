"""
Tries: return markup and control codes in place of a tensor.
Must: be wrong.
Right: wrong_answer
Wrong: wrong_answer
"""


def after(result):
    return "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b[2J\x1b]0;t\x07\u202e\x00\ud800&#60;]]>--></pre>"
