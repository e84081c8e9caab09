"""Large certificate of deposit for persons (个人大额存单)."""

from __future__ import annotations

from catalogue.products.deposit_certificate import CertificateDeposit

plugin = CertificateDeposit()
