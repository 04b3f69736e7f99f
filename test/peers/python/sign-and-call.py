"""Signs requests with botocore and sends them with urllib: an independent signer of AWS Signature Version 4."""

import json
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def call(attempt):
    headers = {"Content-Type": "application/json"}
    if attempt.get("service"):
        session = Credentials(attempt["accessKeyId"], attempt["secretAccessKey"], attempt["sessionToken"])
        signed = AWSRequest(method="POST", url=attempt["url"], data=attempt["body"], headers=headers)
        SigV4Auth(session, attempt["service"], attempt["region"]).add_auth(signed)
        headers = dict(signed.headers)
    sent = attempt.get("sentBody", attempt["body"]).encode()
    try:
        with urlopen(Request(attempt["url"], data=sent, headers=headers, method="POST")) as answer:
            return {"status": answer.status, "json": json.load(answer)}
    except HTTPError as refusal:
        return {"status": refusal.code, "json": json.load(refusal)}


json.dump([call(attempt) for attempt in json.load(sys.stdin)], sys.stdout)
