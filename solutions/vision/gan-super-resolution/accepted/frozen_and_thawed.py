"""Right, by freezing parameters while the generator's loss is made, and with the binary cross-entropy of torch."""

from contextlib import contextmanager

import torch
import torch.nn.functional as F


@contextmanager
def frozen(*modules):
    thawed = [p for module in modules for p in module.parameters() if p.requires_grad]
    for p in thawed:
        p.requires_grad_(False)
    yield
    for p in thawed:
        p.requires_grad_(True)


def generator_loss(sr, hr, discriminator, features, content_weight=0.006, adversarial_weight=1e-3):
    with frozen(discriminator, features):
        difference = features(sr) - features(hr.detach())
        logits = discriminator(sr)
    fooled = F.binary_cross_entropy_with_logits(logits, torch.ones_like(logits))
    return content_weight * difference.pow(2).mean() + adversarial_weight * fooled


def discriminator_loss(sr, hr, discriminator):
    with torch.no_grad():
        fake = sr.clone()
    on_fake, on_real = discriminator(fake), discriminator(hr)
    loss = torch.nn.BCEWithLogitsLoss()
    return loss(on_real, torch.ones_like(on_real)) + loss(on_fake, torch.zeros_like(on_fake))
