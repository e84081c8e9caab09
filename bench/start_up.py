"""Start-up of the command line, against a bare `python -c "import click"`.

    python bench/start_up.py

Runs every command in turn, several rounds, and prints the best and the median of each. Bytecode must be
written, or every start compiles the package again: PYTHONDONTWRITEBYTECODE is removed for the runs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15
SCRIPT = str(Path(sys.executable).parent / "catalogue")
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "python -c 'import click'": [sys.executable, "-c", "import click"],
    "catalogue --help": [SCRIPT, "--help"],
    "catalogue list": [SCRIPT, "list"],
    "catalogue show home-loan": [SCRIPT, "show", "home-loan", "--as-of", "2024-11-01"],
}


def main() -> None:
    """Time all commands in turn."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(ROUNDS + 1):
        for name, command in COMMANDS.items():
            begin = time.perf_counter()
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            if number:  # the first round writes bytecode
                times[name].append(time.perf_counter() - begin)
    base = statistics.median(times["python -c 'import click'"])
    for name, measured in times.items():
        middle = statistics.median(measured)
        print(f"{name:26} best {min(measured) * 1000:6.1f} ms  median {middle * 1000:6.1f} ms"
              f"  {middle / base:5.2f} × click")  # fmt: skip


if __name__ == "__main__":
    main()
