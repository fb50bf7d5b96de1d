"""The JSON Schemas of question.yaml and mistakes.yaml, by which editors complete and check them.

`python -m grader.question.schema` writes them to docs/question.schema.json and docs/mistakes.schema.json.
"""

from __future__ import annotations

import ast
import inspect
import io
import tokenize
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from grader.question import mistakes, types
from grader.question.conditions import CONDITIONS
from grader.question.meaning_arguments import FIRST_GROUP

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILE = DOCS / "question.schema.json"
MISTAKES_FILE = DOCS / "mistakes.schema.json"


def question_schema() -> bytes:
    """The schema as indented JSON with a line end."""
    schema = _described(types.Question, types)
    _flatten_cases(schema["$defs"]["Case"])
    skip = schema["$defs"]["Battery"]["properties"]["skip"]
    skip["propertyNames"] = {"enum": sorted(condition.key for condition in CONDITIONS)}
    schema["$defs"]["Argument"]["oneOf"] = [{"required": [kind]} for kind in FIRST_GROUP]
    return _encoded(schema, "question.yaml")


def mistakes_schema() -> bytes:
    """The schema as indented JSON with a line end."""
    return _encoded(_described(dict[str, mistakes.MistakeSpec], mistakes), "mistakes.yaml")


def _described(kind: Any, module: ModuleType) -> dict[str, Any]:
    """The schema of a type whose parts stand in a module, with the comment of each field."""
    schema = msgspec.json.schema(kind)
    parts: dict[str, dict[str, Any]] = schema["$defs"]
    for name, fields in _comments(module).items():
        for field, comment in fields.items():
            if name in parts:
                parts[name]["properties"][field]["description"] = comment
    _null_last(schema)
    return schema


def _encoded(schema: dict[str, Any], title: str) -> bytes:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title} | schema
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


def _comments(module: ModuleType) -> dict[str, dict[str, str]]:
    """The comment behind each field, by class and field."""
    source = inspect.getsource(module)
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
    DOCS.mkdir(exist_ok=True)
    FILE.write_bytes(question_schema())
    MISTAKES_FILE.write_bytes(mistakes_schema())
