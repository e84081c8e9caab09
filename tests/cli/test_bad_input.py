"""Every line of bad_input.toml is refused: exit code 2, nothing on stdout, words that help."""

from __future__ import annotations

import shlex
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli

DATA = tomli.loads(Path(__file__).with_name("bad_input.toml").read_text("utf-8"))
CASES: list[dict[str, Any]] = DATA["cases"]
LONG = {"$X": "x" * 5_000, "$NINES": "9" * 5_000, "$ESC": "\x1b"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in DATA["files"].items():
        path = tmp_path / "here" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "here/gbk.toml").write_bytes('name = "示例公司"\n'.encode("gbk"))
    (tmp_path / "here/binary.toml").write_bytes(b"name = \x00\x01\n")
    monkeypatch.chdir(tmp_path / "here")


def test_the_table_has_no_line_twice() -> None:
    runs = [case["run"] for case in CASES]
    assert len(runs) == len(set(runs))
    assert len(runs) >= 150
    assert all(case["says"] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["run"][:60])
def test_refused(case: dict[str, Any], toy: Callable, folder: None) -> None:
    words = []
    for word in shlex.split(case["run"]):
        for short, long in LONG.items():
            word = word.replace(short, long)
        words.append(word)
    ran = toy(*words)
    assert ran.code == 2, ran.err
    assert ran.out == ""
    for said in case["says"]:
        assert said in ran.err
    assert "Traceback" not in ran.err
    assert not [
        char for char in ran.err if unicodedata.category(char) in ("Cc", "Cf") and char != "\n"
    ]
    assert max(map(len, ran.err.splitlines())) < 1_100
