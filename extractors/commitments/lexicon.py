"""Verbs by what keeping the promise looks like. Data only.

`VERB_KINDS` maps a base form to the kind of commitment it makes when nothing else in the clause says otherwise.
"""

from extractors.findings import CommitmentKind

_VERBS: dict[CommitmentKind, str] = {
    "deliverable": (
        "send resend share email e-mail mail forward deliver prepare draft write provide supply upload post "
        "submit return publish compile finish"
        " complete finalise finalize include recalculate release record model produce outline summarise "
        "summarize document generate issue"
        " furnish transmit hand fax dispatch ship circulate distribute print scan copy redline mark revise "
        "rework update translate calculate"
        " quote assemble pull drop leave"
    ),
    "follow_up": (
        "call ring phone ping check recheck confirm follow reach notify inform update answer reply respond "
        "report contact text txt message nudge revert"
        " investigate verify validate double-check proofread discuss ask find look review chase touch circle "
        "keep-posted talk let come get-back"
        " consult explore dig speak advise clarify alert remind escalate raise-with test analyse analyze "
        "research comment write-to explain"
    ),
    "meeting": (
        "meet join attend host visit present demo demonstrate walk sit stop see show propose schedule "
        "reschedule book dial"
    ),
    "concession": (
        "discount credit refund waive cap reduce lower match extend hold honour honor throw absorb cover "
        "bear split defer drop freeze knock lock grant"
        " reimburse compensate charge invoice bill offer accept replace swap"
    ),
    "guarantee": "guarantee ensure warrant maintain remain protect safeguard keep stay support assure undertake "
    "commit stand",
    "resource": (
        "introduce intro connect assign dedicate provision bring train staff place deploy loop lend arrange "
        "station allocate onboard appoint put"
        " enable grant-access reserve give"
    ),
    "roadmap": "launch ship roll land go",
    "other": (
        "do make take handle fix resolve repair install configure set start begin run move delete wipe "
        "remove add turn rotate migrate sign countersign"
        " process pay order buy build create work change adjust measure requalify sort manage address tackle "
        "prioritise prioritize push shuffle"
        " sort propose swap block park clean clear close pick help let stop organise organize coordinate "
        "file register transfer switch"
        " live continue arrive finish correct reconcile revisit inspect audit monitor track archive merge "
        "expedite renew pack load fetch tailor  customise customize benchmark label reissue figure recommend "
        "step listen request purchase leave assist support "
        "execute implement lead serve receive collect treat replenish rebuild requalify readjust swap wire "
        " execute implement perform carry convert adapt align consider hunt fight initiate open scale bump "
        "flip flag clean-up undo restore"
    ),
}

VERB_KINDS: dict[str, CommitmentKind] = {}
for _kind, _words in _VERBS.items():
    for _word in _words.split():
        VERB_KINDS.setdefault(_word, _kind)

# Verbs whose past participle or -ing form does not follow the rules.
IRREGULAR = {
    "sent": "send",
    "resent": "resend",
    "written": "write",
    "given": "give",
    "got": "get",
    "gotten": "get",
    "had": "have",
    "made": "make",
    "done": "do",
    "taken": "take",
    "put": "put",
    "set": "set",
    "held": "hold",
    "kept": "keep",
    "built": "build",
    "run": "run",
    "paid": "pay",
    "met": "meet",
    "told": "tell",
    "found": "find",
    "brought": "bring",
    "left": "leave",
    "lent": "lend",
    "sold": "sell",
    "shown": "show",
    "spoken": "speak",
    "begun": "begin",
    "come": "come",
    "borne": "bear",
    "undertaken": "undertake",
    "withdrawn": "withdraw",
    "sewn": "sew",
    "drawn": "draw",
    "dealt": "deal",
    "lit": "light",
    "bought": "buy",
    "shipped": "ship",
    "dropped": "drop",
    "capped": "cap",
    "annexed": "annex",
    "handed": "hand",
    "dying": "die",
    "tying": "tie",
    "lying": "lie",
    "going": "go",
    "doing": "do",
    "being": "be",
}

# "You'll receive …": what the recipient gets makes it a delivery by the sender.
MEETING_NOUN = (
    r"\b(?:meeting|call|demo|demonstration|kick-?off|session|workshop|visit|lunch|dinner|breakfast|coffee"
    r"|rehearsal|webinar|onsite|on site|site visit|walkthrough|review call|standup|training day"
    r"|conversation|chat|zoom|teams)\b"
)
CONCESSION_NOUN = (
    r"\b(?:discount|refund|credit(?: note)?|rebate|waive[rd]?|surcharge|free(?: of charge)?|no (?:extra "
    r"|additional |further )?(?:cost|charge|fee)s?|complimentary|at our (?:own )?(?:cost|expense)"
    r"|on us|on me|on the house|price|rate|uplift|\d+(?:[.,]\d+)?[ ]?% off|per ?cent off|instalments?"
    r"|payment terms?|net[ -]?\d+|fee|discounted)\b"
)
RESOURCE_NOUN = (
    r"\b(?:access|credentials|creds|sandbox|licen[cs]es?|seats?|engineers?|consultants?|technicians?|hours"
    r"|introduction|intro|reference|contact|team|crew|demo unit|loaners?|analyst|trainer|training|tenant"
    r"|environment|env|number of)\b"
)
ROADMAP_NOUN = (
    r"\b(?:release|version|v\d|beta|feature|roadmap|module|connector|plugin|integration|api|support for"
    r"|export|sync|sso|scim|ga|general availability|changelog|app|bug|fix|patch|\d+\.\d+(?:\.\d+)?)\b"
)
GUARANTEE_NOUN = (
    r"\b(?:guarantee[ds]?|warrant(?:y|s)?|sla|uptime|turnaround|response time|never|ensure|assure"
    r"|no matter|my word|our word|certificate of destruction)\b"
)
