"""The JSON Schema is current, says what every key means, and allows what the loader allows."""

from __future__ import annotations

import json
from typing import Any

from grader.question.positions import parse_yaml
from grader.question.schema import FILE, MISTAKES_FILE, mistakes_schema, question_schema
from tests.banks import CHANGES, CONCEPT, DIFFERING, QUESTION

SCHEMA: dict[str, Any] = json.loads(question_schema())
OF_MISTAKES: dict[str, Any] = json.loads(mistakes_schema())
PARTS = SCHEMA["$defs"] | OF_MISTAKES["$defs"]


def test_the_committed_schemas_are_current() -> None:
    assert FILE.read_bytes() == question_schema(), "renew it: python -m grader.question.schema"
    assert MISTAKES_FILE.read_bytes() == mistakes_schema(), "renew it: python -m grader.question.schema"


def test_every_key_is_described() -> None:
    missing = [
        f"{part}.{key}"
        for part, schema in PARTS.items()
        for key, value in schema.get("properties", {}).items()
        if part != "Text" and not value.get("description")
    ]
    assert missing == []


def test_unknown_keys_are_refused_everywhere_but_in_cases() -> None:
    assert {
        name for name, schema in PARTS.items() if "properties" in schema and schema["additionalProperties"] is not False
    } == {"Case"}


def test_the_sizes_of_a_case_stand_flat() -> None:
    case = PARTS["Case"]
    assert "sizes" not in case["properties"]
    assert case["additionalProperties"]["type"] == "integer"


def test_an_argument_is_of_exactly_one_kind() -> None:
    kinds = [kind["required"] for kind in PARTS["Argument"]["oneOf"]]
    assert ["normal"] in kinds
    assert len(kinds) == 8


def test_a_valid_question_is_valid_by_the_schema() -> None:
    for text in (QUESTION, CONCEPT):
        assert problems(SCHEMA, parse_yaml(text, "sample").data, "$") == []


def test_an_invalid_question_is_invalid_by_the_schema() -> None:
    for old, new in [
        ("minutes: 5", "minutes: five"),
        ("N: 1", "N: one"),
        ("normal: [N, D]", "value: 1, tensor: 2"),
    ]:
        assert problems(SCHEMA, parse_yaml(QUESTION.replace(old, new), "sample").data, "$") != []


def test_valid_mistakes_are_valid_by_the_schema() -> None:
    for text in (CHANGES, DIFFERING):
        assert problems(OF_MISTAKES, parse_yaml(text, "sample").data, "$") == []


def test_invalid_mistakes_are_invalid_by_the_schema() -> None:
    for old, new in [
        ('[" ** 0.5", ""]', '[" ** 0.5"]'),
        ('[" ** 0.5", ""]', '[" ** 0.5", 1]'),
        ("verdict: runtime_error", "verdict: accepted"),
        ("of: accepted", "off: accepted"),
    ]:
        assert problems(OF_MISTAKES, parse_yaml(CHANGES.replace(old, new), "sample").data, "$") != []


# --- a validator of the part of JSON Schema that is used ---

TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
    "boolean": bool, "null": type(None),
}  # fmt: skip
KNOWN = {
    "$defs", "$ref", "$schema", "additionalProperties", "anyOf", "default", "description", "enum",
    "exclusiveMinimum", "items", "maxItems", "minItems", "oneOf", "pattern", "prefixItems", "properties",
    "propertyNames", "required", "title", "type",
}  # fmt: skip


def problems(schema: dict[str, Any], value: Any, where: str) -> list[str]:
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        return problems(PARTS[schema["$ref"].rpartition("/")[2]], value, where)
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: not one of {schema['enum']}")
    if "type" in schema and not isinstance(value, TYPES[schema["type"]]):
        return [f"{where}: not of type {schema['type']}"]
    if "anyOf" in schema and all(problems(option, value, where) for option in schema["anyOf"]):
        found.append(f"{where}: fits none")
    if "oneOf" in schema and sum(not problems(option, value, where) for option in schema["oneOf"]) != 1:
        found.append(f"{where}: does not fit exactly one")
    if isinstance(value, dict):
        found += [f"{where}: misses {key}" for key in schema.get("required", []) if key not in value]
        for key, inner in value.items():
            of_key = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
            found += [f"{where}: unknown {key}"] if of_key is False else problems(of_key, inner, f"{where}.{key}")
    if isinstance(value, list):
        first = schema.get("prefixItems", [])
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{where}: of another length")
        for index, inner in enumerate(value):
            of_item = first[index] if index < len(first) else schema.get("items") or {}
            found += problems(of_item, inner, f"{where}[{index}]")
    return found
