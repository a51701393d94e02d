"""The words that claims are made of, as fragments of patterns."""

FILE_SUFFIX = (
    r"\.(?:pdf|docx?|docm|dotx|rtf|odt|pages|xlsx?|xlsm|csv|tsv|ods|numbers|pptx?|odp|key|zip|7z|txt|md|html?"
    r"|xml|json"
    r"|ya?ml|png|jpe?g|gif|tiff?|heic|svg|vsdx?|dwg|dxf|step|stp|mp[34]|mov|wav|ics|eml|msg|log|p7m)\b"
)
FILE = rf"[\w()&+#%~-]{{1,80}}(?:\.[\w()&+#%~-]{{1,80}}){{0,6}}{FILE_SUFFIX}"

PAPER = (
    r"(?:deck|slide|presentation|powerpoint|proposal|offer|quote|quotation|contract|agreement|addendum"
    r"|amendment|draft"
    r"|redline|markup|blackline|report|spreadsheet|workbook|worksheet|file|pdf|document|doc|copy|scan|invoice|receipt"
    r"|statement|credit note|form|brochure|flyer|leaflet|catalog(?:ue)?|data ?sheet|fact ?sheet|spec sheet|term sheet"
    r"|specification|rate card|price list|pricing sheet|letter|certificate|cert|questionnaire|version|sow|nda|msa|dpa"
    r"|purchase order|resume|résumé|cv|one-pager|white ?paper|case study|battlecard|drawing|diagram|blueprint|photo"
    r"|photograph|picture|image|screenshot|template|memo|guide|manual|handbook|cross-reference|comparison|list"
    r"|overview|pack|kit|bundle|zip|transcript|sheet|checklist|chart|calculator|attachment|enclosure|paperwork"
    r"|schematic|floor ?plan|waiver|affidavit|application|guideline|job description|annex|exhibit|assignment"
    r"|resolution|consent|stipulation|filing|testimony|press release"
    r"|newsletter|bio|lease|deed|petition|org chart|minutes|rent ?roll|pro-?forma|guarant(?:y|ie|ee)"
    r"|opinion)(?:s|es)?\b"
)
"""What is mostly a file of its own when it is handed over."""

WRITING = (
    r"(?:summar(?:y|ies)|notes|agenda|plan|schedule|timeline|recap|outline|pricing|tables?|results|figures"
    r"|numbers|answers|responses|comments|breakdown|analysis|brief|write-up|update|forecast|calendar|budget"
    r"|data|details"
    r"|estimate|proof|design|logo|mock-?ups?|wording|specs?|papers?|materials?|policy|model|map|log|recording)\b"
)
"""What may as well stand in the mail itself."""

THIS_MAIL = r"(?:this|the present|my present|today's) (?:e-?mail|mail|message|note|reply|transmission)\b"
DETERMINER = (
    r"(?:the|our|my|your|their|his|her|its|a|an|this|these|those|some|two|three|four|five|both|all|several"
    r"|another|each"
    r"|one|copies|\d{1,2}|[\w.&-]{1,30}'s?)"
)
BEFORE_NOW = (
    r"(?:yesterday|last (?:week|month|night|time|year|\w{3,6}day)|earlier|previously"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|the other day|(?:\w+ ){1,3}ago)\b"
)
