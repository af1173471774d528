"""Prompts are files; a missing or unused input is an error."""

import hashlib
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError, meta

from assistant.errors import BadInput


class Prompts:
    """The prompt files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = Environment(
            loader=FileSystemLoader(folder), undefined=StrictUndefined, keep_trailing_newline=True
        )

    def render(self, name: str, **inputs: object) -> str:
        """The text of `<name>.md`; BadInput names an input that is missing or unused."""
        source, _, _ = self._environment.loader.get_source(self._environment, f"{name}.md")  # type: ignore[union-attr]
        wanted = meta.find_undeclared_variables(self._environment.parse(source))
        if unused := inputs.keys() - wanted:
            raise BadInput(f"Prompt {name}.md has no use for {', '.join(sorted(unused))}.")
        try:
            return self._environment.get_template(f"{name}.md").render(inputs)
        except UndefinedError as error:
            raise BadInput(f"Prompt {name}.md: {error}.") from None

    @property
    def digest(self) -> str:
        """Sixteen hex digits over every prompt file."""
        return _digest(self._folder)


@lru_cache
def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.md")):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]
