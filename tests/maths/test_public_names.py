"""The public names of catalogue.maths: each loads, and is not hidden by a module of its name."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from catalogue import maths


@pytest.mark.parametrize("name", maths.__all__)
def test_each_name_loads_what_it_says(name):
    assert getattr(maths, name).__name__ == name


def test_no_module_bears_the_name_of_a_function():
    # Loading a module sets an attribute of its name on the package, over the function's.
    modules = {module.name for module in pkgutil.iter_modules(maths.__path__)}
    assert modules.isdisjoint(maths.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'bond_prise'"):
        _ = maths.bond_prise


def test_loading_every_module_keeps_the_functions():
    for module in pkgutil.iter_modules(maths.__path__):
        importlib.import_module(f"catalogue.maths.{module.name}")
    assert callable(maths.fx_option)
    assert callable(maths.schedule)
