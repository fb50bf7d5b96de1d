"""
Tries: record the operators of an allowed function and play a changed record.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch

graph = torch.fx.Graph()
argument = graph.placeholder("x")
graph.output(graph.call_method("soft" + "max", (argument, 0)))
module = torch.fx.GraphModule({}, graph)


def after(result):
    return module(result.log())
