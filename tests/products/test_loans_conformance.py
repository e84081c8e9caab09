"""The conformance kit on the first families of loans, and the count of products under the kit."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from catalogue import Catalogue
from catalogue.testing import ProductConformance


class TestWorkingCapitalLoan(ProductConformance):
    code = "working-capital-loan"


class TestRevolvingWorkingCapitalLoan(ProductConformance):
    code = "revolving-working-capital-loan"


class TestFixedAssetLoan(ProductConformance):
    code = "fixed-asset-loan"


class TestHomeLoan(ProductConformance):
    code = "home-loan"


class TestProvidentFundHomeLoan(ProductConformance):
    code = "provident-fund-home-loan"


class TestCombinationHomeLoan(ProductConformance):
    code = "combination-home-loan"


class TestCarLoan(ProductConformance):
    code = "car-loan"


class TestGeneralConsumerLoan(ProductConformance):
    code = "general-consumer-loan"


class TestCertificatePledgedLoan(ProductConformance):
    code = "certificate-pledged-loan"


def test_every_built_in_product_is_under_the_kit() -> None:
    files = [path.read_text("utf-8") for path in Path(__file__).parent.glob("*.py")]
    named = {
        code
        for text in files
        if "ProductConformance" in text
        for code in re.findall(r'"([a-z0-9-]+)"', text)
    }
    assert set(Catalogue.load(as_of=date(2024, 11, 1))) - named == set()
