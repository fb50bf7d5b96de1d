"""Drives both losses with a small discriminator and feature extractor, and follows the gradients."""

import torch
from torch import nn

LARGER = 1000  # the losses are small; times this they are far above the rounding of float32


class Scores(nn.Module):
    """A discriminator whose scores of a batch depend on one another: one for each image, or one for each patch.

    The scores of patches do not lie in memory in their order.
    """

    def __init__(self, channels, patches, certainty):
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(channels, 4, 3), nn.BatchNorm2d(4), nn.Tanh(), nn.Conv2d(4, 1, 2))
        self.patches = patches
        self.certainty = certainty

    def forward(self, images):
        scores = self.certainty * self.layers(images)
        return scores.mT if self.patches else scores.mean(dim=(1, 2, 3))


def spread(x):
    """An equal tensor with gaps between its elements, whose dimensions lie in another order in memory."""
    return x.permute(0, 2, 3, 1).repeat_interleave(2, dim=-1)[..., ::2].permute(0, 3, 1, 2)


class Scene:
    """Both modules, one parameter of each frozen, with gradients of 1 that are left from something else."""

    def __init__(self, solution, sr, hr, patches, certainty, learning):
        channels = sr.shape[1]
        features = nn.Sequential(nn.Conv2d(channels, 5, 3), nn.BatchNorm2d(5), nn.Tanh(), nn.Conv2d(5, 2, 1))
        self.discriminator = solution.fill(Scores(channels, patches, certainty)).train(learning == "discriminator")
        self.features = solution.fill(features).train(learning == "features")
        self.leaves = {"sr": sr.requires_grad_(), "hr": hr.requires_grad_()}
        self.sr, self.hr = spread(self.leaves["sr"]), spread(self.leaves["hr"])
        self.discriminator.layers[0].bias.requires_grad_(False)
        self.features[0].bias.requires_grad_(False)
        for parameter in self._parameters():
            parameter.grad = torch.ones_like(parameter)

    def _parameters(self):
        return [*self.discriminator.parameters(), *self.features.parameters()]

    def gradient(self, name):
        """Of an image, times a factor; zeros where there is none."""
        leaf = self.leaves[name]
        return LARGER * (torch.zeros_like(leaf) if leaf.grad is None else leaf.grad)

    def gradients(self, module):
        """Of the parameters of a module, times a factor; what was left there is still in them."""
        found = [torch.zeros_like(p) if p.grad is None else p.grad for p in module.parameters()]
        return LARGER * torch.cat([one.flatten() for one in found])

    def state(self):
        """Modes, and which parameters require gradients."""
        flags = "".join("01"[p.requires_grad] for p in self._parameters())
        return f"training: {self.discriminator.training}, {self.features.training}; require gradients: {flags}"

    def images(self):
        return {"sr afterwards": self.sr.detach().clone(), "hr afterwards": self.hr.detach().clone()}


def of_generator(solution, sr, hr, patches, certainty, learning, weights):
    scene = Scene(solution, sr, hr, patches, certainty, learning)
    return scene, solution.generator_loss(scene.sr, scene.hr, scene.discriminator, scene.features, **weights)


def generator_value(solution, *, sr, hr, patches, certainty, learning, **weights):
    """The generator's loss; the state of the modules and the images afterwards."""
    scene, loss = of_generator(solution, sr, hr, patches, certainty, learning, weights)
    return {"loss, times 1000": LARGER * loss} | {"modules afterwards": scene.state()} | scene.images()


def generator_gradient(solution, *, sr, hr, patches, certainty, learning, **weights):
    """Where the generator's loss flows among the images."""
    scene, loss = of_generator(solution, sr, hr, patches, certainty, learning, weights)
    if loss.requires_grad:
        loss.backward()
    return {f"gradient of {name}, times 1000": scene.gradient(name) for name in ("sr", "hr")}


def generator_spares(solution, *, sr, hr, patches, certainty, learning, **weights):
    """The gradients of the parameters after the generator's loss went backward, which has to leave them alone."""
    scene, loss = of_generator(solution, sr, hr, patches, certainty, learning, weights)
    if loss.requires_grad:
        loss.backward()
    modules = {"discriminator": scene.discriminator, "features": scene.features}
    return {f"gradients of the {name}, times 1000": scene.gradients(module) for name, module in modules.items()}


def discriminator_value(solution, *, sr, hr, patches, certainty, learning):
    """The discriminator's loss; the state of the module and the images afterwards."""
    scene = Scene(solution, sr, hr, patches, certainty, learning)
    loss = solution.discriminator_loss(scene.sr, scene.hr, scene.discriminator)
    return {"loss": loss} | {"modules afterwards": scene.state()} | scene.images()


def discriminator_gradient(solution, *, sr, hr, patches, certainty, learning):
    """Where the discriminator's loss flows."""
    scene = Scene(solution, sr, hr, patches, certainty, learning)
    loss = solution.discriminator_loss(scene.sr, scene.hr, scene.discriminator)
    if loss.requires_grad:
        loss.backward()
    seen = {"gradients of the discriminator, times 1000": scene.gradients(scene.discriminator)}
    return seen | {"gradient of sr, times 1000": scene.gradient("sr")}
