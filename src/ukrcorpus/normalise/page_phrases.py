"""What the furniture of pages says, by kind: an alternative a line, case aside, anyone can add to.

A line is matched as a whole, with the marks around it taken off: brackets, arrows, bullets, emoji, a final stop.
"""

from ukrcorpus.normalise.patterns import alternatives

# Alone at the head of a page these name a part of the site; several in a row are its menu.
SECTIONS = alternatives(r"""
home|news|world(?: news)?|europe|politics|opinion|analysis|business|economy|war|ukraine|russia
war in ukraine|russia[–—-]ukraine war|ukraine war|top stories|latest(?: news)?|breaking(?: news)?
headlines|international|national|local(?: news)?|us|u\.s\.|usa|uk|asia|middle east|africa|americas
culture|sports?|technology|tech|science|health|lifestyle|entertainment|video|videos|photos
photo|podcasts?|weather|live(?: updates| blog| coverage| stream)?|exclusive|explainers?|features?|editorial|commentary
interviews?
press releases?|security|defen[cs]e|diplomacy|energy|markets|society|travel|about(?: us)?|contacts?(?: us)?
advertise(?: with us)?|careers|subscribe|log ?in|sign ?in|sign ?up|search|menu|more|general
archives?|services|contact|shop|donate|authors?|topics|regions|uncategorized|global|magazine
community|conflicts?|premium|головна|новини(?: україни| світу)?|світ|політика|війна|україна
економіка|суспільство|культура|спорт|технології|здоров[’'ʼ]я|думки|блоги|інтерв[’'ʼ]ю|аналітика
статті|відео|фото|події|погода|публікації|контакти|про нас|всі новини|європа|столиця|регіони
стрічка новин|головні новини|реклама|пошук|меню|ексклюзив|спецпроєкти|главная|новости(?: украины| мира| россии)?
мир|в мире|политика|война|украина|экономика|общество|культура|спорт|технологии|здоровье|мнения
блоги|интервью|аналитика|статьи|видео|фото|события|погода|публикации|контакты|о нас|все новости
европа|регионы|лента новостей|главные новости|происшествия|армия|наука|авто|поиск|эксклюзив
россия|сша|бизнес|финансы
""")

_PARTS = {
    "network": alternatives(r"""
facebook|twitter|x|whats ?app|telegram|linked ?in|reddit|e-?mail|print|copy(?: link)?|pinterest
viber|messenger|instagram|youtube|tumblr|threads|bluesky|tiktok|google news|google\+|flipboard
pocket|vk|вконтакте|фейсбук|твіттер|твиттер|телеграм|вайбер|mastodon|line|wechat|sms|одноклассники
flipboard|gmail|skype|xing|link
"""),
    "names": alternatives(r"""
(?-i:[A-ZА-ЯІЇЄҐ][\w’'.\-]*)(?:(?:,|;|/| and| &| in| from| at| for| with| the| of|,? та|
    ,? и)* ?(?-i:[A-ZА-ЯІЇЄҐ][\w’'.\-]*))*
"""),
    "share_uk": alternatives(r"""
поділи(?:ти|тися|тись|ться|тесь)|поделиться|поделитесь|поширити|поширте|надіслати|отправить
"""),
}

PAGE: tuple[tuple[str, str], ...] = (
    (
        "boilerplate.navigation",
        alternatives(
            r"""
skip to (?:main )?(?:content|navigation)(?: area)?|(?:back|scroll|return) to top|(?:main |site |primary )?menu
search(?: for:?| here| this (?:web)?site)?|close(?: menu| ad| this)?
(?:toggle|open|close|show|hide) (?:navigation|menu)
(?:view|read|open) (?:this (?:email|message) )?(?:in|on) (?:your |the )?(?:browser|web)|newest(?: first)?
oldest(?: first)?|(?:page )?\d{1,3} (?:of|/) \d{1,3}|(?:\d{1,3} ){2,}(?:\d{1,3}|next|last)
skip .{2,40} and continue reading.{0,40}
end of (?:related|promotion|most (?:read|popular)|advert\w*|recommended|trending|podcast|newsletter)\b.{0,40}
show .{3,20} only
(?:please )?(?:turn on|enable|activate) javascript\b.{0,80}
javascript is (?:disabled|required|not available)\b.{0,120}
(?:this|your) browser (?:does not|doesn(?:’|')t) support\b.{0,120}|log ?(?:in|out)
sign ?(?:in|up|out)(?: ?(?:/|or) ?(?:register|sign ?up|create account))?|register|my account
(?:create|manage)(?: an| your)? account|site ?map|about us|contact us|advertise with us|home ?page
(?:advert(?:isement)?s?|ads?)(?: ?[-–—|:] ?scroll to continue(?: with content)?)?|sponsored(?: content)?(?: by \w+)?
ad(?:vertisement)?s? by \w+|promoted(?: content)?|paid (?:content|post)
(?:proudly )?powered by (?!a |the |an )[\w .]{2,30}
(?:story|article|content|text) continues(?: (?:below|after)\b.{0,40})?
add .{2,40} as (?:a |your )?preferred source.{0,40}
(?:url source|source url|permalink|canonical|link) ?:? ?https?://\S+|markdown content
(?:оцініть|оцените|rate) (?:цей |этот |this )?(?:матеріал|материал|статтю|статью|article|post|story)\b.{0,40}
.{0,160}\b(?:contact us|write to us) for (?:subscription|advertising|syndication|licen[cs]ing)\b.{0,80}
continue reading(?: below| the main story| the article)?|scroll (?:down )?to continue.{0,30}
keep reading
(?:load|see|show|view|read) (?:more|all|less)(?: (?:comments|updates|news|posts|stories|articles|photos|videos))?
expand|collapse
listen(?: to (?:this|the) (?:article|story))?(?: ?[-–—:]? ?\d+ ?(?:min\w*|sec\w*))?|play(?: video| audio)?
(?:watch|view) (?:the )?(?:video|gallery|slideshow)|(?:watch )?live(?: tv| stream| now)?
watch (?:live|now|more|on .{2,30})
download(?: the| as| a)?(?: full)? ?(?:pdf|report|article|app|file)?(?: as pdf)?|open in app
print(?: this)?(?: article| page)?|pause|mute|unmute
(?:save|bookmark)(?: (?:this )?(?:article|story|for later))?|copy(?: the)? link|link copied
copied|text size|font size|(?:aa?)(?: ?[+-]?a){1,4}[+-]?|translate|select (?:your )?language
get the app|dark mode|add to (?:favou?rites|bookmarks)
реклама|меню|пошук|поиск|увійти|войти|вхід|вход|реєстрація|регистрация|нагору|наверх|вгору
на головну|на главную|версія для друку|версия для печати|друкувати|распечатать|показати (?:ще|більше)
показать (?:ещ[её]|больше)|згорнути|свернуть|завантажити (?:ще|більше)|загрузить ещ[её]|слухати
слушать|перейти до (?:основного )?вмісту|перейти к (?:основному )?содержанию|докладніше|детальніше
подробнее|читати повністю|читать полностью|закрити|закрыть|продовження (?:після|під) реклам\w+
продолжение (?:после|под) реклам\w+|додати в обране|в избранное|усі новини|зворотній зв[’'ʼ]язок
обратная связь|карта сайт[уа]|про проєкт|о проекте|редакція|редакция
(?:(?:en|uk|ua|ru|eng|укр|рус|de|pl|fr|es|tr|english|українська|русский|polski|deutsch|türkçe|
    français)[ |/·•]+)+(?:en|uk|ua|ru|eng|укр|рус|de|pl|fr|es|tr|english|українська|русский|polski|deutsch|türkçe|
    français)
""",
            _PARTS,
        ),
    ),
    (
        "boilerplate.meta",
        alternatives(
            r"""
(?:0|6|12|16|18)\+|republish (?:this|our)\b.{0,80}|this audio (?:is|was|has been)\b.{0,80}
for immediate release
(?:press|news|media) release(?: ?(?:no\.?|№|#)? ?[\w/.-]{1,20})?
(?:прес|пресс)-?рел[иі]з(?: ?№? ?[\w/.-]{1,20})?|embargoed (?:until|till) .{3,60}|(?:the )?ends?
кінець|конец
(?:notes? )?(?:press|media)(?: and \w+)? (?:contacts?|inquiries|enquiries|office)
contacts?(?: details| person)?(?: for (?:the )?(?:press|media|journalists))?
for (?:press|media|further|more) (?:enquiries|inquiries|information|details)(?:,? (?:please )?contact)?.{0,80}
(?:(?:(?:tel|phone|telephone|fax|e-?mail|mob|mobile|web|website|тел|телефон|факс|моб|пошта|почта|
    сайт)\b[.:]* *)?(?:\+?[\d(][\d() -]{6,}|\S+@\S+\.\w+|(?:https?://|www\.)\S+)[ ,;|/]*)+
this (?:live ?blog|live page|live coverage|page|thread) (?:is|has been) (?:now )?(?:closed|ended|archived)\b.{0,60}
(?:our )?live coverage (?:has ended|is over|ends here)\b.{0,60}
.{3,60},? (?:tel|phone|telephone|тел|телефон|факс|fax)[.:]* \+?[\d(][\d() -]{6,30}
our standards: .{3,80}|opens? in (?:a )?new (?:window|tab)
[👁💬👍🔥❤♥⏱🕒]\ufe0f? ?\d[\d., ]*[km]?
(?:follow|read|see|find|more)(?: all)? .{2,40}\bcoverage\b.{0,60}(?:https?://|www\.|\bat |\bhere\b).{0,120}
(?:last )?(?:updated|published|posted|modified)(?: on| at)?|https?://\S+|short url|loading ?(?:\.{3}|…)?
dmca
(?:(?:additional |with )?(?:reporting|writing|inputs?)|with (?:files|information|material)|compiled|translated|
    edited|produced) (?:by|from) %names%(?:[;.,]? ?(?:writing|editing|reporting|edited|translated|
    compiled) by %names%)*
(?:source|original source)(?: ?[:–—-] ?| )(?:link|url|article)
with (?:agency|agencies|wire) (?:inputs?|reports?)
(?:from )?(?:our |news )?(?:wire|agency|staff) (?:reports?|services?)
.{3,160}\bcontributed(?: reporting)?(?: (?:reporting )?(?:to|for) (?:this|the) (?:report|story|article))?
this (?:article|story|post|piece|interview|op-ed|commentary) (?:was |is |has been )?(?:first |originally |
    previously )*(?:appeared|published|written|posted|republished|reprinted|produced|translated|auto-generated|
    automatically|aggregated|syndicated)\b.{0,200}
(?:read|see|view) the original (?:article|story|post|version)\b.{0,60}
originally (?:published|posted) (?:on|at|by|in) .{2,80}
\d[\d., ]*[km]? ?(?:views?|shares?|comments?|reads?|likes?|votes?)|no comments(?: yet)?|comments? off
be the first to comment
[\d., ]{1,9}(?:тис\.?|тыс\.?)? ?(?:читали|переглядів|просмотров)|за матеріалами:? .{2,80}|по материалам:? .{2,80}
код для вставки|помітили помилку\b.{0,160}
(?:якщо ви )?(?:знайшли|побачили|помітили) (?:помилку|орфографічну помилку)\b.{0,160}
(?:если вы )?(?:нашли|заметили|увидели) (?:ошибку|опечатку)\b.{0,160}|.{0,60}(?:ctrl ?\+ ?enter).{0,60}
новина доповнюється|новость дополняется|текст (?:доповнюється|оновлюється)|updating|developing story
(?:spotted|found|noticed|see) (?:a |an )?(?:mistake|error|typo)\b.{0,160}
""",
            _PARTS,
        ),
    ),
    (
        "boilerplate.social",
        alternatives(
            r"""
share(?: this| it)?(?: article| post| story| news| page)?(?: on| via| with| to)?(?: (?:your )?friends)?
share on .{2,30}
\[?%network%\]?(?: ?\[%network%\]?)+
(?:share (?:on|via) |tweet|post|send|share:? ?)?%network%(?:(?:[ ,|·•/&+]|\band\b|share|tweet)*%network%)*
(?:share ?)?(?:%network%[ ,|·•/]*){2,}(?:share)?
(?:tweet|share|pin|post|like|email|print|follow|save)(?:[ ,|·•/]*(?:tweet|share|pin|post|like|email|print|follow|
    save|\d+))+
%share_uk%(?: (?:новиною|новостью|статтею|статьей|цим|посиланням|ссылкой))?(?:[ :]+(?:[ув] |з друзями|
    с друзьями)?(?:%network%|соцмережах|соцсетях|друзям)?(?:[ ,|·•/]*%network%)*)?
(?:gift|share) (?:this )?(?:full )?(?:article|story)
(?:send|email|e-mail) (?:this )?to (?:a )?friend|надіслати (?:другу|друзям|на пошту)
отправить (?:другу|друзьям|на почту)|tweet(?: this)?|retweet|pin it
click to (?:share|email|print|tweet)\b.{0,80}|like(?: this| it)?:?(?: loading)?
(?:be the first to like|\d+ (?:people|bloggers?) likes?) this.{0,20}|(?:share|total) ?\d+|\d+ shares?
""",
            _PARTS,
        ),
    ),
    (
        "boilerplate.tags",
        alternatives(
            r"""
(?:(?:tags?|keywords?|hashtags?) ?:|filed (?:under|in)\b:?|posted in\b:?|tagged(?: (?:as|with|in))\b:?|
    article topics?(?: follows)? ?:) ?.{1,300}(?<![!?.])
(?:теги|тэги|мітки|метки|ключові слова|ключевые слова) ?: .{1,300}|теги|тэги|мітки|метки|tags
#[\w’'ʼ-]+(?:[ ,|]*#[\w’'ʼ-]+)+|#\w+
""",
            _PARTS,
        ),
    ),
    (
        "boilerplate.copyright",
        alternatives(
            r"""
(?:copyright[ :,]*(?:©|\(c\)|by)?|\(c\)) ?(?:(?-i:[A-ZА-ЯІЇЄҐ«“\"])[^\s]* ){0,4}(?:19|20)\d\d\b.{0,240}|©.{1,160}
(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)? ?©.{0,160}|.{0,120}\ball rights reserved\b(?!(?: [\w’'-]+){2,14} (?:was|were|
    is|are|has|have|had|will|would|remain)\b).{0,200}
(?:this (?:material|content|article|story)|no part of this .{3,60}|all content).{0,40}\b(?:may|must|
    can) ?not be (?:published|reproduced|copied|redistributed|rewritten|used|republished|broadcast)\b.{0,200}
(?:all|any) (?:\w+ )?materials? (?:on|of|from|published on) (?:the|this|our) (?:web)?site\b.{0,160}
(?:reproduction|reprinting|copying|republication|use) of (?:(?:\w+ )?materials|content|articles|this article|
    information)\b.{0,120}\b(?:link|hyperlink|permission|prohibited|permitted|allowed|consent)\b.{0,80}
(?:передрук|перепечатка|копіювання|копирование|цитування|цитирование) (?:лише |тільки |только |возможна? )?(?:з|с|
    за|при|без)\b.{0,120}
(?:republished|reprinted|reproduced|published|used) (?:with|by) (?:the )?(?:kind )?permission\b.{0,100}
(?:distributed|provided|published) (?:by|under) .{3,60}\b(?:licen[cs]e|syndicat\w+)\b.{0,60}
.{0,60}\b(?:(?:всі|усі) права (?:захищен[оі]|застережен[оі])|все права защищены|
    все права на .{0,60}(?:защищены|охраняются)|(?:всі|усі) права на .{0,60}(?:захищені|охороняються))\b.{0,160}
(?:[а-яіїєґ’'ʼ-]+ ){0,3}(?:копіюванн|передрук|використанн|цитуванн|відтворенн|републікаці|копировани|перепечатк|
    использовани|цитировани|воспроизведени)\w+ .{0,80}\b(?:матеріал|материал|текст|публікаці|публикаци|контент|
    новин|новост|інформаці|информаци|фото)\w*.{0,120}\b(?:посилан|гіперпосилан|дозвол|заборон|ссылк|гиперссылк|
    разрешен|запрещен)\w*.{0,160}
""",
            _PARTS,
        ),
    ),
)
