"""Shipped files with bytes flipped, cut, doubled or moved: findings come out, never another error."""

from __future__ import annotations

from pathlib import Path

import catalogue_product_defs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.quotes.catalogue import definition_roots
from catalogue.quotes.validation import validate_path

DEFS = Path(catalogue_product_defs.__file__).parent
FILES = sorted(path for path in DEFS.rglob("*.toml") if path.stat().st_size < 6_000)[::4]
ROOTS = definition_roots(None, ())


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, bytes]:
    """(name, bytes) of a shipped file after one to three small accidents."""
    path = draw(st.sampled_from(FILES))
    raw = path.read_bytes()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(0, len(raw) - 2)))
        size = draw(st.integers(1, 12))
        part = raw[at : at + size]
        how = draw(st.sampled_from(["flip", "cut", "double", "insert", "end"]))
        if not raw:
            return path.name, raw
        if how == "flip":
            raw = raw[:at] + bytes([raw[at] ^ draw(st.integers(1, 255))]) + raw[at + 1 :]
        elif how == "cut":
            raw = raw[:at] + raw[at + size :]
        elif how == "double":
            raw = raw[:at] + part + raw[at:]
        elif how == "insert":
            word = draw(st.sampled_from([b"[", b"]]", b'"', b"'''", b"=", b"{", b"\xff", b"\x00", b"9" * 40, b"-", b"\xe2\x80\xae"]))  # fmt: skip
            raw = raw[:at] + word + raw[at:]
        else:
            raw = raw[: max(2, at)]
    return path.name, raw


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=spoilt())
def test_only_findings_come_out(tmp_path: Path, case: tuple[str, bytes]) -> None:
    name, raw = case
    path = tmp_path / name
    path.write_bytes(raw)
    for finding in validate_path(path, ROOTS).findings:
        text = finding.text()
        if not text.isprintable() or len(text) > 1_200:
            pytest.fail(ascii(text))
        assert finding.line is None or finding.line <= raw.count(b"\n") + 1
