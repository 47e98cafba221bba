"""`python -m crossgrade`, and the console script `crossgrade`."""

from __future__ import annotations

import sys

from crossgrade._command_line import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
