"""Classes of words that tell an undertaking's verb, its object and who gets it. Data only."""

from extractors.wordlists import word_set

MODALS = word_set("will 'll ’ll ll shall can could would should may might must wo ca 'd ’d")
BE_FORMS = word_set("be am is are was were been being 'm 're 's ’m ’re ’s")
HAVE_FORMS = word_set("have has had having 've ’ve")
GET_FORMS = word_set("get gets getting")

PERSONAL = word_set("i me my myself mine self")
JOINT = word_set("we us our ours ourselves")

# Verbs that only lead to the one that counts ("try to", "do our best to", "count on us to", "be happy to").
LEADING = word_set(
    "try hope plan aim intend expect undertake commit promise offer go want wish like love need endeavour"
    " endeavor anticipate be do oblige take count strive attempt mean pledge use seek prepare continue agree"
    " have able happy delight please hesitate propose due stand make"
)
BETWEEN_LEADING = word_set(
    "not n't to best my our utmost very able happy glad delighted pleased willing prepared ready inclined"
    " more than also always never ourselves myself it upon darnedest level on us me you still quite hopefully"
    " probably definitely certainly hard hardest going hoping liberty planning trying due set committed in a"
    " position and like only love certainly gladly happily reasonable commercially endeavours endeavors every effort"
    " efforts an attempt honor honour pleasure privilege"
)
# Verbs whose clause holds the undertaking ("I think we can …", "I give you my word that …").
FRAMING = word_set("think believe hope see confirm guarantee promise trust suppose guess reckon expect say")
HOPEFUL = word_set("hopeful confident sure certain positive")
WORD_OF_HONOUR = word_set("word promise assurance guarantee commitment")
# Verbs done to a person, who then is the recipient and no object.
TO_PERSON = word_set(
    "call ring phone ping contact ask nudge join tell email e-mail mail text message inform notify update"
    " remind meet see introduce intro connect interview reach bother let advise alert assure chase brief"
    " reassure invite bug fax help touch walk receive follow owe talk"
)
# "We'll inform you of the number": what follows is the object.
OF_OBJECT = word_set("inform assure notify advise remind relieve")
# "You'll get the quote": the subject is the recipient.
OF_RECIPIENT = word_set(
    "get have receive hear see keep find pay owe enjoy expect borrow cancel use choose save benefit"
)
# What a verb's object may hang on, when it has none of its own.
PREPOSITIONS: dict[str, frozenset[str]] = {
    "look": word_set("over at into through after"),
    "go": word_set("over through"),
    "get back": word_set("on about with"),
    "follow up": word_set("on with"),
    "provide": word_set("with"),
    "agree": word_set("to on"),
    "live": word_set("with"),
    "work": word_set("on"),
    "forget": word_set("about"),
    "fight": word_set("for"),
    "push": word_set("for"),
    "sit in": word_set("on"),
    "join": word_set("for"),
    "stay": word_set("on"),
    "pay": word_set("for"),
    "reply": word_set("to"),
    "respond": word_set("to"),
    "introduce": word_set("to"),
    "connect": word_set("to with"),
    "charge": word_set("for"),
    "loop": word_set("in"),
    "take": word_set("on over"),
    "bring": word_set("along"),
    "supply": word_set("with"),
    "ask": word_set("for about"),
    "deal": word_set("with"),
    "attend": word_set("to"),
    "see": word_set("to"),
    "think": word_set("about over"),
    "check": word_set("on"),
    "report": word_set("on"),
    "commit": word_set("to"),
    "stand": word_set("by"),
    "stick": word_set("to with"),
    "keep": word_set("on"),
    "approve": word_set("of"),
    "host": word_set("for"),
    "answer": word_set("for"),
    "phone": word_set("with"),
    "call": word_set("with"),
    "email": word_set("with"),
    "e-mail": word_set("with"),
    "ping": word_set("with"),
    "text": word_set("with"),
    "update": word_set("with on"),
    "brief": word_set("on"),
}
# Verbs whose particle stands before the object and may be taken for a preposition.
PHRASAL: dict[str, frozenset[str]] = {
    "pull": word_set("in up together"),
    "sneak": word_set("in"),
    "loop": word_set("in"),
    "fill": word_set("in out"),
    "bring": word_set("in along forward up over"),
    "throw": word_set("in"),
    "build": word_set("in"),
    "put": word_set("in together out up"),
    "hand": word_set("in over out"),
    "take": word_set("over on off out up"),
    "turn": word_set("over around on off"),
    "send": word_set("over out around through along back off"),
    "pick": word_set("up"),
    "set": word_set("up aside"),
    "line": word_set("up"),
    "draw": word_set("up"),
    "write": word_set("up off down"),
    "sort": word_set("out"),
    "roll": word_set("out back"),
    "work": word_set("out"),
    "carry": word_set("out over"),
    "bump": word_set("up"),
    "push": word_set("out through back up"),
    "drop": word_set("off in"),
    "pass": word_set("on along"),
    "fix": word_set("up"),
    "back": word_set("up"),
    "clean": word_set("up"),
    "ramp": word_set("up"),
    "dig": word_set("up out"),
    "figure": word_set("out"),
    "cut": word_set("off back down"),
    "switch": word_set("on off over"),
    "type": word_set("up"),
    "print": word_set("out off"),
    "follow": word_set("up"),
    "sit": word_set("in"),
    "stop": word_set("by over in"),
    "call": word_set("in"),
    "reach": word_set("out"),
    "come": word_set("out back"),
    "get": word_set("back"),
    "knock": word_set("off"),
}
# Participles that are used as prepositions.
LIKE_PREPOSITIONS = word_set(
    "barring regarding following including excluding pending according concerning failing permitting"
)
SUBORDINATORS = word_set(
    "if when whenever once until till before unless after while because since whether where provided assuming"
    " as should were had although though whereas than lest minute moment second instant how"
)
RELATIVES = word_set("who which whom whose what whatever whichever")
PEOPLE_NOUNS = word_set(
    "team crew engineer engineers manager department desk staff people colleague colleagues technician"
    " technicians fitter lawyer ceo cfo cto coo group office specialist consultant analyst director lead"
    " counsel legal finance billing support ops trainer coordinator architect rep officer assistant president"
    " founder partner boss side supplier vendor offeror contractor department head guy guys folks driver"
    " attendee attendees participant participants user users scientists fitters consultants analysts"
    " accountant designer developer developers installer scientist tester nurse agent buyer planner interns"
)
# What stands in for the verb's object where the thing itself is the subject ("colour samples leave our workshop").
SUBJECT_FIRST = word_set("leave reach touch follow hit affect accrue apply")
DITRANSITIVE = word_set(
    "give send show hand offer owe teach get bring grant lend pay forward email e-mail mail find buy issue"
    " allow spare save assign"
)
COMPANY_ITSELF = word_set("supplier vendor offeror contractor company provider seller licensor side")
PERSON_PRONOUNS = word_set("you u him her them us me he she they everyone everybody anyone someone both all")

# Verbs after which "to your office" is a recipient, and those after which "to Leeds" is none.
GIVING = word_set(
    "forward deliver lend courier send present ship assign furnish give hand transfer issue submit return fax"
    " mail email e-mail release pass explain show distribute extend offer grant circulate confirm propose"
    " report provide post"
)
MOVING = word_set("come go travel drive fly move head walk be get bring take put upload")
