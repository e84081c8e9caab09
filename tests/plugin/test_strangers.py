"""What strangers' packages may do to one process, and what stays as it was."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalogue import (
    Ask,
    Catalogue,
    Contract,
    Flow,
    InputError,
    Money,
    PluginError,
    Product,
    Result,
    Terms,
    hookimpl,
)
from catalogue.cli import exits
from catalogue.cli.definition_faults import with_definition_faults
from catalogue.definitions.library import Library, Root
from catalogue.plugin.discovery import PRODUCTS, EntryPoint
from catalogue.plugin.inspection import inspect_plugins
from catalogue.plugin.registry import Registry

from .test_registry import ASK, PLAIN, Bank, Plain, _module

# -- what is answered cannot be changed by who is shown it --------------------------------------


class Lists(Product):
    """Answers with lists and dicts, as a stranger would."""

    def price(self, ctx: Any, terms: Terms) -> Contract:
        amount = Money.of(100)
        return Contract(
            "CNY",
            [Flow(terms.start, amount, "paid out")],  # type: ignore[arg-type]
            {"principal": amount, "interest": Money.of(4)},
            results=[Result("points", "Points", "积分", 7, "number")],  # type: ignore[arg-type]
        )


TRIES: list[Callable[[Any, Terms, Contract], Any]] = [
    lambda ctx, terms, contract: contract.totals.update(interest=Money.of(0)),  # type: ignore[attr-defined]
    lambda ctx, terms, contract: contract.flows.clear(),  # type: ignore[attr-defined]
    lambda ctx, terms, contract: contract.results.clear(),  # type: ignore[attr-defined]
    lambda ctx, terms, contract: terms.extra.update(x=1),  # type: ignore[attr-defined]
    lambda ctx, terms, contract: ctx.warnings.clear(),
    lambda ctx, terms, contract: ctx.trace.entries.clear(),
    lambda ctx, terms, contract: ctx.version.fees.clear(),
    lambda ctx, terms, contract: ctx.customer.facts.clear(),
    lambda ctx, terms, contract: setattr(ctx, "warnings", ()),
    lambda ctx, terms, contract: setattr(terms, "amount", None),
]


@pytest.mark.parametrize("attempt", TRIES)
def test_an_extension_cannot_change_what_it_is_shown(
    bank: Bank, attempt: Callable[[Any, Terms, Contract], Any]
) -> None:
    class First:
        @hookimpl
        def fees(self, ctx: Any) -> Any:
            raise ValueError("told before")

    class Meddles:
        @hookimpl
        def eligibility(self, ctx: Any, terms: Terms, contract: Contract) -> None:
            attempt(ctx, terms, contract)

    quote = bank(
        {"plain.toml": PLAIN}, {"plain": Lists()}, {"first": First(), "meddles": Meddles()}
    ).quote(ASK)
    assert quote.totals["interest"] == Money.of(4)
    assert quote.totals["received"] == Money.of(100)
    assert [item.code for item in quote.results] == ["points"]
    assert any("told before" in text for text in quote.warnings)
    assert any("'meddles'" in text and "'eligibility' raised" in text for text in quote.warnings)


# -- one object, or equal ones, for several codes -----------------------------------------------


class Equal(Plain):
    """Every instance is equal to every other."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Equal)

    def __hash__(self) -> int:
        return 1


@pytest.mark.parametrize("two", [(same := Plain(), same), (Equal(), Equal())])
def test_one_object_may_answer_for_two_codes(bank: Bank, two: tuple[Product, Product]) -> None:
    files = {"plain.toml": PLAIN, "other.toml": PLAIN.replace('"plain"', '"other"')}
    cat = bank(files, {"plain": two[0], "other": two[1]})
    assert cat.problems == ()
    made = [cat.quote(Ask(code, amount="1")).product.code for code in ("plain", "other")]
    assert made == ["plain", "other"]


# -- who is named -------------------------------------------------------------------------------


def test_what_a_strangers_plugin_refuses_is_told_with_its_name(bank: Bank) -> None:
    class Refuses(Product):
        def price(self, ctx: Any, terms: Terms) -> Contract:
            raise InputError.many(["amount: is ugly", "no"])

    with pytest.raises(InputError) as caught:
        bank({"plain.toml": PLAIN}, {"plain": Refuses()}).quote(ASK)
    by = "(refused by plugin 'plain' of local)"
    assert caught.value.problems == (f"amount: is ugly {by}", f"no {by}")


def test_what_the_core_refuses_in_a_plugins_call_is_the_cores(bank: Bank) -> None:
    with pytest.raises(InputError) as caught:
        bank({"plain.toml": PLAIN}, {"plain": Plain()}).quote(
            Ask("plain", amount="1", rate="0.001")
        )
    assert "refused by plugin" not in str(caught.value)


def test_a_plugin_error_of_a_plugin_is_named_once(bank: Bank) -> None:
    class Own(Product):
        def price(self, ctx: Any, terms: Terms) -> Contract:
            raise PluginError("mine")

    with pytest.raises(
        PluginError, match=r"plugin 'plain' \(local\): hook 'price' raised PluginError: mine"
    ):
        bank({"plain.toml": PLAIN}, {"plain": Own()}).quote(ASK)


def test_a_hook_without_a_quote_names_its_plugin_once() -> None:
    class Raises:
        @hookimpl
        def scorecards(self) -> Any:
            raise ValueError("no table")

        @hookimpl
        def rate_sources(self) -> Any:
            raise InputError("no file")

    registry = Registry([])
    registry.add(Raises(), "raises")
    registry.ask_extensions("scorecards")
    registry.ask_extensions("rate_sources")
    told = [problem.text() for problem in registry.problems]
    assert [text.count("plugin 'raises'") for text in told] == [1, 1]
    assert "hook 'scorecards' raised ValueError: no table" in told[0]
    assert "hook 'rate_sources' raised InputError: no file" in told[1]


# -- a plugin whose product nobody defines ------------------------------------------------------


def test_a_plugin_without_a_definition_is_named(bank: Bank) -> None:
    cat = bank({"plain.toml": PLAIN}, {"plain": Plain(), "ghost": Plain()})
    for asked in (lambda: cat.quote(Ask("ghost")), lambda: cat["ghost"]):
        with pytest.raises(
            PluginError, match=r"plugin 'ghost' \(local\): the product has no definition"
        ):
            asked()
    with pytest.raises(InputError, match="unknown product 'gost'"):
        cat["gost"]


def test_the_list_of_plugins_tells_a_product_without_definition(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = _module("test_no_definition", plugin=Plain())
    entries = [EntryPoint(PRODUCTS, "ghost", module, "plugin", "acme", "1")]
    rows, _ = inspect_plugins(entries)
    monkeypatch.setattr(
        "catalogue.cli.definition_faults.find_entry_points",
        lambda: type("Found", (), {"entries": entries}),
    )
    (row,) = with_definition_faults(rows)
    assert row["state"] == "faulty"
    assert "no folder holds products/ghost.toml" in row["error"]


# -- Ctrl-C, and a plugin that says so ----------------------------------------------------------


def _asking(hook: Callable[[], Any]) -> Any:
    class Asked:
        @hookimpl
        def eligibility(self, ctx: Any) -> Any:
            return hook()

    return Asked()


@pytest.mark.parametrize(
    "kind", [KeyboardInterrupt, GeneratorExit, type("Own", (BaseException,), {})]
)
def test_what_a_plugin_raises_is_its_own_fault(bank: Bank, kind: type[BaseException]) -> None:
    def raises() -> None:
        raise kind

    cat = bank({"plain.toml": PLAIN}, {"plain": Plain()}, {"bad": _asking(raises)})
    assert any(
        f"hook 'eligibility' raised {kind.__name__}" in text for text in cat.quote(ASK).warnings
    )


@pytest.mark.skipif(os.name == "nt", reason="a signal of this kind is none there")
def test_an_interrupted_plugin_is_named(bank: Bank, capsys: pytest.CaptureFixture[str]) -> None:
    def sleeps() -> None:
        main = threading.main_thread().ident
        assert main is not None
        threading.Timer(0.05, signal.pthread_kill, (main, signal.SIGINT)).start()
        threading.Event().wait(20)

    cat = bank({"plain.toml": PLAIN}, {"plain": Plain()}, {"sleeps": _asking(sleeps)})
    # Whoever started the tests in the background (`… &`) has Ctrl-C ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert exits.run(lambda: cat.quote(ASK)) == exits.INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, before)
    assert (
        "interrupted while plugin 'sleeps' (local) ran hook 'eligibility'"
        in capsys.readouterr().err
    )


# -- broken files in a package's folder ---------------------------------------------------------

LPR = """\
code = "sheet"
name = "Sheet"
name_zh = "利率表"
kind = "interest"
lookup = "single"
currency = "CNY"
columns = [{ code = "one", name = "One", name_zh = "一" }]

[sources.s]
title = "Test"

[[versions]]
effective_from = 2020-01-01
source = "s"
basis = "illustrative"
values = { one = 0.04 }
"""


def layered(ours: Path, theirs: Path, *, foreign: bool = True) -> Catalogue:
    """A catalogue with a folder of ours and, over it, one of a stranger."""
    registry = Registry([])
    registry.add(Plain(), "plain", product=True)
    roots = [Root("ours", ours), Root("stranger", theirs, foreign=foreign)]
    return Catalogue(Library(roots), registry, date(2024, 11, 1))


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("sources.toml", "[x\n", "stranger:sources.toml:1: not valid TOML"),
        ("facts.toml", "[age]\ntyp = 1\n", "stranger:facts.toml:2: age.typ: unknown key"),
        ("products/plain.toml", 'code = "plain"\nnam = 1\n', "stranger:products/plain.toml:2: nam: unknown key"),
        ("rates/sheet.toml", 'code = "sheet"\n', "stranger:rates/sheet.toml: `name` is missing"),
    ],
)  # fmt: skip
def test_a_broken_file_of_a_package_stays_alone(
    tmp_path: Path, file: str, text: str, words: str
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    priced = PLAIN.replace("fixed = 0.04\nmin = 0.03", 'reference = "sheet"\ncolumn = "one"')
    for path, content in {
        ours / "products/plain.toml": priced,
        ours / "rates/sheet.toml": LPR,
        theirs / file: text,
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    cat = layered(ours, theirs)
    quote = cat.quote(ASK)
    assert str(tmp_path) not in quote.to_json()
    (told,) = quote.warnings
    assert told.startswith("a package's definitions are left out: ")
    assert words in told
    assert quote.rate is not None
    assert str(quote.rate.annual) == "0.04"
    assert cat.quote(ASK).to_json() == quote.to_json()
    cat.registry.strict = True
    with pytest.raises(PluginError, match="stranger:"):
        cat.quote(ASK)
    # a folder that the user names is not a stranger's: its faults are the user's to mend
    with pytest.raises(InputError, match=Path(file).name):
        layered(ours, theirs, foreign=False).quote(ASK)
