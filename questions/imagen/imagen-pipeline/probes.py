"""Writes files into a folder of its own, drives the functions with them, and reads what they have written."""

import os
import tempfile
from pathlib import Path

import torch
from torch import nn


class Denoiser(nn.Module):
    """A small network that acts differently in training mode; notes how it is called."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, padding=1)
        self.drop = nn.Dropout(0.5)
        self.step = nn.Embedding(8, 3)
        self.register_buffer("output_gain", torch.ones(1))
        self.calls = []
        self.first = None  # what it is called with first

    def forward(self, x, t):
        self.calls.append([t.tolist(), str(t.dtype), self.training, torch.is_grad_enabled()])
        self.first = x.clone() if self.first is None else self.first
        change = 0.4 * self.conv(self.drop(x)) + 0.3 * self.step(t)[:, :, None, None]
        return self.output_gain * torch.tanh(1.5 * x + change)


def trained(solution):
    """The network whose weights are in the files."""
    model = solution.fill(Denoiser())
    model.output_gain.fill_(1.25)  # so that what it predicts goes beyond -1 and 1
    return model


def untrained(solution):
    """A network with other weights, in training mode."""
    model = solution.fill(Denoiser()).train()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(-0.5)
    return model


def copies(model):
    return {name: value.clone() for name, value in model.state_dict().items()}


def outcome(function, *arguments):
    """What was raised, and its text."""
    try:
        function(*arguments)
    except FileNotFoundError as error:
        return "FileNotFoundError", str(error)
    except ValueError as error:
        return "ValueError", str(error)
    except Exception as error:
        return type(error).__name__, str(error)
    return "nothing", ""


# --- weights ---


def loading(solution):
    """The network's state after loading, from a file in its dtype and from one in float32."""
    folder = Path(tempfile.mkdtemp())
    model = trained(solution)
    torch.save(model.state_dict(), folder / "weights.pt")
    torch.save({name: value.float() for name, value in model.state_dict().items()}, folder / "float32.pt")
    seen = {}
    for name in ("weights", "float32"):
        other = untrained(solution)
        returned = solution.load_weights(other, str(folder / f"{name}.pt"))
        seen[name] = {"returned": returned, **copies(other)}
    return seen


class Harm:
    """When it is unpickled, a folder is made."""

    def __init__(self, folder):
        self.folder = str(folder)

    def __reduce__(self):
        return os.mkdir, (self.folder,)


def write_bad_weights(folder, weights):
    """One file for each thing that can be wrong; none is written for `missing`."""
    names = list(weights)
    (folder / "garbage").write_bytes(b"These are no weights.")
    (folder / "empty").write_bytes(b"")
    torch.save(weights, folder / "cut off")
    whole = (folder / "cut off").read_bytes()
    (folder / "cut off").write_bytes(whole[: len(whole) // 2])
    torch.save(list(weights.values()), folder / "a list")
    torch.save({"model": weights, "epoch": 3}, folder / "a whole checkpoint")
    torch.save({name: value for name, value in weights.items() if name != names[0]}, folder / "one is missing")
    torch.save({**weights, "head.bias": torch.zeros(3)}, folder / "one too many")
    torch.save({**weights, names[-1]: torch.zeros(9)}, folder / "one of another shape")
    several = {"head.bias": torch.zeros(3), **weights, names[-1]: torch.zeros(9)}
    torch.save({name: value for name, value in several.items() if name != names[0]}, folder / "three things wrong")
    torch.save({f"module.{name}": value for name, value in weights.items()}, folder / "a prefix")
    torch.save({**weights, names[0]: Harm(folder / "harm")}, folder / "harmful")
    named = {"one is missing": [names[0]], "one too many": ["head.bias"], "one of another shape": [names[-1]]}
    named["three things wrong"] = ["head.bias", names[0], names[-1]]
    return ["missing", *sorted(path.name for path in folder.iterdir())], named


def bad_weights(solution):
    """For each bad file: what was raised, whether it names the parameter, whether the network kept its weights."""
    folder = Path(tempfile.mkdtemp())
    files, named = write_bad_weights(folder, trained(solution).state_dict())
    seen = {}
    for name in files:
        model = untrained(solution)
        before = copies(model)
        raised, text = outcome(solution.load_weights, model, str(folder / name))
        after = copies(model)
        seen[name] = {"raised": raised, "old weights": all(torch.equal(before[key], after[key]) for key in before)}
        if name in named:
            seen[name]["named in the message"] = all(one in text for one in named[name])
    return {**seen, "something in a file was executed": (folder / "harm").exists()}


# --- images ---


def content(path):
    """The bytes of a file; none where there is no file."""
    return torch.tensor(list(path.read_bytes()) if path.exists() else [], dtype=torch.uint8)


def ppm(image, header):
    return header % (image.shape[2], image.shape[1]) + bytes(image.permute(1, 2, 0).flatten().tolist())


def reading(solution, *, image):
    """Two files with the same image, whose first byte looks like a line's end."""
    folder = Path(tempfile.mkdtemp())
    image[0, 0, 0] = 10
    (folder / "lines.ppm").write_bytes(ppm(image, b"P6\n%d %d\n255\n"))
    (folder / "spaces.ppm").write_bytes(ppm(image, b"P6 %d\t%d  255 "))
    return {name: solution.read_image(str(folder / f"{name}.ppm")).contiguous() for name in ("lines", "spaces")}


def writing(solution, *, image):
    """The bytes of the file."""
    path = Path(tempfile.mkdtemp()) / "image.ppm"
    returned = solution.write_image(str(path), image)
    return {"returned": returned, "bytes": content(path)}


def bad_images(solution, *, image):
    """What is raised for each bad file."""
    folder = Path(tempfile.mkdtemp())
    whole = ppm(image, b"P6\n%d %d\n255\n")
    files = {
        "plain text": ppm(image, b"P3\n%d %d\n255\n"),
        "16 bits": ppm(image, b"P6\n%d %d\n65535\n"),
        "no size": b"P6\n255\n" + whole[-9:],
        "empty": b"",
        "a byte too few": whole[:-1],
        "a byte too many": whole + b"\n",
        "a line before it": b"\n" + whole,
        "no space after 255": ppm(image, b"P6\n%d %d\n255/"),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {name: outcome(solution.read_image, str(folder / name))[0] for name in ["missing", *files]}


def preprocessing(solution, *, image, noise):
    """In the dtype of the case, and with another one's dtype."""
    one = noise.flatten()[0]
    return {"in the dtype": solution.preprocess(image, noise), "in double": solution.preprocess(image, one.double())}


def postprocessing(solution, *, whole, offset):
    """Values around whole numbers, some of them outside of 8 bits, and what became of the argument; far values."""
    x = (whole + offset)[None] / 127.5 - 1
    seen = {"image": solution.postprocess(x), "argument": x}
    far = torch.tensor([-1e20, -300, 300, 1e20], dtype=offset.dtype, device=offset.device)
    return {**seen, "far values": solution.postprocess(far.expand(1, 3, 2, 4).clone())}


# --- reverse steps ---


def denoising(solution, *, noise, steps):
    """The result, how the network was called, and what became of the argument."""
    model = trained(solution).train()
    x = noise.clone()
    result = solution.denoise(model, x, steps)
    return {
        "result": result,
        "time steps": str([t for t, *_ in model.calls]),
        "dtypes of the time steps": str({dtype for _, dtype, _, _ in model.calls}),
        "in training mode": any(training for *_, training, _ in model.calls) or model.training,
        "gradients recorded": any(recorded for *_, recorded in model.calls) or result.requires_grad,
        "argument": x,
    }


def picture(H, W):
    """A bright disc over a ground that changes from corner to corner, (3, H, W), uint8."""
    rows, columns = torch.arange(H)[:, None], torch.arange(W)[None, :]
    disc = (rows - 0.4 * H).square() + (columns - 0.6 * W).square() < (0.3 * min(H, W)) ** 2
    red = torch.where(disc, 250, 20 + 0 * columns)
    green = torch.where(disc, 200, 60 + 120 * rows // H + 0 * columns)
    blue = torch.where(disc, 30, 90 + 160 * columns // W + 0 * rows)
    return torch.stack([red, green, blue]).to(torch.uint8)


def repainting(solution, *, noise, strength, steps):
    """The whole pipeline, from files to a file."""
    folder = Path(tempfile.mkdtemp())
    torch.save(trained(solution).state_dict(), folder / "weights.pt")
    (folder / "source.ppm").write_bytes(ppm(picture(*noise.shape[-2:]), b"P6\n%d %d\n255\n"))
    model = untrained(solution)
    paths = [str(folder / name) for name in ("weights.pt", "source.ppm", "target.ppm")]
    image = solution.repaint(model, *paths, noise, strength, steps)
    seen = {"image": image, "begins at": model.first, "bytes of the file": content(folder / "target.ppm")}
    return {**seen, "noise afterwards": noise}
