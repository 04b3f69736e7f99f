"""JSON Schema's patterns are ECMA-262 with Unicode; Python's re knows no categories. The same, spelt as ranges."""

import re

RANGES = {
    "Cc": r"\x00-\x1f\x7f-\x9f",
    "Cs": r"\ud800-\udfff",
    "Zl": r"\u2028",
    "Zp": r"\u2029",
}


def respelt(node):
    """The document with every pattern in Python's spelling. Fails on a category that is not in the table."""
    if isinstance(node, list):
        return [respelt(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        name: re.sub(r"\\p\{(\w+)\}", lambda found: RANGES[found[1]], value)
        if name == "pattern" and isinstance(value, str)
        else respelt(value)
        for name, value in node.items()
    }
