"""What closes an article on its page, by kind: end marks, credits, contacts, reuse, ratings; as in page_phrases."""

from ukrcorpus.normalise.patterns import alternatives

_PARTS = {
    "people": alternatives(r"""
(?:(?:(?:the|our|and|in|from|at|for|with|of|та|і|и|desk|bureau|bureaus|staff|newsroom|team|correspondents?|reporters|
    agencies|wires?|writers?)(?!\w)|&|(?-i:[A-ZА-ЯЁІЇЄҐ][\w’'.\-]*+))[ ,/]*+){1,16}
"""),
    "work": alternatives(r"""
(?:additional |other |further |original )?(?:reporting|writing|editing|compiling|translation|translating|photography)
reported|written|edited|compiled|translated
"""),
    "reuse": alternatives(r"""
(?:re)?print(?:s|ed|ing)?|republi\w+|reproduc\w+|cop(?:y|ying|ied)|reuse|cit(?:e|es|ed|ing)|quot(?:e|es|ed|ing)
us(?:e|es|ed|ing)|distribut\w+|redistribut\w+
"""),
    "ours": alternatives(r"""
(?:(?:any|all|our|its|the|these|this|of|original) ){0,3}(?:materials?|content|information|articles?|texts?|news|stories|
    stor(?:y|ies)|publications?)
"""),
    "emoji": r"[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?",
    "much": r"\d[\d., ]*(?:тис\.?|тыс\.?|млн|[kmкт]\b)?",
}

CLOSING: tuple[tuple[str, str], ...] = (
    (
        "boilerplate.closing",
        alternatives(
            r"""
#{2,6}|-0-|-30-|-{1,2} ?(?:ends?|end ?item|fin) ?-{1,2}|end ?item|endit|end of (?:text|story|release|message)
\((?:ends?|more|конец|кінець)\)|(?:ende|koniec|fin)
(?:%work%(?: and %work%)? (?:by|from|in) %people%[;.]? ?)+
(?:media|press|news) (?:contacts?|inquiries|enquiries|office)(?: ?[:–—-]| for) .{2,160}
(?:please )?(?:contact|reach|e-?mail) (?-i:[A-ZА-Я])[^.!?]{2,60} (?:at|on|by|via)\s
    (?:\S+@\S+|\+?[\d(][\d() .-]{5,24}|@\w+)(?:.{0,60}(?:@|\d).{0,40})?
(?:contact|e-?mail|write to|call) (?:the )?(?:author|reporter|writer|newsroom|editors?|desk)\b.{0,100}
(?:reach|follow) (?:him|her|them|the (?:author|reporter|writer)|(?-i:[A-Z])\w+(?: (?-i:[A-Z])[\w’'-]+)?)\s
    (?:at|on|via) .{0,20}(?:@|\d{3}|twitter|facebook|linkedin|instagram|bluesky|threads|telegram|\bx\b).{0,100}
(?-i:[A-ZА-ЯІЇЄҐ])[\w’'.]*(?: [\w’'.]+){0,4}[,;:–—-] ?(?:e-?mail:? ?)?\S+@\S+\.\w+(?:[,; |]+(?:tel\.?:? ?|
    тел\.?:? ?)?\+?[\d(][\d() .-]{6,24})*
про автор(?:а|ку|ів)[.:] .{3,240}|об автор(?:е|ах)[.:] .{3,240}|about the authors?[.:] .{3,240}
(?:except for the headline,? )?(?:this|the) (?:story|article|report|copy|item|content) (?:has|have|was|
    is)(?: only)? not(?: been)?\s
    (?:edited|created|written|reviewed|verified)\b.{0,240}
this (?:story|article|report|copy|item|content) (?:is|was|has been) (?:\w+ ){0,2}(?:from|by) (?:a |an |
    our )?(?:syndicated|
    wire|agency|news agency|automated)\b.{0,160}
.{0,40}\bauto-generated from a (?:syndicated|wire|news) feed\b.{0,80}
this (?:page|entry|document) was (?:last )(?:edited|updated|modified|reviewed|changed)\b.{0,80}
(?:востаннє|останнє) (?:змінен|оновлен|редаг|оновлення|редагування)\w*\b.{0,60}
последн(?:ее|яя) (?:изменение|обновление|правка|редакция)(?: (?:страницы|сайта))?\b.{0,60}
this (?:publication|brief|paper|report|booklet) (?:was|is) (?:printed|typeset) on (?:recycled|fsc|acid)\b.{0,240}
(?:(?:print |online |e-?)?issn|isbn)\b[: ].{0,60}
(?:when|while|if|upon|in case of) %reuse%(?:(?: and| or|,|/) ?%reuse%)* %ours%\b.{0,160}\b(?:links?|hyperlinks?|
    reference|credit|attribution|mandatory|obligatory|required|permission|consent)\b.{0,160}
(?:[\w’'.-]+ ){0,6}(?:allows?|permits?|welcomes) (?:the |free |partial |full )*(?:reprint|republi|reproduc|copying)\w*\s
    (?:of )?%ours%\b.{0,40}\b(?:provided|if|on condition|as long as)\b.{0,160}
(?:articles|materials|stories|texts|content) (?:on|from|of) (?:this|our|the) (?:web)?site\b.{0,40}\b(?:may|can) (?:be )?
    (?:freely |only )*%reuse%\b.{0,160}
(?:[^.!?]{0,80}[.!?] )?(?:редакці|редакци|(?:адміністраці|администраци)(?=[яї] (?:сайт|портал|видан|издан|канал|
    ресурс)))[яї](?: [а-яіїє]+)?\s
    не (?:несе|несёт|несет) (?:жодної |никакой )?(?:відповідальн|ответственн).{0,200}
(?:disclaimer ?: ?)?(?:the |all )?(?:information|content|materials?)(?: \w+){1,6} (?:is|are|
    for)(?: \w+){0,3} (?:general|
    informational|information|educational)(?: \w+){0,4} (?:purposes?|only)\b.{0,200}
(?:(?:ця |цей |эта |этот |вся |дана |данная |данный )?(?:інформаці\w+|матеріал|статт\w+|информаци\w+|материал|стать\w+)
    (?:\w+ ){0,4}(?:має|носить|носит|имеет) (?:\w+ ){0,2}(?:ознайомч|інформаційн|ознакомительн|
    информационн)\w+ характер\b.{0,160})
(?:editing|reporting|writing|layout|graphics)(?: by)? ?: %people%
(?:view|show|see|read|hide) (?:all )?comments? ?\(?\d{1,5}\)?|(?:post |page )?views?: ?\d[\d,. ]*k?
(?:наш|мой|мій) (?:телеграм-?)?канал(?: (?:у|в) (?:telegram|телеграм\w*|viber|whatsapp))? ?: ?(?:@|https?://|t\.me/)\S+
(?:переклад|перевод|над матеріалом працювали|над материалом работали|підготува(?:в|ла|ли)|подготовил[аи]?|коректор|
    корректор|
    редактор(?:ка)?) ?[:–—-] ?(?-i:[А-ЯІЇЄҐ])[\w’'.-]+(?:,? (?:та |і |и )?(?-i:[А-ЯІЇЄҐ])[\w’'.-]+){0,9}
(?:матеріал|материал|публікаці[яю]|публикаци[яю]|стаття|статья) (?:створен|підготовлен|опублікован|создан|подготовлен|
    опубликован)\w* (?:за підтримк|при поддержк|в рамках|у межах)\w* .{2,160}
this (?:article|story|project|report|series) (?:is|was|has been) (?:supported|funded|made possible) by (?:a |
    the )?.{2,30}
    \b(?:grants?|funds?|foundation|readers)\b.{0,100}
(?:зображення|ілюстрація|изображение|иллюстрация|картинка|image|illustration) (?:згенерован|створен|создан|сгенерирован|
    generated|created|made)\w* (?:ші|ии|за допомогою|с помощью|нейро\w+|by|with|using)\b.{0,60}
original (?:article|story|post) ?: .{3,160}
reproduction (?:in whole or in part|of .{2,40}?) (?:without|is)\b.{0,100}\b(?:prohibited|forbidden|permission)\b.{0,60}
(?:(?:share|post|send|pin|save) (?:on|via|to|by|in) (?:facebook|x|twitter|e-?mail|whatsapp|telegram|linkedin|reddit|
    pinterest|
    viber|messenger|threads|bluesky|pocket)(?:[ ,|]+|$)){2,12}
\d+ (?:оцен\w+|оцін\w+|голос\w*|votes?|ratings?|reviews?)\b.{0,20}\b(?:средн\w+|середн\w+|average|avg|рейтинг)\b.{0,40}
(?:average )?(?:rating|рейтинг|оцінка|оценка)(?: статті| статьи)? ?[:–—-]? ?[\d.,]+ ?(?:/|из|із|з|out of|of) ?\d+.{0,40}
(?:адрес|адреса|url|link|посилання|ссылка)(?: (?:статьи|статті|страницы|сторінки|на статью|на статтю|материала|
    матеріалу))? ?: ?https?://\S+
(?:перепечатка|передрук|копирование|копіювання|использование|використання)(?: \w+){0,2} (?:запрещен|заборонен|
    возможн|можлив|
    разрешен|дозволен)\w* (?:без|только|лише|тільки|за|с|при|з) .{0,100}
[★☆⭐✩✰ ]{2,}(?: ?\(?\d.{0,30})?
(?:was this|did you find this|is this) (?:article|page|post|story|content|information) (?:helpful|useful|
    interesting)\b.{0,30}
(?:чи )?(?:була )?(?:ця )?(?:стаття|інформація)(?: була)? (?:корисною|корисна)(?: для вас)?.{0,10}
(?:была ли )?(?:эта )?(?:статья|информация)(?: была)? полезн(?:ой|а)(?: для вас)?.{0,10}
(?:%emoji% ?%much% ?)+(?:(?:edited|изменено|змінено|ред\.) ?)?(?:\d\d:\d\d)?|(?:edited|изменено|змінено) \d\d:\d\d
%much% ?(?:підписник\w*|подписчик\w*|subscribers?|followers?)
%much% ?[%emoji_set%]+ ?(?:edited )?(?:\d\d:\d\d)?|@\w{4,40}
(?:прослушать|прослухати) (?:новость|новину|статью|статтю|текст|материал|матеріал)
(?:auto[- ]?)(?:refresh|updates?)(?: (?:is )?(?:on|off))?|(?:pinned|pinned (?:post|update))|\d+ new (?:updates?|posts?)
(?:get|enable|turn on|receive) (?:live )?(?:alerts|notifications)(?: (?:for|on|about) .{2,40})?
(?:read|view|open|listen|watch) (?:it )?in (?:the )?app
""",
            {**_PARTS, "emoji_set": r"\U0001f300-\U0001faff\u2600-\u27bf\ufe0f"},
        ),
    ),
    (
        "boilerplate.forum",
        alternatives(
            r"""
thread starter.{0,40}|start date (?:[a-z]{3,9}\.? )?\d[\w, .:]{3,20}|(?:prev(?:ious)? )?1 (?:\d{1,4} |… |
    \.\.\. ){1,12}(?:\d{1,5} )?(?:next|last)
(?:well-known|active|senior|junior|regular|distinguished|registered) (?:member|user)
joined: (?:(?-i:[A-Z])[a-z]{2,8}|\d{1,2}|\d{4}).{0,20}
(?:messages|posts|reaction score|points|trophy points|karma|likes received|solutions):? ?\d[\d.,]*k?
reactions: .{2,80}\band \d+ others?|click to (?:expand|enlarge|reveal)\b.{0,20}|(?:new|unread|latest) posts|
    watch thread|jump to (?:content|navigation|search|(?:the )?(?:top|bottom|new|latest|last|first unread|
    comments)\b.{0,20})
you must (?:log ?in|sign ?in|register)(?:,? (?:or|and|/) (?:log ?in|sign ?in|register|sign ?up))? to (?:reply|post|
    comment|
    view|see|continue)\b.{0,60}
(?:like|reply|quote|report|share|bookmark|multiquote|post reply)(?:[ |/·•,]+(?:like|reply|quote|report|share|bookmark|
    multiquote|post reply|to post))+
(?:попередній|наступний|предыдущий|следующий) (?:пост|допис|запис|запись|выпуск|випуск)|(?:previous|next) (?:post|issue)
(?:схожі|похожие|similar) (?:канали|каналы|channels)
(?:(?:підписатися|подписаться|надіслати новину|прислать новость|чат|поддержать|реклама|бот|зв[’'ʼ]язок|связь|буст|
    boost|наш чат|сайт)[ |/·•]+){1,6}(?:підписатися|подписаться|надіслати новину|прислать новость|чат|поддержать|
    реклама|бот|зв[’'ʼ]язок|связь|буст|boost|наш чат|сайт)
""",
            _PARTS,
        ),
    ),
    (
        "boilerplate.asks",
        alternatives(
            r"""
(?:\(0\)|\(\d+\)) (?:comments?|коментар\w*|комментари\w*)|welcome to the discussion
if you (?:value|enjoy|like|appreciate|believe in) (?:our|this|what we|the work)\b.{0,140}
we (?:rely|depend) on (?:our )?(?:readers|supporters|people|members)(?: like you)?(?: to .{2,60})?|donate (?:today|
    now|here)
(?:please )?(?:log ?in|sign in|register|subscribe)(?:,? or (?:create|register|subscribe|sign up)[\w ]{0,30})? to\s
    (?:continue|keep|read|unlock)\b.{0,80}
(?:please )?be (?:respectful|civil|kind|polite) (?:and|to|in)\b.{0,60}|(?:all )?comments are (?:moderated|reviewed|
    open)\b.{0,60}
(?:have|got) something to (?:add|say|share)\?|(?:please )?write to us (?:at|on|via) .{2,60}
do you have (?:an? |any )?(?:tips?|stor(?:y|ies)|information|questions?|news)\b.{0,60}\?|e-?mail (?:us|\S+@\S+)\b.{0,60}
no votes so far|be the first to (?:rate|comment|like|share|react|vote)\b.{0,40}|turn on (?:push )?notifications\b.{0,80}
help us improve|take (?:our|this) .{0,20}\bsurvey\b.{0,40}|join the (?:discussion|debate)(?: (?:on|below|here).{0,30})?
thank(?:s| you) for (?:your )?(?:feedback|vote|rating)
our (?:journalism|work|newsroom|reporting) is (?:made possible|funded|supported|powered) by .{0,100}
add .{2,40} to your .{0,20}\b(?:feed|sources|favou?rites|home screen)
(?:make|choose|set) (?:us|.{2,30}) (?:as )?(?:a |your )?preferred (?:source )?on google|support us (?:here|now|today)
(?:повідомити|сообщить) (?:про|об?) (?:помилк|одруківк|опечатк|ошибк)\w+
(?:підтримай|поддержи)(?:те)? (?:нас|наш\w*)(?: (?:на|у|в|через|роботу|работу|проєкт|проект)\b.{0,80})?
стань(?:те)? (?:частиною|частью|учасником|участником|другом|патроном) (?:наш\w+|спільнот\w+|клуб\w*|
    сообществ\w+)\b.{0,60}
(?:щоб|чтобы) (?:залишити|оставить|додати|добавить|написати|написать) (?:свій |свой )?(?:коментар|комментарий|відгук|
    отзыв).{0,80}
ваша (?:оцінка|оценка)|дякуємо,? (?:що (?:читаєте|слухаєте|дивитеся|ви з нами)|за (?:підтримку|увагу|довіру|
    перегляд)).{0,40}
спасибо,? (?:что (?:читаете|слушаете|смотрите|вы с нами)|за (?:поддержку|внимание|доверие|просмотр)).{0,40}
(?:напишіть|напишите|пишіть|пишите) нам\b.{0,80}
(?:помогите|допоможіть) нам (?:работать|продолжать|стать|рассказ|сохран|працювати|продовж|розповід)\w*\b.{0,60}
(?:статья|стаття|публикация|новость|новина) (?:оказалась|была|була|виявилася) (?:полезной|интересной|корисною|цікавою)\?
(?:поделитесь|поділіться|розкажіть|расскажите) (?:\w+ ){0,3}(?:друзьям|друзям)и?.{0,20}
(?:більше|больше) (?:новин|новостей) .{0,30}\b(?:сайт|канал|сторінц|страниц)\w+.{0,20}
keep it (?:clean|civil|respectful|friendly)\. .{0,240}|please avoid (?:obscene|vulgar|profan|personal attack|
    offensive)\w*\b.{0,160}
don(?:’|')t threaten\. .{0,160}|be (?:truthful|nice|proactive|civil|respectful|kind)\. .{0,160}
share with us\. .{0,160}|.{0,40}\bthreats of harming another person\b.{0,60}
before (?:adding|posting|leaving|making|writing) (?:a |your )?comments?,? .{0,160}
(?:comments|коментарі|комментарии)(?:,? (?:that|which|що|які|содержащие|які містять|що містять))?\b.{0,100}
    (?:will be|будуть|будут|підлягають|подлежат|видаляються|удаляются) ?(?:removed|deleted|hidden|видален\w*|удален\w*)?
(?:правила|політика|політика щодо|политика) (?:коментування|коментарів|комментирования|комментариев|модерац\w+).{0,40}
(?:our|the|your|join our) (?:\w+ ){0,2}(?:newsletter|e-?mail|briefing) (?:breaks down|brings|rounds up|provides|
    delivers|
    gives|offers|covers|explains|keeps)\b.{0,160}
sign up (?:to|for) (?:our |the )?(?-i:[A-Z])[\w’'-]*(?: [\w’'-]+){0,5}
(?:daily|weekly|monthly|free|regular) (?:analysis|insights?|dispatches|news|stories|reporting|coverage|
    highlights) (?:from|by)\s
    our (?:\w+ ){0,2}(?:correspondents|reporters|journalists|experts|team|newsroom|editors|analysts)
privacy notice: .{0,240}
(?:like|enjoy|love)(?:d|ing)? (?:what you(?:’|'|[ ]a)?(?:re)? (?:read|see|reading)|this (?:e-?mail|newsletter|issue))\?
(?:please )?forward (?:this|it)(?: (?:e-?mail|newsletter|issue))? to .{2,40}
(?:upgrade|boost|transform|supercharge|level up) your .{2,80}
(?:why not|will you|can you|please consider|consider) (?:support|supporting|back|backing|fund|funding|help)\b.{0,60}
    \b(?:journalism|newsroom|reporting|media|work)\b.{0,40}
(?:from|for just|only|just|for as little as) [£$€₴]\d[\d.]* ?(?:a|per|/) ?(?:week|month|year)(?:[.,;] ?cancel.{0,40})?
(?:try it|try us|try) (?:free|for free)\b.{0,40}
(?:a )?(?:message|word) from our (?:sponsors?|partners?|advertisers?)|brought to you by .{2,40}
.{2,60} is a reader-supported publication\b.{0,240}|to receive new posts\b.{0,160}
upgrade (?:to (?:paid|premium|pro)|your subscription|now)\b.{0,40}
until (?:next|tomorrow)(?: (?:week|time|issue|monday|tuesday|wednesday|thursday|friday|sunday))?
add us (?:on|to|in) .{2,40}|(?:click|tap|press) (?:on |the )+(?:audio|video|play|player|link|button|image|photo|
    icon)\b.{0,120}
tell us (?:what you think|your (?:story|thoughts|view|views|opinion))\b.{0,120}
follow(?: us)?(?: on)? ?[:–—-] ?(?:facebook|x|twitter|instagram|telegram|youtube|linkedin|whatsapp|tiktok|threads|
    bluesky|viber)(?:[ |/·•,&]+(?:and )?(?:facebook|x|twitter|instagram|telegram|youtube|linkedin|whatsapp|tiktok|
    threads|
    bluesky|viber))*
share ?[-–—:|] ?(?:wechat|weibo|qq|facebook|x|twitter|linkedin|whatsapp|telegram|e-?mail|vk|viber)
stay (?:informed|tuned|updated|ahead)[:,;] .{0,20}\b(?:bookmark|subscribe|follow|check|visit|save)\b.{0,120}
(?:bookmark|save) (?:this|our)(?: \w+){0,3} (?:page|article|tracker|guide|site|post)\b.{0,80}
.{0,100}(?:признал\w*|визнал\w*) (?:наше|нашу|наш) (?:издание|редакцию|видання|медіа|редакцію|сайт)\b.{0,160}
(?:підтримати|поддержать) (?:редакці\w+|редакци\w+|нас|проєкт|проект|видання|издание|наш\w* \w+|журналіст\w+|
    журналист\w+)
(?:мы|ми) (?:работаем|існуємо|существуем|працюємо) (?:благодаря|завдяки|за рахунок|за счёт|за счет)\b.{0,120}
(?:оформит\w*|оформіть|зробіть|сделайте) (?:\w+ ){0,3}(?:пожертвовани\w*|донат\w*|внес\w*|взнос\w*|пожертв\w*)\b.{0,60}
не (?:пропустіть|пропустите|пропускайте) (?:головн|найважлив|найцікав|нов|важлив|главн|важн|интересн|сам)\w+.{0,40}
(?:хочете|хотите|бажаєте) (?:\w+ ){0,2}(?:дізнава|узнава|отрим|получа|бути|быть|знати|знать|читати|читать)\w*\b.{0,60}\?
(?:подивіться|долучайтеся|долучайтесь|приєднуйтесь|приєднуйтеся|присоединяйтесь|присоединяйтеся) (?:до|
    к) нас?м?\b.{0,60}
(?:більше|больше|ещё больше|ще більше) (?:цікав|интересн|важлив|важн|полезн|корисн|новин|
    новост)\w* ?(?:[–—-] )?%in_our%.{0,60}
(?:(?-i:[А-ЯІЇЄҐ])[а-яіїєґ’'ʼ]+ (?:\w+ ){0,4})?(?:повідомлення|новини|сообщения|новости|події|события) (?:читайте|
    дивіться|смотрите|
    шукайте|ищите)\b.{0,80}
(?:раніше|ранее|раньше) (?:ми|мы) (?:писали|повідомляли|розповідали|сообщали|рассказывали) (?:про|о|об) .{2,80}
(?:підписуйтесь|підписуйтеся|підпишіться|подписывайтесь|подпишитесь)(?: на (?:нас|наш\w*|канал\w*)\b.{0,80})?
(?:остались|залишилися|залишились|есть|маєте|виникли|возникли) (?:\w+ )?(?:вопросы|питання|запитання)\?
(?:задавайте|задайте|ставте|пишіть|пишите|задавай) (?:їх |их |нам |свои |свої |ваші |ваши |питання |вопросы )*(?:в|
    у) коммента\w+.{0,30}
(?:ставте|пишіть|залишайте) (?:їх |нам |свої |ваші |питання |запитання )*(?:в|у) комента\w+.{0,30}
(?:поставьте|поставте|залиште|оставьте) (?:свою )?(?:оценку|оцінку)\b.{0,80}
(?:совет|порада|лайфхак)(?: эксперта| експерта| редакции| редакції| дня| читателю| читачеві)? ?[:!–—-] (?:подпиш|
    підпиш|сохран|
    збереж|добав|дода|подел|поділ|оформ|включ|увімкн)\w+\b.{0,160}
""",
            {
                "in_our": r"(?:в|у|на) (?:наш\w+ )?(?:telegram|телеграм|facebook|фейсбу|viber|вайбер|whats ?app|google|"
                r"канал|youtube|ютуб|instagram|інстаграм|инстаграм|соцмереж|соцсет)\w*"
            },
        ),
    ),
)
