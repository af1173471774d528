"""Answers given a moment ago, kept while what they were made from is the same: a reload or a common question costs nothing."""

import threading
from collections import OrderedDict
from datetime import date

from assistant import ask as asking
from assistant.ask.answer import Answer
from assistant.desk import Desk

_MOST = 200
_Key = tuple[str, date, bool, str, str]


class Recent:
    """The latest answers of one desk; another desk, or another person's view of it, begins anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._desk: Desk | None = None
        self._kept: OrderedDict[_Key, Answer] = OrderedDict()

    def ask(self, question: str, desk: Desk, on: date | None) -> Answer:
        """The answer, made now or kept; what asking raises is raised here and not kept."""
        key = (question, on or date.today(), on is None, desk.corpus_digest, desk.settings_digest)
        with self._lock:
            if self._desk is desk and key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        given = asking.ask(question, desk, on)
        with self._lock:
            if self._desk is not desk:
                self._desk, self._kept = desk, OrderedDict()
            self._kept[key] = given
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return given
