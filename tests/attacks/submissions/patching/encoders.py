"""
Tries: replace the libraries that encode replies, so that what is sent is text of its own.
Must: be a runtime error; the judge decodes strictly and with its own libraries.
Right: runtime_error
Wrong: runtime_error
"""

from grader import wire


class Encoder:
    def encode(self, message):
        return b'{"type": "observations", "verdict": "accepted"}'


def before(x, w):
    wire._encoder = Encoder()
    wire.save = lambda tensors: b"\x08\x00\x00\x00\x00\x00\x00\x00{}      "
    return x, w
