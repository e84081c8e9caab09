"""Set up and check this project with nothing but Python and pip.

    python3 scripts/dev.py demo     make .venv, install, quote the example bundle
    python3 scripts/dev.py test     make .venv, install, run the tests
    python3 scripts/dev.py check    ruff, formatting, types, import order

Arguments after the command go to the tool: `python3 scripts/dev.py test tests/maths -k apr`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "installed"
LOWEST = (3, 11)


def run(*command: str) -> int:
    """Run a command in the project's folder; its exit code."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("PYTHONHOME", None)
    return subprocess.call(command, cwd=ROOT, env=environment)


def python() -> str:
    """The interpreter of .venv."""
    return str(BIN / ("python.exe" if os.name == "nt" else "python"))


def install(extra: str) -> None:
    """Make .venv and install the project with an extra, once for each state of pyproject.toml."""
    wanted = f"{extra}\n{(ROOT / 'pyproject.toml').read_text('utf-8')}"
    if STAMP.is_file() and STAMP.read_text("utf-8") == wanted:
        return
    if not Path(python()).exists():
        print(f"making {VENV.name} with Python {sys.version.split()[0]}", flush=True)
        venv.EnvBuilder(with_pip=True).create(VENV)
    target = f".[{extra}]" if extra else "."
    command = [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    print(f"installing {target}", flush=True)
    if run(*command, "-c", "constraints.txt", "-e", target):
        sys.exit("the installation failed; pip's message is above")
    STAMP.write_text(wanted, "utf-8")


def demo(arguments: list[str]) -> int:
    """Quote the example bundle."""
    install("")
    example = "examples/bundles/manufacturer.toml"
    return run(str(BIN / "catalogue"), "bundle", "quote", example, *arguments)


def test(arguments: list[str]) -> int:
    """Run the tests, on two processes unless told otherwise."""
    install("dev")
    return run(python(), "-m", "pytest", "-n", "2", *arguments)


def check(arguments: list[str]) -> int:
    """Lint, formatting, types, import order: all are run, any may fail."""
    install("dev")
    commands = (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy", *arguments),
        ("lint-imports",),
    )
    failed = [" ".join(command) for command in commands if run(str(BIN / command[0]), *command[1:])]
    for command in failed:
        print(f"failed: {command}", file=sys.stderr)
    return 1 if failed else 0


def main() -> int:
    """Dispatch."""
    commands = {"demo": demo, "test": test, "check": check}
    if sys.version_info < LOWEST:
        sys.exit(
            f"Python {LOWEST[0]}.{LOWEST[1]} or later is needed; this is {sys.version.split()[0]}"
        )
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    return commands[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
