"""Which version this is. Light, as ``afterword --version`` needs nothing else."""


def program_version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - a twentieth of a second, for who asks

    return version("afterword")
