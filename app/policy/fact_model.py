"""Every fact that a condition may name, with its type and its meaning, as data.

Conditions are checked against this model when a policy is read, and `fact_values` fills it for a draft, so that a
condition that was accepted finds every name it uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.core.checks import Severity
from app.core.findings import Kind, Strength
from app.core.routes import Tier
from app.policy.catalogue import Level, Reversible
from app.policy.cel_types import (
    DAY,
    MOMENT,
    NUMBER,
    TEXT,
    WHOLE,
    YES_NO,
    CelType,
    Field,
    ListOf,
    Record,
    one_of,
)

_TEXTS = ListOf(TEXT)

_DRAFT = Record(
    "draft",
    {
        "client_id": Field(TEXT, "the submitter's own id"),
        "action": Field(
            TEXT, "kind of mail: cold_outreach, reply, follow_up, meeting_confirmation, invoice_reminder, …"
        ),
        "agent": Field(TEXT, "the agent that wrote it"),
        "on_behalf_of": Field(TEXT, "id of the person in whose name it goes out"),
        "subject": Field(TEXT, "the subject line"),
        "words": Field(WHOLE, "words that the sender wrote, quoted text left out"),
        "recipients": Field(_TEXTS, "every address in to, cc and bcc"),
        "external_recipients": Field(_TEXTS, "those that are neither colleagues nor in our own domains"),
        "attachments": Field(
            ListOf(
                Record(
                    "attached file",
                    {
                        "filename": Field(TEXT, "name of the file"),
                        "content_type": Field(TEXT, "such as application/pdf"),
                        "size": Field(WHOLE, "bytes"),
                    },
                )
            ),
            "the files that travel with it",
        ),
        "deal_id": Field(TEXT, "the deal it names"),
        "has_html": Field(YES_NO, "whether it has an HTML body"),
    },
)

_COMMITMENT = Record(
    "commitment",
    {
        "text": Field(TEXT, "the words of the promise"),
        "strength": Field(one_of(*Strength), "how binding it is"),
        "kind": Field(one_of(*Kind), "what it is about"),
        "actor": Field(TEXT, "who is bound: sender, organisation, or a name"),
        "action": Field(TEXT, "what will be done"),
        "object": Field(TEXT, "to what"),
        "recipient": Field(TEXT, "for whom"),
        "due_day": Field(DAY, "last acceptable day"),
    },
)

_DATE = Record(
    "date",
    {
        "text": Field(TEXT, "the words"),
        "kind": Field(TEXT, "date, time, range or duration"),
        "grain": Field(TEXT, "how exact it is: day, week, hour, …"),
        "due_day": Field(DAY, "last day it can mean"),
        "ambiguous": Field(YES_NO, "whether it can be read in more than one way"),
    },
)

_CLAIM = Record(
    "attachment claim",
    {"text": Field(TEXT, "the words that claim a file"), "document": Field(TEXT, "the document they name")},
)

_HIDDEN = Record(
    "hidden text",
    {"text": Field(TEXT, "text that a reader cannot see"), "how": Field(TEXT, "how it is hidden")},
)

_CHECK = Record(
    "check result",
    {
        "check": Field(TEXT, "the check's id, such as calendar.busy"),
        "severity": Field(one_of(*Severity), "how bad it is"),
        "message": Field(TEXT, "what it says"),
    },
)

_RISK = Record(
    "risk",
    {"tier": Field(one_of(*Tier), "how much could go wrong"), "reasons": Field(_TEXTS, "why, in plain words")},
)

_DEAL = Record(
    "deal",
    {
        "known": Field(YES_NO, "whether the draft belongs to a deal that the CRM has"),
        "id": Field(TEXT, "the deal's id"),
        "name": Field(TEXT, "the deal's name"),
        "stage": Field(TEXT, "prospecting, qualification, proposal, negotiation, closed_won or closed_lost"),
        "amount": Field(NUMBER, "in the deal's currency"),
        "currency": Field(TEXT, "ISO code"),
        "close_date": Field(DAY, "expected close"),
        "owner": Field(TEXT, "id of the owner"),
        "on_hold": Field(YES_NO, "whether somebody put it on hold"),
        "next_step": Field(TEXT, "what the CRM says comes next"),
        "discount_cap": Field(NUMBER, "greatest discount allowed, in percent; 0 where none is set"),
        "legal_terms": Field(TEXT, "standard, renegotiation or custom"),
        "paused_sequences": Field(_TEXTS, "ids of sequences that a person paused"),
        "flags": Field(_TEXTS, "free words such as strategic"),
    },
)

_ACCOUNT = Record(
    "account",
    {
        "known": Field(YES_NO, "whether the draft belongs to an account that the CRM has"),
        "id": Field(TEXT, "the account's id"),
        "name": Field(TEXT, "the account's name"),
        "domains": Field(_TEXTS, "its mail domains"),
    },
)

_CONTACT = Record(
    "contact",
    {
        "known": Field(YES_NO, "whether the address is a CRM contact or a colleague"),
        "email": Field(TEXT, "the address"),
        "name": Field(TEXT, "the person's name"),
        "account": Field(TEXT, "id of the contact's account"),
        "sensitive": Field(YES_NO, "marked as sensitive in the CRM"),
        "opted_out": Field(YES_NO, "does not want mail"),
        "internal": Field(YES_NO, "a colleague, or in our own domains"),
    },
)

_SENDER = Record(
    "sender",
    {
        "id": Field(TEXT, "id of the person in whose name the mail goes out"),
        "email": Field(TEXT, "their address"),
        "roles": Field(_TEXTS, "their roles"),
        "manager": Field(TEXT, "id of their manager"),
        "timezone": Field(TEXT, "IANA name"),
    },
)

_THREAD = Record(
    "thread",
    {
        "known": Field(YES_NO, "whether the draft continues a conversation"),
        "id": Field(TEXT, "the conversation's id"),
        "step": Field(WHOLE, "which mail of ours in it this is; 1 is the first, also without a conversation"),
    },
)

_SEQUENCE = Record(
    "sequence",
    {
        "known": Field(YES_NO, "whether the draft belongs to an automated sequence"),
        "id": Field(TEXT, "the sequence's id"),
        "step": Field(WHOLE, "place in the sequence, from 1; 0 without one"),
        "paused": Field(YES_NO, "whether the deal has the sequence paused"),
    },
)

_HISTORY = Record(
    "history",
    {
        "sent_to_recipients": Field(WHOLE, "mails sent before to any of the recipients"),
        "sent_in_thread": Field(WHOLE, "mails sent before in the conversation"),
    },
)

_OPERATION = Record(
    "operation",
    {
        "name": Field(TEXT, "the action, such as send_email"),
        "impact": Field(one_of(*Level), "how much it changes outside"),
        "data_sensitivity": Field(one_of(*Level), "how confidential the data is that it carries or touches"),
        "reversibility": Field(one_of(*Reversible), "whether it can be undone"),
    },
)

_TARGET = Record(
    "target",
    {
        "system": Field(TEXT, "where it is, such as salesforce; empty for mail"),
        "type": Field(TEXT, "what it is, such as opportunity or page"),
        "id": Field(TEXT, "its id there; empty for what does not exist yet"),
    },
)

_CHANGE = Record(
    "change",
    {
        "field": Field(TEXT, "name of the field"),
        "before": Field(TEXT, "its value from before, as text; empty where it is not known"),
        "after": Field(TEXT, "its value from then on, as text; empty where it is taken away"),
        "number_before": Field(NUMBER, "the value from before; 0 where it is no number"),
        "number_after": Field(NUMBER, "the value from then on; 0 where it is no number"),
    },
)

FACTS: Mapping[str, Field] = {
    "draft": Field(_DRAFT, "the mail itself"),
    "commitments": Field(ListOf(_COMMITMENT), "promises found in the text"),
    "dates": Field(ListOf(_DATE), "dates and times found in the text"),
    "attachments": Field(ListOf(_CLAIM), "places where the text says that a file is attached"),
    "hidden": Field(ListOf(_HIDDEN), "text that a reader cannot see"),
    "checks": Field(ListOf(_CHECK), "what the checks found"),
    "risk": Field(_RISK, "the draft's risk"),
    "deal": Field(_DEAL, "the deal"),
    "account": Field(_ACCOUNT, "the customer"),
    "contacts": Field(ListOf(_CONTACT), "one for each recipient"),
    "sender": Field(_SENDER, "the person in whose name the mail goes out"),
    "agent": Field(TEXT, "the agent that wrote the mail"),
    "thread": Field(_THREAD, "the conversation"),
    "sequence": Field(_SEQUENCE, "the automated sequence"),
    "history": Field(_HISTORY, "what this gate has sent before"),
    "operation": Field(_OPERATION, "what the agent wants to do"),
    "target": Field(_TARGET, "what is acted on"),
    "changes": Field(ListOf(_CHANGE), "the fields that an action sets or carries; none for mail"),
    "now": Field(MOMENT, "the moment of the assessment, in UTC"),
}
"""The names a condition can begin with."""


def facts_table() -> str:
    """All facts as a Markdown table, the one in docs/policy.md."""
    rows = [f"| `{path}` | {_type_name(field.type)} | {field.meaning} |" for path, field in _walk(FACTS, "")]
    return "\n".join(["| fact | type | meaning |", "|---|---|---|", *rows])


def _walk(fields: Mapping[str, Field], prefix: str) -> Iterator[tuple[str, Field]]:
    for name, field in fields.items():
        path = prefix + name
        match field.type:
            case Record(fields=inner):
                yield from _walk(inner, f"{path}.")
            case ListOf(Record(fields=inner)):
                yield f"{path}[]", field
                yield from _walk(inner, f"{path}[].")
            case _:
                yield path, field


def _type_name(type_: CelType) -> str:
    match type_:
        case ListOf(Record()):
            return "list"
        case _ if type_ == DAY:
            return 'day, "YYYY-MM-DD" or ""'
        case _:
            choices = getattr(type_, "choices", ())
            return ", ".join(f'"{choice}"' for choice in choices) if choices else str(type_)
