"""Wrong: puts the extractor into eval mode."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.func import functional_call


def generator_loss(
    sr: Tensor,
    hr: Tensor,
    discriminator: nn.Module,
    features: nn.Module,
    content_weight: float = 0.006,
    adversarial_weight: float = 1e-3,
) -> Tensor:
    features.eval()
    with torch.no_grad():
        wanted = features(hr)
    content = F.mse_loss(_fixed(features, sr), wanted)
    adversarial = F.softplus(-_fixed(discriminator, sr)).mean()  # -log sigmoid(logits)
    return content_weight * content + adversarial_weight * adversarial


def _fixed(module: nn.Module, x: Tensor) -> Tensor:
    parameters = {name: parameter.detach() for name, parameter in module.named_parameters()}
    return functional_call(module, parameters, x)


def discriminator_loss(sr: Tensor, hr: Tensor, discriminator: nn.Module) -> Tensor:
    on_real, on_fake = discriminator(hr), discriminator(sr.detach())
    return F.softplus(-on_real).mean() + F.softplus(on_fake).mean()
