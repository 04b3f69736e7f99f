"""Which of the secrets belong to which of the hashes, by pyca's bcrypt."""

import json
import sys

import bcrypt

pairs = json.load(sys.stdin)
json.dump([bcrypt.checkpw(pair["secret"].encode(), pair["hash"].encode()) for pair in pairs], sys.stdout)
