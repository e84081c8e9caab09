"""The conformance kit on trade finance and guarantees."""

from __future__ import annotations

from catalogue.testing import ProductConformance


class TestInternationalRemittance(ProductConformance):
    code = "international-remittance"


class TestCleanCollection(ProductConformance):
    code = "clean-collection"


class TestDocumentaryCollection(ProductConformance):
    code = "documentary-collection"


class TestImportLetterOfCredit(ProductConformance):
    code = "import-letter-of-credit"


class TestExportLetterOfCredit(ProductConformance):
    code = "export-letter-of-credit"


class TestPackingLoan(ProductConformance):
    code = "packing-loan"


class TestImportBillAdvance(ProductConformance):
    code = "import-bill-advance"


class TestExportBillPurchase(ProductConformance):
    code = "export-bill-purchase"


class TestForfaiting(ProductConformance):
    code = "forfaiting"


class TestShippingGuarantee(ProductConformance):
    code = "shipping-guarantee"


class TestBankGuarantee(ProductConformance):
    code = "bank-guarantee"
