"""How each operation is tried: on the command line, through the API, and by the service that the page calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from app import desk, tokens
from app.approvals.agents import hand_on
from app.audit.service import export_lines, trail_for, verify_store
from app.autonomy import promotions
from app.autonomy.incidents import record_incident
from app.autonomy.samples import look
from app.core.approvals import Verdict
from app.core.autonomy import Look
from app.core.codec import to_record
from app.core.commitments import CommitmentState
from app.core.limits import StopScope
from app.edits import DraftEdit
from app.identity.codes import issue
from app.ledger.service import entries, settle
from app.limits import switch
from app.permissions import Operation, Relation
from app.policy import proposals, service
from app.standing import Standing
from tests.unit.app.permissions.account_attempts import ACCOUNT_TRIES
from tests.unit.app.permissions.action_attempts import ACTION_TRIES
from tests.unit.app.permissions.attempt import Attempt, Try
from tests.unit.app.permissions.company import NEUTRAL, REVIEWER, STRANGER, House

# ── drafts ────────────────────────────────────────────────────────────────────────────────────────────────────


def _submit(house: House, actor: str, _: Relation) -> Attempt:
    draft = house.draft(STRANGER, "Hello")
    record = {name: value for name, value in to_record(draft).items() if value is not None}
    return Attempt(services=lambda: house.services.gate.submit(draft), api=("POST", "/drafts", record))


def _view(house: House, actor: str, relation: Relation) -> Attempt:
    shown = house.waiting(actor, relation)

    def read() -> object:
        with house.services.store.read() as reader:
            return desk.shown(
                reader, shown.row.id, person=house.person(actor), people=house.services.opened.world.people
            )

    return Attempt(
        services=read, cli=("show", shown.row.id), api=("GET", f"/drafts/{shown.row.id}", None), draft=shown
    )


def _resolve(house: House, actor: str, relation: Relation) -> Attempt:
    return _word(house, actor, house.waiting(actor, relation), Verdict.APPROVE)


def _reject(house: House, actor: str, relation: Relation) -> Attempt:
    return _word(house, actor, house.waiting(actor, relation), Verdict.REJECT)


def _word(house: House, actor: str, shown: Standing, verdict: Verdict) -> Attempt:
    row = shown.row
    body = {"digest": row.digest, "decision": verdict.value, "reason": "test"}
    return Attempt(
        services=lambda: house.services.gate.decide(
            row.id, person=actor, verdict=verdict, digest=row.digest, reason="test"
        ),
        cli=(verdict.value, row.id, "--reason", "test"),
        api=("POST", f"/drafts/{row.id}/decision", body),
        draft=shown,
    )


def _code(house: House, actor: str, relation: Relation) -> Attempt:
    shown = house.waiting(actor, relation)
    assert shown.pending is not None
    asked, of = shown.pending.id, house.services
    return Attempt(
        services=lambda: issue(
            of.store,
            of.ids,
            of.opened.world.people,
            request_id=asked,
            person=house.person(actor),
            link="http://here",
            now=house.clock.now(),
        ),
        cli=("code", asked),
        api=("POST", f"/approvals/{asked}/code", None),
        draft=shown,
    )


def _edit(house: House, actor: str, relation: Relation) -> Attempt:
    shown = house.waiting(actor, relation)
    row = shown.row
    return Attempt(
        services=lambda: house.services.gate.edit(
            row.id, DraftEdit(subject="Other"), person=actor, digest=row.digest
        ),
        cli=("edit", row.id, "--subject", "Other"),
        api=("POST", f"/drafts/{row.id}/edit", {"digest": row.digest, "subject": "Other"}),
        draft=shown,
    )


def _undo(house: House, actor: str, relation: Relation) -> Attempt:
    shown = house.scheduled(actor, relation)
    draft_id = shown.row.id
    return Attempt(
        services=lambda: house.services.gate.undo(draft_id, person=actor),
        cli=("undo", draft_id),
        api=("POST", f"/drafts/{draft_id}/undo", None),
        draft=shown,
    )


def _reassign(house: House, actor: str, relation: Relation) -> Attempt:
    whose = house.colleague(actor, relation)
    shown = house.asking(whose)
    passing_on = house.services.gate.reviews.reassigning
    return Attempt(
        services=lambda: passing_on.reassign(shown.row.id, place_of=whose, to=NEUTRAL, person=actor, reason="test"),
        cli=("reassign", shown.row.id, "--place-of", whose, "--to", NEUTRAL),
        api=("POST", f"/drafts/{shown.row.id}/reassign", {"place_of": whose, "to": NEUTRAL}),
        draft=shown,
    )


def _ask(house: House, actor: str, relation: Relation) -> Attempt:
    shown = house.waiting(actor, relation)
    questions = house.services.gate.reviews.questions
    return Attempt(
        services=lambda: questions.ask(shown.row.id, person=actor, text="Why?"),
        cli=("ask", shown.row.id, "Why?"),
        api=("POST", f"/drafts/{shown.row.id}/questions", {"text": "Why?"}),
        draft=shown,
    )


def _answer(house: House, actor: str, relation: Relation) -> Attempt:
    shown = house.waiting(actor, relation)
    assert shown.pending is not None
    questions = house.services.gate.reviews.questions
    asked = questions.ask(shown.row.id, person=shown.pending.people[0], text="Why?").remarks[-1].id
    return Attempt(
        services=lambda: questions.answer(shown.row.id, asked, author=actor, text="Because."),
        cli=("answer", shown.row.id, asked, "Because."),
        api=("POST", f"/drafts/{shown.row.id}/questions/{asked}/answer", {"text": "Because."}),
        draft=shown,
    )


def _reopen(house: House, actor: str, relation: Relation) -> Attempt:
    shown = house.expired(actor, relation)
    row = shown.row
    return Attempt(
        services=lambda: house.services.gate.reopen(row.id, person=actor, digest=row.digest, reason="test"),
        cli=("reopen", row.id),
        api=("POST", f"/drafts/{row.id}/reopen", {"digest": row.digest}),
        draft=shown,
    )


def _settle_send(house: House, actor: str, relation: Relation) -> Attempt:
    shown = house.stuck(actor, relation)
    row, reason = shown.row, "not among the sent mail"
    return Attempt(
        services=lambda: house.services.gate.settle_send(
            row.id, person=actor, digest=row.digest, left=False, reason=reason
        ),
        cli=("settle", row.id, "--never-left", "--reason", reason),
        api=("POST", f"/drafts/{row.id}/delivery", {"digest": row.digest, "left": False, "reason": reason}),
        draft=shown,
    )


def _absence(house: House, actor: str, relation: Relation) -> Attempt:
    whose, start = house.colleague(actor, relation), house.clock.now() + timedelta(days=300)
    absences, until = house.services.gate.reviews.absences, start + timedelta(hours=1)
    return Attempt(
        services=lambda: absences.add(person=whose, start=start, until=until, delegate=None, by=actor),
        cli=("away", "set", "--person", whose, "--from", start.isoformat(), "--until", until.isoformat()),
        api=("POST", "/absences", {"person": whose, "start": start.isoformat(), "until": until.isoformat()}),
    )


def _agent(house: House, actor: str, _: Relation) -> Attempt:
    shown = house.about("agent:bot-two")
    row = shown.row
    word = {"agent": "bot-two", "digest": row.digest, "decision": "approve", "reason": "test"}
    return Attempt(
        services=lambda: hand_on(
            house.services.gate,
            row.id,
            agent="bot-two",
            by=house.person(actor),
            verdict=Verdict.APPROVE,
            digest=row.digest,
            reason="test",
        ),
        api=("POST", f"/drafts/{row.id}/agent-decision", word),
        draft=shown,
    )


# ── what has left ─────────────────────────────────────────────────────────────────────────────────────────────


def _incident(house: House, actor: str, relation: Relation) -> Attempt:
    shown, of = house.sent(actor, relation), house.services
    return Attempt(
        services=lambda: record_incident(
            of.store,
            of.ids,
            of.opened.world.people,
            shown.row.id,
            reason="test",
            person=house.person(actor),
            now=house.clock.now(),
        ),
        cli=("incident", shown.row.id, "--reason", "test"),
        api=("POST", f"/drafts/{shown.row.id}/incidents", {"reason": "test"}),
        draft=shown,
    )


def _look(house: House, actor: str, relation: Relation) -> Attempt:
    shown, of = house.sampled(actor, relation), house.services
    return Attempt(
        services=lambda: look(
            of.store,
            of.ids,
            of.opened.world.people,
            shown.row.id,
            seen=Look.FINE,
            person=house.person(actor),
            now=house.clock.now(),
        ),
        cli=("samples", "look", shown.row.id, "--fine"),
        api=("POST", f"/samples/{shown.row.id}/look", {"look": "fine"}),
        draft=shown,
    )


def _earned(house: House, actor: str, _: Relation) -> Attempt:
    def read() -> object:
        with house.services.store.read() as reader:
            return promotions.overview(reader, house.services.gate.policy.read(reader))

    return Attempt(services=read, api=("GET", "/autonomy", None))


def _sign(house: House, actor: str, _: Relation) -> Attempt:
    subject, of = house.earned(), house.services
    return Attempt(
        services=lambda: promotions.sign(
            of.store, of.ids, of.gate.policy, subject, person=house.person(actor), now=house.clock.now()
        ),
        cli=("autonomy", "sign", subject.agent, subject.action, subject.tier.value),
    )


# ── the ledger and the trail ──────────────────────────────────────────────────────────────────────────────────


def _ledger(house: House, actor: str, _: Relation) -> Attempt:
    def read() -> object:
        with house.services.store.read() as reader:
            return entries(reader)

    return Attempt(services=read, api=("GET", "/commitments", None))


def _settle(house: House, actor: str, relation: Relation) -> Attempt:
    promise = house.promise(actor, relation)
    return Attempt(
        services=lambda: settle(
            house.services.store,
            promise,
            CommitmentState.KEPT,
            person=house.person(actor),
            reason="",
            now=house.clock.now(),
        ),
        cli=("ledger", "set", promise, "kept"),
        api=("PATCH", f"/commitments/{promise}", {"state": "kept"}),
    )


def _trail(house: House, actor: str, relation: Relation) -> Attempt:
    shown = house.waiting(actor, relation)

    def read() -> object:
        people = house.services.opened.world.people
        with house.services.store.read() as reader:
            return trail_for(reader, person=house.person(actor), people=people, draft=shown.row.id)

    return Attempt(
        services=read,
        cli=("audit", "--draft", shown.row.id),
        api=("GET", f"/audit?draft={shown.row.id}", None),
        draft=shown,
    )


def _verify(house: House, actor: str, _: Relation) -> Attempt:
    def read() -> object:
        with house.services.store.snapshot() as reader:
            return verify_store(reader, person=house.person(actor))

    return Attempt(services=read, cli=("audit", "verify"))


def _export(house: House, actor: str, _: Relation) -> Attempt:
    def read() -> object:
        with house.services.store.read() as reader:
            return list(export_lines(reader, person=house.person(actor)))

    return Attempt(services=read, cli=("audit", "export"))


# ── the rules ─────────────────────────────────────────────────────────────────────────────────────────────────


def _policy(house: House, actor: str, _: Relation) -> Attempt:
    def read() -> object:
        with house.services.store.read() as reader:
            return service.published(reader)

    return Attempt(services=read)


def _propose(house: House, actor: str, _: Relation) -> Attempt:
    text, of = house.next_policy(), house.services
    return Attempt(
        services=lambda: proposals.propose(
            of.store, text, person=house.person(actor), note="", ids=of.ids, now=house.clock.now()
        ),
        cli=("policy", "propose", _written(house, text)),
    )


def _written(house: House, text: str) -> str:
    file = house.folder / f"{house.services.ids.new('no')}.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def _review(house: House, actor: str, relation: Relation) -> Attempt:
    proposal = house.proposal(actor if relation is Relation.OWN else REVIEWER)
    return Attempt(
        services=lambda: proposals.review(
            house.services.store,
            proposal.id,
            person=house.person(actor),
            verdict=Verdict.APPROVE,
            reason="read",
            now=house.clock.now(),
        ),
        cli=("policy", "review", proposal.id, "--approve", "--reason", "read"),
    )


def _publish(house: House, actor: str, _: Relation) -> Attempt:
    proposal, of = house.proposal(REVIEWER, approved=True), house.services
    return Attempt(
        services=lambda: service.publish_proposal(
            of.store, proposal.id, person=house.person(actor), now=house.clock.now()
        ),
        cli=("policy", "publish", proposal.id),
    )


def _except(house: House, actor: str, _: Relation) -> Attempt:
    text, of = house.next_policy(), house.services
    return Attempt(
        services=lambda: service.publish(
            of.store, text, person=house.person(actor), now=house.clock.now(), without_review="test"
        ),
        cli=("policy", "publish", _written(house, text), "--without-review", "test"),
    )


# ── the switch, tokens, people ────────────────────────────────────────────────────────────────────────────────


def _stop(scope: StopScope) -> Try:
    def prepared(house: House, actor: str, _: Relation) -> Attempt:
        subject = "" if scope is StopScope.ALL else "a-bot"
        of = house.services
        return Attempt(
            services=lambda: switch.stop(
                of.store,
                of.ids,
                scope=scope,
                subject=subject,
                reason="test",
                person=house.person(actor),
                now=house.clock.now(),
            ),
            cli=("stop", "--reason", "test", *(("--agent", subject) if subject else ("--all",))),
            api=("POST", "/stops", {"scope": scope.value, "subject": subject, "reason": "test"}),
        )

    return prepared


def _issue(house: House, actor: str, _: Relation) -> Attempt:
    of = house.services
    return Attempt(
        services=lambda: tokens.issue(
            of.store, of.ids, person=house.person(actor), scopes=["drafts:read"], days=1, now=house.clock.now()
        ),
        cli=("tokens", "issue", "--scope", "drafts:read"),
    )


def _revoke(house: House, actor: str, relation: Relation) -> Attempt:
    token = house.token(actor, relation)
    return Attempt(
        services=lambda: tokens.revoke(
            house.services.store, token, person=house.person(actor), now=house.clock.now()
        ),
        cli=("tokens", "revoke", token),
    )


def _everybody(house: House, actor: str, _: Relation) -> Attempt:
    return Attempt(services=house.services.opened.world.people.everybody)


def _enrol(house: House, actor: str, _: Relation) -> Attempt:
    return Attempt(services=lambda: house.services.second_factors.begin(house.person(actor)), cli=("people", "totp"))


def _reset(house: House, actor: str, relation: Relation) -> Attempt:
    whose = house.colleague(actor, relation)
    return Attempt(
        services=lambda: house.services.second_factors.reset(
            house.person(whose), by=house.person(actor), reason="lost"
        ),
        cli=("people", "reset", whose, "--reason", "lost"),
    )


TRIES: Mapping[Operation, Try] = {
    Operation.DRAFT_SUBMIT: _submit,
    Operation.VIEW: _view,
    Operation.RESOLVE: _resolve,
    Operation.CODE: _code,
    Operation.AGENT: _agent,
    Operation.EDIT: _edit,
    Operation.REJECT: _reject,
    Operation.UNDO: _undo,
    Operation.SETTLE: _settle_send,
    Operation.REASSIGN: _reassign,
    Operation.ASK: _ask,
    Operation.ANSWER: _answer,
    Operation.REOPEN: _reopen,
    Operation.ABSENCE: _absence,
    **{operation: ACTION_TRIES[operation] for operation in ACTION_TRIES if operation.startswith("action:")},
    Operation.LEDGER_VIEW: _ledger,
    Operation.LEDGER_SETTLE: _settle,
    Operation.AUDIT_VIEW: _trail,
    Operation.AUDIT_VERIFY: _verify,
    Operation.AUDIT_EXPORT: _export,
    Operation.POLICY_VIEW: _policy,
    Operation.POLICY_PROPOSE: _propose,
    Operation.POLICY_REVIEW: _review,
    Operation.POLICY_PUBLISH: _publish,
    Operation.POLICY_EXCEPT: _except,
    Operation.STOP_AGENT: _stop(StopScope.AGENT),
    Operation.STOP_ALL: _stop(StopScope.ALL),
    Operation.TOKENS_ISSUE: _issue,
    Operation.TOKENS_MANAGE: _revoke,
    Operation.PEOPLE_VIEW: _everybody,
    Operation.IDENTITY_ENROL: _enrol,
    Operation.IDENTITY_RESET: _reset,
    **ACCOUNT_TRIES,
    Operation.INCIDENT: _incident,
    Operation.SAMPLE_LOOK: _look,
    Operation.AUTONOMY_VIEW: _earned,
    Operation.AUTONOMY_SIGN: _sign,
}
