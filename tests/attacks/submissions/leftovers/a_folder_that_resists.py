"""
Tries: leave a folder that is hard to remove: deep, without rights, with odd names, many links, and itself renamed.
Must: be gone before the next, and hold up nobody.
"""

import os
from contextlib import suppress

if os.path.exists("deep") or os.path.exists("link-0"):
    gained("the folder of the one before")
work = os.getcwd()
with suppress(OSError):
    for _ in range(300):
        os.mkdir("deep")
        os.chdir("deep")
os.chdir(work)
for number in range(100):
    with suppress(OSError):
        os.symlink(AIM.open, f"link-{number}")
for name in (b"\xff\xfe", b"new\nline", b"-rf", b"\x1b[31m", b"x" * 255, b"..."):
    with suppress(OSError):
        os.mkdir(name)
        os.close(os.open(name + b"/" + name, os.O_CREAT | os.O_WRONLY))
for name in ("deep", "-rf"):
    with suppress(OSError):
        os.chmod(name, 0)
with suppress(OSError):
    os.chmod(work, 0)
with suppress(OSError):
    os.rename(work, f"{os.path.dirname(work)}/elsewhere")
