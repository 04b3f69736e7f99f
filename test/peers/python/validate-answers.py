"""Holds answers against the schemas that an OpenAPI 3.1 document gives for their route and status, as JSON Schema 2020-12."""

import json
import sys

from jsonschema import Draft202012Validator
from patterns import respelt

given = json.load(sys.stdin)
document = respelt(given["document"])


def escaped(word):
    return word.replace("~", "~0").replace("/", "~1")


def found(pointer):
    """What a pointer leads to in the end, and the pointer of that."""
    node = document
    for step in pointer.removeprefix("#/").split("/"):
        node = node[step.replace("~1", "/").replace("~0", "~")]
    return found(node["$ref"]) if "$ref" in node else (pointer, node)


def problems(answer):
    path, method, status = answer["path"], answer["method"].lower(), str(answer["status"])
    responses = document["paths"][path][method]["responses"]
    if status not in responses:
        return [f"status {status} is not documented"]
    pointer, response = found(f"#/paths/{escaped(path)}/{method}/responses/{status}")
    content = response.get("content")
    if content is None:
        return [] if answer["body"] is None else ["there is a body and none is documented"]
    if answer["mediaType"] not in content:
        return [f"media type {answer['mediaType']} is not documented"]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": f"{pointer}/content/{escaped(answer['mediaType'])}/schema",
        "paths": document["paths"],
        "components": document["components"],
    }
    return [f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(schema).iter_errors(answer["body"])]


json.dump([problems(answer) for answer in given["answers"]], sys.stdout)
