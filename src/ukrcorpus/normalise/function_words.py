"""Function words of English, Ukrainian and Russian: closed sets, lower case, apostrophes as spaces.

They carry a sentence's grammar, so writers of all topics use them, and tools that swap words leave most of them alone.
"""

from typing import Final

ENGLISH: Final = frozenset(
    """
    a about above after again against all also although am among an and another any are around as at away back be
    because been before being below between both but by can cannot could did do does doing don done down during each
    either else even ever every few for from further had has have having he her here hers herself him himself his how
    however i if in into is isn it its itself just least less let like ll many may me might mine more most much must my
    myself near neither never no nor not now of off often on once one only onto or other others our ours ourselves out
    over own per perhaps quite rather re s same shall she should since so some still such t than that the their theirs
    them themselves then there therefore these they this those though through throughout thus till to together too
    toward towards under unless until up upon us ve very was wasn we were weren what when where whether which while who
    whom whose why will with within without won would yet you your yours yourself
    """.split()
)
UKRAINIAN: Final = frozenset(
    """
    а аби або адже але б без би біля більш більше був буде будуть були було бути в вам вами вас ваш ваша ваше ваші ви
    від відповідно він вже вона вони воно все всі всіх всього всьому вся г де декілька деякі деяких для до доки досі
    друге ж же жодного жодної жоден з за завдяки задля зараз зі знову і із інша інше інший інших інші її їй їм їх їхня
    їхнє їхній їхніх їхні й його йому коли коло крім куди лише ледве має мають між мене мені може можна можуть ми
    мною моє мій моя мої на навіть навколо над нам нами нас наче наш наша наше наші наших не невже нею нехай немає немов
    неї ним ними них ні ніби ніж ній ніхто нічого ну о об обидва один одна одне однак ось от отже перед перш під
    після по поза попри поки поруч потім потрібно при про проте проти протягом раз разом саме сама самі своє свого своєї
    своєму свій своїй своїм своїми своїх свої свою своя се себе серед собі собою та так така таке такий таких такі також
    там твій те тебе теж тепер ти тим тими тих ті тієї тією тій тільки тобі тоді того той тому треба туди тут у
    усе усі усіх хай хіба хоч хоча хто це цей цим цими цих ці цієї цією цій цього цьому цю ця час часто через чи чий чим
    чого чому ще що щоб щоби щодо щойно як яка яке який яким якими яких які якій якого якої якому якою якщо якби яку
    """.split()
)
RUSSIAN: Final = frozenset(
    """
    а без более больше бы был была были было быть в вам вами вас ваш ваша ваше ваши вдоль ведь весь во вокруг вот
    впрочем все всего всей
    всем всеми всему всех всю вся всё вы где да даже для до должен должна должно должны другая другие
    других другого другое другой его ее ей ему если есть еще ещё её ж же за затем здесь и из или им именно ими иногда их
    к каждый как какая какие каких какой какого когда ко конечно которая которого которое которой которому которую
    которые который которым которыми которых кроме кто куда ли либо лишь между меня мне много можно может могут мной мои
    мой моя мы на над надо нам нами нас наш наша наше наши не него нее ней некоторые нельзя нему несколько нет нею неё
    ни никто ним ними них ничего но ну нужно о об оба один одна одни одно однако около он она они оно опять от
    ото отчего перед по под подле поэтому пока после потом потому почему почти при про против пусть разве с сам сама
    сами самый самих свое своего своей своему свои своим своими своих свой свою своя своё себе себя сейчас сквозь со
    собой согласно среди так такая также такие таких такого такое такой там твой те тебе тебя тем теми теперь тех то
    тобой тогда того тоже той только том тому тот тотчас ту тут ты у уж уже хотя чего чей чем через что чтобы чуть чьи
    эта эти этим этими этих это этого этой этом этому этот эту я
    """.split()
)
ALL: Final = ENGLISH | UKRAINIAN | RUSSIAN
