"""Ways in which a model says a true thing: verbatim, in other words, or shorter, by rules that keep the meaning."""

import random
import re

from evals.adversary.alter import Alter, Seen, Written

_REWORDED = (
    (r"\bshall\b(?! not)", "must"), (r"\bshall not\b", "may not"), (r"\bmay not\b", "must not"), (r"\bprior to\b", "before"), (r"\bat least\b", "not less than"),
    (r"\$(\d+) million\b", r"$\1,000,000"), (r"\$(\d+),000,000\b", r"$\1 million"), (r"\b30 days\b", "thirty days"), (r"\b15 days\b", "fifteen days"), (r"\b60 days\b", "sixty days"),
    (r"\b10 days\b", "ten days"), (r"\bdoes not\b", "doesn't"), (r"\bis not\b", "isn't"), (r"\bnot later than\b", "no later than"), (r"\bmust\b(?! not)", "is required to"),
    (r"\bnotify\b", "give notice to"), (r"\bdefense\b", "defence"), (r"\bin writing\b", "in written form"), (r"\bif\b", "where"), (r"\buntil\b", "before"), (r"\bcountries\b", "nations"),
)  # fmt: skip


def verbatim_note(seen: Seen, pick: random.Random) -> Written | None:
    return Written(seen.sentence, (seen.key,))


def verbatim_text(seen: Seen, pick: random.Random) -> Written | None:
    return Written(seen.text, (seen.key,)) if seen.text else None


def quoted(seen: Seen, pick: random.Random) -> Written | None:
    if not seen.text:
        return None
    words = " ".join(seen.text.split()[: pick.randint(8, 16)]).rstrip(",.;")
    return pick.choice(
        [Written(seen.sentence, (seen.key,), words), Written(f"The clause says “{words}”.", (seen.key,))]
    )


def reworded(seen: Seen, pick: random.Random) -> Written | None:
    rules = [rule for rule in _REWORDED if re.search(rule[0], seen.sentence)]
    if not rules:
        return None
    changed = seen.sentence
    for pattern, put in pick.sample(rules, min(2, len(rules))):
        changed = re.sub(pattern, put, changed, count=1)
    return Written(changed, (seen.key,)) if changed != seen.sentence else None


def introduced(seen: Seen, pick: random.Random) -> Written | None:
    lead = pick.choice(
        [
            f"Under {seen.provision}, ",
            f"{seen.provision} provides that ",
            "The clause says that ",
            "According to the provision, ",
        ]
    )
    first = seen.sentence.split()[0]
    rest = (
        seen.sentence[0].lower() + seen.sentence[1:]
        if first.lower() in {"the", "a", "an", "no", "each", "any", "if", "where", "when", "it"}
        else seen.sentence
    )
    return Written(lead + rest, (seen.key,))


def without_parenthesis(seen: Seen, pick: random.Random) -> Written | None:
    changed = re.sub(r" \([^()]*\)", "", seen.sentence)
    return Written(changed, (seen.key,)) if changed != seen.sentence and len(changed.split()) > 6 else None


def first_part(seen: Seen, pick: random.Random) -> Written | None:
    head, mark, _ = seen.sentence.partition(";")
    return Written(f"{head}.", (seen.key,)) if mark and len(head.split()) > 7 else None


def with_its_handle_in_the_text(seen: Seen, pick: random.Random) -> Written | None:
    return Written(f"{seen.sentence.rstrip('.')} [{seen.key}].", (seen.key,))


FAITHFUL: dict[str, Alter] = {
    each.__name__: each
    for each in (verbatim_note, verbatim_text, quoted, reworded, introduced, without_parenthesis, first_part, with_its_handle_in_the_text)
}  # fmt: skip
