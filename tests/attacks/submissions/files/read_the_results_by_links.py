"""
Tries: read the results of the run through symbolic links in its own folder, to the file and to the folder.
Must: fail; a link grants nothing that its target does not.
Alone: landlock
"""

import os
from contextlib import suppress
from pathlib import Path

for target, rest in ((AIM.results, ""), (os.path.dirname(AIM.results), "results.jsonl"), ("/", AIM.results[1:])):
    with suppress(OSError):
        os.symlink(target, "link")
        try:
            gained((Path("link") / rest).read_text())
        finally:
            os.unlink("link")
