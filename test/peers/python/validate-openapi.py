"""What openapi-spec-validator finds wrong with an OpenAPI 3.1 document."""

import json
import sys

from openapi_spec_validator import OpenAPIV31SpecValidator
from patterns import respelt

found = OpenAPIV31SpecValidator(respelt(json.load(sys.stdin))).iter_errors()
json.dump([f"{error.json_path}: {error.message[:200]}" for error in found], sys.stdout)
