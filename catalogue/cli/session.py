"""What the pricing commands share: a catalogue of the day, asks from options, output formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from catalogue.cli.exits import note
from catalogue.cli.fields import (
    ask_and_facts,
    read_customer,
    split_settings,
    stated_once,
    with_files,
)
from catalogue.cli.options import ASK_OPTIONS, FORMATS, check_form, today
from catalogue.cli.output import check_output, json_text, write
from catalogue.cli.tables import Block
from catalogue.errors import InputError
from catalogue.values.text import clean, suggest

if TYPE_CHECKING:
    from catalogue.plugin.offers import Renderer
    from catalogue.products.ask import Ask
    from catalogue.products.customer import Customer
    from catalogue.quotes.catalogue import Catalogue
    from catalogue.quotes.labels import Language


def load(defs: Sequence[str], as_of: date | None, strict: bool) -> Catalogue:
    """The catalogue of a command."""
    from catalogue.quotes.catalogue import Catalogue

    return Catalogue.load(list(defs), as_of or today(), strict=strict)


def read_ask(
    catalogue: Catalogue,
    code: str,
    options: Mapping[str, Any],
    settings: Sequence[str],
    file: str | None,
) -> tuple[Ask, Customer]:
    """The ask and the customer of `quote CODE` and its like; every fault at once."""
    from catalogue.products.ask import Ask

    problems: list[str] = []
    stated = stated_once(pick_ask(options), split_settings(settings, problems), problems)
    fields, facts = ask_and_facts(stated)
    version = catalogue.version(code)
    customer = read_customer(catalogue, file, facts, problems)
    ask = Ask(code, with_files(fields, version.ask, problems))
    if problems:
        problems += _further(catalogue, ask, customer)
        raise InputError.many(problems)
    return ask, customer


def read_loose(
    catalogue: Catalogue, options: Mapping[str, Any], settings: Sequence[str], file: str | None
) -> tuple[dict[str, Any], Customer]:
    """Ask fields and the customer where no product is chosen yet; a field must be one that some product has."""
    problems: list[str] = []
    stated = stated_once(pick_ask(options), split_settings(settings, problems), problems)
    fields, facts = ask_and_facts(stated)
    customer = read_customer(catalogue, file, facts, problems)
    problems += _foreign(catalogue, fields)
    if problems:
        raise InputError.many(problems)
    return fields, customer


def _foreign(catalogue: Catalogue, fields: Mapping[str, Any]) -> list[str]:
    """The fields that no product has."""
    from catalogue.definitions.common_fields import COMMON_FIELDS

    own = [name for name in fields if name not in COMMON_FIELDS]
    if not own:
        return []
    known = set(COMMON_FIELDS)
    for header in catalogue.products():
        try:
            versions = catalogue[header.code].versions
        except InputError:
            continue  # told when the product is looked at
        known |= {name for version in versions for name in version.ask}
    return [
        f"{clean(name)}: no product has such a field{suggest(name, known)}"
        for name in own
        if name not in known
    ]


def pick_ask(options: Mapping[str, Any]) -> dict[str, Any]:
    """The ask options among all options of a command."""
    names = [name.replace("-", "_") for name in ASK_OPTIONS]
    return {name: options.get(name) for name in names}


def _further(catalogue: Catalogue, ask: Ask, customer: Customer) -> list[str]:
    """The faults that pricing itself would tell, so that all are told in one go."""
    try:
        catalogue.engine.context(ask, customer, catalogue.as_of)
    except InputError as error:
        return list(error.problems)
    return []


class Page:
    """Where a command's result goes, and in which form."""

    def __init__(
        self, options: Mapping[str, Any], *, forms: Sequence[str] = FORMATS,
        renderers: Callable[[], Mapping[str, Renderer]] | None = None,
    ) -> None:  # fmt: skip
        self.form: str = options["form"]
        self.output: str | None = options.get("output")
        self.lang: Language = "zh" if options.get("lang") == "zh" else "en"
        self._renderer: Renderer | None = None
        if self.form not in forms:
            offered = renderers() if renderers is not None else {}
            check_form(self.form, (*forms, *offered))
            self._renderer = offered[self.form]
        check_output(self.output)

    def give(
        self, *, table: Callable[[], Sequence[Block]], json: Callable[[], str], csv: Callable[[], str],
        thing: Any = None,
    ) -> None:  # fmt: skip
        """Write the result in the form asked for; `thing` is what a plugin's renderer gets."""
        if self._renderer is not None:
            self.write(_rendered(self.form, self._renderer, thing, self.lang))
        elif self.form == "json":
            self.write(json_text(json(), self.output))
        elif self.form == "csv":
            self.write(csv())
        else:
            from catalogue.cli.layout import show

            self.write(show(table(), self.output))

    def write(self, content: str | bytes) -> None:
        """Write, and say on stderr which file was written."""
        write(content, self.output)
        if self.output is not None:
            note(f"written: {self.output}")


def _rendered(form: str, renderer: Renderer, thing: Any, lang: str) -> str | bytes:
    from catalogue.errors import PluginError
    from catalogue.plugin.guard import guarded, interrupted

    try:
        with guarded():
            made = renderer(thing, lang)
    except (InputError, PluginError):
        raise
    except BaseException as error:  # a plugin's SystemExit is its fault, not ours
        if interrupted(error):
            raise
        raise PluginError(f"renderer {form!r} raised {type(error).__name__}: {error}") from error
    if not isinstance(made, (str, bytes)):
        raise PluginError(f"renderer {form!r} gave {type(made).__name__}; expected text or bytes")
    return made


def plugin_renderers(catalogue: Catalogue) -> Mapping[str, Renderer]:
    """The formats that plugins offer; a name twice is an error that names both."""
    from catalogue.errors import PluginError

    made: dict[str, Renderer] = {}
    by: dict[str, str] = {}
    for answer in catalogue.registry.ask_extensions("renderers"):
        for name, renderer in (answer.value or {}).items():
            if name in made or name in FORMATS:
                first = by.get(name, "the core")
                raise PluginError(
                    f"format {name!r} comes from {first} and from plugin {answer.by!r}"
                )
            made[name], by[name] = renderer, answer.by
    return made
