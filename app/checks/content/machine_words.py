"""What writing by machine leaves in a mail: instructions, markup, excuses, and what it says around its draft.

Every pattern is as narrow as it can be: these stop a mail, and people write "please disregard my last message" too.
"""

from __future__ import annotations

import re

from app.checks.content.scanning import stems
from app.checks.turns import Turns
from extractors.lazily import compiled

_FLAGS = re.IGNORECASE | re.MULTILINE | re.VERBOSE

_INSTRUCTIONS = r"(?:instructions?|prompts?|directives?|guidelines|rules|system\ message)"
_MADE_BY_PEOPLE = (
    r"(?! \s+ (?:I|we|that|which|you|from|for|on|about|in|regarding|sent|given"
    r"|zu\w*|für|von|pour|para|sobre|per) \b )"
)

INSTRUCTIONS = Turns(
    rf"""
      \b (?:ignore|disregard|forget|override|bypass) \s+ (?:all\s+|any\s+)? (?:of\s+)? (?:the\s+|your\s+|these\s+
        |those\s+)?
        (?:previous|prior|above|earlier|preceding|system|original
        |initial) \s+ (?:\w+\s+)? {_INSTRUCTIONS} \b {_MADE_BY_PEOPLE}
    | \b (?:reveal|print|show|repeat|output|ignore|leak|disclose) \s+ (?:me\s+)? (?:your|the) \s+ system \s+ prompt \b
    | ^ [ \t]* (?:[\#<\[(]+\s*)? (?:new\s+)? system \s+ (?:prompt|message|override) \s* [\])>]? \s* :
    | \b you \s+ are \s+ (?:now\s+)? an? \s+
        (?:helpful\s+ (?:\w+\s+)? (?:assistant|agent|bot) | (?:large\s+)? language\ model
          | (?:AI|expert|professional|friendly|seasoned|world-class)\s+ (?:\w+\s+){{0,2}} (?:assistant|copywriter
        |agent|SDR|bot) )
    | \b you \s+ are \s+ (?:now\s+)? (?:ChatGPT|Claude|Gemini|Copilot|DAN)\b
    | \b (?:if\ you\ are|attention|note\ to|instructions?\ (?:to|for)|message\ (?:to|for)) [,:]? \s+
        (?:an?\s+|the\s+|any\s+|all\s+)? (?:LLMs?|language\ models?|AI(?:\ (?:assistants?|agents?|models?
        |reviewers?))?) \b
        (?! \s* (?:team|lab|group|committee|company|act|vendor|provider|startup|engineer)\b )
    | \b (?:classify|treat|rate|route|mark) \s+ this \s+ (?:e-?mail|message|draft|mail) \s+ as \s+
        (?:low[\ -]risk|pre-?approved|approved|auto[_\ -]?send|safe)
    | \b (?:do\ not|don['’]t|never) \s+ (?:flag|escalate|block) \s+ this \s+ (?:e-?mail|message|draft
        |mail) \b (?! \s+ (?:as|from)\b )
    | \b send \s+ (?:this|it) \s+ (?:\w+\s+){{0,4}} without \s+ (?:human\s+|further\s+|any\s+)? (?:review|approval) \b
    | \b (?:approve|release|send) \s+ this \s+ (?:e-?mail|message|draft|mail) \s+ (?:\w+\s+){{0,3}} without \b
    | ^ [ \t]* AI \s* : \s* (?:please\s+)? (?:approve|send|ignore|classify|release|treat|mark) \b
    | \b (?:ignore|disregard|forget) \s+ (?:everything|all|(?:all\ )?(?:of\ )?the\ (?:text|content
        |message)s?)? \s* (?:the\s+)? above \s+ and \s+ (?:instead\s+)?
        (?:reply|respond|output|write|print|send|say|return|answer|do|act|give|tell)\b
    | \b (?:skip|bypass|disable|turn\ off) \s+ (?:the\s+|all\s+|any\s+)? (?:human\ review|approval\ (?:policy|gate
        |step)|content\ filters?|guardrails?)\b
    | \b (?:keep|stay) \s+ (?:it|the\ (?:e-?mail|reply|message|tone)) \s+ (?:\w+\s+(?:and|but)\s+)? (?:under|below
        |within) \s+ \d+ \s+ (?:words|characters)\b
    | \b (?:write|draft|compose|generate) \s+ (?:me\s+)? (?:an?|the) \s+ (?:[\w-]+,?\s+){{0,5}} (?:e-?mail|reply
        |follow-?up|message) \b
        [^.\n]{{0,80}} \b (?:\d+\s+words | tone | on\ behalf\ of | word\ limit | subject\ line)
    """,
    _FLAGS,
)
OTHER_LANGUAGES = Turns(
    rf"""
      \b ignorier\w* \s+ (?:Sie\s+)? (?:bitte\s+)? (?:alle\s+|sämtliche\s+)? (?:die\s+|deine\s+|Ihre\s+)?
        (?:vorherigen|bisherigen|vorigen|früheren|obigen|vorangegangenen) \s+ (?:\w+\s+)? (?:Anweisungen
        |Instruktionen|Befehle|Vorgaben|Prompts?)
        {_MADE_BY_PEOPLE}
    | \b (?:ignore[zsr]?|oublie[zsr]?) \s+ (?:toutes?\s+)? (?:les\s+|tes\s+|vos\s+) (?:\w+\s+)?
        (?:instructions?|consignes?|directives?) \s+ (?:précédentes?|antérieures?|ci-dessus) {_MADE_BY_PEOPLE}
    | \b (?:ignor[ae]\w*|olvida\w*) \s+ (?:todas\s+)? (?:las\s+|tus\s+|sus\s+)?
        (?:instrucciones|indicaciones|órdenes) \s+ (?:anteriores|previas) {_MADE_BY_PEOPLE}
    | \b ignor[aei]\w* \s+ (?:tutte\s+)? (?:le\s+|tue\s+)? (?:istruzioni|indicazioni) \s+ (?:precedenti
        |anteriori) {_MADE_BY_PEOPLE}
    | \b ignor[ae]\w* \s+ (?:todas\s+)? (?:as\s+|suas\s+)? (?:instruções|orientações) \s+ (?:anteriores
        |prévias) {_MADE_BY_PEOPLE}
    | \b (?:negeer|vergeet) \s+ (?:alle\s+)? (?:de\s+|je\s+|uw\s+)? (?:vorige|eerdere|voorgaande
        |bovenstaande) \s+ (?:instructies|opdrachten|aanwijzingen)
    | \b (?:z?ignoruj\w*) \s+ (?:wszystkie\s+)? (?:poprzednie|wcześniejsze|powyższe) \s+ (?:instrukcje|polecenia)
    | \b ignorera? \s+ (?:alla\s+)? (?:tidigare|föregående) \s+ (?:instruktioner|anvisningar)
    | \b (?:ignor[eé]r\w*|ignoriraj\w*|ignoruj\w*) \s+ (?:alle\s+|všechny\s+)? (?:tidligere|foregående|předchozí
        |prethodne) \s+ (?:instruks\w*|instruktioner|pokyny|upute)
    | (?:игнорируй|игнорируйте|проигнорируй\w*|забудь\w*) \s+ (?:все\s+)? (?:предыдущие|прежние
        |вышеуказанные) \s+ (?:\w+\s+)? (?:инструкции|указания|команды)
    | önceki \s+ (?:tüm\s+)? (?:talimat|komut)lar[ıi]n?[ıi]? \s+ (?:yok\ say|görmezden\ gel|unut)
    | (?:忽略|无视|無視|忘记|忽視) .{{0,6}} (?:之前|以上|先前|前面|所有|上述) .{{0,6}} (?:指令|指示|说明|說明|提示)
    | (?:以前|これまで|上記|前)の .{{0,6}} (?:指示|命令|プロンプト) .{{0,6}} (?:無視|忘れ)
    | (?:이전|위의|앞의) .{{0,6}} (?:지시|명령|지침).{{0,6}} (?:무시|잊)
    | تجاهل \s+ (?:جميع\s+|كل\s+)? التعليمات \s+ السابقة
    """,
    _FLAGS,
)
MARKUP = Turns(
    r"""
      <\|\s*[a-z_]+\s*\|>                                  # <|im_start|>
    | \[/?INST\] | <</?SYS>> | \[/?(?:SYSTEM|ASSISTANT)(?:\ PROMPT)?\]
    | ^ [ \t]* \#{2,} \s* (?:instructions?|response|system|assistant|human|input|output) \s* :? \s* $
    | </?(?:think(?:ing)?|tool_call|tool_response|tool_use|function_calls?|invoke|assistant|system|scratchpad
        |email_?(?:body|draft)?|draft|output|response|answer)\b(?!\s*@)[^<>\n@]*>
    | " (?:tool_calls?|function_call|tool_use) " \s* :
    | [{,] \s* " role " \s* : \s* " (?:user|system|assistant|tool) "
    | ^ [ \t]* (?:AI\s+)? assistant \s* : \s*
        (?: $ | (?=(?:sure|certainly|of\ course|here|hi|hello|hey|dear|i|okay|absolutely|great|thank)\b) )
    | ^ [ \t]* (?:user|human|prompt|system) \s* : \s* (?=(?:you\ are|ignore|act\ as|write|draft|please|can\ you
        |could\ you|make|reply|respond|generate|compose|send)\b)
    | ^ [ \t]* (?:```|~~~) \s* (?:text|markdown|md|html|email|plaintext|json)? \s* $
    """,
    _FLAGS,
)
EXCUSES = Turns(
    r"""
      \b as \s+ an? \s+ (?: (?:AI|artificial\ intelligence|large) \s+ (?:language\s+)?
        | language\s+ ) model \b (?! \s+ (?:company|vendor|team|provider)\b )
    | \b as \s+ an \s+ AI (?:\s+ (?:assistant|chatbot|agent))? \s* ,? \s+ I \s*
        (?:can['’]?t|cannot|am\ not|do\ not|don['’]t|am\ unable|['’]m|have\ no|lack)
    | \b I ['’]? \s* a?m \s+ (?:just\s+|only\s+|sorry,\s+but\s+I\s+am\s+)? an? \s+ (?:AI
        |large)\s+ language \s+ model \b
    | \b I (?:['’]m|\ am) \s+ (?:just\s+|only\s+)? an\ AI (?:\ (?:assistant|agent|model))? ,? \s+ (?:and
        |so)\ (?:I\ )? (?:can['’]?t|cannot|do\ not|don['’]t|am\ (?:not|unable)|have\ no)
    | \b I (?:['’]m|\ am) \s+ (?:ChatGPT|Claude|Gemini|Copilot) \b (?! \s+ [A-Z] )
    | \b my \s+ (?:knowledge\ cut-?off|training\ (?:data|cut-?off)) \b
    | \b I \s+ (?:do\ not|don['’]t) \s+ have \s+ access \s+ to \s+ (?:real[- ]time|live|current) \s+ (?:data
        |information)
    | \b I (?:['’]m|\ am) \s+ (?:sorry|unable) ,? \s+ (?:but\s+I\s+)? (?:can['’]?t|cannot|can\ not|to) \s+ (?:assist
        |help) \s+ with \s+ (?:that|this) \s+ request
    | \b I \s+ (?:can['’]?t|cannot) \s+ (?:fulfil+|complete|comply\ with) \s+ (?:this|that|your) \s+ request \b
    """,
    _FLAGS,
)
_MAIL = r"(?:e-?mail|mail|message|reply|response|follow-?up(?:\ e-?mail)?|draft|note|version)"
_KINDS_OF = r"(?:[\w'’-]+,?\ ){0,4}"
OPENING = compiled(
    rf"""
      ^ [ \t]* (?:(?:sure|certainly|of\ course|absolutely|okay|ok|great|got\ it|understood|happy\ to\ help
        |no\ problem)
        (?:\ thing)? \s? [!,.:–—-]+ \s* )? (?:here(?:['’]s|\ is|\ are)|below\ is|this\ is) \ (?:an?|the|your
        |my) \ {_KINDS_OF} {_MAIL}
        (?:\ (?:you|based|that|for|to|with|in|as|addressed|draft|template)\b[^:\n]{{0,80}})?
        (?:,?\ ready\ (?:to|for)\ \w+)? \s* [:.]? \s* $
    | ^ [ \t]* (?:sure|certainly|of\ course|absolutely) (?:\ thing)? [!,.] \s* (?:here(?:['’]s|\ is)|I(?:['’]ve
        |\ have)\ (?:drafted|written|revised)|below) \b [^\n]{{0,120}}
        (?:e-?mail|reply|draft|message|version|follow-?up) \b [^\n]{{0,60}} $
    | ^ [ \t]* I(?:['’]ve|\ have) \ (?:drafted|rewritten|revised|written) \ (?:an?|the|your) \ {_KINDS_OF} (?:e-?mail
        |reply|draft|message|version)\b
        [^.\n]{{0,60}} [:.] \s* $
    """,
    _FLAGS,
)
"""How a model hands over its draft. In the midst of a mail people write so too."""
CHATTER = Turns(
    r"""
      \b (?:let\ me\ know|tell\ me) \ if \ you(?:['’]d|\ would)? \ (?:like|want|need|prefer) \ (?:me\ to\ |any\ )?
        (?: (?:adjust|tweak|change|revise|refine|modify|shorten|rewrite|rephrase|edit)\w* \ (?:the\ tone|the\ length
        |the\ wording|this\ (?:draft|e-?mail|message)|anything\ in\ (?:the|this)\ (?:draft|e-?mail)|it\ (?:further
        |to\ be|for\ tone))
          | (?:to\ )?make \ it \ (?:more\ |less\ )? (?:formal|casual|friendly|concise|shorter|longer|warmer
        |persuasive)
          | (?:it\ |this\ )(?:to\ be\ )?(?:more\ |less\ )? (?:formal|casual|concise|shorter|longer|warmer)
          | (?:a\ )?(?:shorter|longer|more\ formal|different)\ (?:version|tone) | adjustments?\ to\ the\ (?:tone
        |draft|e-?mail)
          | (?:any\ )?(?:changes|edits|revisions)\ to\ (?:this|the)\ (?:e-?mail|message|reply|tone) )
    | ^ [ \t]* (?:sure|certainly|absolutely|of\ course)! \s here(?:['’]s|\ is)\ (?:an?|the
        |your)\ (?:\w+\ ){0,3}(?:e-?mail|reply|response|message)\b [^.\n]{0,40} : \s* $
    | ^ [ \t]* here(?:['’]s|\ is)\ (?:a|the)\ (?:revised|updated|shorter|polished|improved|friendlier|rewritten)
        \ (?:version|draft)\ of\ (?:the|your)\ (?:e-?mail|message|reply)
    | \b I(?:['’]ve|\ have)\ (?:kept|made|adjusted)\ the\ tone\b
    | \b would \ you \ like \ me \ to \ (?: make \ (?:it|this) \ (?:more\ |less\ )?(?:formal|casual|friendly|concise
        |shorter|longer|warmer)
        | (?:adjust|tweak|revise|refine|shorten|rewrite|rephrase) \ (?:the\ tone|the\ draft|this\ (?:draft|e-?mail
        |message)) )
    | \b I \ hope \ this \ (?:draft|e-?mail|version|reply) \ (?:meets \ your \ (?:needs|requirements|expectations)
        |works\ for\ you|helps)
    | \b feel \ free \ to \ (?:adjust|customi[sz]e|modify|edit|personali[sz]e|tweak|adapt) \ (?:it|this|the) \ ?
        (?:further|(?:template|draft|e-?mail|message|placeholders?)(?=\s*[.,;!]|\ (?:as|to|before|further)\b)
        |as\ (?:needed|you\ see\ fit)|to\ (?:fit|match|suit)\ your)
    | \b replace \ (?:the|all|any) \ (?:placeholders?|bracketed\ (?:text|parts)|text\ in\ brackets) \b
    | ^ [ \t]* [-=*\[<(\#]* \s* (?:end|start|begin(?:ning)?) \ of \ (?:the\ )?(?:e-?mail|draft|message|reply
        |output) \s* [-=*\]>)\#]* \s* $
    | ^ [ \t]* [\[(*]* (?:word|character)\ count \s* : \s* ~?\d+
    | ^ [ \t]* \** (?:draft\ (?:e-?mail|reply)|e-?mail\ (?:body|draft|text)|(?:revised|final|suggested
        |improved)\ (?:e-?mail|reply|draft|version)|body) \** \s* : \** \s* $
    """,
    _FLAGS,
)
SUBJECT_LINE = compiled(
    r"^[ \t]*[*_#]{0,3}[ ]?(?:subject(?: line)?|betreff|objet|asunto|oggetto"
    r"|onderwerp)[*_]{0,2}[ ]?:[*_]{0,2}[ \t]*\S[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
TEMPLATE_LABEL = compiled(
    r"^[ \t]*[-*#]*[ ]?(?:tone|audience|length|constraints?|output format|persona|style|objective|context"
    r"|instructions?|role"
    r"|call to action|cta)[ ]?:[ \t]*\S",
    re.IGNORECASE | re.MULTILINE,
)

INSTRUCTION_STEMS = stems(
    """instruction|prompt|directive|guideline|rules|system|assistant|language model|copywriter|agent|bot|sdr|chatgpt
claude|gemini|copilot|DAN|llm
to ai|ai:|ai :|an ai|any ai|all ai|attention ai|attention: ai|attention, ai|low risk|low-risk|approved|auto-send
the above|all above|everything above|auto_send
auto send|as safe|flag|escalate|block this
without|review|approval|filter|guardrail| words|characters|on behalf|subject line| tone"""
)
LANGUAGE_STEMS = stems(
    """ignor|oubli|olvida|negeer|vergeet|игнор|забуд|önceki|忽略|无视|無視|忘记|忽視|以前の|これまでの|上記の|前の|이전|위의|앞의|تجاهل"""
)
MARKUP_STEMS = stems(
    """<|[inst|[/inst|[sys|[/sys|[ass|[/ass|##|"tool|"func|" tool|"role|" role|assistant|user|human|prompt|system|```
~~~"""
)
EXCUSE_STEMS = stems(
    "as an ai|an ai|language model|artificial intel|as a large|chatgpt|claude|gemini|copilot|cutoff|cut-off"
    "|my training"
    "|have access|request"
)
CHATTER_STEMS = stems(
    """let me know if|tell me if|would you like me|i hope this|feel free|placeholder|bracket|! here|version of
draft of
the tone|end of|start of|begin
word count|character count|draft
email body|e-mail body|email text|e-mail text|revised|final|suggested|improved|body"""
)
SUBJECT_STEMS = stems("subject|betreff|objet|asunto|oggetto|onderwerp")
TEMPLATE_STEMS = stems("tone|audience|persona|constraint|output format|objective|call to action|cta|length|style")
