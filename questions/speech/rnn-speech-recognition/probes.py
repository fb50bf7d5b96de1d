"""Drives the network with large weights, and `ctc_loss` with normalized log-probabilities.

Gradients are those of the scores before the normalization.
"""

import torch


def large_scores(solution, *, features, lengths):
    """The log-probabilities where the last layer has weights some thousand times as large."""
    model = solution.make()
    with torch.no_grad():
        model.fc.weight.mul_(2000)
    return {"log_probs": model(features, lengths).detach()}


def loss(solution, *, scores, lengths, targets, target_lengths):
    """The loss of a batch."""
    return {"loss": solution.ctc_loss(scores.log_softmax(dim=-1), lengths, targets, target_lengths)}


def loss_gradient(solution, *, scores, lengths, targets, target_lengths):
    """The gradient of the loss; zeros where there is none."""
    scores = scores.requires_grad_()
    result = solution.ctc_loss(scores.log_softmax(dim=-1), lengths, targets, target_lengths)
    if result.requires_grad:
        result.backward()
    return {"gradient": torch.zeros_like(scores) if scores.grad is None else scores.grad}


def loss_inputs(solution, *, scores, lengths, targets, target_lengths):
    """The inputs of the loss after a call."""
    log_probs = scores.log_softmax(dim=-1)
    solution.ctc_loss(log_probs, lengths, targets, target_lengths)
    return {"log_probs": log_probs, "lengths": lengths, "targets": targets, "target_lengths": target_lengths}


def decoder_inputs(solution, *, log_probs, lengths):
    """The inputs of the decoder after a call."""
    solution.greedy_decode(log_probs, lengths)
    return {"log_probs": log_probs, "lengths": lengths}
