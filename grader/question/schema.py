"""The JSON Schema of question.yaml, by which editors complete and check it.

`python -m grader.question.schema` writes it to docs/question.schema.json.
"""

from __future__ import annotations

import ast
import inspect
import io
import tokenize
from pathlib import Path
from typing import Any

import msgspec

from grader.question import types
from grader.question.conditions import CONDITIONS
from grader.question.meaning_arguments import FIRST_GROUP

FILE = Path(__file__).resolve().parents[2] / "docs" / "question.schema.json"


def question_schema() -> bytes:
    """The schema as indented JSON with a line end."""
    schema = msgspec.json.schema(types.Question)
    parts: dict[str, dict[str, Any]] = schema["$defs"]
    for name, fields in _comments().items():
        for field, comment in fields.items():
            if name in parts:
                parts[name]["properties"][field]["description"] = comment
    _flatten_cases(parts["Case"])
    _null_last(schema)
    skip = parts["Battery"]["properties"]["skip"]
    skip["propertyNames"] = {"enum": sorted(condition.key for condition in CONDITIONS)}
    parts["Argument"]["oneOf"] = [{"required": [kind]} for kind in FIRST_GROUP]
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "question.yaml"} | schema
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"


def _flatten_cases(case: dict[str, Any]) -> None:
    """The sizes of a case stand beside its other keys."""
    letter = case["properties"].pop("sizes")
    case["additionalProperties"] = {"type": "integer", "description": letter["description"]}


def _null_last(schema: Any) -> None:
    """Put null behind what it stands beside; versions of msgspec differ in that order."""
    for part in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(part, dict | list):
            _null_last(part)
    if isinstance(schema, dict) and "anyOf" in schema:
        schema["anyOf"].sort(key=lambda option: option.get("type") == "null")


def _comments() -> dict[str, dict[str, str]]:
    """The comment behind each field, by class and field."""
    source = inspect.getsource(types)
    by_line = {
        token.start[0]: token.string.lstrip("# ")
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    return {
        node.name: {
            field.target.id: by_line[field.end_lineno or field.lineno]
            for field in node.body
            if isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and (field.end_lineno or field.lineno) in by_line
        }
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
    }


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(question_schema())
