"""
Tries: unpickle a reference to the table of C functions and its method.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import pickle

softmax = pickle.loads(b"\x80\x04ctorch._C\n_VariableFunctions.soft" + b"max\n.")


def after(result):
    return softmax(result.log(), 0)
