"""The product's own dates, asked in the way the libraries are."""

from collections.abc import Sequence

from extractors import DateMention, WorkingHours
from extractors.dates import Moment, business_calendar, find_dates
from extractors.segments import sentences
from extractors.training.baselines.dates import DateAnswer, DateQuestion


def as_answer(mention: DateMention) -> DateAnswer:
    return DateAnswer(
        span=(mention.start, mention.end),
        first_day=mention.from_.date() if mention.from_ else None,
        due_day=mention.due_day,
    )


class Product:
    """Countersign itself, with a working week of Monday to Friday and no public holidays off."""

    name = "Countersign"

    def missing(self) -> str | None:
        return None

    def find(self, questions: Sequence[DateQuestion]) -> list[list[DateAnswer]]:
        return [[as_answer(mention) for mention in self._mentions(question)] for question in questions]

    def _mentions(self, question: DateQuestion) -> list[DateMention]:
        zone = question.sent_at.tzinfo
        if zone is None:
            raise ValueError("a question's moment of sending has no zone; give an aware one")
        moment = Moment(
            sent_at=question.sent_at,
            zone=zone,
            calendar=business_calendar(WorkingHours(), None),
            day_first=question.day_first,
        )
        return [mention for sentence in sentences(question.text) for mention in find_dates(sentence, moment)]
