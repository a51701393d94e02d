"""Secrets at rest: encrypted under keys that are in the settings and nowhere in the database."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from app.core.errors import InvalidInput, NotAvailable

SETTING = "COUNTERSIGN_SECRET_KEY"
_NEEDS_KEY = f"a key for secrets: make one with `countersign people key`, and set {SETTING} to it"


def new_key() -> str:
    """A fresh key, as the setting takes it."""
    return Fernet.generate_key().decode()


@dataclass(frozen=True, slots=True)
class Vault:
    """Encrypts and decrypts. The first of the keys, which are divided by commas, encrypts; all of them decrypt."""

    keys: str = field(repr=False)

    def seal(self, secret: str, *, owner: str) -> str:
        """The secret, encrypted, readable for its owner's row only.

        Raises NotAvailable without a key, InvalidInput where a key is none.
        """
        return self._ring().encrypt(f"{owner}\n{secret}".encode()).decode()

    def unseal(self, sealed: str, *, owner: str) -> str:
        """What was sealed for this owner.

        Raises as `seal` does, and NotAvailable where none of the keys fits or it was sealed for somebody else.
        """
        try:
            whose, _, secret = self._ring().decrypt(sealed.encode()).decode().partition("\n")
        except InvalidToken:
            raise NotAvailable(
                f"the key under which the secret of {owner} was encrypted: add it again at the end of {SETTING}"
            ) from None
        if whose != owner:
            raise NotAvailable(f"a secret of {owner}: the one that is kept was made for somebody else; reset it")
        return secret

    def reseal(self, sealed: str, *, owner: str) -> str:
        """The same secret under the first key. Raises as `unseal` does."""
        return self.seal(self.unseal(sealed, owner=owner), owner=owner)

    def _ring(self) -> MultiFernet:
        keys = [key.strip() for key in self.keys.split(",") if key.strip()]
        if not keys:
            raise NotAvailable(_NEEDS_KEY)
        try:
            return MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise InvalidInput(
                "holds something that is no key; make one with `countersign people key`", field=SETTING
            ) from None
