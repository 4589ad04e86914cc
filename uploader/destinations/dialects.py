"""What may stand before the scheme of a destination's address."""

PLAIN_TUS = "tus+"
"""A tus server that knows nothing of recordings: ``tus+https://host/files/``."""
S3 = "s3+"
"""A recordings backend whose bytes go straight to its S3 store."""

DIALECTS = (PLAIN_TUS, S3)
