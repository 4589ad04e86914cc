# ruff: noqa: INP001 - no package: the frozen recorder begins here.
import sys

from capture.__main__ import main

sys.exit(main())
