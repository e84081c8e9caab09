"""Scorecard files → ScorecardDefinition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from catalogue.definitions.dated import load_dated
from catalogue.definitions.facts import FactDef
from catalogue.definitions.library import Library
from catalogue.definitions.model import Source
from catalogue.definitions.problems import Problems
from catalogue.definitions.structure import Reader
from catalogue.errors import InputError
from catalogue.scoring.model import ScorecardDefinition, ScorecardHeader, ScorecardVersion
from catalogue.values.text import clean, suggest


def load_scorecard(
    paths: Sequence[Path],
    shared: Mapping[str, Source],
    facts: Mapping[str, FactDef],
    problems: Problems,
) -> ScorecardDefinition | None:
    """A scorecard from its files, the lowest layer first; faults go to `problems`."""

    def finish(version: ScorecardVersion, reader: Reader) -> ScorecardVersion:
        for code, factor in version.factors.items():
            for name in factor.facts:
                if name not in facts:
                    hint = suggest(name, facts) or "; declare it in facts.toml"
                    reader.fault(("factors", code), f"{name!r} is not a customer fact{hint}")
        for at, (one, other) in enumerate(pairwise(version.grades), 1):
            if other.at_least >= one.at_least:
                reader.fault(("grades", at, "at_least"), "grades must descend, the best first")
        if not version.grades or version.grades[-1].at_least != 0:
            reader.fault(("grades",), "the last grade must start at 0, so that every score has one")
        return version

    made = load_dated(
        paths, shared, problems, header=ScorecardHeader, version=ScorecardVersion, finish=finish
    )
    if made is None:
        return None
    return ScorecardDefinition(made.header, made.files, made.sources, made.versions)


def scorecard_definition(library: Library, code: str) -> ScorecardDefinition:
    """A scorecard of the library by code; DefinitionError with every fault of its files."""
    paths = library.paths("scorecards")
    if code not in paths:
        raise InputError(f"unknown scorecard {clean(repr(code))}{suggest(code, paths)}")
    problems = Problems()
    found = load_scorecard(paths[code], library.sources(), library.facts(), problems)
    problems.raise_if_any()
    if found is None:  # load_scorecard notes a problem whenever it returns None
        raise InputError(f"scorecard {code}: cannot be used")
    return found
