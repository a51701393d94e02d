import pytest

from extractors.authored_text import authored_spans

CASES = {
    "quoted reply": (
        "I'll fix it.\n\nOn Tue, Nov 17, 2026 at 3:14 PM Ann Lee <ann@x.example> wrote:\n> When?\n",
        "I'll fix it.",
    ),
    "wrapped attribution": (
        "Yes.\n\nOn Tue, Nov 17, 2026 at 3:14 PM Ann Lee\n<ann@x.example> wrote:\n> When?",
        "Yes.",
    ),
    "attribution without marks": ("Yes.\n\nOn Tuesday, November 17, 2026, Ann wrote:\n\n When?\n Now?", "Yes."),
    "german attribution": ("Ja.\n\nAm 17.11.2026 um 09:12 schrieb Ann:\n> Wann?", "Ja."),
    "original message": ("OK.\n\n-----Original Message-----\nFrom: Ann\nSent: Monday\n\nI'll be out.", "OK."),
    "outlook headers": (
        "OK.\n\n________________________________\nFrom: Ann\nSent: Mon\nTo: Bo\n\nI'll be out.",
        "OK.",
    ),
    "bare headers": ("OK.\n\nFrom: Ann\nSent: Mon\nTo: Bo\nSubject: x\n\nI'll be out.", "OK."),
    "forwarded": (
        "See below.\n\n---------- Forwarded message ----------\nFrom: Lab\n\nWe will fix it.",
        "See below.",
    ),
    "inline answers": ("> First?\nI'll send it.\n> Second?\nNo.", "I'll send it. No."),
    "signature delimiter": ("I'll call.\n\n-- \nBo Roe\nAcme\n+1 415 555 0137", "I'll call."),
    "bare signature": (
        "I'll call.\n\nBest regards,\nBo Roe\nAccount Executive | Acme\nacme.example",
        "I'll call. Best regards, Bo Roe",
    ),
    "postscript": (
        "I'll call.\n\nBest,\nBo\nAcme | Sales\n\nPS I'll bring cake.",
        "I'll call. Best, Bo PS I'll bring cake.",
    ),
    "mobile footer": ("Will do.\n\nSent from my phone", "Will do."),
    "disclaimer": ("I'll call.\n\nCONFIDENTIALITY NOTICE: we will ask you to delete it.", "I'll call."),
    "prose that looks like a header": (
        "From: what I hear, they like it.\nI'll call.",
        "From: what I hear, they like it. I'll call.",
    ),
    "sentence after the name stays": (
        "Thanks,\nBo\nI will also refund the whole year to you.",
        "Thanks, Bo I will also refund the whole year to you.",
    ),
    "headers on top are the draft's own": (
        "From: Bo\nTo: Ann\nSubject: Price\n\nI'll call.",
        "From: Bo To: Ann Subject: Price I'll call.",
    ),
    "headers that nothing announces": ("Route:\nFrom: Rome\nTo: Oslo\nDate: May 5\nOK?",) * 2,
    "headers after a rule need no subject": ("Yes.\n_______________\nFrom: Ann\nTo: Bo\n\nWe'll pay.", "Yes."),
    "headers with quote marks": ("Yes.\n-----Original Message-----\n> From: Ann\n> We'll pay.\n\nNo.", "Yes. No."),
    "someone wrote, for a list": (
        "On May 12 Dana wrote:\n- we ship\n- we bill",
        "On May 12 Dana wrote: - we ship - we bill",
    ),
    "you wrote, and marks": ("> Why?\nYou wrote:\n> Why?", "You wrote:"),
    "initials as quote marks": ("AB> When?\nAB> Now?\n\nToday.", "Today."),
    "words wrapped out of a quote": (
        "> We would like to know whether you can send us the quote before\nthe weekend\n> or not.\n\nYes.",
        "Yes.",
    ),
    "two delimiters are rules": (
        "One.\n--\n--\nAnd this is how it goes on.",
        "One. -- -- And this is how it goes on.",
    ),
    "a delimiter at the end": ("One.\n\n-- ", "One."),
    "a promise below the delimiter": (
        "Hi.\n\n-- \nI'll refund the whole year to you.",
        "Hi. -- I'll refund the whole year to you.",
    ),
    "a title does not swallow list items": ("Thanks,\nBo\n- I'll send it", "Thanks, Bo - I'll send it"),
    "a name in the middle": ("Bo Roe\n\nAcme | Sales\n\nI'll send it to you today.",) * 2,
    "an address that the text announces": ("Write to:\n\nBo Roe\nAcme Ltd, Leeds",) * 2,
    "a promise with words of a footer": (
        "Hi Bo,\n\nWe can hold the price and give you an opt-out in May.\n\nBest,\nIda",
        "Hi Bo, We can hold the price and give you an opt-out in May. Best, Ida",
    ),
    "a promise with words of a notice": (
        "Hi,\n\nThe files were scanned for viruses and we will send them.\n\nIda",
        "Hi, The files were scanned for viruses and we will send them. Ida",
    ),
    "a fact with words of a notice": ("The offer is in the attachment to this email.",) * 2,
    "a notice in the middle of a paragraph": (
        "I'll call.\nThis message is for the intended recipient.\nIf you are not the intended recipient we will sue.",
        "I'll call.",
    ),
    "weak notice": ("I'll call.\n\nThis message is private and confidential.", "I'll call."),
    "own words on opting out": ("I'm sure the opt-out wording is in there, and we'll check.",) * 2,
    "excuse for typos": ("I'll call.\n\nSent from my iPhone\nPlease excuse typos", "I'll call."),
    "rules at a border": ("I'll call.\n__________\n-- \nBo", "I'll call."),
    "footer under the title": (
        "I'll call.\n\nBest,\nBo\nAcme, Inc.\nNot interested? Reply no and we'll take you off our list.",
        "I'll call. Best, Bo",
    ),
    "own words on privacy": ("We'll send you our privacy policy tomorrow.",) * 2,
    "wrapped own words on lists": ("I'll change your preferences on the list today and confirm it\nnext week.",) * 2,
    "registered in a system": ("The order is registered in the system.",) * 2,
    "mails that bind nobody": ("I'll call.\n\nBo\nE-mails are not binding on Acme.", "I'll call. Bo"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "authored"), CASES.values(), ids=CASES.keys())
def test_authored_text(text: str, authored: str) -> None:
    own = " ".join(text[start:end] for start, end in authored_spans(text))
    assert own.split() == authored.split()
