"""Deadlines as sales mails put them, seen from many zones and moments; each day is worked out from the definitions.

Data only: a situation, then sentences with one date each and the day it is due on (None where it has none).
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Situation:
    """When and where a mail is sent, and by which calendar."""

    sent_at: str
    zone: str
    holidays: str | None = None
    locale: str | None = None
    cases: tuple[tuple[str, str | None], ...]


# Wednesday morning in November; Thanksgiving is on Thursday the 26th.
NEW_YORK = Situation(
    sent_at="2026-11-18T10:00:00-05:00",
    zone="America/New_York",
    holidays="US",
    cases=(
        ("I'll send the quote by Friday.", "2026-11-20"),
        ("I'll send the quote by Fri EOD.", "2026-11-20"),
        ("You'll have it by EOD Friday.", "2026-11-20"),
        ("You'll have it Friday by close of business.", "2026-11-20"),
        ("We will deliver by COB tomorrow.", "2026-11-19"),
        ("I'll get this over to you by Wednesday.", "2026-11-25"),
        ("The draft reaches you by next Tuesday.", "2026-11-24"),
        ("The draft reaches you by Tuesday next week.", "2026-11-24"),
        ("The draft reaches you on Tuesday of next week.", "2026-11-24"),
        ("We'll reply next week on Tuesday.", "2026-11-24"),
        ("I'll revert a week from Friday.", "2026-11-27"),
        ("I'll call you two weeks from tomorrow.", "2026-12-03"),
        ("I'll call you the day after tomorrow.", "2026-11-20"),
        ("We'll turn it around within 48 hours.", "2026-11-20"),
        ("We'll turn it around in 3 business days.", "2026-11-23"),
        ("We'll turn it around within five working days.", "2026-11-25"),
        ("We'll turn it around within 7 business days.", "2026-11-30"),  # 19 20 23 24 25, the 26th is off, 27, 30
        ("I'll have an answer by the next business day.", "2026-11-19"),
        ("I'll have an answer in a couple of days.", "2026-11-20"),
        ("I'll have an answer in ten days.", "2026-11-28"),
        ("I'll have an answer in 10 days' time.", "2026-11-28"),
        ("I'll have an answer in a fortnight.", "2026-12-02"),
        ("I'll have an answer in two weeks.", "2026-12-02"),
        ("I'll have an answer within two weeks.", "2026-12-02"),
        ("I'll have an answer over the next two weeks.", "2026-12-02"),
        ("I'll have an answer two weeks from now.", "2026-12-02"),
        ("I'll have an answer in a month.", "2026-12-18"),
        ("I'll have an answer in six months.", "2027-05-18"),
        ("I'll have an answer in 3-5 days.", "2026-11-23"),
        ("I'll have an answer within the hour.", "2026-11-18"),
        ("I'll call you back in 30 minutes.", "2026-11-18"),
        ("I'll call you back within 15 minutes.", "2026-11-18"),
        ("The report will be with you this week.", "2026-11-20"),
        ("The report will be with you by end of week.", "2026-11-20"),
        ("The report will be with you by EOW.", "2026-11-20"),
        ("The report will be with you next week.", "2026-11-27"),
        ("The report will be with you early next week.", "2026-11-24"),
        ("The report will be with you mid next week.", "2026-11-25"),
        ("The report will be with you late next week.", "2026-11-27"),
        ("The report will be with you by the end of next week.", "2026-11-27"),
        ("The report will be with you the week after next.", "2026-12-04"),
        ("The report will be with you in the week of December 7.", "2026-12-11"),
        ("The report will be with you the week of the 7th of December.", "2026-12-11"),
        ("The report will be with you w/c 7 December.", "2026-12-11"),
        ("The report will be with you the first week of December.", "2026-12-04"),
        ("The report will be with you over the weekend.", "2026-11-22"),
        ("The report will be with you this month.", "2026-11-30"),
        ("The report will be with you by month-end.", "2026-11-30"),
        ("The report will be with you by the end of the month.", "2026-11-30"),
        ("The report will be with you by EOM.", "2026-11-30"),
        ("The report will be with you next month.", "2026-12-31"),
        ("The report will be with you early next month.", "2026-12-10"),
        ("The report will be with you by early December.", "2026-12-10"),
        ("The report will be with you by mid-December.", "2026-12-20"),
        ("The report will be with you in late December.", "2026-12-31"),
        ("The report will be with you by the end of January.", "2027-01-29"),
        ("The report will be with you in January.", "2027-01-29"),
        ("The report will be with you in the second half of January.", "2027-01-29"),
        ("The report will be with you by the end of the quarter.", "2026-12-31"),
        ("The report will be with you by EOQ.", "2026-12-31"),
        ("The report will be with you next quarter.", "2027-03-31"),
        ("The report will be with you by the end of Q1.", "2027-03-31"),
        ("The report will be with you in Q1 2027.", "2027-03-31"),
        ("The report will be with you in the first quarter of next year.", "2027-03-31"),
        ("The report will be with you by year-end.", "2026-12-31"),
        ("The report will be with you by end of year.", "2026-12-31"),
        ("The report will be with you by EOY.", "2026-12-31"),
        ("The report will be with you in H1 2027.", "2027-06-30"),
        ("The report will be with you in the first half of 2027.", "2027-06-30"),
        ("The report will be with you in 2027.", "2027-12-30"),  # New Year 2028 is kept on the Friday before
        ("The report will be with you by Dec 4.", "2026-12-04"),
        ("The report will be with you by Dec. 4th, 2026.", "2026-12-04"),
        ("The report will be with you by 4 December.", "2026-12-04"),
        ("The report will be with you by the 4th of December.", "2026-12-04"),
        ("The report will be with you by Friday, December 4.", "2026-12-04"),
        ("The report will be with you by Friday the 4th.", "2026-12-04"),
        ("The report will be with you by the 20th.", "2026-11-20"),
        ("The report will be with you by the 4th.", "2026-12-04"),
        ("The report will be with you by 12/4.", "2026-12-04"),
        ("The report will be with you by 12/04/2026.", "2026-12-04"),
        ("The report will be with you by 2026-12-04.", "2026-12-04"),
        ("The report will be with you before December 4.", "2026-12-03"),
        ("The report will be with you before Monday.", "2026-11-22"),
        ("The report will be with you on or before December 4.", "2026-12-04"),
        ("The report will be with you no later than December 4.", "2026-12-04"),
        ("The report will be with you after December 4.", None),
        ("The report will be with you by Thanksgiving.", "2026-11-26"),
        ("The report will be with you before Christmas.", "2026-12-24"),
        ("The report will be with you by noon.", "2026-11-18"),
        ("The report will be with you by noon tomorrow.", "2026-11-19"),
        ("The report will be with you by 5.", "2026-11-18"),
        ("The report will be with you by 5pm on Thursday.", "2026-11-19"),
        ("The report will be with you by 9am.", "2026-11-19"),
        ("The report will be with you by midnight.", "2026-11-18"),
        ("The report will be with you by midnight Friday.", "2026-11-20"),
        ("The report will be with you tonight.", "2026-11-18"),
        ("The report will be with you this afternoon.", "2026-11-18"),
        ("The report will be with you in the morning.", "2026-11-19"),
        ("The report will be with you first thing tomorrow.", "2026-11-19"),
        ("The report will be with you first thing Monday.", "2026-11-23"),
        ("The report will be with you later today.", "2026-11-18"),
        ("The report will be with you tomorow.", "2026-11-19"),
        ("The report will be with you by wendesday.", "2026-11-25"),
        ("The report will be with you by the end of febuary.", "2027-02-26"),
        ("The report will be with you by Thrusday.", "2026-11-19"),
        ("I'm free Friday 2-4pm.", "2026-11-20"),
        ("I'm free Friday between 10 and noon.", "2026-11-20"),
        ("We run the pilot from Nov 23 to Dec 4.", "2026-12-04"),
        ("We run the pilot December 7-11.", "2026-12-11"),
        ("We run the pilot between January 4 and January 8.", "2027-01-08"),
        ("We'll close it on the last Friday of the month.", "2026-11-27"),
        ("We'll close it on the first Monday of December.", "2026-12-07"),
        ("We'll close it on the last business day of November.", "2026-11-30"),
        ("We'll close it on the third business day of December.", "2026-12-03"),
        ("We'll close it on the Monday after Thanksgiving.", "2026-11-30"),
        ("We'll close it two days after Thanksgiving.", "2026-11-28"),
        ("We'll close it the day before Thanksgiving.", "2026-11-25"),
        ("We'll close it the week before Christmas.", "2026-12-18"),
        ("We'll close it 10 business days from today.", "2026-12-03"),  # Thanksgiving is off
        ("We'll close it 45 days from December 1.", "2027-01-15"),
        ("We'll close it a week on Tuesday.", "2026-12-01"),
        ("We'll close it in a week or two.", "2026-12-02"),
        ("We'll close it two Fridays from now.", "2026-11-27"),
        ("We'll close it by midweek.", "2026-11-18"),
        ("We'll close it by the quarter's end.", "2026-12-31"),
        ("We'll close it on Mon-Wed.", "2026-11-25"),
        ("We'll close it on December 1, 3 and 8.", "2026-12-08"),
        ("We'll close it by 11/20 (Fri).", "2026-11-20"),
        ("We'll close it by 2026 Nov 27.", "2026-11-27"),
        ("We'll close it at 1500 hrs.", "2026-11-18"),
        ("We'll close it at half past three.", "2026-11-18"),
        ("We'll close it at 3pm GMT.", "2026-11-19"),  # it is 15:00 in London already
        ("We'll close it tonight at 9.", "2026-11-18"),
        ("We'll close it by the end of summer.", "2027-08-31"),
        ("We'll close it the rest of this week.", "2026-11-20"),
        ("We'll close it in the last week of November.", "2026-11-27"),
        ("We'll close it in the first two weeks of December.", "2026-12-11"),
        ("We'll close it in week 49 of 2026.", "2026-12-04"),
        ("We'll close it in 1Q27.", "2027-03-31"),
        ("We'll close it on Tuesday, Nov 25.", "2026-11-25"),
        ("We'll have all your questions answered within 2 business days.", "2026-11-20"),
        ("The deadline has been extended to December 11.", "2026-12-11"),
        ("The review is scheduled for Nov 23.", "2026-11-23"),
        ("I've blocked Thursday 2-3pm.", "2026-11-19"),
        ("Tickets are answered within 15 minutes.", None),
        ("The invoice was due on October 30.", None),
        ("Shipped Nov 12.", None),
        ("Your invoice from November 3 is attached.", None),
        ("We will pay within 30 days of signature.", None),
        ("We pay invoices within 30 days from receipt.", None),
        ("I sent it on Monday.", None),
        ("We met last week.", None),
        ("It has been live since June.", None),
    ),
)

# Friday evening, the last working day of October.
BERLIN = Situation(
    sent_at="2026-10-30T18:45:00+01:00",
    zone="Europe/Berlin",
    holidays="DE",
    cases=(
        ("I'll send it by Friday.", "2026-11-06"),
        ("I'll send it by Monday.", "2026-11-02"),
        ("I'll send it by EOD.", "2026-10-30"),
        ("I'll send it tonight.", "2026-10-30"),
        ("I'll send it by next Friday.", "2026-11-06"),
        ("I'll send it in 3 business days.", "2026-11-04"),
        ("I'll send it within 24 hours.", "2026-10-31"),
        ("I'll send it early next week.", "2026-11-03"),
        ("I'll send it by the end of next month.", "2026-11-30"),
        ("I'll send it by 5/11.", "2026-11-05"),
        ("I'll send it by 05.11.2026.", "2026-11-05"),
        ("I'll send it on Monday, 02.11.", "2026-11-02"),
        ("I'll send it in calendar week 47.", "2026-11-20"),
        ("I'll send it in KW 47.", "2026-11-20"),
        ("I'll send it on Monday at 10am ET.", "2026-11-02"),
        ("I'll send it at 14:30 on 3 November.", "2026-11-03"),
        ("I'll send it by the end of the weekend.", "2026-11-01"),
    ),
)

# New Year's Eve; Friday 1 January is a holiday.
LONDON = Situation(
    sent_at="2026-12-31T16:00:00+00:00",
    zone="Europe/London",
    holidays="GB",
    cases=(
        ("We'll confirm tomorrow.", "2027-01-01"),
        ("We'll confirm within one business day.", "2027-01-04"),
        ("We'll confirm in 3 working days.", "2027-01-06"),
        ("We'll confirm by Thursday.", "2027-01-07"),
        ("We'll confirm next week.", "2027-01-08"),
        ("We'll confirm by EOD.", "2026-12-31"),
        ("We'll confirm by the end of the year.", "2026-12-31"),
        ("We'll confirm next month.", "2027-01-29"),
        ("We'll confirm in January.", "2027-01-29"),
        ("We'll confirm by mid-January.", "2027-01-20"),
        ("We'll confirm by 03/02/2027.", "2027-02-03"),
        ("We'll confirm by 3 Feb.", "2027-02-03"),
        ("We'll confirm next quarter.", "2027-03-31"),
        ("We'll confirm by close of play Monday.", "2027-01-04"),
        ("We'll confirm on Monday week.", "2027-01-11"),
        ("We'll confirm by Easter.", "2027-03-28"),
    ),
)

# The Sunday on which the clocks go forward.
LONDON_SPRING = Situation(
    sent_at="2026-03-29T09:00:00+01:00",
    zone="Europe/London",
    holidays="GB",
    cases=(
        ("I'll write by Sunday.", "2026-04-05"),
        ("I'll write by next Tuesday.", "2026-03-31"),
        ("I'll write next week.", "2026-04-02"),  # Friday 3 April is Good Friday
        ("I'll write within 24 hours.", "2026-03-30"),
        ("I'll write within 2 working days.", "2026-03-31"),
        ("I'll write in 5 business days.", "2026-04-07"),  # Good Friday and Easter Monday are off
        ("I'll write by EOM.", "2026-03-31"),
        ("I'll write by the end of Q1.", "2026-03-31"),
        ("I'll write by EOW.", "2026-04-02"),
        ("I'll write tomorrow at 8.", "2026-03-30"),
    ),
)

# The Saturday evening before the clocks go back, the last day of October.
NEW_YORK_AUTUMN = Situation(
    sent_at="2026-10-31T20:00:00-04:00",
    zone="America/New_York",
    cases=(
        ("I'll answer within 24 hours.", "2026-11-01"),
        ("I'll answer within 28 hours.", "2026-11-01"),  # 23:00, an hour being passed twice
        ("I'll answer within 30 hours.", "2026-11-02"),
        ("I'll answer in 2 days.", "2026-11-02"),
        ("I'll answer by Saturday.", "2026-11-07"),
        ("I'll answer by Sunday night.", "2026-11-01"),
        ("I'll answer by EOM.", "2026-10-31"),
        ("I'll answer in one business day.", "2026-11-02"),
        ("I'll answer by 11/6.", "2026-11-06"),
    ),
)

KOLKATA = Situation(
    sent_at="2027-02-15T08:30:00+05:30",
    zone="Asia/Kolkata",
    cases=(
        ("We shall share the PO by Monday.", "2027-02-22"),
        ("We shall share the PO by 20th.", "2027-02-20"),
        ("We shall share the PO by 20th Feb.", "2027-02-20"),
        ("We shall share the PO on 5/3.", "2027-03-05"),
        ("We shall share the PO by month end.", "2027-02-26"),
        ("We shall share the PO at 10 pm ET.", "2027-02-15"),  # still the 14th in New York, 22:00 on it by then gone
        ("We shall share the PO by 6 pm IST.", "2027-02-15"),
        ("We shall share the PO tomorrow forenoon.", "2027-02-16"),
        ("We shall share the PO within 2 working days.", "2027-02-17"),
        ("We shall share the PO at 3 your time.", None),
        ("We shall share the PO on Friday at 3 your time.", "2027-02-19"),
    ),
)

# A quarter-hour zone late on the last day of a quarter.
KATHMANDU = Situation(
    sent_at="2026-06-30T23:30:00+05:45",
    zone="Asia/Kathmandu",
    cases=(
        ("We'll deliver within the hour.", "2026-07-01"),
        ("We'll deliver by the end of the quarter.", "2026-06-30"),
        ("We'll deliver next quarter.", "2026-09-30"),
        ("We'll deliver tomorrow.", "2026-07-01"),
        ("We'll deliver by mid-July.", "2026-07-20"),
        ("We'll deliver in three weeks.", "2026-07-21"),
    ),
)

# Sunday night in winter.
ADELAIDE = Situation(
    sent_at="2026-08-16T21:00:00+09:30",
    zone="Australia/Adelaide",
    cases=(
        ("I'll follow up this week.", "2026-08-16"),
        ("I'll follow up next week.", "2026-08-21"),
        ("I'll follow up by Tuesday noon.", "2026-08-18"),
        ("I'll follow up by the end of August.", "2026-08-31"),
        ("I'll follow up in spring.", "2026-11-30"),
        ("I'll follow up by 1/9.", "2026-09-01"),
        ("I'll follow up in 4 business days.", "2026-08-20"),
    ),
)

# Friday evening, the last working day of February.
LOS_ANGELES = Situation(
    sent_at="2026-02-27T17:30:00-08:00",
    zone="America/Los_Angeles",
    cases=(
        ("Contract comes Monday morning.", "2026-03-02"),
        ("Contract comes by Tues.", "2026-03-03"),
        ("Contract comes by end of month.", "2026-02-27"),
        ("Contract comes 3/6.", "2026-03-06"),
        ("Contract comes March 6th.", "2026-03-06"),
        ("Contract comes the first week of March.", "2026-03-06"),
        ("Contract comes by 8pm PT.", "2026-02-27"),
        ("Contract comes by 9am Eastern time on Monday.", "2026-03-02"),
        ("Contract comes in the next couple of business days.", "2026-03-03"),
        ("Contract comes by the 1st.", "2026-03-01"),
    ),
)

# The day before a leap day.
SAO_PAULO = Situation(
    sent_at="2028-02-28T09:00:00-03:00",
    zone="America/Sao_Paulo",
    cases=(
        ("Signed copy follows by the end of the month.", "2028-02-29"),
        ("Signed copy follows tomorrow.", "2028-02-29"),
        ("Signed copy follows by Feb 29.", "2028-02-29"),
        ("Signed copy follows in a year.", "2029-02-28"),
        ("Signed copy follows by 10/3.", "2028-03-10"),
        ("Signed copy follows in 1 month.", "2028-03-28"),
    ),
)

SITUATIONS = {
    "New York": NEW_YORK,
    "Berlin": BERLIN,
    "London": LONDON,
    "London, clocks forward": LONDON_SPRING,
    "New York, clocks back": NEW_YORK_AUTUMN,
    "Kolkata": KOLKATA,
    "Kathmandu": KATHMANDU,
    "Adelaide": ADELAIDE,
    "Los Angeles": LOS_ANGELES,
    "São Paulo": SAO_PAULO,
}
