"""Where output goes: whole files or none, devices, odd encodings."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from catalogue.cli import output

ASK = ("quote", "lend", "--amount", "5000", "--tenor", "1y")


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    output.write("new\n", str(target))
    assert target.read_text("utf-8") == "new\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert left(tmp_path) == ["out.txt"]


def test_a_new_file_has_the_mode_of_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        output.write(b"x", str(tmp_path / "new"))
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


@pytest.mark.parametrize("broken", ["fsync", "replace", "chmod"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old", "utf-8")

    def fail(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"catalogue.cli.output.os.{broken}", fail)
    with pytest.raises(OSError, match="No space"):
        output.write("new", str(target))
    monkeypatch.undo()
    assert target.read_text("utf-8") == "old"
    assert left(tmp_path) == ["out.txt"]


def test_a_failed_write_is_exit_three(
    toy: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("catalogue.cli.output.os.replace", fail)
    ran = toy(*ASK, "--output", str(tmp_path / "out"))
    assert (ran.code, ran.out) == (3, "")
    assert "No space left on device" in ran.err


def test_bad_input_leaves_the_old_file(toy: Callable, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old", "utf-8")
    ran = toy("quote", "lend", "--amount", "nan", "--tenor", "1y", "--output", str(target))
    assert ran.code == 2
    assert target.read_text("utf-8") == "old"


def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    output.write("new", str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text("utf-8") == "new"


def test_a_device_is_written_not_replaced() -> None:
    output.write("x", os.devnull)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_lone_surrogate_is_escaped(tmp_path: Path) -> None:
    output.write('{"a": "\ud800"}', str(tmp_path / "x"))
    assert (tmp_path / "x").read_bytes() == b'{"a": "\\ud800"}'


def test_customer_text_cannot_control_a_terminal(toy: Callable, tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text('{"name": "\\u001b[2J\\u202e[bold]x\\nEligible: yes\\ud800"}', "utf-8")
    for form in ("table", "csv", "json"):
        ran = toy(*ASK, "--customer", str(file), "--format", form)
        assert ran.code == 0, ran.err
        assert "\x1b" not in ran.out + ran.err
    table = toy(*ASK, "--customer", str(file)).out
    assert "\\x1b[2J\\u202e[bold]x\\x0aEligible: yes\\ud800" in table
