"""Drives the loss and the metric with inputs that have gaps in memory, and asks the loss for its gradient."""

import torch


def spread(x):
    """An equal tensor with gaps between its elements, whose dimensions lie in another order in memory."""
    order = [0, *range(2, x.dim()), 1]
    back = [order.index(d) for d in range(x.dim())]
    return x.permute(order).repeat_interleave(2, dim=-1)[..., ::2].permute(back)


def loss_and_inputs(solution, *, logits, target, ignore_index):
    """The loss, and the inputs after the call."""
    logits, target = spread(logits), spread(target)
    loss = solution.segmentation_loss(logits, target, ignore_index)
    return {"loss": loss, "logits afterwards": logits.clone(), "target afterwards": target.clone()}


def score_and_inputs(solution, *, prediction, target, classes, ignore_index):
    """The mean, and the inputs after the call."""
    prediction, target = spread(prediction), spread(target)
    mean = solution.mean_iou(prediction, target, classes, ignore_index)
    return {"mean": mean, "prediction afterwards": prediction.clone(), "target afterwards": target.clone()}


def logits_after_a_step(solution, *, logits, target, ignore_index):
    """The logits after a step of gradient descent on the loss; None where it does not depend on them."""
    logits = logits.detach().requires_grad_()
    loss = solution.segmentation_loss(logits, target, ignore_index)
    gradient = None
    if loss.requires_grad:
        (gradient,) = torch.autograd.grad(loss, logits, allow_unused=True)
    return {"logits after a step": None if gradient is None else logits.detach() - gradient}
