"""What the recipient will get, by somebody who does not say "I": "you'll have it by Friday". Data only."""

from extractors.commitments.cues.cue import Cue, cue

RECIPIENT: tuple[Cue, ...] = (
    cue(
        "you-get.not",
        r"you(?:'ll|[ ]+will)?[ ]+(?:won't|will not|not|never)[ ]+(?:be[ ]+)?(?P<verb>hear from|passed|billed"
        r"|charged|pay|lose|locked|asked|contacted|bothered|see (?:any|a|another)|have to pay|owe|regret)\b",
        "firm",
        "guarantee",
    ),
    cue(
        "you-get.nothing",
        r"you(?:'ll|[ ]+will)[ ]+(?P<verb>owe|pay)\b[^.;]*?\b(?:nothing|no\b|only|\d)",
        "firm",
        "concession",
    ),
    cue(
        "you-get",
        r"(?:(?:so|and) )?(?:you(?: both| all)?|your (?:team|clinic|office|inbox|people))(?:'ll|[ ]+will"
        r"|[ ]+shall|[ ]+should|[ ]+can expect to|[ ]+are going to)(?:[ ]+(?:also|then|still|soon))*[ ]+(?:be "
        r"(?:getting|receiving|hearing|first)|(?P<verb>have|get|receive|hear))\b(?![ ]+(?:to\b|the same"
        r"|a banner|a red|that|how|what|why|noticed|seen|had|been|received|heard|got|no\b|from the))",
        "firm",
        "deliverable",
    ),
    cue("you-get.see", r"you(?:'ll|[ ]+will)[ ]+(?P<verb>see|find)\b", "firm", "deliverable", dated=True),
    cue(
        "you-get.present",
        r"you(?: then| also)?[ ]+(?P<verb>get|receive|have|hear)\b(?![ ]+(?:to\b|been|any|every|no\b|the same"
        r"|a chance|questions))",
        "firm",
        "deliverable",
        dated=True,
    ),
    cue(
        "you-get.line",
        r"you (?:then )?(?P<verb>get|hear|receive)\b[^.;]{0,40}?\bfrom (?:me|us)\b",
        "firm",
        "follow_up",
    ),
    cue(
        "you-get.expect",
        r"(?:which )?you (?:can|may|should) (?P<verb>expect|look for|count on)\b",
        "firm",
        "deliverable",
        actor="organisation",
    ),
    cue(
        "you-get.option",
        r"you (?:still |can (?:still )?|may (?:still )?)(?P<verb>get|keep|cancel|leave|terminate"
        r"|exit)\b[^.;]*?\b(?:free|without|no\b|\d+[ ]?%|on (?:me|us)|at no|penalty|anyway)",
        "firm",
        "concession",
    ),
)
