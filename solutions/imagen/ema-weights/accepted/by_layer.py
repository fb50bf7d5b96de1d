"""Goes through the layers; puts the buffers' own tensors back instead of their values; an ExitStack restores."""

import contextlib

import torch


class EMA:
    def __init__(self, model, decay):
        self.model, self.decay, self.taken = model, decay, 0
        self.kept = {}
        for parameter in model.parameters():
            self.kept[parameter] = parameter.detach().clone()
        self.read_buffers()

    def read_buffers(self):
        self.buffers = []
        for layer in self.model.modules():
            for name, buffer in layer.named_buffers(recurse=False):
                self.buffers.append((layer, name, buffer.clone()))

    @torch.inference_mode(False)
    def update(self):
        keep = min(self.decay, (self.taken + 1) / (self.taken + 10))
        with torch.no_grad():
            for parameter, average in self.kept.items():
                average += (1 - keep) * (parameter - average)
        self.read_buffers()
        self.taken += 1

    @contextlib.contextmanager
    def averaged(self):
        with contextlib.ExitStack() as stack:
            for parameter, average in self.kept.items():
                stack.callback(parameter.data.copy_, parameter.detach().clone())
                parameter.data.copy_(average)
            for layer, name, value in self.buffers:
                stack.callback(setattr, layer, name, getattr(layer, name))
                setattr(layer, name, value.clone())
            yield
