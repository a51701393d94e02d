"""How a mail ends: closings, names, and the line that a mobile mail program adds, in the languages of mail."""

import re

from extractors.lazily import compiled
from extractors.wordlists import stems

CLOSING_LENGTH = 80
_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽА-Я"
_NAME_AFTER = rf"(?-i:[ ][{_UPPER}][\w.'’-]*(?:[ ][{_UPPER}][\w.'’-]*){{0,2}})"

_ENGLISH = (
    r"(?:with )?(?:(?:my |our )?(?:very )?(?:kind(?:est)?|best|warm(?:est)?|deepest|sincere|many|friendly) )?"
    r"(?:regards|wishes|apologies|thanks)(?: (?:and|&) (?:kind |best |warm )?(?:regards|wishes))?(?: from .{0,30})?"
    r"|rgds|(?:many |kind )?thanks(?: again| so much| ever so much| a lot| a million| mate| all| everyone| in advance"
    r"| for your (?:help|time|patience|understanding)| and (?:best|speak soon|talk soon))?|thank you(?: so much"
    r"| again| very much"
    r"| kindly| in advance| and (?:best|kind|warm) regards| for your (?:help|time|patience|understanding))?|thx|tks"
    r"|ty|cheers"
    r"|best|all (?:the )?(?:my )?(?:very )?best|yours(?: (?:very )?(?:truly|sincerely|faithfully|in service|ever))?"
    r"|(?:very )?sincerely(?: yours)?|respectfully(?: yours)?|cordially|warmly|gratefully|(?:take )?care"
    r"|(?:talk|speak|see you) (?:soon|then|tomorrow)|ciao|br|kr|stay (?:cool|safe|well)|happy (?:holidays|friday"
    r"|monday|new year)"
    r"|have a (?:great|good|nice|lovely|wonderful) (?:day|one|evening|week|weekend|rest of your (?:day|week))"
    r"|with (?:best|warm|kind|sincere|deepest|great|many) [a-z]{1,20}(?: [a-z]{1,20})?|until then|onwards|enjoy"
)
_OTHERS = (
    r"lg|vg|mfg|bg|gruß|grüße|liebe grüße|beste grüße|viele grüße|schöne grüße|herzliche grüße|freundliche grü(?:ß"
    r"|ss)e"
    r"|(?:mit )?(?:freundliche[nm]?|besten|herzlichen|vielen) (?:grü(?:ß|ss)en?|gruß|dank)(?: (?:aus|von) .{1,30})?"
    r"|danke|vielen dank|herzlichst|ihre?|bis (?:bald|dann|morgen)|(?:bien |très )?cordialement(?: vôtre)?"
    r"|bien à (?:vous|toi)"
    r"|sincères salutations|salutations(?: distinguées)?|meilleures salutations|amicalement|bonne journée"
    r"|à (?:bientôt|demain)"
    r"|merci(?: d'avance| beaucoup)?|cdlt|cordialmente|atentamente|(?:muchos )?saludos(?: cordiales)?"
    r"|un (?:cordial )?saludo"
    r"|un abrazo|(?:muchas )?gracias|atenciosamente|att|(?:com os )?melhores cumprimentos|cumprimentos"
    r"|(?:um )?abraços?"
    r"|obrigad[oa]|(?:cordiali|distinti|cari) saluti|saluti|un saluto|grazie(?: mille)?|a presto|buona giornata"
    r"|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|mvg|alvast bedankt|bedankt"
    r"|(?:med )?(?:vänliga?|bästa"
    r"|varma) hälsning(?:ar)?|hälsningar|mvh|vh|tack(?: på förhand)?|(?:med )?(?:venlig|vennlig|bedste"
    r"|beste) hilsen(?:er)?|hilsen"
    r"|tak|takk|(?:z )?(?:poważaniem|wyrazami szacunku)|z poważaniem|pozdrawiam(?: serdecznie)?"
    r"|(?:serdecznie )?pozdrawiam"
    r"|pozdrowienia|dziękuję|(?:s )?(?:přátelským )?pozdrav(?:em)?|ystävällisin terveisin|terveisin|üdvözlettel"
    r"|saygılarımla"
    r"|(?:с )?(?:уважением|наилучшими пожеланиями)|с уважением|всего (?:доброго|хорошего)|спасибо|з повагою"
    r"|terima kasih.{0,20}"
    r"|よろしくお願い(?:いた)?(?:致)?します|よろしくお願い申し上げます|敬具|以上|此致|敬礼|祝好|谢谢|順頌商祺|顺颂商祺|감사합니다|감사드립니다"
)
CLOSING = compiled(rf"(?:{_ENGLISH}|{_OTHERS})(?:[ ]?[,.!–—-]{{0,3}}|,?{_NAME_AFTER}[.,]?)[ ]*", re.IGNORECASE)

NAME = compiled(
    r"[-–—]?[ ]?(?:\w[\w.'’-]*(?:[ ](?:\w[\w.'’-]*|\([^)]{1,20}\))){0,4})(?:, (?:PhD|MBA|CPA|Esq\.?|Jr\.?|MD))?[ ]*,?"
)

_DEVICE = (
    r"(?:mobile|iphone|ipad|ipod|android|samsung|galaxy|blackberry|phone|cell|smartphone|tablet|watch|apple|pixel"
    r"|huawei"
    r"|xiaomi|oneplus|motorola|moto|nokia|sony|lg|htc|windows|surface|mac|outlook|mail|gmail|yahoo|proton|aol|spark"
    r"|superhuman"
    r"|zoho|hey|thunderbird|airmail|mailbird|front|missive|blue ?mail|fastmail|nine|edison|spike|shortwave|newton"
    r"|canary"
    r"|boxer|workspace|mimestream|notion|t-mobile|verizon|at&t|sprint|vodafone|o2|telekom|tuta|gmx|web\.de|icloud"
    r"|mein)"
)
MOBILE_FOOTER = compiled(
    rf"[-_(*\[ ]{{0,6}}(?:"
    rf"sent (?:from|via|using|with|by|on) (?:my |the |a |an |your )?(?:new |work |mobile "
    rf"|trusty )?{_DEVICE}\b.{{0,70}}"
    rf"|get (?:the )?(?:outlook|yahoo mail|gmail|bluemail|aqua mail|spark|proton mail)(?: app)? (?:for|on) .{{0,60}}"
    rf"|(?:von|mit) (?:meinem|meiner|mein|der|dem|unterwegs) .{{0,40}}(?:gesendet|geschickt|gesandt).{{0,20}}"
    rf"|(?:diese nachricht wurde )?(?:gesendet|geschickt) (?:von|mit|über|aus) (?:meinem |meiner |der |dem |outlook "
    rf"|mail )?.{{0,50}}"
    rf"|holen sie sich outlook .{{0,40}}|outlook für (?:ios|android|mac|windows) (?:herunterladen|beziehen)?.{{0,30}}"
    rf"|envoyé (?:de|depuis|à partir d|avec|par) ?.{{0,60}}|(?:télécharger?|obtenez|obtenir) outlook pour .{{0,40}}"
    rf"|enviado (?:desde|do|de|a partir do|via|pelo|con|com|por) .{{0,60}}|(?:obtener|obtén|descargar?|obter|obtenha"
    rf"|baixar) (?:o )?outlook para .{{0,40}}"
    rf"|inviato (?:da|dal|dall'|con|tramite) ?.{{0,60}}|(?:scarica|ottieni) outlook per .{{0,40}}"
    rf"|(?:verstuurd|verzonden) (?:vanaf|vanuit|van|met|via) .{{0,60}}|outlook voor .{{0,20}}(?:downloaden"
    rf"|ophalen).{{0,30}}|download outlook voor .{{0,40}}"
    rf"|(?:skickat|skickades) från .{{0,60}}|hämta outlook för .{{0,40}}|sendt fra .{{0,60}}|(?:hent|få"
    rf"|skaff deg) outlook (?:til|for) .{{0,40}}"
    rf"|lähetetty .{{0,40}}|(?:wysłane|wysłano) (?:z|ze) .{{0,60}}|pobierz (?:program )?outlook .{{0,40}}"
    rf"|odesláno z .{{0,40}}"
    rf"|отправлено (?:с|из|от) .{{0,60}}|(?:скачать|получить|скачайте) outlook .{{0,40}}|надіслано з .{{0,40}}"
    rf"|elküldve .{{0,40}}"
    rf"|(?:私の)?.{{0,30}}から送信(?:しました)?"
    rf"|outlook for (?:ios|android).{{0,30}}"
    rf"|.{{0,20}}outlook (?:を入手|を取得|다운로드).{{0,30}}"
    rf"|(?:从|發自|发自|从我的|來自|来自)(?:我的)?.{{0,30}}(?:发送|傳送)?"
    rf"|(?:下载|获取|取得) ?outlook.{{0,30}}|(?:나의 |내 )?.{{0,20}}에서 보냄"
    rf")(?:[ ]?<[^<>]{{0,100}}>)?[)*\]. ]{{0,3}}",
    re.IGNORECASE,
)
MOBILE_STEMS = stems(
    "sent outlook gesendet geschickt gesandt yahoo gmail envoyé enviado inviato verstuurd verzonden skicka lähetetty"
    " wysła odesláno"
    " отправлено надіслано elküldve 送信 发自 發自 来自 來自 从 보냄"
)
