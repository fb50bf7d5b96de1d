"""Right, with copies of the modules that take the gradients away, and logarithms of sigmoids."""

import copy

import torch.nn.functional as F


def generator_loss(sr, hr, discriminator, features, content_weight=0.006, adversarial_weight=1e-3):
    judge, eye = copy.deepcopy(discriminator), copy.deepcopy(features).requires_grad_(False)
    for parameter in judge.parameters():
        parameter.requires_grad = False
    a, b = eye(sr).flatten(), eye(hr).detach().flatten()
    content = (a - b).dot(a - b) / a.numel()
    adversarial = -F.logsigmoid(judge(sr))
    return content_weight * content + adversarial_weight * adversarial.sum() / adversarial.numel()


def discriminator_loss(sr, hr, discriminator):
    real, fake = F.logsigmoid(discriminator(hr)), F.logsigmoid(-discriminator(sr.detach()))
    return -(real.mean() + fake.mean())
