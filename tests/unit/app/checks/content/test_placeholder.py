"""Blanks that were never filled in."""

from __future__ import annotations

import pytest

from app.core.checks import Severity
from app.core.findings import Findings
from tests.unit.app.checks.builders import ACME, DANA, draft, facts, found, results, rewritten


@pytest.mark.parametrize(
    "text",
    [
        "Hi [NAME],",
        "You run it with <number of drivers> drivers.",
        "Hi {{first_name}},",
        "Hi {first_name},",
        "Hi <First Name>,",
        "at <COMPANY>",
        "see [insert Teams link here]",
        "recording: [link]",
        "[Your Company] is growing",
        "a discount of XX%",
        "only $XX per seat",
        "Hi *|FNAME|*",
        "Hi %%name%%",
        "Lorem ipsum dolor",
        "for ${amount}",
    ],
)
def test_blanks_are_found(text: str) -> None:
    (result,) = results("content.placeholder", found(text), facts())

    assert result.severity is Severity.HIGH


@pytest.mark.parametrize(
    "text",
    [
        "as agreed [1] and [sic]",
        "see [link](https://acme.example)",
        "[EXTERNAL] [Acme] kickoff",
        "mail <dana@acme.example> or <https://acme.example/name>",
        "write `{{ticket_id}}` in your template",
        "the XXL shirts at 20%",
        "call 555-XXXX",
        "[x] done [ ] open",
        "a <b>bold</b> claim",
        "xxx Dana",
        "5 < price > 3",
    ],
)
def test_brackets_that_are_meant_are_not(text: str) -> None:
    assert results("content.placeholder", found(text), facts()) == []


def test_a_tbd_is_only_worth_a_note() -> None:
    (result,) = results("content.placeholder", found("Room: TBD"), facts())

    assert result.severity is Severity.LOW
    assert results("content.placeholder", found("the tbdata table"), facts()) == []


def test_a_blank_in_the_subject_counts() -> None:
    (result,) = results("content.placeholder", found("Hi"), facts(), draft(subject="For {{company}}"))

    assert result.spans == ()


@pytest.mark.parametrize(
    "text",
    [
        "Hi {{ contact.firstname }},\n\nok",
        "Dear ,\n\nok",
        "Hi ,\n\nok",
        "Hi undefined,\n\nx",
        "Hello null,\nx",
        "Dear None,\n\nx",
        "Hi {!Contact.FirstName},",
        "Hi *|FNAME|*,",
        "Hi %FIRSTNAME%,",
        "Hi <<First Name>>,",
        "we can do XXX seats for you",
        "by XX/XX",
        "Dear XXX,",
        "at XX:XX",
        "Hi [First Name],\n\nx",
        "It was great to meet you at [event].",
        "I saw that [company] raised",
        "call on [insert date]",
        "our price for [X] seats",
        "Regards,\n[Your Name]",
        "{{sender.name}}",
        "Hi ____,\n\nx",
        "we sell ??? seats",
        "total is $NaN",
        "it costs undefined per seat",
        "NaN% faster",
        "Hi [[FIRST_NAME]],",
        "Hi there FIRST_NAME",
        "Dear Name,",
        "Hi FirstName,",
        "<insert pricing here>",
        "We meet on [object Object] ok",
        "on DD/MM/YYYY",
        "Dear Mr. ,",
        "I'd like to show it to None.",
        "at undefined, you",
        "{0} seats",
        "Hi {firstName},",
        "(insert link here)",
        "Hello {{lead.First Name:default=there}},",
        "Hi ${firstName}",
        "The date is Invalid Date.",
        "Dear [Mr./Ms. Last Name],",
        "[Link to calendar]",
        "<%= name %>",
        "See [relevant case study] for",
        "Hi [Elena],",
        "[Insert Case Study]",
        "Hi {name}",
        "%%first_name%%",
        "Hi {FIRST_NAME|there},",
        "price: €XX,XXX",
        "[DATE/TIME]",
        "[Company X]",
        "[TBD]",
    ],
)
def test_many_forms_of_blanks_are_found(text: str) -> None:
    assert results("content.placeholder", found(text), facts())


@pytest.mark.parametrize(
    "text",
    [
        "Hi,\n\nok",
        "Hello,\nok",
        "Dear all,\nok",
        "Hi there,",
        "None of these apply.",
        "null values are kept; undefined fields are dropped",
        "There are none, and null pointers",
        "call 555-XXXX",
        "card XXXX-XXXX-XXXX-1234",
        "XXL shirts",
        "Name: ________\nDate: ______",
        "the {{first_name}} tag isn't filled in your export",
        "we use `[NAME]`",
        "Is that right??",
        "What??? yes",
        "[1] see note",
        "[x] done",
        "__bold__ text",
        "the field COMPANY_NAME",
        "the COMPANY_NAME column",
        "format YYYY-MM-DD please",
        "a 20% lift",
        "Windows XP and XXI century",
        "N/A",
        "It is null and void",
        "one of none, two",
        "Undefined behaviour is bad",
        "5 < 10 > 3",
        "[EXTERNAL] note",
        "<https://a.example/name>",
        "[Acme] kickoff",
        "to: [Elena]",
        "Hello !",
        "Dear Sir or Madam,",
        "None.",
        "the result is null.",
        "[link](https://x.example)",
        "[Name](mailto:x@y.example)",
        "Thanks, see you soon :)\n____\nMaya",
    ],
)
def test_what_only_looks_like_a_blank_is_not(text: str) -> None:
    assert results("content.placeholder", found(text), facts()) == []


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hi {{first_name}},\n\nhello.", "Hi Dana,\n\nhello."),
        ("Dear Ms. [Last Name],\n\nhello.", "Dear Ms. Reyes,\n\nhello."),
        ("Hi undefined,\n\nhello.", "Hi Dana,\n\nhello."),
        ("Dear ,\n\nhello.", "Dear Dana,\n\nhello."),
        ("Good news for [COMPANY].", "Good news for Acme Mills."),
        ("Hello.\n\nBest,\n[Your Name]", "Hello.\n\nBest,\nSam Ito"),
    ],
)
def test_a_name_that_is_known_is_suggested(text: str, filled: str) -> None:
    (result,) = results("content.placeholder", found(text), facts())

    assert rewritten(found(text), result) == filled
    assert results("content.placeholder", found(filled), facts()) == []


def test_no_name_is_suggested_for_several_readers_or_a_stranger() -> None:
    two = draft(to=(DANA.email, "hank@acme.example"))

    for mail, world in ((two, facts()), (draft(), facts(recipients=(), account=ACME))):
        (result,) = results("content.placeholder", found("Hi [NAME],"), world, mail)
        assert result.suggestion is None


def test_a_blank_in_the_signature_counts() -> None:
    text = "Hi Dana,\n\nhello.\n\nBest,\n[Your Title]"
    signed = Findings(text=text, authored=((0, 24),))

    assert results("content.placeholder", signed, facts())


@pytest.mark.parametrize(
    "text",
    [
        "It was great to meet you at [EVENT NAME] last week.",
        "Your plan of undefined seats renews on null.",
        "I noticed that {{company}} is hiring.",
        "The price is $XXX per seat.",
        "See you on <date>.",
        "We could meet at XX:XX.",
        "Lorem ipsum dolor sit amet.",
        "Hi %%FirstName%%, nice to meet you",
        "The total comes to NaN EUR.",
        "We loved what [Company] did.",
        "<insert case study here>",
        "Your renewal for None is due.",
        "Hi [CUSTOMER],",
        "I saw your post about {topic}.",
        "We can offer [X]% off.",
        "Dear [Title] [Surname],",
        "It costs {{price}} per seat.",
        "Call me at [phone].",
        "Your colleague <NAME> told me about it.",
        "at ${company.name} you",
        "The meeting is on [DATE] at [TIME].",
        "Hello [[first name]],",
        "insert_name_here is a great fit",
        "___ seats from January",
    ],
)
def test_other_ways_to_say_so_are_found(text: str) -> None:
    assert results("content.placeholder", found(text), facts())


@pytest.mark.parametrize(
    "text",
    [
        "The form has a [Name] field for each driver.",
        "Null results mean that the depot was closed.",
        "Please choose one of the options (A), (B) or [C].",
        "The array [0] is the first depot.",
        "The price is 5 < 6 as you said.",
        "Hi all,",
    ],
)
def test_other_harmless_words_are_not(text: str) -> None:
    assert results("content.placeholder", found(text), facts()) == []


@pytest.mark.parametrize(
    "text",
    [
        "the annual licence for six planners would be $______ , with the drivers included.",
        "the price would be $___.",
        "It comes to <price> per vehicle.",
        "You would save XX% in the first year.",
        "We have ____ customers in your industry.",
        "Thanks for your time on ___________.",
        "The licence is $[amount] a year.",
        "Your contact for this will be (name).",
        "I saw that [company] has opened a yard in [city].",
        "As discussed on {date}, the import takes two days.",
        "It takes ?? days to import.",
        "The pilot would begin on __/__/2026.",
        "Looking forward to meeting you at [LOCATION]!",
        "Our reference is [similar company].",
        "The fee is €XX,XXX a year.",
        "You have N vehicles, so the price is Y.",
        "Many companies in the [industry] space struggle with this.",
        "I noticed <<pain point>> on your website.",
        "Congrats on the [recent news]!",
        "It was great talking to you about [topic discussed].",
        "We could meet on [day] at [time].",
        "Here is my calendar: [insert Calendly]",
        "The total for ... vehicles is ... a year.",
        "Your account manager will be [TBD].",
        "The invoice number is [xxxx].",
        "Your new rate would be %%RATE%%.",
        "We helped ACME Corp. [replace with relevant customer] cut miles.",
        "Our offer: $xx per seat.",
        "That makes ... dollars a year [calculate].",
        "Thanks for the chat about [subject of call].",
        "You'd pay £__ per van.",
        "We can start as soon as _/_/27.",
        "Our team in [nearest city] would be glad to help.",
        "Your discount: [ ]%",
        "I came across [article title] and thought of you.",
        "It would take about [X-Y] weeks.",
        "The licence fee is EUR ___ per year.",
        "Your consultant is [first name last name].",
        "For {{num_vehicles}} vehicles we'd charge {{price}}.",
        "Please call me on [your number].",
    ],
)
def test_blanks_of_other_kinds_are_found(text: str) -> None:
    assert results("content.placeholder", found(f"Hello.\n\n{text}"), facts())


@pytest.mark.parametrize(
    "text",
    [
        "the trick is to press [Enter] after the depot code and only then click on [Save].",
        "Use [Ctrl]+[F] to find a stop, and [Esc] to leave.",
        "[Larkspur Systems](https://larkspur.example) is our site.",
        "The field {depot} in the template stands for the yard's code.",
        "Please fill in: Name: ________  Date: ________",
        "We'd win more than 10% by that, would we not?",
        "Is it size XXL for the vests?",
        "Hmm... let me think about that one.",
        "Which yard, Joliet or Hammond??",
        "The file is called stop_name_list.csv.",
        '"The planner [...] saved us hours", one of your drivers wrote.',
        "He wrote that the yard [Joliet] is closed.",
        "In the menu, choose [Settings] and then [Export].",
        "See section [2] of the guide.",
        "The price for < 10 vehicles is lower and for > 50 it is higher.",
        "Click on [Add stop] and type the address.",
        "Press [Ctrl] and [P] together.",
        '"We [the dispatchers] love it", one of them wrote.',
        "The yard is open from 6 ... well, let's say from 7.",
        "Choose [Company name] in the list of columns.",
        "The code looks like AB_12_C.",
        'She said [sic] "tomorow".',
        "Vitamin X and plan Y are names from the film.",
        "See [1] and [2] below.",
        "Does 3 x 4 pallets fit?",
        "Well... a year is a long time.",
        "The fields are called depot_name and stop_count.",
        "I'm 100% sure; 50 % of the stops are in Joliet.",
        "Signature: ____________________  Date: ____________",
        "Model Y vehicles need other chargers.",
    ],
)
def test_keys_asides_and_forms_are_not(text: str) -> None:
    assert results("content.placeholder", found(f"Hello.\n\n{text}"), facts()) == []
