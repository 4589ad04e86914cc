"""Whether recordings would be taken at a destination: asked of the real server, with the real key, changing nothing."""

from app.credentials import find_key
from app.messages import Failure, Message, describe
from app.paths import Paths
from app.settings import LOCAL
from uploader.backend import open_backend
from uploader.destinations.addresses import normalised
from uploader.destinations.inquiry import inquire
from uploader.errors import KeyMissing, UploaderError


def destination_trouble(destination: str, paths: Paths) -> Message | None:
    """What stands in the way, if anything does. May take as long as a network lets one wait."""
    try:
        if destination == LOCAL:
            open_backend(paths.backend).close()
            return None
        name = normalised(destination)
        key = find_key(name, paths.credentials)
        if key is None:
            raise KeyMissing(destination=name)
        inquire(name, key)
    except Failure as failure:
        return failure.message
    except UploaderError as error:
        return describe(error.code, error.reason, error.data)
    return None
