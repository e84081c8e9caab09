"""A quote's id: the hash of everything that decides its bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from typing import Any

DISTRIBUTION = "bank-catalogue"


@cache
def engine_name() -> str:
    """`bank-catalogue <version>` of the installed package."""
    try:
        return f"{DISTRIBUTION} {metadata.version(DISTRIBUTION)}"
    except metadata.PackageNotFoundError:
        return f"{DISTRIBUTION} (not installed)"


def identify(parts: Mapping[str, Any], digests: Iterable[str]) -> str:
    """20 hexadecimal digits from the parts and the digests of the definition files used."""
    content = {**parts, "definitions": sorted(digests)}
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()[:20]
