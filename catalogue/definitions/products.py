"""One product's files → ProductDefinition: header, sources, every version whole, every fault told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from catalogue.definitions.common_fields import with_common
from catalogue.definitions.dated import file_reader, load_dated, read_head
from catalogue.definitions.facts import FactDef
from catalogue.definitions.model import Example, Header, ProductDefinition, ProductVersion, Source
from catalogue.definitions.problems import Problems
from catalogue.definitions.structure import MISSING, Reader
from catalogue.definitions.version_checks import check_version

TABLES = ("examples",)


def read_header_keys(
    file: str, raw: Mapping[str, Any], problems: Problems, stated: Mapping[str, Any] | None = None
) -> Header | None:
    """The header from the top-level keys of a file (and of the layers below, in `stated`)."""
    return read_head(file, raw, Header, TABLES, problems, stated)


def load_product(
    paths: Sequence[Path],
    shared_sources: Mapping[str, Source],
    facts: Mapping[str, FactDef] | None,
    problems: Problems,
) -> ProductDefinition | None:
    """A product from its files, the lowest layer first.

    `facts` is the vocabulary of customer facts that conditions may read. Faults go to `problems`;
    None when nothing can be made of the files.
    """

    def finish(version: ProductVersion, reader: Reader) -> ProductVersion:
        fields = {name: with_common(name, field) for name, field in version.ask.items()}
        whole = attrs.evolve(version, ask=MappingProxyType(fields))
        check_version(whole, reader, facts)
        return whole

    made = load_dated(
        paths,
        shared_sources,
        problems,
        header=Header,
        version=ProductVersion,
        tables=TABLES,
        finish=finish,
    )
    if made is None:
        return None
    examples: list[Example] = []
    for file, raw in made.raw:
        read = file_reader(file, problems).read(
            tuple[Example, ...], raw.get("examples", []), ("examples",)
        )
        examples += [] if read is MISSING else read
    return ProductDefinition(made.header, made.files, made.sources, made.versions, tuple(examples))
