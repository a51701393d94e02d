"""Who may do what to whose records: the table of docs/permissions.md as data. A test holds the two together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the organisation, as far as rights go. Everybody is a colleague."""

    COLLEAGUE = "colleague"
    MANAGER = "manager"
    OWNER = "owner"
    """Of the organisation."""
    ADMIN = "admin"


class Relation(StrEnum):
    """What a record is to the person who acts."""

    OWN = "own"
    """Theirs: written in their name, owed by them, made by them."""
    ASKED = "asked"
    """Their word on it is asked for by the open request, or they have approved it."""
    REPORTS = "reports"
    """Of somebody whose manager they are, or that one's manager, and so on."""
    CONSULTED = "consulted"
    """They may see and comment on it, or answer for its outcome."""
    EARLIER = "earlier"
    """They were asked by a request that is closed."""
    FOREIGN = "foreign"
    """None of these."""


class Operation(StrEnum):
    """What can be done."""

    DRAFT_SUBMIT = "draft:submit"
    VIEW = "approval:view"
    RESOLVE = "approval:resolve"
    CODE = "approval:code"
    AGENT = "approval:agent"
    EDIT = "approval:edit"
    REJECT = "approval:reject"
    UNDO = "approval:undo"
    SETTLE = "delivery:settle"
    REASSIGN = "approval:reassign"
    ASK = "approval:ask"
    ANSWER = "approval:answer"
    REOPEN = "approval:reopen"
    ABSENCE = "absence:set"
    ACTION_PROPOSE = "action:propose"
    ACTION_CLAIM = "action:claim"
    ACTION_REPORT = "action:report"
    LEDGER_VIEW = "ledger:view"
    LEDGER_SETTLE = "ledger:settle"
    AUDIT_VIEW = "audit:view"
    AUDIT_VERIFY = "audit:verify"
    AUDIT_EXPORT = "audit:export"
    POLICY_VIEW = "policy:view"
    POLICY_PROPOSE = "policy:propose"
    POLICY_REVIEW = "policy:review"
    POLICY_PUBLISH = "policy:publish"
    POLICY_EXCEPT = "policy:except"
    STOP_AGENT = "stop:agent"
    STOP_ALL = "stop:all"
    TOKENS_ISSUE = "tokens:issue"
    TOKENS_MANAGE = "tokens:manage"
    PEOPLE_VIEW = "people:view"
    IDENTITY_ENROL = "identity:enrol"
    IDENTITY_RESET = "identity:reset"
    ACCOUNTS_CONNECT = "accounts:connect"
    ACCOUNTS_MANAGE = "accounts:manage"
    INCIDENT = "incident:record"
    SAMPLE_LOOK = "sample:look"
    AUTONOMY_VIEW = "autonomy:view"
    AUTONOMY_SIGN = "autonomy:sign"


Relations = frozenset[Relation]


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """One row: the records with which each role may do it."""

    colleague: Relations
    manager: Relations
    owner: Relations
    admin: Relations

    def of(self, role: Role) -> Relations:
        """The cell of a role."""
        cells: dict[Role, Relations] = {
            Role.COLLEAGUE: self.colleague,
            Role.MANAGER: self.manager,
            Role.OWNER: self.owner,
            Role.ADMIN: self.admin,
        }
        return cells[role]


NONE: Relations = frozenset()
ANY: Relations = frozenset(Relation)
OTHERS: Relations = ANY - {Relation.OWN}
CONCERNED: Relations = ANY - {Relation.FOREIGN}
_OWN: Relations = frozenset({Relation.OWN})
_ASKED: Relations = frozenset({Relation.ASKED})
_CONSULTED: Relations = frozenset({Relation.CONSULTED})
_EARLIER: Relations = frozenset({Relation.EARLIER})
_REPORTS: Relations = frozenset({Relation.REPORTS})


def _everybody(which: Relations) -> Grant:
    return Grant(colleague=which, manager=which, owner=which, admin=which)


def _from(role: Role, which: Relations, *, below: Relations = NONE) -> Grant:
    """`which` for this role and those above it, `below` for those under it."""
    roles = list(Role)
    cells = {each.value: which if roles.index(each) >= roles.index(role) else below for each in roles}
    return Grant(**cells)


TABLE: Mapping[Operation, Grant] = {
    Operation.DRAFT_SUBMIT: _everybody(ANY),
    Operation.VIEW: _from(Role.MANAGER, ANY, below=CONCERNED),
    Operation.RESOLVE: _everybody(_ASKED),
    Operation.CODE: _everybody(_ASKED),
    Operation.AGENT: _from(Role.OWNER, ANY),
    Operation.EDIT: _from(Role.OWNER, ANY, below=_OWN | _ASKED),
    Operation.REJECT: _from(Role.OWNER, ANY, below=_OWN | _ASKED),
    Operation.UNDO: _from(Role.OWNER, ANY, below=_OWN | _ASKED),
    Operation.SETTLE: _from(Role.OWNER, ANY, below=_OWN | _REPORTS),
    Operation.REASSIGN: _from(Role.OWNER, ANY, below=_OWN | _REPORTS),
    Operation.ASK: _from(Role.OWNER, ANY, below=_ASKED | _CONSULTED),
    Operation.ANSWER: _from(Role.OWNER, ANY, below=_OWN),
    Operation.REOPEN: _from(Role.OWNER, ANY, below=_OWN | _ASKED | _EARLIER),
    Operation.ABSENCE: _from(Role.OWNER, ANY, below=_OWN | _REPORTS),
    Operation.ACTION_PROPOSE: _everybody(ANY),
    Operation.ACTION_CLAIM: _from(Role.OWNER, ANY, below=_OWN),
    Operation.ACTION_REPORT: _from(Role.OWNER, ANY, below=_OWN | _ASKED),
    Operation.LEDGER_VIEW: _everybody(ANY),
    Operation.LEDGER_SETTLE: _from(Role.MANAGER, ANY, below=_OWN),
    Operation.AUDIT_VIEW: _from(Role.MANAGER, ANY, below=CONCERNED),
    Operation.AUDIT_VERIFY: _from(Role.MANAGER, ANY),
    Operation.AUDIT_EXPORT: _from(Role.OWNER, ANY),
    Operation.POLICY_VIEW: _everybody(ANY),
    Operation.POLICY_PROPOSE: _from(Role.MANAGER, ANY),
    Operation.POLICY_REVIEW: _from(Role.MANAGER, OTHERS),
    Operation.POLICY_PUBLISH: _from(Role.OWNER, ANY),
    Operation.POLICY_EXCEPT: _from(Role.ADMIN, ANY),
    Operation.STOP_AGENT: _from(Role.MANAGER, ANY),
    Operation.STOP_ALL: _from(Role.OWNER, ANY),
    Operation.TOKENS_ISSUE: _everybody(_OWN),
    Operation.TOKENS_MANAGE: _from(Role.OWNER, ANY, below=_OWN),
    Operation.PEOPLE_VIEW: _everybody(ANY),
    Operation.IDENTITY_ENROL: _everybody(_OWN),
    Operation.IDENTITY_RESET: _from(Role.OWNER, OTHERS),
    Operation.ACCOUNTS_CONNECT: _from(Role.ADMIN, ANY, below=_OWN),
    Operation.ACCOUNTS_MANAGE: _from(Role.ADMIN, ANY, below=_OWN),
    Operation.INCIDENT: _from(Role.MANAGER, ANY, below=CONCERNED),
    Operation.SAMPLE_LOOK: _from(Role.MANAGER, ANY, below=_OWN),
    Operation.AUTONOMY_VIEW: _everybody(ANY),
    Operation.AUTONOMY_SIGN: _from(Role.MANAGER, ANY),
}
