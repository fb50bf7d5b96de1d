"""Drives the layer with large weights of the queries."""

import torch


def large_queries(solution, *, image, text, text_mask):
    """The result of the layer where all scores are large."""
    model = solution.make()
    with torch.no_grad():
        model.q_proj.weight.mul_(1e6)
    return {"result": model(image, text, text_mask).detach()}
