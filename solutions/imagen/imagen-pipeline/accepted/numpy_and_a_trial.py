"""Loads into a copy of the model first; images by way of NumPy arrays; the header by split."""

import copy
import os

import numpy as np
import torch


class BadFile(ValueError):
    pass


def load_weights(model, path):
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    try:
        weights = torch.load(path, weights_only=True)
        copy.deepcopy(model).load_state_dict(weights, strict=True)
    except Exception as error:
        raise BadFile(f"{path}: {error}") from error
    model.load_state_dict(weights, strict=True)


def read_image(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        magic, W, H, largest = data.split(maxsplit=4)[:4]
        W, H = int(W), int(H)
    except ValueError as error:
        raise BadFile("no header") from error
    if (magic, largest) != (b"P6", b"255") or not data.startswith(magic):
        raise BadFile("not a PPM file of 8 bits")
    pixels = data[len(data) - 3 * W * H :]
    header = data[: len(data) - 3 * W * H]
    if len(header.split()) != 4 or not header[-1:].isspace() or header[:-1] != header.rstrip():
        raise BadFile("too many or too few pixels")
    array = np.frombuffer(pixels, dtype=np.uint8).reshape(H, W, 3)
    return torch.from_numpy(array.transpose(2, 0, 1).copy())


def write_image(path, image):
    _, H, W = image.shape
    array = image.cpu().numpy().transpose(1, 2, 0)
    with open(path, "wb") as file:
        file.write(b"P6\n" + str(W).encode() + b" " + str(H).encode() + b"\n255\n" + array.tobytes())


def preprocess(image, like):
    return image.type_as(like)[None, ...].div(127.5).sub(1.0)


def postprocess(x):
    levels = torch.add(x, 1).mul(127.5).round()
    levels = torch.minimum(torch.maximum(levels, torch.zeros_like(levels)), torch.full_like(levels, 255))
    return levels[0].to(dtype=torch.uint8)


def denoise(model, x, steps):
    model = model.eval()
    with torch.no_grad():
        t = steps
        while t > 0:
            t -= 1
            prediction = model(x, torch.tensor([t]).to(x.device))
            x = x * (1 - 1 / (t + 1)) + prediction / (t + 1)
    return x


def repaint(model, weights, source, target, noise, strength, steps):
    image = preprocess(read_image(source), noise)
    load_weights(model, weights)
    x = image + strength * (noise - image)
    painted = postprocess(denoise(model, x, steps))
    write_image(target, painted)
    return painted
