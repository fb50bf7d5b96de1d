"""
Tries: have len, sorted, zip, enumerate and range give nothing, so that no case is run and none is wrong.
Must: be wrong or an error; every case needs its outcome.
Right: wrong_answer runtime_error accepted
Wrong: wrong_answer runtime_error
"""

import builtins


def before(x, w):
    builtins.len = lambda thing: 0
    builtins.sorted = lambda things, **_: []
    builtins.zip = builtins.enumerate = lambda *things, **_: iter(())
    builtins.range = lambda *_: ()
    return x, w
