"""What all tests share: Hypothesis profiles, and a small bank of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from catalogue import Catalogue
from catalogue.definitions.library import Library, Root
from catalogue.plugin.registry import Registry

from .fresh import fresh  # noqa: F401 - a fixture

settings.register_profile("dev", max_examples=60, deadline=None)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
settings.register_profile("nightly", max_examples=5_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


@pytest.fixture
def as_of() -> date:
    """The pricing date of the small bank."""
    return date(2024, 11, 1)


@pytest.fixture
def bank(tmp_path: Path, as_of: date) -> Callable[..., Catalogue]:
    """A catalogue of given files (relative path → text) and plugins (code → object)."""

    def make(
        files: Mapping[str, str], plugins: Mapping[str, Any] | None = None,
        extensions: Mapping[str, Any] | None = None, *, strict: bool = False,
    ) -> Catalogue:  # fmt: skip
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        registry = Registry([], strict=strict)
        for code, plugin in (plugins or {}).items():
            registry.add(plugin, code, product=True)
        for name, plugin in (extensions or {}).items():
            registry.add(plugin, name)
        return Catalogue(Library([Root("test", tmp_path)]), registry, as_of)

    return make
