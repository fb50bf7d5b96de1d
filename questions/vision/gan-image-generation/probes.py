"""Drives the training step with small networks of its own, and looks at the first values of the weights."""

import torch
from torch import nn

STEPS = 2
CONSTRUCTED = 12  # networks of each kind
OF_A_LAYER = 384  # weights, as many as the smallest layer has


def initial_weights(solution):
    """Weights of the convolutions of both networks as they are constructed, one column for each layer."""
    rows = []
    for _ in range(CONSTRUCTED):
        columns = []
        for network in (solution.Generator(), solution.Discriminator()):
            layers = sorted((p.detach().flatten() for p in network.parameters() if p.dim() == 4), key=len)
            columns += [layer[:OF_A_LAYER] for layer in layers]
        rows.append(torch.stack(columns, dim=1))
    return {"weights": torch.cat(rows)}


def initial_rest(solution):
    """Settings and first values of the norms; how many biases of the convolutions begin as 0, and how many of the
    convolutions' weights begin alike in two networks."""
    seen = {}
    for kind, make in (("Generator", solution.Generator), ("Discriminator", solution.Discriminator)):
        network, another = make(), make()
        pairs = zip(network.parameters(), another.parameters(), strict=True)
        seen[f"{kind}: equal weights of two networks"] = sum(torch.equal(a, b) for a, b in pairs if a.dim() == 4)
        zeros = 0
        for name, module in network.named_modules():
            if isinstance(module, nn.BatchNorm2d):
                seen[f"{kind}: {name}"] = f"eps {module.eps}, momentum {module.momentum}"
                seen[f"{kind}: {name}.weight"] = module.weight.detach()
                seen[f"{kind}: {name}.bias"] = module.bias.detach()
            elif getattr(module, "bias", None) is not None:
                zeros += int((module.bias == 0).sum())
        seen[f"{kind}: biases of 0"] = zeros
    return seen


def scored(solution, *, images):
    """The scores of images, and the images afterwards."""
    with torch.no_grad():
        return {"scores": solution.make()(images), "images afterwards": images}


def flow(solution, *, noise, images):
    """Gradients of the last layer of both networks, and how many parameters and inputs a gradient reaches."""
    seen = {}
    for entry, data, last in (("Generator", noise, "up3"), ("Discriminator", images, "score")):
        network = solution.make(entry)
        result = network(data.requires_grad_())
        weights = torch.linspace(-1, 1, result.numel(), dtype=result.dtype, device=result.device)
        if result.requires_grad:
            (result.flatten() * weights).sum().backward()
        leaves = {"data": data} | dict(network.named_parameters())
        reached = [name for name, leaf in leaves.items() if leaf.grad is not None and leaf.grad.abs().sum() > 0]
        seen[f"{entry}: reached by gradients"] = " ".join(sorted(reached))
        for name in (f"{last}.weight", f"{last}.bias"):
            gradient = leaves[name].grad
            seen[f"{entry}: gradient of {name}"] = torch.zeros_like(leaves[name]) if gradient is None else gradient
    return seen


class Scores(nn.Module):
    """A discriminator of vectors, in whose scores the images of a batch depend on one another."""

    def __init__(self, width, certainty):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(width, 5), nn.BatchNorm1d(5), nn.Tanh(), nn.Linear(5, 1))
        self.certainty = certainty

    def forward(self, images):
        return self.certainty * self.layers(images)[:, 0]


class Told:
    """What happened while the networks were trained."""

    def __init__(self, generator):
        self.backward = 0
        next(generator.parameters()).register_hook(self._backward)

    def _backward(self, gradient):
        self.backward += 1


def number(loss):
    """A returned loss as a float; not-a-number for what is none."""
    if torch.is_tensor(loss) and loss.numel() == 1:
        return loss.item()
    return float(loss) if isinstance(loss, int | float) else float("nan")


def train(solution, real, noise, certainty, rate):
    """Some steps, beginning with gradients that are left from something else."""
    width = real.shape[1]
    generator = nn.Sequential(nn.Linear(noise.shape[1], 4), nn.BatchNorm1d(4), nn.Tanh(), nn.Linear(4, width))
    generator = solution.fill(generator).train()
    discriminator = solution.fill(Scores(width, certainty)).train()
    of_generator = torch.optim.SGD(generator.parameters(), lr=rate, momentum=0.5)
    of_discriminator = torch.optim.SGD(discriminator.parameters(), lr=2 * rate, momentum=0.3)
    steps = {"steps of the generator": 0, "steps of the discriminator": 0}

    def count(name):
        def hook(*_):
            steps[name] += 1

        return hook

    of_generator.register_step_post_hook(count("steps of the generator"))
    of_discriminator.register_step_post_hook(count("steps of the discriminator"))
    discriminator(generator(noise)).mean().backward()
    told = Told(generator)
    given = (generator, discriminator, of_generator, of_discriminator, real, noise)
    losses = [solution.training_step(*given) for _ in range(STEPS)]
    return generator, discriminator, losses, steps | {"gradients that reached the generator": told.backward}


def losses(solution, *, real, noise, certainty, rate):
    """What the training step returned in each step, and the data afterwards."""
    _, _, returned, steps = train(solution, real, noise, certainty, rate)
    kinds = {"types of the losses": " ".join(type(loss).__name__ for loss in returned[0])}
    columns = {
        name: torch.tensor([number(pair[i]) for pair in returned], dtype=real.dtype)
        for i, name in enumerate(("discriminator", "generator"))
    }
    return steps | kinds | columns | {"real afterwards": real, "noise afterwards": noise}


def trained(solution, *, real, noise, certainty, rate):
    """The parameters of both networks after the last step."""
    generator, discriminator, _, _ = train(solution, real, noise, certainty, rate)
    both = {"generator": generator, "discriminator": discriminator}
    return {f"{kind} {name}": p.detach() for kind, net in both.items() for name, p in net.named_parameters()}
