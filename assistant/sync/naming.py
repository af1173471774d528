"""The instruments that a person names by a citation: `AECA 36(b)` is 22 USC 2776, `ITAR 123.9` is 22 CFR part 123."""

from collections.abc import Iterable, Sequence

from assistant import cite, law
from assistant.corpus import Corpus


def instruments_named(written: Sequence[str], corpus: Corpus, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Each name as the id of the instrument it means, once; a name that means none, or several, stays as it was written.

    `known` are ids to be taken as they are.
    """
    taken = {*known, *corpus.instruments}
    found: dict[str, None] = {}
    for name in written:
        found[name if name in taken else _meant(name, corpus)] = None
    return tuple(found)


def _meant(name: str, corpus: Corpus) -> str:
    if name.startswith("upload "):
        return name
    resolution = cite.resolve(name, corpus)
    named = resolution.provisions or resolution.missing
    homes = {law.instrument_of(provision) for provision in named}
    return homes.pop() if len(homes) == 1 and not resolution.ambiguous else name
