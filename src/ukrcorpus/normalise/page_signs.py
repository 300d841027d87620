"""Words without which a long line is no furniture: a look at them is cheaper than the patterns."""

from ukrcorpus.normalise.phrases import Phrases

# What a page says at length, it says about itself: a longer line is furniture only with one of these in it.
LONG_SIGNS = Phrases(
    *"""
    readers|if you|rely on|survey|preferred|матеріал|материал|зображен|изображен|дякуємо|спасибо|напишіть|напишите
    share|допоможіть|помогите|друзям|стань|reproduction|cookie|newsletter|subscri|sign up|signed up|signing up
    inbox|e-mail|email|comment|all rights|copyright|©|permission|reproduc|republish|ad block|adblock|ad-block
    blocker|javascript|browser|privacy|this site|this page|this article|this story|this post|our site|our website
    website|log in|logged in|donat|newsroom|follow us|facebook|twitter|telegram|whatsapp|instagram|youtube|podcast
    click|akismet|captcha|http|www.|@|licen|notif|loading|editing by|typo|ctrl|app store|сайт|редакц|підпис|підпиш
    подпис|подпиш|комент|коммент|реклам|помилк|ошибк|опечат|посилан|ссылк|передрук|перепечат|цитуван|цитирован
    авторськ|авторск|телеграм|фейсбук|донат|підтрим|поддерж|читач|читател|розсилк|рассылк|блокув|reporting by
    writing by|translated by|not been edited|disclaimer|printed|bookmark|reprint|feed|alerts|tell us|reactions:
    contact|avoid|threat|support|receive new|journalism|purposes|last edited|partner|free for|issn|isbn|register
    our team|характер|відповідальн|ответственн|канал|viber|вайбер|закладк|сохран|збереж|нежелательн|небажан
    про автор|об автор|пожертв|завдяки вам|благодаря вам|оцінк|оценк|пишіть|пишите|читайте|блокир|персональн
    конфіденц|конфиденц|поширю|поширт|натисн|нажм|приєдн|присоед
    """.strip()
    .replace("\n", "|")
    .replace("    ", "")
    .split("|")
)
