from dataclasses import replace
from datetime import date
from inspect import getattr_static
from pathlib import Path

from assistant.desk import Desk
from assistant.engines import hybrid
from assistant.engines.encoder import HashedWords
from assistant.index import Entry, Likening, Telling
from assistant.law import Authority, Holding
from ui.people import own_view

NOW = date(2026, 1, 1)


def test_a_person_is_not_shown_the_uploads_of_others_and_is_answered_by_the_same_judgement(
    desk: Desk, tmp_path: Path
) -> None:
    entries = [
        Entry("22 USC 1", Holding.NOTE, Authority.STATUTE, "Kites", "Kites are free."),
        Entry("upload mine", Holding.UPLOAD, Authority.UPLOAD, "mine", "Kites and hats."),
        Entry("upload theirs", Holding.UPLOAD, Authority.UPLOAD, "theirs", "Kites and hats."),
    ]
    index = hybrid.HybridIndex(hybrid.build(entries, HashedWords(), tmp_path), HashedWords())
    own = own_view(replace(desk, index=index), frozenset({"upload theirs"})).index
    assert {hit.provision for hit in own.search("kites and hats", NOW)} == {"22 USC 1", "upload mine"}
    for protocol, names in ((Telling, ("encoder", "evidence")), (Likening, ("likeness",))):
        assert isinstance(own, protocol)
        assert all(getattr_static(own, name, None) is not None for name in names)
    assert isinstance(own, Telling)
    assert own.encoder == index.encoder
    families = [("22 USC 1", "", [])]
    assert own.evidence("kites", NOW, families).tolist() == index.evidence("kites", NOW, families).tolist()
