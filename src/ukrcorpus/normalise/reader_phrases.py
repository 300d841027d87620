"""What pages say to their readers, by kind: comments, newsletters, subscriptions; as in page_phrases."""

from ukrcorpus.normalise.patterns import alternatives

_PARTS = {
    "switch_off": alternatives(r"""
(?:disabl|deactivat|paus|whitelist)\w*
(?:turn|switch)\w* (?:it |them |your )?off
"""),
    "paper": alternatives(r"""
newsletters?|updates|alerts|briefings?|notifications|digest|bulletin|mailing list
"""),
    "our_page": alternatives(r"""
telegram|телеграм\w*|facebook|фейсбу\w+|twitter|твіттер\w*|твиттер\w*|instagram|інстаграм\w*
инстаграм\w*|youtube|ютуб\w*|viber|вайбер\w*|whats ?app|google ?news|гугл\w*|канал\w*|розсилк\w+
рассылк\w+|сторінк\w+|страниц\w+|соцмереж\w*|соцсет\w*|новин\w*|новост\w*|додат\w+|застосун\w+
приложени\w+|тик ?ток\w*|дзен\w*|max|threads
"""),
    "social": alternatives(r"""
facebook|twitter|x|telegram|instagram|youtube|whats ?app|viber|tiktok|linked ?in|google ?news
bluesky|threads|social (?:media|networks)
"""),
    "in_our": alternatives(r"""
(?:в|у|на|через|in) (?:наш\w+ |сво\w+ )?(?:telegram|телеграм|facebook|фейсбу|twitter|твіттер|твиттер|instagram|
    інстаграм|инстаграм|youtube|ютуб|viber|вайбер|whats ?app|google ?news|гугл|тик ?ток|дзен|x\b|наш\w+ (?:канал|
    сторін|страниц|сайт|групп|груп)|соцмереж|соцсет)\w*
"""),
}

READER: tuple[tuple[str, str], ...] = (
    (
        "boilerplate.comment_form",
        alternatives(
            r"""
(?:leave|post|add|write) (?:a |your |an )?(?:comment|reply|response|answer)s?|cancel reply
reply|submit(?: comment)?|post comment
comments?(?: ?\(\d+\)| \d+| closed| are closed| off)?
\d+ (?:comments?|responses?|replies|thoughts?)(?: (?:on|to) .{3,160})?|write the first comment.{0,20}
(?:view|show|see|read|jump to|load)(?: all)?(?: \d+)? comments?|sort by .{3,20}|comments for this \w+ are closed
(?:your|all) comments? (?:will|is|are|must be) .{0,60}\b(?:moderat|approv|review)\w*.{0,60}
(?:ваш|всі|усі|все) комментар\w+ .{0,60}\bмодера\w+.{0,40}|(?:ваш|всі|усі) коментар\w* .{0,60}\bмодера\w+.{0,40}
your e-?mail address will not be published\b.*|required fields are marked\b.*
save my name, e-?mail\b.*|notify me of\b.*
(?:your )?(?:name|e-?mail|website|comment|first name|last name)(?: address)? ?\*?(?: \(required\))?
you must be (?:logged in|a member|registered) to\b.*
(?:please )?(?:log|sign) ?in to (?:leave a |post a |add a )?(?:comment|reply)
you may use these html tags.*|please keep your comments .{0,120}
(?:read |see )?(?:our )?commenting (?:policy|rules|guidelines)
(?:залишити|додати|написати|показати) (?:коментар\w*|відповідь)
(?:\d+ )?коментар(?:і|ів|ь|я)?(?: ?\(\d+\)| ?\d+)?|скасувати відповідь
(?:оставить|добавить|написать|показать) (?:комментари\w+|ответ|отзыв)
(?:\d+ )?(?:свежие )?комментари(?:и|й|ев|я)(?: ?\(\d+\)| ?\d+)?|отменить ответ|(?:ваші|вашите|ваши) комментари+
коментувати|комментировать|обговорити|обсудить
ваша? (?:e-?mail|електронна|електронної) .{0,60}не (?:буде|оприлюдн)\w*.{0,80}
ваш адрес (?:e-?mail|электронной).{0,60}не будет .{0,80}|обов[’'ʼ]язкові поля .{0,40}|обязательные поля .{0,40}
(?:увійдіть|авторизуйтесь|зареєструйтесь|войдите|авторизуйтесь|зарегистрируйтесь),? (?:щоб|чтобы) .{0,60}
""",
            _PARTS,
        ),
    ),
    (
        "boilerplate.akismet",
        alternatives(
            r"""
.*\bakismet\b.*
.*\blearn how your comment data is processed\b.*
this (?:site|form) is protected by (?:recaptcha|hcaptcha)\b.*
""",
            _PARTS,
        ),
    ),
    (
        "boilerplate.adblock",
        alternatives(
            r"""
.{0,80}\bad[ -]?block(?:er|ers|ing)?\b.{0,20}\b(?:detected|enabled|active|in use|on)\b.{0,120}
.{0,160}\b%switch_off%\b.{0,80}\b(?:ad[ -]?block\w*|blockers?)\b.{0,160}
.{0,80}\bad[ -]?block\w*\b.{0,80}\b(?:%switch_off%|support\w*)\b.{0,160}
.{0,60}\b(?:вимкніть|відключіть|отключите|выключите)\b.{0,40}\b(?:блокувальник|блокировщик|ad ?block)\w*.{0,120}
.{0,60}\b(?:блокувальник|блокировщик)\w* реклам\w+\b.{0,120}
""",
            _PARTS,
        ),
    ),
    (
        "boilerplate.cookies",
        alternatives(
            r"""
(?:we|this (?:web)?site|our (?:web)?site)(?: and our partners)? uses? (?:(?:essential|optional|necessary|
    functional) )?cookies(?:$|\.| (?:to|for|on|and)\b).*
by (?:continuing to (?:use|browse)|using|clicking|visiting)\b.{0,60}\b(?:(?:our|this|the) (?:web)?site|cookies|
    privacy policy|terms of (?:use|service))\b.*
(?:accept|reject|allow|decline|got it|i agree|ok)(?:,? (?:all|only (?:necessary|essential)))?(?: cookies)?
(?:cookies?|privacy) (?:settings|policy|preferences|notice|statement)
manage (?:cookies|consent|preferences|options)|your privacy choices
privacy policy
terms (?:of (?:use|service)|(?:and|&) conditions)
(?:terms|privacy policy|cookies?)(?: (?:and|&|\|) (?:terms(?: of (?:use|service))?|privacy policy|conditions|
    cookies?))+
(?:ми|(?:цей|наш|даний) сайт) використову\w+ (?:файли )?(?:cookies?|кукі)\b.*
(?:мы|(?:этот|наш|данный) сайт) использу\w+ (?:файлы )?(?:cookies?|куки)\b.*
(?:продовжуючи (?:перегляд|користув|використ|перебува)\w*|залишаючись) .{0,60}(?:сайт\w*|cookies?)\b.*
(?:продолжая (?:просмотр|пользов|использ|просматрив)\w*|оставаясь) .{0,60}(?:сайт\w*|cookies?)\b.*
політика конфіденційності|политика конфиденциальности
(?:правила|умови) (?:користування|використання)\b.{0,40}
(?:правила|условия) (?:пользования|использования)\b.{0,40}
(?:прийняти|погоджуюс[ья]|принять|согласен|зрозуміло)(?: вс[іе])?(?: cookies?)?
""",
            _PARTS,
        ),
    ),
    (
        "boilerplate.newsletter",
        alternatives(
            r"""
(?:subscribe|sign up)(?: now| today| here| for free| to our (?:magazine|daily e-?mail))?|enter your e-?mail\b.*
(?:your )?e-?mail address
(?:subscribe|sign up) (?:to|for|and get) .{0,80}\b%paper%\b.{0,120}
(?:our|the|join our|daily|weekly|morning|evening|free) (?:\w+ ){0,2}newsletters?
(?:get|receive) (?:the|our|all the|more|daily|weekly|breaking|top) .{0,80}\b(?:%paper%|in your inbox|to your inbox|
    by e-?mail)\b.{0,80}
.{0,80}\b(?:delivered|straight|sent|directly) (?:daily |directly |straight |right )?(?:to|into|in) your (?:inbox|
    e-?mail|mailbox)\b.{0,80}
thank(?:s| you) for (?:reading|watching|subscribing|your (?:interest|support))\b.{0,200}
unsubscribe\b.{0,60}
(?:update|manage|change) (?:your )?(?:e-?mail )?preferences\b.{0,40}
(?:was this |forwarded this )(?:e-?mail|newsletter|forwarded)\b.{0,100}
you(?:’|'| a)re receiving this\b.{0,160}|відписатися\b.{0,60}|отписаться\b.{0,60}
(?:don(?:’|')t|never) miss (?:out on )?(?:a|an|any|our|the|another) (?:\w+ ){0,2}(?:update|stor(?:y|ies)|news|
    newsletter|episode|article|post|issue|thing|beat|headline)s?\b.{0,60}
stay (?:informed|up to date|updated|connected|tuned|in the loop)(?: (?:with|on|and|by)\b.{0,80})?
(?:please )?check your inbox\b.{0,120}
thank you for (?:subscribing|signing up)\b.{0,80}|you can unsubscribe\b.{0,80}
by (?:signing up|subscribing|providing|submitting)\b.{0,200}\b(?:agree|consent|policy|terms)\b.{0,120}
підпи(?:сатися|сатись|шіться|суйтеся|суйтесь)(?: на\b.{0,80})?
подпи(?:саться|шитесь|сывайтесь)(?: на\b.{0,80})?
введіть (?:ваш|свій|ваш[уі]) (?:e-?mail|електронн\w+).{0,60}|введите (?:ваш|свой) e-?mail.{0,60}
(?:щоденна|щотижнева|наша) (?:e-?mail-)?розсилка.{0,80}
(?:ежедневная|еженедельная|наша) (?:e-?mail-)?рассылка.{0,80}
""",
            _PARTS,
        ),
    ),
    (
        "boilerplate.paywall",
        alternatives(
            r"""
(?:subscribe|register|sign up|log ?in|sign in|join|create (?:a|your) (?:free )?account|become a (?:member|
    subscriber)) (?:now |today )?(?:to|and) (?:continue(?: reading)?|read|unlock|get (?:full |unlimited )?access|
    keep reading|view|see)\b.{0,120}
(?:this|the full|full) (?:article|story|content|post|text|access) (?:is |are )?(?:reserved |available |exclusive |
    exclusively |only )*(?:for|to) (?:our )?(?:paying |registered |premium |paid )?(?:subscribers|members|readers|
    users)\b.{0,80}
already (?:a |an )?(?:subscrib\w+|member|registered|have an account|signed up).{0,60}
not a (?:subscriber|member)(?: yet)?\b.{0,60}
you(?:’|'| ha)ve (?:read|reached|used) (?:all )?(?:your|the) .{0,60}\b(?:articles?|limit)\b.{0,80}
you have \d+ .{0,20}articles? (?:left|remaining).{0,60}
to (?:continue|keep) reading(?:,.{0,120})?
to (?:continue|keep) reading (?:please|this|the (?:full |rest of )?(?:article|story|text)|you|for free|on)\b.{0,120}
start (?:your|a) (?:free )?trial\b.{0,80}
unlock (?:this|the|full|unlimited|exclusive)\b.{0,80}
(?:premium|members[- ]only|subscribers?[- ]only|exclusive) (?:content|article|story)
get unlimited (?:digital )?access\b.{0,80}|cancel any ?time\b.{0,40}
.{0,80}доступ\w+ (?:лише|тільки|только) (?:для )?(?:\w+ )?(?:передплатник|підписник|подписчик)\w*.{0,80}
(?:оформіть|оформить|оформите|придбайте|купите|купіть) (?:передплату|підписку|подписку)\b.{0,100}
(?:щоб|чтобы) (?:читати|прочитати|дочитати|читать|прочитать|дочитать|продовжити|продолжить)\b.{0,120}\b(?:підписк|
    передплат|подписк|увійд|войд|зареєстр|зарегистр)\w*.{0,60}
вже (?:маєте|є) (?:передплат|підписк|акаунт)\w*.{0,60}
уже (?:есть (?:подписк\w+|аккаунт)|подписчик)\b.{0,40}
""",
            _PARTS,
        ),
    ),
    (
        "boilerplate.promo",
        alternatives(
            r"""
(?:download|get|install|try|use) (?:our|the) (?:free |new |official |mobile |\w+ ){0,3}app\b.{0,100}
(?:available|download it|get it|download) (?:on|from|in) (?:the )?(?:app ?store|google play)\b.{0,60}
app ?store(?:[ |/·•]+google play)?|google play(?:[ |/·•]+app ?store)?
(?:please )?(?:support|help|back|fund|sustain) (?:(?:us|our)\b.{0,40}\b(?:journalism|work|newsroom|reporting|team|
    mission|outlet|journalists)|(?:independent|quality|free|fearless)\b.{0,20}\b(?:journalism|newsroom|reporting|
    media))\b.{0,120}
(?:donate|support us|make a donation|become a (?:patron|member|supporter)|buy (?:us|me) a coffee|
    give now)(?: (?:now|today|here|to|on|and)\b.{0,80})?
(?:if you (?:like|enjoy|value|appreciate)|your (?:support|donation|contribution)|we (?:need|rely on) your|
    every (?:donation|contribution)|as little as)\b.{0,120}\b(?:donations?|donate|patreon|paypal|our journalism|
    (?:our|independent) newsroom|independent (?:journalism|reporting|media)|reader support|subscription|
    become a (?:member|subscriber|supporter))\b.{0,120}
(?:(?:also |please )?(?:follow|find|like|join|add|read|watch|catch) (?:us|our (?:page|channel|group|\w+ (?:page|
    channel|group))|@\S+|.{2,40}(?= on (?:google news|telegram|facebook|whatsapp))))(?: (?:on|at|in|
    via))?(?: our)? %social%\b.{0,80}
(?:also )?follow (?:us|me|him|her|them|the author|@\w+)(?: on %social%\b.{0,60})?|connect with us.{0,40}
join our (?:\w+ )?(?:telegram|whatsapp|facebook|community|channel|group|viber)\b.{0,100}
join the %social% (?:channel|group)\b.{0,60}
are you affected by\b.{0,120}
(?:please )?get in touch(?: with us)?(?: (?:by|on|via|at|here)\b.{0,80})?
(?:якщо|если) (?:вам|вы|ви) (?:сподоба|понрави|подоба|хочете|хотите)\w*\b.{0,80}\b(?:підтрим|поддерж|підпи|подпи|
    patreon|поділ|подел)\w*.{0,80}
(?:report|submit|flag|suggest|send) (?:us )?(?:a |an |your )?(?:typo|error|mistake|correction|news tips?|tips?|
    story idea|photo)s?(?: or (?:an? )?(?:typo|error|correction|tip)s?)?
(?:have|got) (?:a |any )?(?:news )?(?:tip|story|question|feedback|something to say)\b.{0,120}
(?:send|submit|email) (?:us )?(?:your|a) (?:tips?|stor(?:y|ies)|feedback|letters?)\b.{0,120}
for (?:more|all(?: of)? the latest|the latest) (?:news|stories|information|updates|coverage|headlines|
    on)\b.{0,60}\b(?:visit|follow us|click|download|subscribe|sign up|check out|go to)\b.{0,100}
click here\b.{0,80}|tap here\b.{0,80}
(?:читайте|дивіться|слідкуйте|стежте|приєднуйтесь|приєднуйтеся|приєднуйся|долучайтесь|долучайтеся|додайте|слухайте|
    шукайте|обирайте|встановіть|завантажуйте|завантажте)\b.{0,60}\b%our_page%.{0,100}
(?:читайте|смотрите|следите|присоединяйтесь|присоединяйся|добавьте|слушайте|ищите|выбирайте|установите|скачивайте|
    скачайте)\b.{0,60}\b%our_page%.{0,100}
(?:(?:ще )?більше|(?:ещ[её] )?больше|найважливіш\w+|найцікавіш\w+|головн\w+|оперативн\w+|усі|всі|важлив\w+|
    сам\w+ \w+|главн\w+|все|важн\w+) (?:[^.!?]{0,40} )?(?:новин\w*|новост\w*|матеріал\w*|материал\w*|події|
    события)\b[^.!?]{0,60}\b%in_our%.{0,60}
(?:ми|мы) (?:є |есть )?%in_our%.{0,60}
наш\w? %our_page%(?:[ -]канал\w?)?(?: ?:? ?(?:@|https?://|t\.me)\S+)?
(?:будьте в курсі|будьте в курсе)\b.{0,100}
(?:підтримайте|поддержите) (?:нас|(?:нашу |наш |наше |нашу |незалежн\w+ |независим\w+ )?(?:редакці\w+|редакци\w+|
    журналіст\w*|журналист\w*|медіа|издание|видання|проєкт|проект|роботу|работу))\b.{0,120}
(?:станьте|станьте|долучайтеся до|долучайтесь до) .{0,40}\b(?:читач\w*|читател\w*|патрон\w*|
    спільнот\w* .{0,30}(?:читач|друзів|видання)\w*|клубу?|підписник\w*|подписчик\w*)\b.{0,120}
""",
            _PARTS,
        ),
    ),
)
