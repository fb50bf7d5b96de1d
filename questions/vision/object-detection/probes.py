"""Drives the functions around detection: results, and the inputs after the call."""

import torch


def made(solution, *, sizes, scales, ratios, default_dtype):
    """The default boxes under a given default dtype of torch."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(getattr(torch, default_dtype))
    try:
        return solution.default_boxes(sizes, scales, ratios)
    finally:
        torch.set_default_dtype(before)


def matched(solution, *, boxes, defaults, **settings):
    """The owners of the default boxes."""
    owners = solution.match(boxes, defaults, **settings)
    return {"owners": owners, "boxes afterwards": boxes, "default boxes afterwards": defaults}


def encoded(solution, *, low, extent, defaults, **settings):
    """Encoding of boxes with a given corner and size."""
    boxes = torch.cat([low, low + extent], dim=1)
    offsets = solution.encode(boxes, defaults, **settings)
    return {"offsets": offsets, "boxes afterwards": boxes, "default boxes afterwards": defaults}


def decoded(solution, *, offsets, defaults, **settings):
    """The boxes of given offsets."""
    boxes = solution.decode(offsets, defaults, **settings)
    return {"boxes": boxes, "offsets afterwards": offsets, "default boxes afterwards": defaults}
