"""Configuration: environment variables `COUNTERSIGN_*`, or `countersign.toml` in the working folder."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from app.core.errors import InvalidInput

SAMPLE_WORLD = Path(__file__).resolve().parent.parent / "sample_data"


class Settings(BaseSettings):
    """Where things are. The environment wins over the file."""

    model_config = SettingsConfigDict(
        env_prefix="COUNTERSIGN_", toml_file="countersign.toml", extra="forbid", frozen=True
    )

    home: Path = Path(".countersign")
    """The folder that holds the database and the outbox."""
    database_url: str = ""
    """`sqlite:///…` or `postgresql://…`; a SQLite file in the home folder where it is empty."""
    world: Path = SAMPLE_WORLD
    """The world folder: people, CRM, calendars, library, policy."""
    host: str = "127.0.0.1"
    """The address that `serve` listens on. Choosing a sample person to sign in works on loopback only."""
    port: int = 8501
    secret_key: SecretStr = SecretStr("")
    """Fernet keys under which secrets are kept, with commas: the first encrypts, all of them decrypt."""

    @model_validator(mode="before")
    @classmethod
    def _default_database(cls, values: dict[str, object]) -> dict[str, object]:
        if not values.get("database_url"):
            home = Path(str(values.get("home", ".countersign")))
            values["database_url"] = f"sqlite:///{home.resolve() / 'countersign.db'}"
        return values

    @property
    def outbox(self) -> Path:
        """The folder that mail goes to while no mailbox is connected."""
        return self.home / "outbox"

    @property
    def address(self) -> str:
        """Where the page is, as this machine names it."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def is_sample_world(self) -> bool:
        """Whether the world is the one that comes with the product."""
        return self.world.resolve() == SAMPLE_WORLD

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is the library's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings() -> Settings:
    """The settings in force. Raises InvalidInput, which names the setting."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "COUNTERSIGN_" + "_".join(str(part) for part in first["loc"]).upper()
        raise InvalidInput(first["msg"], field=name) from None
