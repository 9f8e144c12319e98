"""Invented names in several scripts: of films, people, critics and tags.

Every list is combined with another, so that a number always gives the same name, and two numbers below the product of
the lengths give different names. Family names are words for things in cinemas and on desks, so that nobody has them.
"""

from dataclasses import dataclass


def words(text: str) -> list[str]:
    """The words of a list, separated by spaces."""
    return text.split()


def phrases(text: str) -> list[str]:
    """The phrases of a list, separated by commas."""
    return text.split(",")


@dataclass(frozen=True)
class Script:
    """A script's invented names. Critics and people take their family names from different lists."""

    given: list[str]
    critics: list[str]
    people: list[str]
    things: list[str]
    conjunction: str


LATIN = Script(
    given=words(
        "Abelard Bettina Cosimo Dorothea Eustace Fenella Gervase Hildegard Ignatius Jocasta Kasimir Ludmilla "
        "Mortimer Nesta Octavia Peregrine Quentin Rosalba Sigismund Thomasina Ursuline Valentin Wilhelmina "
        "Xanthippe Ysolde Zebedee Álfrún Bożydar Çiçek Đurđica Émeline Ñusta Øyvind Şule Žofie"
    ),
    critics=words(
        "Inkwell Margins Semicolon Footnote Galley Paragraph Byline Blotter Quillfeather Typecase Deadline "
        "Asterisk Pencilbrook Papercut Ampersand Marginalia Hyphenworth Broadsheet Stanzacott Versoby Wordcount "
        "Lampdesk Draftington Colophon Notebookski Bindergaard Éraflure Schreibfehler Tintenklecks Słowotok"
    ),
    people=words(
        "Popcorn Velvetseat Limelight Clapperton Projectorsson Matinée Usherwood Footlight Reelfield Spoolman "
        "Curtainsby Gaffertape Dollyshot Longtake Fadeout Jumpcut Spotlightson Ticketstub Balconyi Foyerhaugen "
        "Celluloidis Intermezzini Kinostuhl Sprocketti Boomshadow Lensflare Stuntdouble Crowdscene Wideshot "
        "Popcornović Grindhausen Doublefeature Montagne-Russe Nitratescu Rideaurouge Splicewright"
    ),
    things=[],
    conjunction="",
)

OTHERS = [
    Script(
        given=words("Агафья Велимир Глафира Добрыня Евлампий Забава Лукерья Пахом Федот Устинья"),
        critics=words("Абзаценко Запятенко Кляксенко Черниленко Опечатко Сносочко"),
        people=words("Занавесенко Попкорненко Афишко Киноленченко Прожекторенко Сеансенко"),
        things=words(
            "Маяк Зонтик Чайник Трамвай Гармошка Компас Снегопад Будильник Аквариум Фонарь Лестница Якорь"
        ),
        conjunction=" и ",
    ),
    Script(
        given=words("Αγησίλαος Ανδρόνικος Ευστράτιος Ζηνόβιος Θρασύβουλος Κλεόβουλος Πολύκαρπος Φιλοποίμην"),
        critics=words("Μελανάκης Παραγραφίδης Υποσημειώτης Κομματέλης"),
        people=words("Οθονίδης Ποπκορνάκης Προβολέας Εισιτηριάδης"),
        things=words("Φάρος Ομπρέλα Καράβι Ακορντεόν Πυξίδα Σκάλα Ρολόι Άγκυρα Χιόνι Φανάρι Ποδήλατο"),
        conjunction=" και ",
    ),
    Script(
        given=words("زمردة كهرمان ياقوت بدران نرجس غيث"),
        critics=words("الحبري الفاصلة القرطاسي الهامشي"),
        people=words("الستارة الفوشاري الكواليسي الشاشاتي"),
        things=words("المنارة المظلة البوصلة القطار الساعة السلم المرساة الفانوس الدراجة الثلج"),
        conjunction=" و",
    ),
    Script(
        given=words("נרקיס זמיר כרמלה אלון דבורה ברוש"),
        critics=words("פסיקוביץ בן־נקודה דיו־שחור שולייםי"),
        people=words("מסכיאן פופקורני וילונוביץ כרטיסיה"),
        things=words("מגדלור מטריה מצפן רכבת שעון סולם עוגן פנס אופניים שלג"),
        conjunction=" ו",
    ),
    Script(
        given=words("あんず かえで すみれ つくし ひなげし よもぎ"),
        critics=words("句読点 墨壺 余白 原稿用紙"),
        people=words("銀幕 緞帳 映写機 半券"),
        things=words("灯台 傘 羅針盤 路面電車 目覚まし時計 梯子 錨 提灯 自転車 雪"),
        conjunction="と",
    ),
    Script(
        given=words("चमेली पलाश केसर बरगद जूही अमलतास"),
        critics=words("स्याही हाशिया अल्पविराम पन्ना"),
        people=words("परदा पॉपकॉर्न टिकटघर रोशनी"),
        things=words("लालटेन छाता रेलगाड़ी घड़ी सीढ़ी लंगर साइकिल बर्फ़ चिराग़ नक़्शा"),
        conjunction=" और ",
    ),
]

OWNERS = phrases(
    "Lighthouse Keeper,Beekeeper,Night Porter,Piano Tuner,Ferryman,Apprentice Baker,Understudy,Cartographer,"
    "Chimney Sweep,Glassblower,Librarian,Locksmith,Magician,Postmistress,Ropemaker,Shepherd,Stationmaster,"
    "Taxidermist,Umbrella Mender,Ventriloquist,Watchmaker,Weather Forecaster,Widow,Astronomer,Bellringer,"
    "Clown,Dentist,Elevator Operator,Fishmonger,Gravedigger,Hatter,Juggler"
)
THINGS = phrases(
    "Umbrella,Accordion,Barometer,Bathtub,Bicycle,Birthday,Briefcase,Candlestick,Carousel,Compass,Cousin,"
    "Dictionary,Doorbell,Escalator,Fog Machine,Garden,Ghost,Greenhouse,Hammock,Hourglass,Invitation,Jukebox,"
    "Kettle,Ladder,Lullaby,Marmalade,Metronome,Moustache,Orchard,Parachute,Parrot,Periscope,Photograph,Quarrel,"
    "Raincoat,Recipe,Rocking Chair,Secret,Shadow,Shoelace,Snowglobe,Soup,Staircase,Suitcase,Teapot,Telegram,"
    "Telescope,Toothache,Trombone,Typewriter,Vacation,Violin,Wallpaper,Whistle,Wig"
)
QUALITIES = phrases(
    ",Last,Other,Second,Missing,Borrowed,Invisible,Reluctant,Sleepless,Impossible,Forgotten,Perfectly Ordinary,"
    "Unfinished,Unlikely,Melancholy,Mechanical,Midnight,Quiet,Runaway,Singing,Spare,Stolen,Talking,Travelling,"
    "Wandering,Waterproof,Weightless,Whispering,Winter,Wooden,Yellow"
)
TAGS = phrases(
    "Drama,Comedy,Debut,Thriller,Documentary,Umbrellas,Кино,Science fiction,Animation,Slow cinema,Musicals,"
    "Lighthouses,Τέχνη,Coming of age,Remakes,Black and white,Trains,映画,Time travel,Heists,Ensemble casts,"
    "Weather,سينما,Silent,Road movies,🎬,Midnight screenings,קולנוע,Folk horror,C++,Sequels,Puppets,सिनेमा,"
    "Restorations,Courtrooms,Bees,Three hours and over,Shot on film,Submarines,Dogs who live"
)
ASPECTS = phrases(
    "Lead performance,Supporting cast,Action,Story,World-building,Villain,Direction,Visual style,Music,Humour"
)
DISTRIBUTORS = phrases("Paper Moon Pictures,Tin Roof Releasing,Seventh Row,Back Lot Films")

OTHER_TITLES = sum(len(script.things) * (len(script.things) - 1) for script in OTHERS)
ENGLISH_TITLES = len(OWNERS) * len(THINGS) * len(QUALITIES)
CRITICS = sum(len(script.given) * len(script.critics) for script in [LATIN, *OTHERS])
INITIALS = "ABCDEFGHIJKLMNOPRSTVWZ"
PEOPLE = len(LATIN.given) * len(LATIN.people) * 2


def title(number: int) -> str:
    """The English title of a film: “The Lighthouse Keeper's Last Umbrella”, for numbers below ENGLISH_TITLES."""
    number = _shuffled(number, ENGLISH_TITLES)
    number, owner = divmod(number, len(OWNERS))
    quality, thing = divmod(number, len(THINGS))
    return " ".join(f"The {OWNERS[owner]}’s {QUALITIES[quality]} {THINGS[thing]}".split())


def other_title(number: int) -> str:
    """A title in a script that is not Latin (“Маяк и Зонтик”), for numbers below OTHER_TITLES."""
    script, number = _in_turn(number, [len(each.things) * (len(each.things) - 1) for each in OTHERS])
    things = OTHERS[script].things
    first, second = divmod(number, len(things) - 1)
    return things[first] + OTHERS[script].conjunction + things[second + (second >= first)]


def critic(number: int) -> str:
    """A critic's name in any of the scripts, for numbers below CRITICS."""
    scripts = [LATIN, *OTHERS]
    script, number = _in_turn(number, [len(each.given) * len(each.critics) for each in scripts])
    return _name(number, scripts[script].given, scripts[script].critics)


def person(number: int) -> str:
    """The name of somebody in the credits, for numbers below PEOPLE. Most have an initial."""
    others = [len(each.given) * len(each.people) for each in OTHERS]
    if number % 5 == 4 and number // 5 < sum(others):
        script, number = _in_turn(number // 5, others)
        return _name(number, OTHERS[script].given, OTHERS[script].people)
    name = _name(number % (PEOPLE // 2), LATIN.given, LATIN.people)
    given, family = name.split(" ", 1)
    initial = INITIALS[(number // (PEOPLE // 2) * 11 + number) % len(INITIALS)]
    return f"{given} {initial}. {family}"


def _name(number: int, given: list[str], family: list[str]) -> str:
    number = _shuffled(number, len(given) * len(family))
    return f"{given[number % len(given)]} {family[number // len(given)]}"


def _in_turn(number: int, sizes: list[int]) -> tuple[int, int]:
    """The list and index for a number, taking from lists of these sizes in turn, without those that are used up."""
    index = 0
    while True:
        open_lists = [place for place, size in enumerate(sizes) if size > index]
        if number < len(open_lists):
            return open_lists[number], index
        number -= len(open_lists)
        index += 1


def _shuffled(number: int, size: int) -> int:
    """Another number below ``size``, different for each, so that neighbours do not look alike."""
    step = int(size * 0.618034) | 1
    while _divides(step, size):
        step += 2
    return number * step % size


def _divides(step: int, size: int) -> bool:
    while size:
        step, size = size, step % size
    return step != 1
