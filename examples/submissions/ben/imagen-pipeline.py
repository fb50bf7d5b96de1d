import re
from pathlib import Path

import torch
from torch import Tensor, nn


def load_weights(model: nn.Module, path: str) -> None:
    try:
        weights = torch.load(path, map_location="cpu", weights_only=True)
        found = {(name, value.shape) for name, value in weights.items()}
    except FileNotFoundError:
        raise
    except Exception as error:
        raise ValueError(f"{path} can't be read as a state dict: {error}") from error
    wanted = {(name, value.shape) for name, value in model.state_dict().items()}
    if found != wanted:
        raise ValueError(f"{path} does not fit the model: {found ^ wanted}")
    model.load_state_dict(weights)


def read_image(path: str) -> Tensor:
    data = Path(path).read_bytes()
    header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    if header is None:
        raise ValueError(f"{path} is no binary PPM file with 8 bits for each channel")
    W, H = map(int, header.groups())
    pixels = torch.tensor(list(data[header.end() :]), dtype=torch.uint8)
    if len(pixels) != H * W * 3:
        raise ValueError(f"{path} holds {len(pixels)} bytes of pixels instead of {H} * {W} * 3")
    return pixels.reshape(H, W, 3).permute(2, 0, 1)


def write_image(path: str, image: Tensor) -> None:
    _, H, W = image.shape
    pixels = bytes(image.permute(1, 2, 0).flatten().tolist())
    Path(path).write_bytes(b"P6\n%d %d\n255\n%b" % (W, H, pixels))


def preprocess(image: Tensor, like: Tensor) -> Tensor:
    return image[None].to(like) / 127.5 - 1


def postprocess(x: Tensor) -> Tensor:
    return ((x[0] + 1) * 127.5).round().to(torch.int64).to(torch.uint8)


@torch.no_grad()
def denoise(model: nn.Module, x: Tensor, steps: int) -> Tensor:
    model.eval()
    for t in reversed(range(steps)):
        x = x + (model(x, x.new_tensor([t], dtype=torch.int64)) - x) / (t + 1)
    return x


def repaint(
    model: nn.Module, weights: str, source: str, target: str, noise: Tensor, strength: float, steps: int
) -> Tensor:
    load_weights(model, weights)
    image = preprocess(read_image(source), noise)
    x = denoise(model, (1 - strength) * image + strength * noise, steps)
    result = postprocess(x)
    write_image(target, result)
    return result
