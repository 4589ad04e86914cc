# ruff: noqa: INP001 - no package: the frozen program begins here.
from app.__main__ import main

main()
