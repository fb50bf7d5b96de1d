"""Plain lists of detached tensors; the average is made anew in each update."""

from contextlib import contextmanager


def snapshot(tensors):
    return [tensor.detach().clone() for tensor in tensors]


def overwrite(tensors, values):
    for tensor, value in zip(tensors, values, strict=True):
        tensor.data.copy_(value)


class EMA:
    def __init__(self, model, decay):
        self.model = model
        self.decay = decay
        self.n = -1
        self.averages = snapshot(model.parameters())
        self.buffers = snapshot(model.buffers())

    def update(self):
        self.n += 1
        d = min((self.n + 1) / (self.n + 10), self.decay)
        now = [parameter.data for parameter in self.model.parameters()]
        self.averages = [d * old + (1 - d) * new for old, new in zip(self.averages, now, strict=True)]
        self.buffers = snapshot(self.model.buffers())

    @contextmanager
    def averaged(self):
        parameters, buffers = snapshot(self.model.parameters()), snapshot(self.model.buffers())
        overwrite(self.model.parameters(), self.averages)
        overwrite(self.model.buffers(), self.buffers)
        try:
            yield self.model
        finally:
            overwrite(self.model.parameters(), parameters)
            overwrite(self.model.buffers(), buffers)
