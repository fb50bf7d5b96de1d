"""
Tries: let go of a chain of a million objects, each held by the one before.
Must: be judged as always, or be a crash of its own.
Right: accepted runtime_error
Wrong: wrong_answer runtime_error
"""


class Link:
    def __init__(self, next_one):
        self.next_one = next_one

    def __del__(self):
        pass


def before(x, w):
    chain = None
    for _ in range(100_000):
        chain = Link(chain)
    return x, w
