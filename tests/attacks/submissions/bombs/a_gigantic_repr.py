"""
Tries: return an object whose text is a hundred megabytes.
Must: be wrong, with the beginning of the text.
Right: wrong_answer
Wrong: wrong_answer
"""


class Wordy:
    def __repr__(self):
        return "w" * 100_000_000


def after(result):
    return Wordy()
