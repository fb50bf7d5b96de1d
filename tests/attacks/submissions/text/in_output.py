"""
Tries: print markup, control codes, marks for writing right to left, NUL and a lone surrogate.
Must: be judged as always; what is printed is text.
"""

print("<script>alert(1)</script><img src=x onerror=alert(2)>\x1b[2J\x1b]0;t\x07\u202e\x00\ud800&#60;]]>--></pre>")
