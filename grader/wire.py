"""The messages between judge and worker, and how they travel.

A frame is a magic number, two lengths, a header (msgpack of one message below, decoded strictly by its
type) and a body (safetensors with the message's tensors by name). Nothing here executes anything, and
the judge decodes with caps, because the other side may be hostile.
"""

from __future__ import annotations

import struct
from typing import Any, Literal

import msgspec
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

Array = NDArray[Any]
Arrays = dict[str, Array]  # the tensors of a message, by key

MAGIC = 0x47524431
PREFIX = struct.Struct("<IIQ")  # magic, bytes of the header, bytes of the body
MAX_HEADER = 4 << 20  # bytes
MAX_REPLY_HEADER = 1 << 20  # bytes; decoded, they can become a hundred times as many
MAX_BODY = 160 << 20  # bytes
MAX_INDEX = 1 << 20  # bytes of a body's index of tensors: parsing a larger one takes seconds and gigabytes


class ProtocolError(Exception):
    """The other side sent something that is not a message. Never leaves the judge."""


# --- values ---


class TensorValue(msgspec.Struct, frozen=True, tag="tensor"):
    """A tensor; its bytes are in the body under `key`, perhaps in a wider dtype than its own."""

    key: str
    dtype: str  # its own, as torch names it without the prefix: "float32", "bfloat16", "complex64"
    shape: list[int]
    device: str = "cpu"


class PlainValue(msgspec.Struct, frozen=True, tag="plain"):
    """None, a bool, a number or a string; or, going to the worker, nested lists of them."""

    value: bool | int | float | str | list[object] | None


class ObjectValue(msgspec.Struct, frozen=True, tag="object"):
    """Something that does not travel: a sparse tensor, a module, a file. Equal to nothing."""

    type_name: str
    text: str


Value = TensorValue | PlainValue | ObjectValue


class Named(msgspec.Struct, frozen=True):
    """One observed value. Names of nested ones are paths: `output`, `output[0]`, `output.loss`."""

    name: str
    value: Value


# --- what a probe returned for one case ---


class Returned(msgspec.Struct, frozen=True, tag="returned"):
    """The probe came to its end."""

    values: list[Named]
    structure: str = ""  # the containers of the result: "tensor", "tuple(tensor, tensor)"


class Raised(msgspec.Struct, frozen=True, tag="raised"):
    """An exception left the submission."""

    types: list[str]  # its class and the bases, most special first
    message: str
    line: int | None = None  # of the submission
    trace: str = ""  # the frames inside the submission


Outcome = Returned | Raised


# --- judge to worker ---


class Examine(msgspec.Struct, frozen=True, tag="examine"):
    """Read a submission's syntax tree. Answered before any line of it has run, so the answer is proof."""

    request: int
    source: str
    filename: str
    forbid: list[str] = []
    allow: list[str] = []  # what would be suspicious elsewhere, and is needed here


class Load(msgspec.Struct, frozen=True, tag="load"):
    """Execute the examined submission, with the forbidden callables replaced beforehand."""

    request: int
    functions: list[str] = []  # what it must define
    classes: list[str] = []
    probes: str = ""  # the source of the question's probes.py


class Input(msgspec.Struct, frozen=True):
    """The arguments of one case. Tensors are in the body."""

    name: str
    arguments: dict[str, Value]
    keywords: list[str] = []  # the arguments that go by keyword; the others go by position, in order
    construct: dict[str, Value] = {}
    construct_keywords: list[str] = []  # likewise
    dtype: str = "float32"  # of the parameters


class Step(msgspec.Struct, frozen=True):
    """One call of the `sequence` probe."""

    method: str
    arguments: list[str]


class Drive(msgspec.Struct, frozen=True, tag="drive"):
    """Run one probe on some cases."""

    request: int
    probe: str  # a built-in one, or a function of probes.py
    entry: str
    constructs: bool  # entry is a class
    inputs: list[Input]
    seed: int
    mode: Literal["eval", "train"] = "eval"
    fill: Literal["named", "ordered", "none"] = "named"
    calls: list[Step] = []
    layout: str = "contiguous"  # of every tensor that is handed over, by its name in `grader.worker.layouts`
    float64: bool = False  # run everything in double precision: the ground truth
    device: str = "cpu"


Request = Examine | Load | Drive


# --- worker to judge ---


class Hello(msgspec.Struct, frozen=True, tag="hello"):
    """The child is confined and has seen no submission yet."""

    layers: list[str]  # the layers of the sandbox that are active
    notes: dict[str, str] = {}  # a layer that is not: why


class Finding(msgspec.Struct, frozen=True):
    """Something in the source, by its line."""

    line: int
    what: str


class Examined(msgspec.Struct, frozen=True, tag="examined"):
    """The answer to Examine."""

    request: int
    error: Raised | None = None  # a syntax error
    violations: list[Finding] = []  # of the question's rules
    suspicions: list[Finding] = []  # for the interviewer; no verdict rests on them


class Loaded(msgspec.Struct, frozen=True, tag="loaded"):
    """The answer to Load."""

    request: int
    error: Raised | None = None


class Observations(msgspec.Struct, frozen=True, tag="observations"):
    """The answer to Drive: an outcome for each case, in order."""

    request: int
    outcomes: list[Outcome]
    violations: list[str] = []  # forbidden callables that were called, caught or not


Reply = Hello | Examined | Loaded | Observations

_encoder = msgspec.msgpack.Encoder()
_request_decoder = msgspec.msgpack.Decoder(Request)
_reply_decoder = msgspec.msgpack.Decoder(Reply)


def encode(message: Request | Reply, tensors: Arrays | None = None) -> bytes:
    """One whole frame. Arrays must be C-contiguous."""
    header = _encoder.encode(message)
    body = save(tensors) if tensors else b""
    return PREFIX.pack(MAGIC, len(header), len(body)) + header + body


def lengths(prefix: bytes, max_header: int = MAX_HEADER, max_body: int = MAX_BODY) -> tuple[int, int]:
    """Bytes of header and body, from a frame's first 16 bytes. Raises ProtocolError past the caps."""
    magic, header, body = PREFIX.unpack(prefix)
    if magic != MAGIC:
        raise ProtocolError("not a frame: wrong magic number")
    if header > max_header or body > max_body:
        raise ProtocolError(f"a frame of {header} + {body} bytes is over the cap of {max_header} + {max_body}")
    return header, body


def decode_request(header: bytes) -> Request:
    """A message from the judge; trusted, but typed all the same."""
    request: Request = _request_decoder.decode(header)
    return request


def decode_reply(header: bytes) -> Reply:
    """A message from a worker. Raises ProtocolError for anything that is not exactly one."""
    try:
        reply: Reply = _reply_decoder.decode(header)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise ProtocolError(f"not a reply: {error}") from None
    return reply


def decode_tensors(body: bytes) -> Arrays:
    """The tensors of a body. Raises ProtocolError for anything that is not clean safetensors."""
    if not body:
        return {}
    if int.from_bytes(body[:8], "little") > MAX_INDEX:
        raise ProtocolError(f"an index of tensors of over {MAX_INDEX} bytes")
    try:
        return load(bytes(body))
    except (SafetensorError, RecursionError, ValueError, KeyError, TypeError, ImportError) as error:
        raise ProtocolError(f"not safetensors: {error}") from None
