"""
Tries: have packed data unpacked, or bytes decoded by an encoding that the file names.
Must: only UTF-8 is source code; nothing is unpacked, and no other encoding is obeyed.
Says: is binary: it holds NUL bytes | is UTF-16 | is not UTF-8
"""

import gzip
import io
import zipfile
from pathlib import Path

from . import QUESTION, put


def build(folder: Path) -> None:
    packed = gzip.compress(b"\0" * 50_000_000)
    put(folder, "gzip", packed)
    put(folder, "gzip-notebook", packed, f"{QUESTION}.ipynb")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"../../{QUESTION}.py", b"\0" * 10_000_000)
        file.writestr("__main__.py", "raise SystemExit")
    put(folder, "zip", archive.getvalue())
    put(folder, "zip", archive.getvalue(), f"{QUESTION}.zip")
    put(folder, "utf-16", "x = 1\n".encode("utf-16"))
    put(folder, "utf-32", "x = 1\n".encode("utf-32-be"))
    put(folder, "latin", "x = 'é'\n".encode("latin-1"))
    put(folder, "utf-7", b"# -*- coding: utf-7 -*-\n+AHgAPQAx-\n")
    put(folder, "named-zip", b"# -*- coding: zlib_codec -*-\nx = 1\n")
    put(folder, "named-nothing", b"# -*- coding: no-such-encoding -*-\nx = 1\n")
    put(folder, "mark", b"\xef\xbb\xbf" * 3 + b"x = 1\n")
    put(folder, "program", b"\x7fELF\x02\x01\x01" + b"\x01" * 100)
