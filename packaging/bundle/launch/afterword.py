# ruff: noqa: INP001 - no package: the frozen program begins here.
from environment import give_back

from app.__main__ import main

give_back()
main()
