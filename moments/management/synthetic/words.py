"""The words that synthetic films, scenes and remarks are made of, and nothing that anybody ever wrote."""

from random import Random


def _words(text: str) -> list[str]:
    return text.split()


ADJECTIVES = _words(
    """
    amber bitter blue bright broken burning careful crooked distant early empty endless faded fearless
    final first foggy foolish forgotten frozen gentle golden hidden hollow honest impossible last late
    lonely long lost loud lucky midnight missing narrow patient perfect quiet reckless restless rusty
    second secret silent silver slow small stolen stubborn sudden tender unfinished velvet wild winter
    wrong yellow
    """
)
NOUNS = _words(
    """
    accordion anchor apology argument balloon bicycle birthday boat bridge camera candle carousel chair
    choir clock coat compass confession dance daughter diary dinner dog door dream echo elevator
    envelope escape farewell garden ghost goodbye harvest heist horse invitation journey kite ladder
    lantern lesson letter lie lighthouse map market melody mirror mistake moon necklace neighbour
    orchestra painting parade photograph piano promise proposal puppet question rain reunion ring rival
    rumour sailor secret shadow sister snow song staircase stranger suitcase summer swim telephone thief
    ticket toast train trial umbrella uncle violin voyage waltz wedding whisper window wolf
    """
)
PLACES = _words(
    """
    airport attic ballroom bakery balcony basement beach border bus-stop cafe canal casino cathedral
    cinema courtroom desert factory farm ferry forest fountain greenhouse harbour hospital hotel island
    kitchen laundrette library lift market motel mountain museum observatory opera orchard park pier
    platform pool prison quarry restaurant river rooftop school ship station stadium studio suburb
    theatre tower tunnel valley village warehouse
    """
)
VERBS = _words(
    """
    answers begins believes breaks burns calls changes chooses comes crosses dances drifts ends falls
    fades finds follows forgets forgives freezes glows goes hesitates hides holds hopes hurts kneels
    laughs leaves lies listens lingers loses opens pauses plays promises rains remembers returns rises
    runs shines sings sleeps smiles speaks stares starts stays steals stops stumbles surrenders trembles
    turns waits wakes walks watches whispers wins
    """
)
SYLLABLES = _words(
    """
    ba be bo da del dor el fa fen ga gri ha hol il jo ka kel la lem lo ma mer mi mon na nel no or pa per
    po quin ra ren ri ro sa sel sha sol ta tam ter ti to tra ul va vel vi vo wen wil xa yar ze zo
    """
)
SENTENCES = (
    "The {noun} {verb} in the {place}, and nobody {verb2}.",
    "Everything {verb} for a second when the {adjective} {noun} {verb2}.",
    "I never noticed the {noun} until the third time.",
    "It is the {adjective} light in the {place} that does it.",
    "Nobody says a word, and the {noun} {verb}.",
    "My grandmother had a {adjective} {noun} like that one.",
    "Watch the {noun} in the corner of the {place}.",
    "They cut to the {place}, and the whole room {verb}.",
    "The music stops just before the {noun} {verb}.",
    "A {adjective} {noun}, a {adjective2} {place}, and that look.",
    "You can hear the {noun} long before you see it.",
    "I still think about the {adjective} {noun} on my way home.",
)
TITLES = (
    "The {adjective} {noun}",
    "{Noun} at the {place}",
    "The {noun} in the {place}",
    "{Name} and the {adjective} {noun}",
    "One {adjective} night in {Name}",
    "What {Name} left at the {place}",
    "The {noun} {verb} twice",
    "{Adjective} {noun} for {Name}",
)


class Words:
    """Sentences, titles and names in an order that `random` decides."""

    def __init__(self, random: Random):
        self.random = random

    def name(self) -> str:
        """A name that hardly any other text holds."""
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4))).capitalize()

    def title(self) -> str:
        return self._fill(self.random.choice(TITLES))

    def sentence(self) -> str:
        return self._fill(self.random.choice(SENTENCES))

    def paragraphs(self, sentences: int) -> str:
        lines = [self.sentence() for _ in range(sentences)]
        return "\n\n".join(" ".join(lines[start : start + 4]) for start in range(0, sentences, 4))

    def _fill(self, pattern: str) -> str:
        choice = self.random.choice
        adjective, noun = choice(ADJECTIVES), choice(NOUNS)
        return pattern.format(
            adjective=adjective,
            adjective2=choice(ADJECTIVES),
            Adjective=adjective.capitalize(),
            noun=noun,
            Noun=noun.capitalize(),
            Name=self.name(),
            place=choice(PLACES),
            verb=choice(VERBS),
            verb2=choice(VERBS),
        )
