"""What people read when a transcript cannot be made: what happened, and what to do about it, by the error's code."""

from collections.abc import Mapping

AGAIN = "The recording is as good as before; `afterword transcribe ID` goes on where it stopped."

TRANSCRIPT_WORDS: Mapping[str, tuple[str, str]] = {
    "transcription_failed": ("The transcript could not be made: {reason}.", AGAIN),
    "transcriber_died": ("The program that makes the transcript ended unexpectedly.", f"{AGAIN} The log is {{log}}."),
    "no_engine": (
        "No transcription engine is chosen.",
        "Choose one: `afterword config set transcription_engine NAME`, or --engine for once. There is: {known}.",
    ),
    "no_live_engine": (
        "Words are not told while they are spoken: the engine that is set cannot do that.",
        "`afterword config set transcription_engine NAME`, with one of {known}; or set live_transcript to off.",
    ),
    "engine_missing": (
        "The transcription engine {engine} is not installed.",
        "pip install 'afterword[{extra}]' adds it, to an Afterword that pip has installed.",
    ),
    "engine_unusable": (
        "The transcription engine {engine} cannot work: {reason}.",
        "Check --model, or `afterword config get transcription_model` and `transcription_url`.",
    ),
    "nothing_to_transcribe": (
        "There is nothing to transcribe: {reason}.",
        "Only recordings whose sound is on this machine can be transcribed.",
    ),
    "provider_failed": ("The transcription service could not do it: {reason}.", AGAIN),
    "provider_connection_failed": ("The transcription service cannot be reached: {reason}.", AGAIN),
    "provider_timeout": ("The transcription service did not answer in time.", AGAIN),
    "provider_rate_limited": (
        "The transcription service takes no more requests for now.",
        f"Wait a while. {AGAIN}",
    ),
    "provider_error": ("The transcription service has trouble of its own: {reason}.", AGAIN),
    "provider_refused": (
        "The transcription service does not take it: {reason}.",
        "Check its key (`afterword key URL`), its address and the model. " + AGAIN,
    ),
    "provider_answer_unreadable": ("The transcription service's answer makes no sense: {reason}.", AGAIN),
    "transcription_stopped": ("The transcription was stopped.", "`afterword transcribe {id}` goes on where it was."),
    "not_a_transcript": ("{path} is no transcript.", "Begin with what `afterword transcript ID --format json` gives."),
    "search_unusable": ("The index for searching cannot be used: {reason}.", "Delete {path}; it is made anew."),
    "unknown_transcript": ("There is no transcript {id}.", "`afterword transcribe ID` makes one."),
    "model_failed": ("The model {model} cannot be had: {reason}.", "`afterword models list` shows how things stand."),
    "unknown_model": ("There is no model {model}.", "There is: {known}."),
    "model_busy": ("Another program downloads or removes a model right now.", "Try again when it has ended."),
    "model_unavailable": (
        "The model {model} cannot be downloaded: {reason}.",
        "`afterword models download {model}` goes on where it stopped.",
    ),
    "model_damaged": (
        "The model {model} did not come as it is meant to be: {reason}.",
        "What was wrong is deleted; `afterword models download {model}` fetches it again.",
    ),
    "download_stopped": ("The download was stopped.", "`afterword models download {model}` goes on where it was."),
}

NO_SUCH_THING = frozenset({"unknown_transcript", "unknown_model"})
"""Said with the exit status of things that are not there."""
