"""The words of a claim or a source, with what matters of each when one is held against the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant import cite
from assistant.model import sentences

_TOKEN = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d[\d,]*(?:\.\d+)?|[.,;:()]")
_LITTLE_WORDS = """
a an the this that these those it its itself they them their theirs he she him her his hers we us our you your i
me my who whom whose which what of in on at to from by for with as into onto upon over under about between among
through during within per via and or but so than then is are was were be been being am do does did doing done
has have had having there here such same other another each any all both either also too very just even still
again however therefore thus moreover further furthermore additionally overall may can could might shall must
will would should need not no nor never none neither without cannot if when where while whether because since
until unless except only more most less least few fewer much many some several own up out off down s t one ones
"""
LITTLE = frozenset(_LITTLE_WORDS.split())
# Words with which a sentence speaks of its source, and that no source says of itself.
_REPORTING_WORDS = """
before prior preceding after following subsequent
section sections subsection paragraph paragraphs clause clauses provision provisions subparagraph act code
statute order says say said states stated provides provide provided according under pursuant per passage
passages text given based note see cited title part chapter article namely specifically example answer question
following follows means
"""
_REPORTING = frozenset(_REPORTING_WORDS.split())
_ALIKE_WORDS = """
before prior preceding
after following subsequent
require requires required requirement requirements mandatory obligation obligated obliged
notify notifies notified notification notifications notice
certify certifies certified certification certifications
buy buys bought purchase purchases purchased
sell sells sold sale sales selling
begin begins began begun start starts started commence commences
end ends ended terminate terminated terminates
give gives gave given provide provides provided
show shows shown shown
use uses used using utilize utilizes utilized
help helps helped assist assists assisted
send sends sent submit submits submitted transmit transmits transmitted
make makes made making
hold holds held
take takes took taken
write writes wrote written
know knows knew known
allow allows allowed permit permits permitted
defence defense
licence license licenses licenced licensed
big large larger largest
get gets got obtain obtains obtained
keep keeps kept
say says said
find finds found
country countries nation nations
percent percentage
usually typically generally normally
approximately about around roughly
people persons person individuals
child children
man men
woman women
"""
_ALIKE = {word: line.split()[0] for line in _ALIKE_WORDS.strip().splitlines() for word in line.split()}
_ENDINGS = ("ations", "ation", "ingly", "edly", "ments", "ment", "ions", "ion", "ings", "ing", "ers", "ies", "ied", "ed", "er", "es", "ly", "s", "e", "y")  # fmt: skip

_DAY = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b.*$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark: what is written, its stem, and where it begins."""

    written: str
    stem: str
    start: int

    @property
    def content(self) -> bool:
        """Whether it carries meaning of its own."""
        written = self.written.lower()
        return written[0].isalpha() and written not in LITTLE and not written.endswith("n't")

    @property
    def mark(self) -> bool:
        """Whether it is punctuation."""
        return not self.written[0].isalnum()


def words(text: str) -> list[Word]:
    """The words, numbers and marks of a text already cleaned and masked."""
    return [Word(match[0], stem(match[0]), match.start()) for match in _TOKEN.finditer(text)]


def content(found: list[Word]) -> list[Word]:
    """Those that carry meaning and speak of more than where it is said."""
    return [word for word in found if word.content and word.written.lower() not in _REPORTING]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What a word shares with its other forms."""
    plain = word.lower().replace("'s", "").replace("'", "")
    plain = _ALIKE.get(plain, plain)
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 4 - (len(ending) < 3):
            plain = plain[: -len(ending)]
            break
    return plain[:-1] if len(plain) > 3 and plain[-1] == plain[-2] and plain[-1] not in "aeious" else plain


def masked(text: str) -> str:
    """A text made plain, with blanks where it cites a clause: the numbers of a citation are no figures, its day is."""
    plain = cite.clean(text).text
    for mention in cite.find(plain):
        written = plain[mention.start : mention.end]
        day = _DAY.search(written)
        kept = written[day.start() :] if day else ""
        plain = plain[: mention.start] + kept.rjust(mention.end - mention.start) + plain[mention.end :]
    return plain


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text, each line of a list its own."""
    for line in re.split(r"\n+|(?<=;)\s+", text):
        yield from (each for each in sentences(line) if re.search(r"\w", each))
