"""Moves the weights of a small network as training would, and looks at them before, inside and after the swap."""

import gc

import torch
from torch import nn

LEARNING_RATE = 0.5


class Network(nn.Module):
    """Two layers share a weight; buffers are floats and counters, two are replaced by new tensors in training, and one
    is not in the state dict."""

    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(width, 4)
        self.norm = nn.BatchNorm1d(4)
        self.second = nn.Linear(4, 4)
        self.third = nn.Linear(4, 4)
        self.third.weight = self.second.weight
        self.register_buffer("rows", torch.tensor(0))
        self.register_buffer("last", torch.zeros(width), persistent=False)

    def forward(self, x):
        if self.training:
            self.rows = self.rows + len(x)
            self.last = x[-1].clone()
        x = torch.tanh(self.norm(self.first(x)))
        return self.third(torch.tanh(self.second(x)))


class Training:
    """A network, its optimizer and its average."""

    def __init__(self, solution, x, decay):
        self.model = solution.fill(Network(x.shape[-1])).train()
        self.model.first.bias.requires_grad_(False)
        self.model.second.eval()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=LEARNING_RATE, momentum=0.5)
        self.ema = solution.EMA(self.model, decay)

    def step(self, batch):
        """A step along made-up gradients, which cost less than real ones; the buffers take in the batch, and so does
        the frozen parameter."""
        with torch.no_grad():
            self.model(batch)
            self.model.first.bias += batch.mean() + 0.5
        for parameter in self.model.parameters():
            if parameter.requires_grad:
                parameter.grad = torch.cos(3 * parameter.detach() + batch.mean())
        self.optimizer.step()

    def parameters(self):
        return {name: parameter.detach().clone() for name, parameter in self.model.named_parameters()}

    def buffers(self):
        return {name: buffer.clone() for name, buffer in self.model.named_buffers()}

    def averaged_parameters(self):
        with self.ema.averaged():
            return self.parameters()


def averages(solution, *, x, decay):
    """The averaged parameters at the beginning and after each update."""
    training = Training(solution, x, decay)
    seen = [training.averaged_parameters()]
    for batch in x:
        training.step(batch)
        training.ema.update()
        seen.append(training.averaged_parameters())
    return {name: torch.stack([one[name] for one in seen]) for name in seen[0]}


def buffers(solution, *, x, decay):
    """The buffers inside and after the context, when the model has seen a batch since the last update, or since the
    average was made."""
    training = Training(solution, x, decay)
    training.step(x[0] + 2)
    with training.ema.averaged():
        first = training.buffers()
    for batch in x:
        training.step(batch)
        training.ema.update()
    training.step(x[0] + 1)
    with training.ema.averaged():
        inside = training.buffers()
        training.model(x[0] - 1)
        for buffer in training.model.buffers():
            buffer.add_(1)
    after = training.buffers()
    with training.ema.averaged():
        again = training.buffers()
    return {"before any update": first, "inside": inside, "after": after, "inside again": again}


def restored(solution, *, x, decay):
    """The parameters after a context that was made a step before it was entered, after a context in which they were
    changed, and after one more step."""
    training = Training(solution, x, decay)
    for batch in x:
        training.step(batch)
        training.ema.update()
    context = training.ema.averaged()
    training.step(x[0] + 1)
    with context:
        pass
    after = training.parameters()
    with training.ema.averaged(), torch.no_grad():
        for parameter in training.model.parameters():
            parameter.add_(1)
    later = training.parameters()
    again = training.averaged_parameters()
    training.step(x[0] - 1)
    return {"after": after, "after a change": later, "inside again": again, "trained on": training.parameters()}


def left_by_an_exception(solution, *, x, decay):
    """What reaches the caller, and the model's state afterwards, for an error and for Ctrl-C."""
    return {kind.__name__: left_by(solution, kind, x, decay) for kind in (LookupError, KeyboardInterrupt)}


def left_by(solution, kind, x, decay):
    training = Training(solution, x, decay)
    for batch in x:
        training.step(batch)
        training.ema.update()
    training.step(x[0] + 1)
    caught = "nothing"
    try:
        with training.ema.averaged():
            raise kind("sampling failed")
    except kind as error:
        caught = str(error)
    return {"caught": caught, "parameters": training.parameters(), "buffers": training.buffers()}


def places(model):
    """Which objects the parameters are, and where their memory lies."""
    return [(id(parameter), parameter.data_ptr()) for parameter in model.parameters()]


def state(model):
    """What an optimizer and a training loop rely on, beside the values."""
    gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in model.parameters()]
    return {
        "gradients": torch.cat([gradient.flatten() for gradient in gradients]),
        "frozen parameters": sum(not parameter.requires_grad for parameter in model.parameters()),
        "training modes": str([layer.training for layer in model.modules()]),
        "gradients are recorded": torch.is_grad_enabled(),
    }


def left_alone(solution, *, x, decay):
    """Whether the parameters stay what and where they are, and keep their gradients."""
    training = Training(solution, x, decay)
    model = training.model
    training.step(x[0])
    before, values = places(model), training.parameters()
    training.ema.update()
    updated = training.parameters()
    with training.ema.averaged():
        inside, kept = places(model), state(model)
    return {
        "update leaves the parameters": all(torch.equal(values[name], updated[name]) for name in values),
        "same parameters inside": [one for one, _ in inside] == [one for one, _ in before],
        "same memory inside": [one for _, one in inside] == [one for _, one in before],
        "same parameters after": places(model) == before,
        "inside": kept,
        "after": state(model),
    }


def graphs(solution, *, x, decay):
    """Whether a tensor with a graph behind it is alive after the updates."""
    training = Training(solution, x, decay)
    for batch in x:
        training.step(batch)
        training.ema.update()
    gc.collect()
    alive = [one for one in gc.get_objects() if type(one) is torch.Tensor and one.grad_fn is not None]
    return {"a graph is kept": bool(alive)}
