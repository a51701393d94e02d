"""Configuration: environment variables `COUNTERSIGN_*`, or `countersign.toml` in the working folder."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from app.core.errors import InvalidInput
from app.operations.levels import LogLevel

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

    log_level: LogLevel | None = None
    """From which gravity on log lines are written; `info` for `serve` and `worker`, `warning` for the rest."""
    metrics_token: SecretStr = SecretStr("")
    """What `/metrics` asks for as a bearer token; nothing where it is empty."""
    stop_seconds: float = Field(default=25, gt=0, le=3600)
    """How long `serve` and `worker` take at most to finish what they hold when they are told to stop."""
    keep_notices_days: int = Field(default=90, ge=1, le=3650)
    """How long notices are kept that a transport has carried."""

    mail: str = "outbox"
    """Where mail leaves: `outbox`, `smtp`, `gmail` or `outlook`."""
    mail_smtp_host: str = ""
    mail_smtp_port: int = 0
    """0: 587 with `starttls`, 465 with `tls`, 25 with `none`."""
    mail_smtp_encryption: str = "starttls"
    """`starttls`, `tls` or `none`; there is no falling back to none."""
    mail_smtp_user: str = ""
    mail_smtp_password: SecretStr = SecretStr("")
    mail_smtp_per_minute: int = Field(default=60, ge=1, le=6000)
    """How many mails of one sender the server is handed a minute."""
    mail_ca_file: Path | None = None
    """An authority, in PEM, whose certificates are believed of the mail server beside the system's."""

    calendars: str = "world"
    """Whose calendars are asked: `world` for the folder's files; `google`, `outlook` or `ics` for those that people
    connect, the last by a private address each."""
    calendars_viewer: str = ""
    """At Google, the account through which those are looked up who have not connected a calendar of their own."""

    inbox_seconds: int = Field(default=60, ge=0, le=86_400)
    """How long after one look into a connected mailbox comes the next; with 0 nobody's is looked into."""
    inbox_days: int = Field(default=7, ge=1, le=30)
    """How far back a mailbox is read at first, and where its provider has forgotten what changed since."""
    inbox_submit: bool = False
    """Whether drafts marked `Countersign/submit`, at Gmail a label and in Outlook a category, are judged and sent."""
    keep_incoming_days: int = Field(default=90, ge=1, le=3650)
    """How long who wrote to whom is kept of mail that answers none of ours; what answers ours is kept with it."""

    crm: str = "world"
    """Whose deals, accounts and contacts are read: `world` for the folder's file, `salesforce` or `hubspot`."""
    crm_account: str = ""
    """The name of the user of Salesforce's, or the number of the HubSpot account, that was connected for it."""
    salesforce_client_id: str = ""
    salesforce_client_secret: SecretStr = SecretStr("")
    salesforce_login_url: str = ""
    """For a sandbox or a domain of your own; empty: `https://login.salesforce.com`."""
    hubspot_url: str = ""
    """For a HubSpot that is elsewhere, as in tests; empty: where it is."""

    google_client_id: str = ""
    google_client_secret: SecretStr = SecretStr("")
    google_service_account_file: Path | None = None
    """The key of a service account that acts for everybody; then nobody has to sign in."""
    google_auth_url: str = ""
    """This and the following are for a Google that is elsewhere; empty: where it is."""
    google_token_url: str = ""
    google_revoke_url: str = ""
    google_userinfo_url: str = ""
    google_api_url: str = ""
    microsoft_client_id: str = ""
    microsoft_tenant: str = "common"
    """The directory's id or domain; `common` lets every work, school and personal account sign in."""
    microsoft_client_secret: SecretStr = SecretStr("")
    """For an application that acts for everybody; then nobody has to sign in."""
    microsoft_login_url: str = ""
    """This and the next are for clouds of their own; empty: the public one."""
    microsoft_graph_url: str = ""
    """With its version, such as `https://graph.microsoft.us/v1.0`."""
    accounts_ca_file: Path | None = None
    """Authorities, in PEM, whose certificates are believed of providers of accounts instead of the system's."""

    notices_by: str = "folder"
    """What carries notices to people, with commas: `folder`, `smtp`, `webhook`; `none` leaves them on the board."""
    notices_link: str = ""
    """Where readers of notices find the page; the address that `serve` listens on where it is empty."""
    notices_from: str = ""
    """The address that notices come from."""
    notices_smtp_host: str = ""
    notices_smtp_port: int = 0
    """0: 587 with `starttls`, 465 with `tls`, 25 with `none`."""
    notices_smtp_encryption: str = "starttls"
    """`starttls`, `tls` or `none`; there is no falling back to none."""
    notices_smtp_user: str = ""
    notices_smtp_password: SecretStr = SecretStr("")
    notices_webhook_url: str = ""
    notices_webhook_secret: SecretStr = SecretStr("")
    """Signs every notice that is posted."""
    notices_webhook_codes: bool = False
    """Whether the receiver brings each notice to its reader alone, so that one-time codes may go with it."""
    notices_ca_file: Path | None = None
    """An authority, in PEM, whose certificates are believed beside the system's."""

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
    def notices_folder(self) -> Path:
        """The folder that notices go to where `notices_by` names it."""
        return self.home / "notices"

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
