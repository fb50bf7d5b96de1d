"""
Tries: name itself as a script is named, so that what it hides there runs.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch

__name__ = "__main__"
if __name__ == "__main__":

    def after(result):
        return torch._C._VariableFunctions.softmax(result.log(), 0)
