"""The Catalogue: definitions, plugins and rates put together; the Python interface to quoting."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalogue.bundles.loader import load_bundle
from catalogue.bundles.model import BundleDefinition
from catalogue.bundles.request import BundleRequest, bundle_request
from catalogue.definitions.library import Library, Root
from catalogue.definitions.model import Header, ProductDefinition, ProductVersion
from catalogue.definitions.problems import Problems
from catalogue.definitions.rate_sheets import RateSheet
from catalogue.errors import InputError, PluginError
from catalogue.plugin.discovery import DEFINITIONS, EntryPoint, allowed, find_entry_points
from catalogue.plugin.folders import package_folder
from catalogue.plugin.guard import guarded, interrupted
from catalogue.plugin.offers import Score, Scorecard
from catalogue.plugin.registry import PluginProblem, Registry
from catalogue.products.ask import Ask
from catalogue.products.customer import Customer
from catalogue.products.rate_book import RateBook
from catalogue.products.results import Check
from catalogue.quotes.bundle_engine import BundleEngine
from catalogue.quotes.bundle_quote import BundleQuote
from catalogue.quotes.engine import Engine, defined
from catalogue.quotes.quote import Quote
from catalogue.values import Calendar, china_calendar, in_own_context, parse_date
from catalogue.values.text import clean, shown, suggest

if TYPE_CHECKING:
    from catalogue.quotes.recommend import Recommendations
    from catalogue.quotes.standing import Standing

DEFS_VARIABLE = "CATALOGUE_DEFS"
"""Folders laid over the built-in definitions, separated as PATH is; the last is on top."""
BUILT_IN_DEFS = "catalogue_product_defs"


def definition_roots(
    defs: Path | str | Sequence[Path | str] | None, entries: Sequence[EntryPoint]
) -> list[Root]:
    """The layers: built-in, packages' folders, CATALOGUE_DEFS, then `defs`."""
    roots = [Root("built-in", Path(str(files(BUILT_IN_DEFS))))]
    for entry in entries:
        if entry.group == DEFINITIONS and allowed(entry.distribution):
            folder = package_folder(entry.module)
            if folder is not None:
                roots.append(Root(entry.distribution, folder, foreign=True))
    stated = [part for part in os.environ.get(DEFS_VARIABLE, "").split(os.pathsep) if part]
    roots += [Root(DEFS_VARIABLE, Path(part)) for part in stated]
    if defs is not None:
        given = [defs] if isinstance(defs, (str, Path)) else list(defs)
        roots += [Root("--defs", Path(part)) for part in given]
    return roots


class Catalogue:
    """All products that can be quoted, as of a date.

    >>> cat = Catalogue.load(as_of=date(2024, 11, 1))
    >>> cat["home-loan"].header.name_zh
    '个人住房贷款'
    """

    def __init__(
        self, library: Library, registry: Registry, as_of: date, calendar: Calendar | None = None
    ) -> None:
        self.library = library
        self.registry = registry
        self.as_of = as_of
        self.calendar = calendar or china_calendar()
        self._engine: Engine | None = None

    @classmethod
    def load(
        cls,
        defs: Path | str | Sequence[Path | str] | None = None,
        as_of: date | str | None = None,
        *,
        strict: bool = False,
        entries: Sequence[EntryPoint] | None = None,
    ) -> Catalogue:
        """Find definitions and plugins; nothing is parsed or imported until it is needed.

        Args:
            defs: a folder (or several, the last on top) laid over the built-in definitions.
            as_of: the pricing date (YYYY-MM-DD or date). Nothing below the command line reads the
                clock, so it must be stated here or in each call.
            strict: a broken plugin raises PluginError instead of being noted.
            entries: entry points to use instead of those installed.

        Raises:
            InputError: a folder that is not there, a date that is none.
        """
        if as_of is None:
            raise InputError("as_of: is missing; every price has a date (as_of=date(2024, 11, 1))")
        day = parse_date(as_of, "as_of")
        if entries is None:
            entries = find_entry_points().entries
        registry = Registry(entries, strict=strict)
        roots = definition_roots(defs, entries)
        built_in, over = roots[0], roots[1:]
        return cls(Library([built_in, *hook_roots(registry), *over]), registry, day)

    # -- products ---------------------------------------------------------------------------

    def products(self) -> list[Header]:
        """Code, names, family and segment of every product, by line; broken files are left out."""
        return self.library.headers(Problems())

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.library.paths("products")))

    def __contains__(self, code: object) -> bool:
        return code in self.library.paths("products")

    def __getitem__(self, code: str) -> ProductDefinition:
        """A product's definition; InputError with a suggestion for an unknown code."""
        return defined(self.library, self.registry, code)

    def version(self, code: str, as_of: date | str | None = None) -> ProductVersion:
        """The version of a product in force on a date."""
        return self.engine.version(code, self._day(as_of))[1]

    def _day(self, as_of: date | str | None) -> date:
        """The day of a call (YYYY-MM-DD or date); without one, that of the catalogue."""
        return self.as_of if as_of is None else parse_date(as_of, "as_of")

    # -- pricing ----------------------------------------------------------------------------

    @property
    def engine(self) -> Engine:
        """The pipeline over this catalogue."""
        if self._engine is None:
            rates = RateBook(self.library.sheet, plugin_sheets(self.registry))
            self._engine = Engine(self.library, self.registry, rates, self.calendar)
        return self._engine

    @property
    def rates(self) -> RateBook:
        """Reference rates, exchange rates and taxes."""
        return self.engine.rates

    def quote(
        self, ask: Ask, customer: Customer | None = None, *, as_of: date | str | None = None
    ) -> Quote:
        """Price one ask.

        Raises:
            InputError: every fault of the ask and of the customer's facts.
            PluginError: the product's plugin failed.
        """
        return self.engine.quote(ask, customer or Customer(), self._day(as_of))

    def check(
        self, ask: Ask, customer: Customer | None = None, *, as_of: date | str | None = None
    ) -> tuple[Check, ...]:
        """Only the eligibility checks."""
        return self.engine.check(ask, customer or Customer(), self._day(as_of))

    # -- bundles ----------------------------------------------------------------------------

    def bundles(self) -> list[BundleDefinition]:
        """Every bundle that can be read, by code; broken files are left out."""
        made = []
        for code in sorted(self.library.paths("bundles")):
            found = load_bundle(
                self.library.paths("bundles")[code], self.library.sources(), Problems()
            )
            if found is not None:
                made.append(found)
        return made

    def bundle_definition(self, code: str) -> BundleDefinition:
        """A bundle by code; DefinitionError with every fault of its files."""
        paths = self.library.paths("bundles")
        if code not in paths:
            raise InputError(f"unknown bundle {clean(repr(code))}{suggest(code, paths)}")
        problems = Problems()
        found = load_bundle(paths[code], self.library.sources(), problems)
        problems.raise_if_any()
        if found is None:  # load_bundle notes a problem whenever it returns None
            raise InputError(f"bundle {code}: cannot be used")
        return found

    def bundle(
        self,
        bundle: str | BundleRequest | list[Ask] | dict[str, Ask],
        asks: dict[str, Any] | None = None,
        customer: Customer | None = None,
        *,
        as_of: date | str | None = None,
    ) -> BundleQuote:
        """Price several products as one.

        Args:
            bundle: a bundle's code, a list of asks, asks by line id, or a BundleRequest.
            asks: for a bundle by code: line id → Ask, or a mapping of ask fields.
            customer: facts; default: those of the request.
            as_of: pricing date; default: that of the request, then the catalogue's.

        Raises:
            InputError: every fault of every line.
        """
        request = bundle_request(bundle, asks)
        engine = BundleEngine(self.engine, self.library, self.bundle_definition)
        who = customer or request.customer or Customer()
        return engine.quote(request, who, self._day(as_of or request.as_of))

    # -- customers --------------------------------------------------------------------------

    def scorecards(self) -> list[Scorecard]:
        """The scorecards that plugins register; two with one code are an error that names both."""
        found: dict[str, tuple[Scorecard, str]] = {}
        answers = self.registry.ask_extensions("scorecards", {"library": self.library})
        for answer in answers:
            for card in answer.value:
                if card.code in found:
                    other = found[card.code][1]
                    raise PluginError(
                        f"scorecard {card.code!r} comes from two plugins: {other} and {answer.by}"
                    )
                found[card.code] = (card, answer.by)
        return [card for card, _ in found.values()]

    @in_own_context
    def score(
        self, customer: Customer, scorecard: str | None = None, *, as_of: date | str | None = None
    ) -> Score:
        """Score a customer by a scorecard, or by the first one for the customer's kind.

        Raises:
            InputError: no such scorecard, the kind of customer unknown, or a fact of the wrong type.
            PluginError: the scorecard failed.
        """
        typed, _ = customer.typed(self.library.facts())
        cards = self.scorecards()
        codes = [card.code for card in cards]
        if scorecard is None:
            kind = typed.get("kind")
            if kind is None:
                raise InputError("customer.kind: is missing; state it, or name a scorecard")
            card = next((card for card in cards if card.segment == kind), None)
            if card is None:
                raise InputError(
                    f"customer.kind: no scorecard is for {kind}; there are {', '.join(codes)}"
                )
        else:
            card = next((card for card in cards if card.code == scorecard), None)
            if card is None:
                raise InputError(
                    f"unknown scorecard {clean(repr(scorecard))}{suggest(scorecard, codes)}"
                )
        return scored(card, typed, self._day(as_of))

    def standing(self, customer: Customer, *, as_of: date | str | None = None) -> Standing:
        """What the bank knows of a customer: score, grade, limit, size, segments, loan class, signals.

        Raises:
            InputError: customer facts of the wrong type.
        """
        from catalogue.quotes.standing import standing

        return standing(self, customer, self._day(as_of))

    def recommend(
        self, customer: Customer, needs: Sequence[str] = (), fields: Mapping[str, Any] | None = None,
        *, as_of: date | str | None = None,
    ) -> Recommendations:  # fmt: skip
        """The products that fit a customer, ranked by explained points (catalogue/quotes/recommend.py).

        Args:
            customer: facts; unknown ones never count against a product.
            needs: words ("buy a home", "贷款"), families or codes; none: everything that fits.
            fields: ask fields as far as they are known; a complete ask is priced.
            as_of: the day; default: the catalogue's.

        Raises:
            InputError: customer facts of the wrong type, an empty need.
        """
        from catalogue.quotes.recommend import recommend

        return recommend(self, customer, needs, fields, as_of=self._day(as_of))

    @property
    def problems(self) -> tuple[PluginProblem, ...]:
        """What is wrong with plugins, as far as they were needed."""
        return tuple(self.registry.problems)


def scored(card: Scorecard, customer: Customer, as_of: date) -> Score:
    """The score of a customer with typed facts by a card, which may be a stranger's.

    Raises:
        InputError: the card's own, as for an answer that it does not know.
        PluginError: the card raised anything else.
    """
    try:
        with guarded():
            return card.score(customer, as_of)
    except (InputError, PluginError):
        raise
    except BaseException as error:  # a plugin's SystemExit is its fault, not ours
        if interrupted(error):
            raise
        raise PluginError(
            f"scorecard {card.code!r} raised {type(error).__name__}: {error}"
        ) from error


def hook_roots(registry: Registry) -> list[Root]:
    """The layers of definitions that extensions offer by hook."""
    return [Root(by, path, foreign=True) for by, path in plugin_folders(registry)]


def plugin_folders(registry: Registry) -> list[tuple[str, Path]]:
    """The definition folders that extensions offer by hook; what is no folder is noted."""
    return [
        (answer.by, Path(folder))
        for answer in registry.ask_extensions("definition_folders", fault=_no_folder)
        for folder in answer.value
    ]


def _no_folder(item: Any) -> str | None:
    if not isinstance(item, (str, Path)):
        return f"{shown(item)} is not a path"
    return None if Path(item).is_dir() else f"{shown(str(item))} is not a folder"


def plugin_sheets(registry: Registry) -> Mapping[str, RateSheet]:
    """The rate sheets that extensions offer; two for one code are an error that names both."""
    made: dict[str, RateSheet] = {}
    by: dict[str, str] = {}
    for answer in registry.ask_extensions("rate_sources", fault=_no_sheet):
        for sheet in answer.value:
            if sheet.code in made:
                raise PluginError(
                    f"rate sheet {sheet.code!r} comes from two plugins: {by[sheet.code]} and {answer.by}"
                )
            made[sheet.code], by[sheet.code] = sheet, answer.by
    return made


def _no_sheet(item: Any) -> str | None:
    return None if isinstance(item, RateSheet) else f"{shown(item)} is not a RateSheet"
