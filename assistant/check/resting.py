"""What a sentence rests on: the clauses it cites, its footnotes cite, or its neighbours cite for it."""

import re

from assistant import cite
from assistant.check.assertions import leans_back
from assistant.check.memo import Memo, Part, Sentence
from assistant.cite import Mention, Resolution

_FRAGMENT = 6
_SPEAKING = re.compile(
    r"[\s,]*(?:also |itself |now |only |expressly )?(?:directs?|requires?|sets?|provides?|orders?|tells?|bars?|prohibits?|permits?|allows?|carries|states?|says|gives?|establishes|imposes|defines?|covers?|applies|extends?|reaches|leaves?|makes?|forbids?|exempts?)\b"
)

_ANSWERS = re.compile(
    r"[\W_]*(?:Then|If so|If yes|If not|Certify|Notify|Report|Give|Allow|Send|Count|Use|Wait|Deliver|Hold|Ask|Cite|Treat|Apply)\b"
)

_HANGS = re.compile(
    r"\b(?:in (?:that|such an?) (?:event|case)|of (?:that|this) (?:size|value|amount|price)|at that (?:size|value|price))\b",
    re.I,
)


class Resting:
    """The sentences of one memo and the clauses that they rest on."""

    def __init__(self, memo: Memo, resolved: dict[int, Resolution]) -> None:
        self.memo = memo
        self.resolved = resolved

    def cited(self, sentence: Sentence) -> tuple[Mention, ...]:
        """The citations in a sentence and in its footnotes."""
        return (*self.memo.cited_in(sentence), *self.memo.noted_in(sentence))

    def provisions(self, mentions: tuple[Mention, ...] | list[Mention]) -> list[str]:
        """The clauses that citations name, once each."""
        return list(dict.fromkeys(p for m in mentions for p in self.resolved[m.start].provisions))

    def authority(self, sentence: Sentence) -> tuple[list[str], list[str]]:
        """The clauses a sentence cites, and those that its neighbours in the block cite for it."""
        cited = self.cited(sentence)
        if cited:
            return self.provisions(cited), []
        block = self.memo.sentences_of(sentence.block)
        place = block.index(sentence)
        fragment = len(self.memo.said(sentence).split()) <= _FRAGMENT
        for after in block[place + 1 : place + 2]:
            mentions = self.cited(after)
            if mentions and (fragment or self.opens_citing(after)):
                return (self.provisions(mentions), []) if self.opens_citing(after) else ([], self.provisions(mentions))
        for before in reversed(block[:place]):
            if mentions := self.cited(before):
                return [], self.provisions(mentions)
        return [], self.provisions(self.closing(sentence))

    def closing(self, sentence: Sentence) -> tuple[Mention, ...]:
        """The citations that close a paragraph for all that it says: its one note's, or those in parentheses after its end."""
        block = self.memo.sentences_of(sentence.block)
        last = block[-1]
        marks = [(one, mark) for one in block for mark in self.memo.notes.called_in(one.start, one.end)]
        if marks:
            return self.memo.noted_in(last) if len(marks) == 1 and marks[0][0] == last else ()
        said = self.memo.said(last).strip(" *_.")
        if len(block) < 2 or last == sentence or not (said.startswith("(") and said.endswith(")")):
            return ()
        return self.memo.cited_in(last) if self.opens_citing(last) else ()

    def cited_after(self, sentence: Sentence) -> bool:
        """Whether the next sentence is a citation and nothing else, known or not."""
        block = self.memo.sentences_of(sentence.block)
        return any(
            self.opens_citing(after) and not _SPEAKING.match(self.memo.plain, self.memo.cited_in(after)[0].end)
            for after in block[block.index(sentence) + 1 :][:1]
        )

    def opens_citing(self, sentence: Sentence) -> bool:
        """Whether the words before a sentence's first citation only lead to it: See, or an act's name."""
        mentions = self.memo.cited_in(sentence)
        if not mentions:
            return False
        words = self.memo.plain[sentence.start : mentions[0].start]
        return len(words.split()) < (5 if re.match(r"\s*(?:see|accord|cf\.?|compare)\b", words, re.I) else 3)

    def subject(self, sentence: Sentence, mentions: list[Mention]) -> list[str]:
        """The clauses that a sentence makes the speaker of all that it says: "EO 14268 sec. 3(a)(i) directs ... NSPM-10"."""
        first = mentions[0]
        before = self.memo.plain[sentence.start : first.start]
        after = self.memo.plain[first.end : sentence.end]
        leads = len(re.findall(r"\w+", before)) < 2 and _SPEAKING.match(after)
        return list(self.resolved[first.start].provisions) if leads and len(mentions) > 1 else []

    def claimed(self, sentence: Sentence) -> Sentence:
        """The sentence that a citation stands for: its own, or the one before where it is a citation and nothing else."""
        block = self.memo.sentences_of(sentence.block)
        place = block.index(sentence)
        bare = re.sub(
            r"\b(?:see|also|accord|cf|and)\b", " ", self.claim(sentence).replace("the statute", " "), flags=re.I
        )
        if place and len(re.findall(r"\w+", bare)) < 2 and not self.memo.cited_in(block[place - 1]):
            return block[place - 1]
        return sentence

    def claim(self, sentence: Sentence) -> str:
        """A sentence without its citations and quotations."""
        opened = self.opened(sentence)
        said = self.memo.plain[opened : sentence.end].replace("? ", ", ")
        for mention in reversed(self.memo.cited_in(sentence)):
            begin, end = mention.start - opened, mention.end - opened
            said = f"{said[:begin]} the statute {said[end:]}"
        said = re.sub(r"\[\^[\w-]+\]|\[\d{1,3}\]", " ", without_quotes(said))
        said = re.sub(r"[(\[]\s*(?:see|and|or|also|the statute|[,;\s])*[)\]]", " ", said)
        return re.sub(r"\s+", " ", said)

    def before(self, sentence: Sentence) -> str:
        """What the paragraph said before a sentence, and the question that the paragraph answers."""
        number = sentence.block
        block = self.memo.blocks[number]
        said = self.memo.plain[block.start : sentence.start]
        above = self.memo.said(self.memo.blocks[number - 1]) if number else ""
        return f"{above} {said}" if above.rstrip(" *_\"')").endswith("?") else said

    def opened(self, sentence: Sentence) -> int:
        """Where a sentence begins with the one that it hangs on: "Emergency stated? Then certify", "A sale of that size"."""
        block = self.memo.sentences_of(sentence.block)
        place = block.index(sentence)
        if not place:
            return sentence.start
        before, said = block[place - 1], self.memo.said(sentence)
        answers = _ANSWERS.match(said) and self.memo.said(before).rstrip(" *_\"')").endswith("?")
        return before.start if answers or _HANGS.search(said) else sentence.start

    def after(self, sentence: Sentence) -> str:
        """The next sentence of the paragraph."""
        block = self.memo.sentences_of(sentence.block)
        return next((self.memo.said(one) for one in block[block.index(sentence) + 1 :][:1]), "")

    def leads(self, sentence: Sentence) -> bool:
        """Whether an item of a list stands under a sentence that cites, or a sentence opens a list whose items cite."""
        number = sentence.block
        blocks = self.memo.blocks
        if self.memo.said(sentence).rstrip().endswith(":") and number + 1 < len(blocks):
            return any(self.memo.cited_in(b) for b in blocks[number + 1 : number + 4])
        if blocks[number].part is not Part.ITEM:
            return False
        while number and blocks[number].part is Part.ITEM:
            number -= 1
        return self.memo.said(blocks[number]).rstrip().endswith(":") and bool(self.memo.cited_in(blocks[number]))

    def leaning(self, sentence: Sentence, carried: list[str]) -> bool:
        """Whether a sentence without a citation goes on about what its neighbours cited."""
        return self.leads(sentence) or bool(carried and leans_back(self.memo.said(sentence)))


def without_quotes(said: str) -> str:
    """A sentence with what it quotes made into spaces."""
    return re.sub(r"\"[^\"]{15,}\"", lambda m: '"' + " " * (len(m[0]) - 2) + '"', said)


def flat(said: str) -> tuple[str, list[int]]:
    """A sentence with one space between words, and where each of its characters stood."""
    places = [at for at, letter in enumerate(said) if letter != " " or at == 0 or said[at - 1] != " "]
    return "".join(said[at] for at in places), places


def mention_before(memo: Memo, place: int, block: int) -> cite.Mention | None:
    """The last citation before a place, in its block or the block before it."""
    begin = memo.blocks[max(0, block - 1)].start
    found = [m for m in memo.mentions if begin <= m.start and m.end <= place]
    return found[-1] if found else None
