"""YAML read with care: no objects, no aliases, no repeated keys, a size limit; figures stay exact, dates and words stay text."""

import re
from collections.abc import Hashable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from assistant.errors import BadInput, Refused

MOST_BYTES = 256 * 1024
_MOST_DEPTH = 12
_MOST_DIGITS = 40


class _Loader(yaml.SafeLoader):
    """A safe loader in which `no`, `12:30` and `2026-11-24` are words and 0.1 is a tenth."""

    depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(yaml.AliasEvent):
            raise Refused("The YAML uses an alias (*name).", next_step="Write the value out where it is needed.")
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise Refused(f"The YAML is nested deeper than {_MOST_DEPTH} levels.", next_step="Write a flat case.")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                raise Refused("The YAML has a key that is not a plain word.", next_step="Use plain keys alone.")
            if key.value in seen:
                raise BadInput(f"The key {key.value} is given twice.", next_step="Keep one of them.")
            seen.add(key.value)
        return {str(key.value): self.construct_object(value, deep=True) for key, value in node.value}


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(rf"^[-+]?(?:0|[1-9][0-9_]{{0,{_MOST_DIGITS}}})$"), list("-+0123456789")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(
        rf"^(?:[-+]?(?:[0-9][0-9_]{{0,{_MOST_DIGITS}}}\.[0-9]{{0,{_MOST_DIGITS}}}|[0-9]{{1,{_MOST_DIGITS}}}\.?[0-9]{{0,{_MOST_DIGITS}}}[eE][-+]?[0-9]{{1,2}}"
        r"|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN))$"
    ),
    list("-+0123456789."),
)


def _decimal(loader: _Loader, node: ScalarNode) -> Decimal:
    return Decimal(str(node.value).replace("_", "").lstrip("+").lower().replace(".inf", "inf").replace(".nan", "nan"))


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)


def read_mapping(source: str | bytes | Path) -> dict[str, Any]:
    """One mapping from YAML text or a file; BadInput or Refused says what stands in the way and where."""
    documents = list(read_mappings(source))
    if len(documents) != 1:
        raise BadInput(f"The file holds {len(documents)} YAML documents.", next_step="Give one mapping of keys.")
    return documents[0]


def read_mappings(source: str | bytes | Path) -> Iterator[dict[str, Any]]:
    """Each mapping of a YAML file of one or more documents."""
    try:
        for document in yaml.load_all(_text(source), Loader=_Loader):
            if not isinstance(document, dict):
                raise BadInput("The YAML is not a mapping of keys.", next_step="Write `key: value` lines.")
            yield document
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise BadInput(f"The YAML is malformed{where}: {problem}.", next_step="Correct that line.") from None
    except RecursionError:
        raise Refused("The YAML is nested too deeply.", next_step="Write a flat case.") from None


def _text(source: str | bytes | Path) -> str:
    given = _read(source) if isinstance(source, Path) else source
    if len(given) > MOST_BYTES:
        raise Refused(f"The YAML is larger than {MOST_BYTES // 1024} KiB.", next_step="A case is a page or two.")
    if isinstance(given, str):
        return given
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("The YAML is not UTF-8 text.", next_step="Save it as UTF-8.") from None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.", next_step="Check the path.") from None
