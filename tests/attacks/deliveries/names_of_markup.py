"""
Tries: run a script in the interviewer's browser by names that are markup.
Must: the pages have no element and no attribute but the template's, and show the names as they are.
Says: <script>alert(1)<
"""

from pathlib import Path

from . import QUESTION, put

NAMES = (
    *(
        "<script>alert(1)<&#x2F;script>",
        '"><img src=x onerror=alert(1)>',
        "'onmouseover='alert(1)",
        "<!--",
        "-->",
        "]]>",
    ),
    *(
        "<svg onload=alert(1)>",
        "javascript:alert(1)",
        "&lt;b&gt;",
        "<base href=x>",
        "<style>*{display:none}",
        "<a href=x>",
    ),
)


def build(folder: Path) -> None:
    for name in NAMES:
        put(folder, name)
        put(folder, name, name=f"{QUESTION}{name}.py")
    (folder / "<b>loose.py").write_text("x = 1\n")
