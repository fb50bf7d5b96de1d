"""
Tries: print bytes that are no text in any way.
Must: be judged as always.
"""

import os

os.write(1, bytes(range(256)) * 4 + b"\xed\xa0\x80\xf4\x90\x80\x80\xff\xfe")
