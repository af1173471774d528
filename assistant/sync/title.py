"""Cut the wanted sections out of the zip of a whole title of the U.S. Code, without holding the title in memory."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from lxml import etree

from assistant.errors import BadSource, Refused
from assistant.readers import uslm

MOST_BYTES = 400_000_000
MOST_RATIO = 100
MOST_MEMBERS = 20

_SECTION = "{http://xml.house.gov/schemas/uslm/1.0}section"
_AGAIN = "Run pincite sync again; if it stays so, bring the text with pincite sync --from FOLDER."


def cut(file: IO[bytes], wanted: frozenset[str], *, name: str) -> dict[str, bytes]:
    """Each wanted section that is printed, as a file of its own; BadSource or Refused where the zip is unsound."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(_member(archive, name)) as member:
            return dict(_sections(member, wanted, name))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise BadSource(f"The zip of {name} is damaged ({error}).", next_step=_AGAIN) from None
    except etree.XMLSyntaxError as error:
        raise BadSource(f"The file of {name} is not well-formed XML ({error.msg}).", next_step=_AGAIN) from None


def _member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    members = archive.infolist()
    found = [member for member in members if member.filename.lower().endswith(".xml")]
    if len(found) != 1 or len(members) > MOST_MEMBERS:
        raise Refused(
            f"The zip of {name} holds {len(found)} XML files among {len(members)}, not one.", next_step=_AGAIN
        )
    (member,) = found
    if member.flag_bits & 1:
        raise Refused(f"The zip of {name} is encrypted.", next_step=_AGAIN)
    if member.file_size > MOST_BYTES or member.file_size > MOST_RATIO * max(member.compress_size, 1_000):
        raise Refused(f"The file of {name} is too large, or packed too tightly.", next_step=_AGAIN)
    return member


def _sections(member: IO[bytes], wanted: frozenset[str], name: str) -> Iterator[tuple[str, bytes]]:
    """The wanted sections; each outermost one is let go once it is read, and sections quoted within one stay in it."""
    depth = 0
    events = etree.iterparse(
        member, events=("start", "end"), tag=_SECTION, resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for event, element in events:
        if event == "start":
            if not depth and element.getroottree().docinfo.doctype:
                raise Refused(
                    f"The file of {name} declares a document type, which the publisher's do not.", next_step=_AGAIN
                )
            depth += 1
            continue
        depth -= 1
        if depth:
            continue
        for id in _ids(element.get("identifier", "")):
            if id in wanted and not _is_quoted(element):
                yield id, etree.tostring(element, encoding="UTF-8", xml_declaration=True, with_tail=False)
        element.clear(keep_tail=False)


def _ids(identifier: str) -> list[str]:
    """A section's id; two where one line stands for many, `s1651...1653` for the first and the last of them."""
    head, _, number = identifier.rpartition("/s")
    return [id for part in re.split(r"\.\.\.|,", number) if (id := uslm.id_of(f"{head}/s{part}"))] if number else []


def _is_quoted(element: etree._Element) -> bool:
    return any(etree.QName(above).localname in {"note", "quotedContent"} for above in element.iterancestors())
