"""
Tries: queue the replies to every request while it is being loaded, each of them claiming that all is well.
Must: be judged by what they hold; a claim without values is no right answer.
Right: wrong_answer
Wrong: wrong_answer
"""

import os
import sys

from grader import wire

frame = sys._getframe()
while frame.f_code.co_name != "serve":
    frame = frame.f_back
send = frame.f_locals["send"]
fine = [wire.Returned([wire.Named("devices", wire.PlainValue("ok"))], "tensor") for _ in range(2)]
replies = [wire.Loaded(2), *(wire.Observations(number, fine) for number in range(10, 16))]
send(b"".join(wire.encode(reply) for reply in replies))
os._exit(0)
