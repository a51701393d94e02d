"""Secrets, and that no result repeats them."""

from __future__ import annotations

import pytest

from app.core.checks import Severity
from app.core.findings import Findings
from tests.unit.app.checks.builders import facts, found, results, rewritten


@pytest.mark.parametrize(
    "text",
    [
        "The password is Spring2026!",
        "Password: hunter2",
        "Demo tenant: https://demo.ours.example, user route-demo, password Fjord-Kettle-92.",
        "password: larkspur",
        "Your login: demo / Larkspur#1",
        "user: demo, password: demo123",
        "The password for the PDF is Blue-Heron-42.",
        "key AKIAIOSFODNN7EXAMPLE",
        "ghp_0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX",
        "xoxb-110220330440-550660770880-qwhdksjfhgty",
        "sk_live_Vd82kLq0Zx71MnTw55Ra",
        "AIzaQ1w2E3r4T5y6U7i8O9p0A1s2D3f4G5h6J7k8L",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
        "eyJhbGciOiJub25lIn0.eyJuIjoiOTkifQ.c2lnbmF0dXJlLW9m",
        "Authorization: Bearer abcdef1234567890abcdef",
        "postgres://maya:s3cret@db.larkspur.example:5432/app",
        "https://maya:s3cret@files.larkspur.example/x",
        "Server=db;Database=x;User Id=sa;Password=Pa55word;",
        "Your verification code is 482913",
        "One-time password: 482 913",
        "OTP: 482913",
        "https://app.larkspur.example/login?token=abcdef123456",
        "https://x.example/?api_key=abcd1234efgh",
        "API key: 9f8e7d6c5b4a39281706",
        "client secret is 8Q~abcDEF123456789",
        "Passwort: Sommer2026",
        'The password is "sunshine"',
        "The password is sunshine.",
        "use password Welcome1 to log in",
        "the admin password is still Welcome1",
        "PIN: 4821",
        "Password:\nTr0ub4dor&3",
        "export DB_PASSWORD=hunter22",
        "The wifi password is guest-2026",
        "You can sign in with user demo and the password Tr0ub4dor.",
        "login is maya@x.example / Summer!2026",
        "Your temporary password: kX9-77-plum",
        "Username: brightwater\nPassword: trialaccess",
        "Enter 482913 to sign in.",
        "Credentials: admin/admin123",
        "The passcode for the data room is 7741.",
    ],
)
def test_secrets_are_found(text: str) -> None:
    assert results("content.credentials", found(text), facts())


@pytest.mark.parametrize(
    "text",
    [
        "We'll send the password separately.",
        "The password is sent by text message.",
        "Password reset takes a minute.",
        "Reset your password here: https://app.larkspur.example/reset",
        "password protected PDF",
        "The password is case-sensitive.",
        "Password: sent separately",
        "Password: see SMS",
        "The password is required.",
        "Your password is the one you chose in March.",
        "The password must have 12 characters.",
        "password is at least 12 characters long",
        "Zoom passcode: 482913",
        "Join Zoom Meeting https://zoom.us/j/123?pwd=abcdef12345 Meeting ID: 123 Passcode: 938112",
        "Your order number is 482913",
        "discount code: SAVE2026",
        "booking confirmation code is HPM-99120",
        "API keys begin with sk_live_",
        "postgres://user:password@host/db",
        "https://x.example/unsubscribe?token=abcdef123456",
        "https://x.example/?utm_source=mail&key=1",
        "The token is valid for 24h",
        "our password policy is strict",
        "password manager",
        "SSO means no password is stored.",
        "Password: ********",
        "Password: [on request]",
        "API key: see the portal",
        "The password will be changed monthly.",
        "password is never shared by email.",
        "Forgot your password?",
        "The API key is rotated every 90 days.",
        "PIN entry is disabled",
        "Bearer tokens are supported",
        "the pin code is optional",
        "area code 312",
        "security code",
        "Authentication: SAML 2.0",
        "login: SAML / OIDC",
        "Access: 2026",
        "SHA-256 password hashing, password AES-256",
        "Tracking: 1Z999AA10123456784",
        "https://calendly.com/maya?token=abcdef12345",
        "The password is longer than before.",
        "Password for the portal: I'll text it to you",
        "Your login is your work email, and you set the password yourself.",
        "passwords are hashed with bcrypt",
        "Password rotation is every 90 days",
        "The secret is simple: start small.",
        "Credentials: ask Jonas / Maya",
        "The key is 2026-11-18 as a start",
        "Login: single sign-on / password",
    ],
)
def test_what_is_no_secret_is_not(text: str) -> None:
    assert results("content.credentials", found(text), facts()) == []


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("The password is Spring2026!", "Spring2026"),
        ("key AKIAIOSFODNN7EXAMPLE", "IOSFODNN7EXAMPLE"),
        ("postgres://maya:s3cret9@db.ours.example/app", "s3cret9"),
        ("https://app.ours.example/login?token=abcdef123456", "abcdef123456"),
        ("Your verification code is 482913", "482913"),
        ("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----", "MHcCAQEE"),
    ],
)
def test_no_result_repeats_a_secret(text: str, secret: str) -> None:
    found_in = results("content.credentials", found(text), facts())

    assert found_in
    assert all(secret not in part for r in found_in for part in (r.message, *(e.value for e in r.evidence)))


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("key AKIAIOSFODNN7EXAMPLE", Severity.BLOCK),
        ("postgres://maya:s3cret9@db.ours.example/app", Severity.BLOCK),
        ("The password is Spring2026!", Severity.HIGH),
        ("OTP: 482913", Severity.HIGH),
    ],
)
def test_keys_block_and_passwords_are_looked_at(text: str, severity: Severity) -> None:
    (result,) = results("content.credentials", found(text), facts())

    assert result.severity is severity


def test_a_link_keeps_its_way_without_the_password() -> None:
    text = "See https://maya:s3cret9@files.ours.example/x now."

    (result,) = results("content.credentials", found(text), facts())

    assert rewritten(found(text), result) == "See https://files.ours.example/x now."


def test_a_secret_in_older_mail_was_known_before() -> None:
    text = "Thanks!\n\nOn Tue, Nov 17, 2026 at 4:41 PM Dana <dana@acme.example> wrote:\n> password: hunter2x"

    assert results("content.credentials", Findings(text=text, authored=((0, 7),)), facts()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Your login is elena / Winter2026!",
        "PW: Kestrel#77",
        "Use the one-time code 448213 to log in.",
        "The password for the zip is brightwater26.",
        "Here's the API key for the sandbox: lk_test_a8f93kd02mx81.",
        "token: 8f14e45fceea167a5a36dedd4bea2543",
        "https://files.larkspur.example/d/offer.pdf?sig=8Jd7sKq0Lm2&exp=99",
        "ftp://larkspur:Secret77@ftp.larkspur.example/export",
        "Username: elena.voss\n\nPassword: plum-tree-49",
        "Your PIN is 4471.",
        "Your one time passcode is 449201.",
        "You can log in with maya@larkspur.example and the password Lark-2026.",
        "Pass: Lark!2026",
        "Temporary password - Lark2026!x",
        "Login details: user elena, pass Blue7heron",
        "Here is your verification code: 771204",
        "The shared secret is k3jd9Ls0qmX2.",
        "mongodb+srv://app:Zx81kq@cluster0.larkspur.example/prod",
        "Use Bearer 9dk20sLmQ81xkfP02mZ for the API.",
        "Admin password is admin123.",
        "The passphrase for the key is 'correct horse battery'.",
        "Sign in with elena@brightwater.example / Spring#44.",
    ],
)
def test_other_ways_to_say_so_are_found(text: str) -> None:
    assert results("content.credentials", found(text), facts())


@pytest.mark.parametrize(
    "text",
    [
        "You can reset your password on the sign-in page.",
        "Single sign-on means that nobody needs a password.",
        "Your tracking number is 1Z999AA10123456784.",
        "We'll text you the password.",
        "The API key is in your portal under Settings.",
        "The password field accepts 64 characters.",
        "Please change your password after the first sign-in.",
        "Your booking code is K3JD9L.",
        "The order code is 771204.",
        "See https://larkspur.example/blog?utm_source=mail&utm_campaign=q4",
    ],
)
def test_other_harmless_words_are_not(text: str) -> None:
    assert results("content.credentials", found(text), facts()) == []
