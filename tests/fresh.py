"""A fresh virtual environment, as a stranger's: one for the whole test run, shared by its processes.

Third-party packages are not downloaded again: a .pth file adds the running environment's. What the tests
install is a copy, so that no build leaves a trace in the source tree. Every package stays installed;
a test says by CATALOGUE_PLUGINS which of them may load.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples/plugins"
NEW = "harvest-loan"
"""The project that `catalogue new-plugin` writes into the environment."""
LONGEST_WAIT = 300
"""Seconds after which a process stops waiting for another one that makes the environment."""


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


class Fresh:
    """The environment in a folder; it is made by `make`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packages = folder / "packages"
        inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
        self.python = folder / "venv" / inside

    def make(self) -> None:
        """The environment with the example packages and a new project."""
        venv.EnvBuilder(with_pip=False).create(self.folder / "venv")
        parents = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
        lines = "".join(f"import site; site.addsitedir({parent!r})\n" for parent in parents)
        script = "import sysconfig; print(sysconfig.get_path('purelib'))"
        own = subprocess.check_output([self.python, "-c", script], text=True).strip()
        Path(own, "parent.pth").write_text(lines, "utf-8")
        shutil.copytree(
            EXAMPLES, self.packages, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
        written = self.catalogue("new-plugin", NEW, folder=self.packages)
        assert written.code == 0, written.err
        self.install(*sorted(path for path in self.packages.iterdir() if path.is_dir()))

    def install(self, *packages: Path) -> None:
        """`pip install -e` of folders; what they depend on is there already."""
        command = [
            sys.executable, "-m", "pip", "--python", str(self.python), "install", "--quiet", "--no-deps",
            "--no-build-isolation", "--no-index", "--disable-pip-version-check",
        ]  # fmt: skip
        for package in packages:
            command += ["-e", str(package)]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr

    def run(
        self, *words: str, plugins: str | None = "", folder: Path | None = None, width: int = 120
    ) -> Ran:
        """Run the environment's interpreter; `plugins` are the distributions that may load, None: all."""
        environment = {
            name: value for name, value in os.environ.items()
            if not name.startswith(("CATALOGUE_", "PYTEST_", "COV_", "PYTHON"))
        }  # fmt: skip
        environment |= {"NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "COLUMNS": str(width)}
        if plugins is not None:
            environment["CATALOGUE_PLUGINS"] = plugins
        made = subprocess.run(
            [str(self.python), *words], capture_output=True, text=True, encoding="utf-8",
            env=environment, cwd=folder or self.folder, check=False,
        )  # fmt: skip
        return Ran(made.returncode, made.stdout, made.stderr)

    def catalogue(self, *words: str, plugins: str | None = "", folder: Path | None = None) -> Ran:
        """Run `catalogue`."""
        return self.run("-m", "catalogue", *words, plugins=plugins, folder=folder)

    def pytest(self, words: Sequence[str], plugins: str | None, folder: Path) -> Ran:
        """Run a package's own tests."""
        return self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", *words, plugins=plugins, folder=folder)  # fmt: skip


def make_once(folder: Path) -> Fresh:
    """The environment, made by the first process that asks; the others wait for it."""
    made, done = Fresh(folder), folder / "done"
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        until = time.monotonic() + LONGEST_WAIT
        while not done.exists():
            assert time.monotonic() < until, "the process that makes the environment does not end"
            time.sleep(0.2)
        assert done.read_text("utf-8") == "", done.read_text("utf-8")
        return made
    said = "the environment was not made"
    try:
        made.make()
        said = ""
    finally:
        done.write_text(said, "utf-8")
    return made


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """The environment of this test run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    return make_once(shared / "fresh")
