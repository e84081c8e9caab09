"""Large certificate of deposit for units (单位大额存单)."""

from __future__ import annotations

from catalogue.products.deposit_certificate import CertificateDeposit

plugin = CertificateDeposit()
