import pickle

import torch


def load_weights(model, path):
    with open(path, "rb") as file:
        try:
            weights = torch.load(file, weights_only=True, map_location=torch.device("cpu"))
        except (pickle.UnpicklingError, RuntimeError, EOFError, OSError, ValueError, KeyError, AttributeError) as error:
            raise ValueError(f"not a file of weights: {path}") from error
    if not isinstance(weights, dict):
        raise ValueError(f"expected a dict, got {type(weights).__name__}")
    own = model.state_dict()
    problems = [f"missing: {name}" for name in own if name not in weights]
    for name, value in weights.items():
        if not torch.is_tensor(value):
            problems.append(f"not a tensor: {name}")
        elif name not in own:
            problems.append(f"unexpected: {name}")
        elif value.shape != own[name].shape:
            problems.append(f"{name}: {tuple(value.shape)} instead of {tuple(own[name].shape)}")
    if problems:
        raise ValueError("; ".join(problems))
    with torch.no_grad():
        for name, value in weights.items():
            own[name].copy_(value)


def read_image(path):
    with open(path, "rb") as file:
        data = file.read()
    words, at = [], 0
    while len(words) < 4:
        word = b""
        while at < len(data) and not data[at : at + 1].isspace():
            word += data[at : at + 1]
            at += 1
        words.append(word)
        at += 1
        while len(words) < 4 and data[at : at + 1].isspace():
            at += 1
    if words[0] != b"P6" or words[3] != b"255" or not (words[1].isdigit() and words[2].isdigit()):
        raise ValueError("not a binary PPM file")
    W, H = int(words[1]), int(words[2])
    if len(data) - at != 3 * W * H:
        raise ValueError("not the right number of pixels")
    planes = [list(data[at + channel :: 3]) for channel in range(3)]
    return torch.tensor(planes, dtype=torch.uint8).view(3, H, W)


def write_image(path, image):
    H, W = image.shape[1:]
    with open(path, "wb") as file:
        file.write(f"P6\n{W} {H}\n255\n".encode())
        for y in range(H):
            for x in range(W):
                file.write(bytes(image[:, y, x].tolist()))


def preprocess(image, like):
    return (image.to(device=like.device, dtype=like.dtype).unsqueeze(0) * 2 - 255) / 255


def postprocess(x):
    scaled = (x.squeeze(0) * 127.5 + 127.5).clamp(min=0, max=255)
    return torch.floor(scaled + 0.5).byte()


def denoise(model, x, steps):
    model.train(False)
    with torch.inference_mode():
        for step in range(steps):
            t = steps - step - 1
            clean = model(x, torch.full((1,), t, dtype=torch.long, device=x.device))
            x = (t * x + clean) / (t + 1)
    return x.clone()


def repaint(model, weights, source, target, noise, strength, steps):
    load_weights(model, weights)
    start = torch.lerp(preprocess(read_image(source), noise), noise, strength)
    image = postprocess(denoise(model, start, steps))
    write_image(target, image)
    return image
