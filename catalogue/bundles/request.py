"""What is asked of a bundle: lines with their asks, from code, a file, or a defined bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from catalogue.bundles.model import BundleVersion
from catalogue.definitions.toml_file import parse_toml, read_text
from catalogue.errors import InputError
from catalogue.products.ask import Ask
from catalogue.products.customer import Customer, load_json
from catalogue.values import parse_date
from catalogue.values.limits import MAX_BUNDLE_LINES
from catalogue.values.text import clean, suggest

_FILE_KEYS = ("name", "name_zh", "bundle", "as_of", "customer", "lines")


@attrs.frozen
class BundleRequest:
    """Line id → ask; `bundle` names the defined bundle whose benefits apply, None for none."""

    lines: Mapping[str, Ask]
    bundle: str | None = None
    name: str | None = None
    name_zh: str | None = None
    as_of: date | None = None
    customer: Customer | None = None

    def __attrs_post_init__(self) -> None:
        if not self.lines and self.bundle is None:
            raise InputError("lines: none is stated; a bundle needs at least one product")
        for line, ask in self.lines.items():
            if not ask.product and self.bundle is None:
                raise InputError(f"lines.{clean(line)}.product: is missing; state a product code")
        if len(self.lines) > MAX_BUNDLE_LINES:
            raise InputError(f"lines: {len(self.lines)} are over the limit of {MAX_BUNDLE_LINES}")

    @classmethod
    def of_asks(cls, asks: Sequence[Ask] | Mapping[str, Ask]) -> BundleRequest:
        """An ad-hoc bundle; line ids are product codes, numbered when one comes twice."""
        if isinstance(asks, Mapping):
            return cls(MappingProxyType(dict(asks)))
        lines: dict[str, Ask] = {}
        for ask in asks:
            line, number = ask.product, 2
            while line in lines:
                line, number = f"{ask.product}-{number}", number + 1
            lines[line] = ask
        return cls(MappingProxyType(lines))

    @classmethod
    def from_file(cls, path: Path | str) -> BundleRequest:
        """From a TOML or JSON file: `[lines.<id>]` with `product` and ask fields, `[customer]` facts.

        Raises:
            InputError: names the file, the key and what is allowed.
        """
        path = Path(path)
        text = read_text(path)
        data = load_json(text, str(path)) if path.suffix == ".json" else parse_toml(text, path)
        if not isinstance(data, Mapping):
            raise InputError(f'{path}: holds no table; write [lines.<id>] with product = "..."')
        problems = [
            f"{path}: {clean(name)}: unknown key"
            f"{suggest(name, _FILE_KEYS) or '; allowed: ' + ', '.join(_FILE_KEYS)}"
            for name in data
            if name not in _FILE_KEYS
        ]
        lines = _lines(path, data.get("lines"), "bundle" in data, problems)
        if problems:
            raise InputError.many(problems)
        return cls(
            MappingProxyType(lines),
            _text(path, data, "bundle"),
            _text(path, data, "name"),
            _text(path, data, "name_zh"),
            parse_date(data["as_of"], f"{path}: as_of") if "as_of" in data else None,
            _customer(path, data.get("customer")),
        )

    def over(self, version: BundleVersion) -> BundleRequest:
        """Complete the asks by the bundle's lines: product codes, preset fields, required lines.

        Raises:
            InputError: every line that the bundle does not have, or has with another product.
        """
        problems: list[str] = []
        made: dict[str, Ask] = {}
        for line, ask in self.lines.items():
            defined = version.lines.get(line)
            if defined is None:
                hint = suggest(line, version.lines) or f"; its lines: {', '.join(version.lines)}"
                problems.append(f"lines.{clean(line)}: the bundle has no such line{hint}")
            elif ask.product not in ("", defined.product):
                problems.append(
                    f"lines.{line}.product: {clean(ask.product)!r} is not {defined.product!r}, the bundle's"
                )
            else:
                made[line] = Ask(defined.product, {**defined.ask, **ask.fields})
        if problems:
            raise InputError.many(problems)
        for line, defined in version.lines.items():
            if defined.required and line not in made:
                made[line] = Ask(defined.product, defined.ask)
        return attrs.evolve(self, lines=MappingProxyType(made))


def _lines(path: Path, raw: Any, bundle: bool, problems: list[str]) -> dict[str, Ask]:
    if raw is None and bundle:
        return {}
    if not isinstance(raw, Mapping) or not raw:
        problems.append(f'{path}: lines: is missing; write [lines.<id>] with product = "..."')
        return {}
    lines = {}
    for line, fields in raw.items():
        if not isinstance(fields, Mapping):
            problems.append(f"{path}: lines.{clean(line)}: is not a table of ask fields")
            continue
        product = fields.get("product", "")
        if not isinstance(product, str):
            problems.append(f"{path}: lines.{clean(line)}.product: is not a product code")
            continue
        lines[line] = Ask(
            product, {name: value for name, value in fields.items() if name != "product"}
        )
    return lines


def _text(path: Path, data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{path}: {name}: is not a text")
    return value


def _customer(path: Path, raw: Any) -> Customer | None:
    """Facts in the file itself, or the name of a customer file beside it."""
    if raw is None:
        return None
    if isinstance(raw, str):
        return Customer.from_file(path.parent / raw)
    if isinstance(raw, Mapping):
        return Customer(raw)
    raise InputError(f"{path}: customer: is neither a table of facts nor a file name")


def bundle_request(
    bundle: str | BundleRequest | list[Ask] | dict[str, Ask], asks: dict[str, Any] | None
) -> BundleRequest:
    """Make a request of what `Catalogue.bundle` accepts.

    A bundle's code with asks (or their fields) by line id; a list of asks; asks by line id; a request.
    """
    if isinstance(bundle, BundleRequest):
        return bundle
    if isinstance(bundle, str):
        lines: dict[str, Ask] = {
            line: ask if isinstance(ask, Ask) else Ask("", ask)
            for line, ask in (asks or {}).items()
        }
        return BundleRequest(MappingProxyType(lines), bundle=bundle)
    return BundleRequest.of_asks(bundle)
