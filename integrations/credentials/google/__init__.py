"""How Google's accounts let the gate in: scopes, sign-in, tokens, and calls that carry them."""

from __future__ import annotations

from integrations.credentials.google.app import FEATURES, GoogleApp, scopes_for
from integrations.credentials.google.sign_in import revoke, sign_in, sign_in_by_pasting, sign_in_with_code
from integrations.credentials.google.tokens import GrantedKeys, Keys, ServiceAccountKeys

__all__ = [
    "FEATURES",
    "GoogleApp",
    "GrantedKeys",
    "Keys",
    "ServiceAccountKeys",
    "revoke",
    "scopes_for",
    "sign_in",
    "sign_in_by_pasting",
    "sign_in_with_code",
]
