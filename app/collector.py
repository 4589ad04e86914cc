"""Python's collector of garbage: its full collections stop every thread, the windows' too."""

import gc


def pass_over_what_is_here() -> None:
    """From now on. For who has just loaded much that stays.

    A full collection takes 45 ms once the app is loaded, and 60 more with what delivers; so none.
    """
    gc.freeze()
