"""
Tries: import the module by a name that the source does not show, and take the function from there.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import importlib

functional = importlib.import_module(".".join(("torch", "nn", "functional")))


def after(result):
    return vars(functional)["soft" + "max"](result.log(), dim=0)
