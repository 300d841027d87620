"""What a site says of itself to its reader: subscribe, comment, support us. It is no part of an article."""

import re
from functools import lru_cache

from ukrcorpus.normalise.lines import n_words
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.phrases import Phrases
from ukrcorpus.normalise.signs import folded_line

# Words that a page uses when it speaks of itself.
_SITE = re.compile(
    alternatives(r"""
\b(?:newsletters?|subscri(?:be|bed|bers?|bing|ption|ptions)|sign(?:ed|ing)? up (?:for|to|here|now|today)|
    (?:this|our) (?:web)?site|this post|(?:edit|read|share|support) this (?:article|story)|user agreement|
    privacy policy|terms of (?:use|service)|cookies|patrons?|paywall|reader-supported|mailing list|unsubscribe|
    your (?:e-?mail|inbox|account|browser|comments?|donation)|our (?:journalism|newsroom|stories|articles|content)|
    become a member|leave a comment|in the comments|(?:send|write to|contact) us)\b
\b(?:розсилк\w+|передплат\w+|підписк\w+|підпис\w+ся|підпишіться|нашого сайту|на сайті|редакці\w+|у коментарях|
    коментар(?:і|ів|уйте)|помилку в тексті|патрон\w*|донат\w*|пожертв\w+|персональних даних|телеграм-канал\w*)\b
\b(?:рассылк\w+|подписк\w+|подпис\w+сь|подпишитесь|нашего сайта|на сайте|редакци\w+|наше издание|в комментариях|
    комментари(?:и|ев)|ошибку в тексте|опечатк\w+|донат\w*|пожертвован\w+|персональных данных|телеграм-канал\w*)\b
"""),
    re.IGNORECASE,
)
# Each of them holds one of these.
_SITE_SIGNS = Phrases(
    *"""
    newsletter|subscri|sign|site|this post|this article|this story|user agreement|privacy policy|terms of|cookie
    patron|paywall|reader-supported|mailing list|your |our |become a member|leave a comment|in the comments|contact us
    send us|write to us|розсилк|передплат|підпис|підпиш|сайт|редакці|коментар|помилку в тексті|патрон|донат|пожертв
    персональн|телеграм|рассылк|подпис|подпиш|редакци|наше издание|комментари|ошибку в тексте|опечатк
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
_READER = re.compile(
    alternatives(r"""
\b(?:you|your|you(?:’|')re|please|thanks for (?:reading|subscribing|signing)|i understand and agree)\b
\b(?:ви|вам|вас|ваш\w*|будь ласка|я даю|дякуємо за)\b
\b(?:вы|вам|вас|ваш\w*|пожалуйста|я даю|я согласен|спасибо за|читать нас)\b
"""),
    re.IGNORECASE,
)
# A short call needs no `you`.
_CALL = re.compile(
    alternatives(r"""
(?:support|join|become|subscribe|follow|share|get|help|donate|our|upgrade)\b
(?:підтримайте|приєднуйтесь|підписуйтесь|надсилайте|читайте|стежте|діліться|наш\w*)\b
(?:поддержите|присоединяйтесь|подписывайтесь|присылайте|читайте|следите|делитесь|задавайте|наш\w*)\b
"""),
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”«»]")
_MOST_WORDS, _CALL_WORDS = 45, 12


@lru_cache(maxsize=4096)
def is_site_talk(line: str) -> bool:
    """Say whether a line has a word for the site and one for its reader, and quotes nobody.

    In the middle of an article such a sentence may be anybody's; only at its edges is it the site's.

    >>> is_site_talk("Support our newsroom today."), is_site_talk("You may see the sea.")
    (True, False)
    """
    if not _SITE_SIGNS.are_in(folded_line(line)) or not _SITE.search(line) or _QUOTED.search(line):
        return False
    if _READER.search(line):
        return n_words(line) <= _MOST_WORDS
    return bool(_CALL.match(line)) and n_words(line) <= _CALL_WORDS
