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
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "authored"), CASES.values(), ids=CASES.keys())
def test_authored_text(text: str, authored: str) -> None:
    own = " ".join(text[start:end] for start, end in authored_spans(text))
    assert own.split() == authored.split()
