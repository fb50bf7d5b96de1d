"""Drives the functions with smooth networks of its own that act differently in training and eval mode."""

import torch
import torch.nn.functional as F
from torch import nn

STEPS = 3


def opposite(solution, *, noisy):
    """What the model predicts, and what it predicts when the layer with one output has the opposite sign."""
    model = solution.make()
    seen = {"prediction": model(noisy)}
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.shape[:1] == (1,):
                parameter.neg_()
    return seen | {"opposite prediction": model(noisy)}


def network(solution):
    """Two convolutions with batch normalisation and tanh between, in training mode."""
    layers = nn.Sequential(nn.Conv2d(1, 3, 3, padding=1), nn.BatchNorm2d(3), nn.Tanh(), nn.Conv2d(3, 1, 3, padding=1))
    return solution.fill(layers).train()


def number(loss):
    """A returned loss as a float; not-a-number for what is none."""
    if torch.is_tensor(loss) and loss.numel() == 1:
        return loss.item()
    return float(loss) if isinstance(loss, int | float) else float("nan")


def train(solution, clean, noise):
    """Some steps on one batch, beginning with gradients that are left from something else."""
    model = network(solution)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    taken = []
    optimizer.register_step_post_hook(lambda *_: taken.append(1))
    model(clean).mean().backward()
    returned = [solution.training_step(model, optimizer, clean, noise) for _ in range(STEPS)]
    return model, returned, {"steps of the given optimizer": len(taken)}


def losses(solution, *, clean, noise):
    """What the training step returned in each step."""
    _, returned, steps = train(solution, clean, noise)
    kind = {"type of the loss": type(returned[0]).__name__}
    curve = torch.tensor([number(loss) for loss in returned], dtype=clean.dtype)
    return steps | kind | {"losses": curve}


def trained(solution, *, clean, noise):
    """The parameters after the last step."""
    model, _, steps = train(solution, clean, noise)
    return steps | {f"trained {name}": p.detach() for name, p in model.named_parameters()}


class Detail(nn.Module):
    """Takes as noise what differs from the mean of the neighbours; drops half of it in training mode."""

    def __init__(self, like):
        super().__init__()
        self.share = nn.Parameter(torch.tensor(0.75, device=like.device, dtype=like.dtype))
        self.dropout = nn.Dropout(0.5)

    def forward(self, noisy):
        mean = F.avg_pool2d(noisy, 3, stride=1, padding=1, count_include_pad=False)
        return self.dropout(self.share * (noisy - mean))


def denoised(solution, *, noisy):
    """The denoised image, from a model in training mode and then from the same one in eval mode."""
    model = Detail(noisy).train()
    with torch.enable_grad():
        first = solution.denoise(model, noisy)
        autograd_records = torch.is_grad_enabled()
    seen = {
        "image": first,
        "requires gradients": bool(getattr(first, "requires_grad", False)),
        "still in training mode": model.training,
        "layer still in training mode": model.dropout.training,
        "parameter still requires gradients": model.share.requires_grad,
        "autograd still records": autograd_records,
    }
    model.eval()
    return seen | {
        "image from eval mode": solution.denoise(model, noisy),
        "back in training mode": model.training,
    }
