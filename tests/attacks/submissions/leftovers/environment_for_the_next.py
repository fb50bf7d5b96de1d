"""
Tries: leave variables, a current folder, a mask and a priority for the next submission.
Must: find all as it was; each starts as a fresh copy of the zygote.
"""

import ctypes
import os

libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p
if "GRADER_ATTACK" in os.environ or libc.getenv(b"GRADER_ATTACK"):
    gained("a variable")
os.environ["GRADER_ATTACK"] = "1"
os.environ["LD_PRELOAD"] = "/tmp/attack.so"
os.environ["PYTHONPATH"] = "/tmp"
libc.setenv(b"GRADER_ATTACK", b"1", 1)
if os.path.basename(os.getcwd()) == "attack-folder":
    gained("a current folder")
os.makedirs("attack-folder", exist_ok=True)
os.chdir("attack-folder")
if os.umask(0o123) == 0o123:
    gained("a mask")
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
