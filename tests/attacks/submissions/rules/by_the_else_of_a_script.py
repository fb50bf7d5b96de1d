"""
Tries: hide the forbidden function in what runs when the file is not a script.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch

if __name__ == "__main__":
    pass
else:

    def after(result):
        return torch._C._VariableFunctions.softmax(result.log(), 0)
