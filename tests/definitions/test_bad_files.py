"""tests/bad_definitions: one fault a file; its first line holds words of the message, `# <- here` its line.

A fault that was met in the field adds a file.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.definitions.library import Root
from catalogue.quotes.catalogue import definition_roots
from catalogue.quotes.validation import validate_path

FOLDER = Path(__file__).parents[1] / "bad_definitions"
FILES = sorted(FOLDER.glob("*.toml"))


@pytest.fixture(scope="module")
def roots() -> list[Root]:
    return definition_roots(None, ())


def test_there_are_many() -> None:
    assert len(FILES) > 80


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_fault_is_told_once_with_its_line(path: Path, roots: list[Root]) -> None:
    lines = path.read_text("utf-8").split("\n")
    words = lines[0].removeprefix("# ")
    marked = [number for number, line in enumerate(lines, 1) if "# <- here" in line]
    findings = validate_path(path, roots).errors
    told = [finding.text() for finding in findings]
    assert any(words in text for text in told), told
    assert all(text.startswith(str(path)) for text in told)
    assert all(text.isprintable() and len(text) < 700 for text in told)
    assert len(told) == 1, told
    if marked:
        assert told[0].startswith(f"{path}:{marked[0]}:"), (told[0], marked)
