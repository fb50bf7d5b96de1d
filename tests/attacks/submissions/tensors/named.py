"""
Tries: return a tensor with named axes, which much of torch refuses to handle.
Must: be an error; NumPy knows no named axes.
Right: runtime_error
Wrong: runtime_error
"""

import warnings


def after(result):
    warnings.simplefilter("ignore")
    return result.rename("rows") if result.device.type == "cpu" and not result.requires_grad else result
