"""`python -m catalogue`."""

from __future__ import annotations

from catalogue.cli.main import main

if __name__ == "__main__":
    main()
