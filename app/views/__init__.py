"""The windows, a file for each.

A view is made by ``open_view(context, subject)`` in its file, on the main thread: a ``QWidget`` without a parent.
What it shows of the moment comes through ``context.situations``; what takes longer than a blink it has done by
``context.background``; what the user wants it says to ``context.intend``. It holds nothing that it would have to save.
"""
