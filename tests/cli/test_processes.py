"""Real processes: pipes, devices, signals, what is imported, colours, two ways to start."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ENTRY = [sys.executable, "-c", "from catalogue.cli.main import main; main()"]
ASK = ["quote", "lend", "--amount", "5000", "--tenor", "1y", "--as-of", "2024-11-01"]


@pytest.fixture
def environment(toy_site: Path, toy_defs: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    return {**kept, "PYTHONPATH": str(toy_site), "CATALOGUE_DEFS": str(toy_defs), "PYTHONUTF8": "1"}


def run(
    words: list[str], environment: dict[str, str], **more: Any
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ENTRY, *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **more,
    )


def test_list_and_help_import_no_engine_no_numpy_no_plugin(environment: dict[str, str]) -> None:
    code = (
        "import json, sys\n"
        "from catalogue.cli.main import cli\n"
        "try:\n    cli.main(sys.argv[1:], prog_name='catalogue')\n"
        "except SystemExit:\n    pass\n"
        "print('\\n' + json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    for words in (
        ["list"],
        ["list", "--format", "json"],
        ["list", "--lang", "zh"],
        ["--help"],
        ["quote", "--help"],
    ):
        ran = subprocess.run(
            [sys.executable, "-c", code, *words],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        loaded = json.loads(ran.stderr.splitlines()[-1])
        heavy = (
            "numpy",
            "numpy_financial",
            "attr",
            "attrs",
            "pluggy",
            "rich",
            "chinese_calendar",
            "iso4217",
        )
        assert [name for name in loaded if name in heavy] == [], words
        assert [name for name in loaded if name.startswith(("catalogue_plugins.", "toybank"))] == []
        assert "importlib.metadata" not in loaded


def test_a_quote_imports_only_its_own_product(environment: dict[str, str]) -> None:
    code = (
        "import sys\n"
        "from catalogue.cli.main import cli\n"
        "try:\n    cli.main(sys.argv[1:], prog_name='catalogue')\n"
        "except SystemExit:\n    pass\n"
        "print(*sorted(m for m in sys.modules if m.count('.') > 1 and m.startswith('catalogue_plugins.')))\n"
    )
    words = [
        "quote",
        "working-capital-loan",
        "--amount",
        "500000",
        "--tenor",
        "1y",
        "--as-of",
        "2024-11-01",
    ]
    ran = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines()[-1] == (
        "catalogue_plugins.company_loans.working_capital_loan catalogue_plugins.scoring.legal_checks"
    )


def test_a_reader_that_leaves_early_is_no_error(environment: dict[str, str]) -> None:
    for words in (["schedule", *ASK[1:5], "30y", *ASK[6:]], ["--help"]):
        process = subprocess.Popen(
            [*ENTRY, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read().decode()
        process.stderr.close()
        assert (process.wait(60), err) == (0, "")


def test_a_full_device_is_three_and_one_line(environment: dict[str, str]) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.fail("this test needs /dev/full")
    for words in (ASK, ["list"], ["--version"]):
        with full.open("wb") as device:
            ran = subprocess.run(
                [*ENTRY, *words],
                env=environment,
                stdout=device,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert ran.returncode == 3
        assert ran.stderr == "Error: cannot read or write: No space left on device\n"


def test_closed_streams(environment: dict[str, str]) -> None:
    shell = 'exec "$@" >&-'
    ran = subprocess.run(
        ["sh", "-c", shell, "sh", *ENTRY, "list"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert ran.returncode == 3
    assert "standard output is closed" in ran.stderr
    ran = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *ENTRY, "quote", "nothing"], env=environment,
        stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (2, "")


def test_an_interrupt_is_one_line(
    environment: dict[str, str], toy_site: Path, tmp_path: Path
) -> None:
    reached = tmp_path / "reached"
    (toy_site / "toybank.py").write_text(
        f"import pathlib, time\npathlib.Path({str(reached)!r}).touch()\ntime.sleep(60)\n", "utf-8"
    )
    # The child hears Ctrl-C also where whoever started the tests has it ignored (`… &`).
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [*ENTRY, *ASK],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    for _ in range(600):
        if reached.exists():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Error: interrupted" in err
    assert "Traceback" not in err
    assert "Toy loan" not in out


def test_no_colour_in_a_pipe_even_if_forced(environment: dict[str, str]) -> None:
    ran = run(ASK, {**environment, "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"})
    assert ran.returncode == 0
    assert "\x1b" not in ran.stdout + ran.stderr


def _on_a_terminal(words: list[str], environment: dict[str, str]) -> bytes:
    import pty

    parent, child = pty.openpty()
    with subprocess.Popen([*ENTRY, *words], env=environment, stdout=child, stderr=child) as process:
        os.close(child)
        data = b""
        while True:
            try:
                part = os.read(parent, 65_536)
            except OSError:
                break
            if not part:
                break
            data += part
        process.wait(60)
    os.close(parent)
    return data


def test_colour_on_a_terminal_unless_no_color(environment: dict[str, str]) -> None:
    environment = {**environment, "TERM": "xterm-256color", "COLUMNS": "80"}
    assert b"\x1b[" in _on_a_terminal(ASK, environment)
    plain = _on_a_terminal(ASK, {**environment, "NO_COLOR": "1"})
    assert b"\x1b" not in plain
    assert b"\x1b" not in _on_a_terminal(ASK, {**environment, "TERM": "dumb"})
    # on a narrow terminal too every amount is whole
    assert "5,000.00" in plain.decode()
    wide = _on_a_terminal(ASK, {**environment, "NO_COLOR": "1", "COLUMNS": "200"}).decode()
    amounts = re.findall(r"\d[\d,]*\.\d\d", wide)
    assert [amount for amount in amounts if amount not in plain.decode()] == []


def test_a_narrow_encoding_escapes_instead_of_failing(environment: dict[str, str]) -> None:
    ran = run(
        [*ASK, "--lang", "zh"], {**environment, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.isascii()
    data = run(
        [*ASK, "--format", "json"], {**environment, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    )
    assert json.loads(data.stdout)["product"]["name_zh"] == "玩具贷款"


def test_the_same_bytes_whatever_the_hash_seed_and_the_time_zone(
    environment: dict[str, str],
) -> None:
    words = [*ASK, "--format", "json"]
    made = {
        run(words, {**environment, "PYTHONHASHSEED": seed, "TZ": zone}).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"), ("3", "America/New_York"))
    }
    assert len(made) == 1


def test_completion_of_commands_and_codes(environment: dict[str, str]) -> None:
    for words, position, found in (
        ("catalogue sche", "1", {"plain,schedule", "plain,schema"}),
        ("catalogue show le", "2", {"plain,lend"}),
        ("catalogue rates show lp", "3", {"plain,lpr"}),
    ):
        ran = run([], {**environment, "COMP_WORDS": words, "COMP_CWORD": position,
                       "_CATALOGUE_COMPLETE": "bash_complete"})  # fmt: skip
        assert found <= set(ran.stdout.split()), words
    assert "complete" in run([], {**environment, "_CATALOGUE_COMPLETE": "bash_source"}).stdout


def test_python_m_catalogue(environment: dict[str, str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "catalogue", "--version"], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout.split()[0]) == (0, "bank-catalogue")
    wrong = subprocess.run(
        [sys.executable, "-m", "catalogue", "qoute"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (wrong.returncode, wrong.stdout) == (2, "")
