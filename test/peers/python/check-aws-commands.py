"""Which AWS CLI commands the CLI itself would not send: its own parser and service models decide, and nothing is sent."""

import contextlib
import io
import json
import os
import sys
import tempfile
from datetime import datetime
from types import SimpleNamespace

os.environ.update(
    AWS_CONFIG_FILE=os.devnull,
    AWS_SHARED_CREDENTIALS_FILE=os.devnull,
    AWS_DEFAULT_REGION="us-east-1",
    AWS_ACCESS_KEY_ID="AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY="example",
    AWS_PAGER="",
)

from awscli.clidriver import create_clidriver  # noqa: E402
from botocore.utils import ArgumentGenerator  # noqa: E402

driver = create_clidriver()
made = []

ENDS_PAGES = {"IsTruncated": False}
NEXT_PAGE = {"NextToken", "nextToken", "nextForwardToken", "Marker", "NextMarker", "position", "LastEvaluatedBackupArn"}


# Keys of maps, which no model names.
KEYS = {"GetQueueAttributes": {"Attributes": {"ApproximateNumberOfMessages": "0"}}}


def told(value):
    """As the CLI sees an answer: times are text, and nothing is absent."""
    if isinstance(value, dict):
        return {name: told(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [told(inner) for inner in value]
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else value


def answer(model, **_):
    """In the place of the call itself, when its input was found right and put into its form: one of everything that the
    service may answer, so that a question to the answer finds it."""
    made.append(model.name)
    sample = ArgumentGenerator().generate_skeleton(model.output_shape) if model.output_shape else {}
    whole = {name: ENDS_PAGES.get(name, value) for name, value in sample.items() if name not in NEXT_PAGE}
    return SimpleNamespace(status_code=200), {**told(whole), **KEYS.get(model.name, {})}


driver.session.register("before-call", answer)


def complaint(words):
    said = io.StringIO()
    made.clear()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = driver.main(words)
        except SystemExit as end:
            code = end.code
    text = said.getvalue()
    if code != 0 or not made:
        return text[-600:] or f"ended with {code}"
    query = words[words.index("--query") + 1] if "--query" in words else ""
    # What is looked for by its value is not in a sample.
    nothing = text.split() == ["None"] or text.strip() == "null"
    return f"--query finds nothing in the answer: {query}" if nothing and "?" not in query else None


folder = tempfile.TemporaryDirectory()
os.chdir(folder.name)
with open("pager-secret.json", "w") as secret:
    secret.write("{}")

json.dump([complaint(words) for words in json.load(sys.stdin)], sys.stdout)
