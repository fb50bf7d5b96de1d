"""
Tries: reply once more when the judge has hung up: at exit, and in place of the end of the loop.
Must: fail; the process leaves without calling anything of the submission, and nobody reads any more.
"""

import atexit
import sys
import threading

frame = sys._getframe()
while frame.f_code.co_name != "serve":
    frame = frame.f_back
send = frame.f_locals["send"]


def last_word():
    send(b"accepted")
    gained("a reply after the end")


atexit.register(last_word)
threading._register_atexit(last_word)
