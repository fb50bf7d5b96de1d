"""Drives the two functions with inputs that have gaps in memory, and looks at the inputs afterwards."""


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
