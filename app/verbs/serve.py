"""``afterword serve``: the recordings backend alone, for this machine or for a team."""

import argparse
import json
import os
from collections.abc import Mapping
from dataclasses import replace

from app.console import Console
from app.messages import ExitStatus
from app.paths import Paths
from app.served_transcripts import served_transcriber
from app.settings import load
from capture.transcription.choice import EngineName
from uploader.backend import open_backend
from uploader.backend.locations import Places, database_location, media_location
from uploader.backend.server import listen, serve_on


def run(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """Until SIGINT or SIGTERM. The port is taken before anything is written."""
    folder = options.data or paths.backend
    places = Places(database_location(options.database_url, os.environ), media_location(options.media_url, os.environ))
    transcriber = served_transcriber(load(paths, console), paths)
    engines = transcriber.engines if transcriber else {}
    with listen(options.host, options.port) as listener:
        backend = replace(open_backend(folder, places=places), transcriber=transcriber)

        def announce(url: str) -> None:
            if console.as_json:
                line = {"url": url, "api_key": backend.api_key, "transcription": engines}
                print(json.dumps(line), flush=True)  # noqa: T201 - programs read this line and go on
            else:
                console.say(
                    f"The recordings backend answers at {url}, in a browser too.\n"
                    f"Its API key is in {folder / 'api_key'}; Ctrl-C ends it.\n"
                    f"{_told(engines)}"
                )

        try:
            serve_on(listener, backend, announce, hosts=[options.host, *options.allow_host])
        finally:
            backend.close()
    return ExitStatus.DONE


def _told(engines: Mapping[str, EngineName]) -> str:
    if not engines:
        return "It makes no transcripts: no engine is chosen, as `afterword config set transcription_engine` does."
    return "Transcripts are made by " + ", ".join(f"{engine} ({asked})" for asked, engine in engines.items()) + "."
