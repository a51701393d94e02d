"""The project's own labelled mails (tests/golden/emails) in the shape of the other labelled mails."""

from extractors.training.report.mails import SLOTS, LabelledCommitment, LabelledDate, LabelledMail, Mails
from tests.support.golden_emails import GoldenEmail, load_golden_emails


def golden_mails() -> Mails:
    return tuple(_labelled(email) for email in load_golden_emails())


def _labelled(email: GoldenEmail) -> LabelledMail:
    return LabelledMail(
        id=email.id,
        text=email.text,
        subject=email.subject,
        sent_at=email.sent_at,
        timezone=email.timezone,
        authored=tuple((span.start, span.end) for span in email.authored),
        commitments=tuple(
            LabelledCommitment(
                span=(label.start, label.end),
                strength=label.strength,
                kind=label.kind,
                slots={slot: getattr(label, slot) for slot in SLOTS},
                due_day=label.due_day,
            )
            for label in email.commitments
        ),
        dates=tuple(LabelledDate(span=(label.start, label.end), due_day=label.due_day) for label in email.dates),
        attachments=tuple((label.start, label.end) for label in email.attachments),
        debatable=tuple((span.start, span.end) for span in email.debatable),
    )
