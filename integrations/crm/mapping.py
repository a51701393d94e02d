"""Which fields of a CRM hold what the gate wants to know: a house's own, from `crm-fields.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from app.core.errors import InvalidWorld
from integrations.fields import record, shown
from integrations.files import yaml_of

FILE = "crm-fields.yaml"
DEAL = (
    "stage",
    "amount",
    "currency",
    "close_date",
    "next_step",
    "on_hold",
    "discount_cap",
    "legal_terms",
    "legal_approved",
    "flags",
    "paused_sequences",
)
ACCOUNT = ("domains", "aliases")
CONTACT = ("title", "sensitive", "opted_out", "timezone")
ACTIVITY = ("key",)
_TOP = ("deal", "account", "contact", "activity", "stages", "currency", "percent")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
"""What a field may be called: such a name needs no quoting in any query."""
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, kw_only=True, slots=True)
class CrmFields:
    """The names of a CRM's fields by ours. What has no name there is taken for what `Deal` says without it."""

    deal: Mapping[str, str]
    account: Mapping[str, str]
    contact: Mapping[str, str]
    activity: Mapping[str, str] = field(default_factory=dict)
    """`key`: where an activity that the gate logs keeps the gate's own id, by which it is found again."""
    stages: Mapping[str, str] = field(default_factory=dict)
    """Stages as the CRM spells them, in lower case, to ours; any other is taken as it is, `Closed Won` as closed_won.
    """
    currency: str = "USD"
    """Of deals that do not name one."""
    fractions: bool = False
    """Whether the CRM keeps fifteen percent as 0.15, and not as 15."""

    def stage(self, theirs: str) -> str:
        """Our word for a stage."""
        known = self.stages.get(theirs.strip().casefold())
        return known or "_".join(re.findall(r"\w+", theirs.casefold()))


SALESFORCE = CrmFields(
    deal=MappingProxyType(
        {"stage": "StageName", "amount": "Amount", "close_date": "CloseDate", "next_step": "NextStep"}
    ),
    account=MappingProxyType({"domains": "Website"}),
    contact=MappingProxyType({"title": "Title", "opted_out": "HasOptedOutOfEmail"}),
    stages=MappingProxyType(
        {
            "needs analysis": "qualification",
            "value proposition": "qualification",
            "id. decision makers": "qualification",
            "perception analysis": "qualification",
            "proposal/price quote": "proposal",
            "negotiation/review": "negotiation",
        }
    ),
)
"""What a new Salesforce has of it; `currency` is CurrencyIsoCode where several currencies are switched on."""

HUBSPOT = CrmFields(
    deal=MappingProxyType(
        {
            "stage": "dealstage",
            "amount": "amount",
            "currency": "deal_currency_code",
            "close_date": "closedate",
            "next_step": "hs_next_step",
        }
    ),
    account=MappingProxyType({"domains": "domain"}),
    contact=MappingProxyType({"title": "jobtitle", "opted_out": "hs_email_optout"}),
    stages=MappingProxyType(
        {
            "appointmentscheduled": "prospecting",
            "qualifiedtobuy": "qualification",
            "presentationscheduled": "proposal",
            "decisionmakerboughtin": "negotiation",
            "contractsent": "negotiation",
            "closedwon": "closed_won",
            "closedlost": "closed_lost",
        }
    ),
)
"""What a new HubSpot has of it. Stages of other pipelines go by their ids."""


def read_mapping(path: Path, *, usual: CrmFields) -> CrmFields:
    """The mapping in a file, on top of the usual one: `deal: {on_hold: On_Hold__c}`; null takes a field away.

    Raises InvalidWorld, which names the entry.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidWorld(f"cannot be read: {error.strerror or error}", field=path.name) from None
    top = record(yaml_of(data, file=path.name) or {}, file=path.name)
    for name in top.values:
        _require_known(name, _TOP, path.name)
    percent = top.text("percent", "number")
    if percent not in ("number", "fraction"):
        raise top.refusal("percent", "number (15) or fraction (0.15)")
    currency = top.text("currency", usual.currency).upper()
    if not _CURRENCY.fullmatch(currency):
        raise top.refusal("currency", "a currency's code such as EUR")
    return replace(
        usual,
        deal=_fields(top.values.get("deal"), "deal", usual.deal, DEAL, file=path.name),
        account=_fields(top.values.get("account"), "account", usual.account, ACCOUNT, file=path.name),
        contact=_fields(top.values.get("contact"), "contact", usual.contact, CONTACT, file=path.name),
        activity=_fields(top.values.get("activity"), "activity", usual.activity, ACTIVITY, file=path.name),
        stages={**usual.stages, **_stages(top.values.get("stages"), file=path.name)},
        currency=currency,
        fractions=percent == "fraction",
    )


def _fields(
    value: object, section: str, usual: Mapping[str, str], known: tuple[str, ...], *, file: str
) -> Mapping[str, str]:
    given = record(value or {}, file=file, path=section)
    merged = dict(usual)
    for name, theirs in given.values.items():
        _require_known(name, known, f"{file} {section}")
        if theirs is None:
            merged.pop(name, None)
        elif isinstance(theirs, str) and _NAME.fullmatch(theirs):
            merged[name] = theirs
        else:
            raise given.refusal(name, "the name of a field as the CRM's API has it, such as On_Hold__c")
    return merged


def _stages(value: object, *, file: str) -> Mapping[str, str]:
    given = record(value or {}, file=file, path="stages")
    return {theirs.strip().casefold(): given.text(theirs) for theirs in given.values}


def _require_known(name: str, known: tuple[str, ...], place: str) -> None:
    if name not in known:
        raise InvalidWorld(f"{shown(name)} is unknown; known are {', '.join(known)}", field=place)
