# ruff: noqa: INP001 - no package: the frozen recorder begins here.
import sys

from environment import give_back

from capture.__main__ import main

give_back()
sys.exit(main())
