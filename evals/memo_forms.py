"""A memo in Markdown as a Word document and as a PDF."""

import re
import shutil
import subprocess
from pathlib import Path

import docx


def as_docx(text: str, path: Path) -> Path:
    """The memo as a Word document, a paragraph each for its blocks, tables as tables."""
    document = docx.Document()
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.split("\n") if line.strip()]
        if lines and all(line.lstrip().startswith("|") for line in lines):
            rows = [
                [cell.strip() for cell in line.strip().strip("|").split("|")]
                for line in lines
                if not re.fullmatch(r"[\s|:-]+", line)
            ]
            table = document.add_table(rows=0, cols=len(rows[0]))
            for row in rows:
                for cell, words in zip(table.add_row().cells, row, strict=False):
                    cell.text = words
            continue
        held = ""
        for line in lines:
            parts = re.match(r"\s*(?:#+|>|[-*] )|\**[A-Z][A-Za-z ]{1,24}:", line)
            if held and parts:
                _paragraph(document, held)
                held = ""
            held = f"{held} {line.strip()}".strip()
        _paragraph(document, held)
    document.save(str(path))
    return path


def _paragraph(document: "docx.document.Document", words: str) -> None:
    plain = re.sub(r"\*+", "", words)
    if heading := re.match(r"#+\s+(.*)", plain):
        document.add_heading(heading[1], level=2)
    elif bullet := re.match(r"[-*] (.*)", plain):
        document.add_paragraph(bullet[1], style="List Bullet")
    elif plain.strip("- "):
        document.add_paragraph(re.sub(r"^>\s*", "", plain))


def as_pdf(text: str, path: Path) -> Path | None:
    """The memo as a PDF, by way of Word; None where no converter is installed or it fails."""
    converter = shutil.which("soffice")
    if converter is None:
        return None
    source = as_docx(text, path.with_suffix(".docx"))
    command = [
        converter,
        f"-env:UserInstallation=file://{path.parent}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(path.parent),
        str(source),
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    except (subprocess.SubprocessError, OSError):
        return None
    return path if path.exists() else None
