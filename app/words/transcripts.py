"""What people read when a transcript cannot be made: what happened, and what to do about it, by the error's code."""

from collections.abc import Mapping

from app.words.wording import ExitStatus, Wording

AGAIN = "The recording is as good as before; `afterword transcribe ID` goes on where it stopped."

WORDINGS: Mapping[str, Wording] = {
    "transcription_failed": Wording("The transcript could not be made: {reason}.", AGAIN),
    "transcriber_died": Wording(
        "The program that makes the transcript ended unexpectedly.",
        "The recording is as good as before; `afterword transcribe ID` goes on where it stopped. The log is {log}.",
    ),
    "no_engine": Wording(
        "No transcription engine is chosen.",
        "Choose one: `afterword config set transcription_engine NAME`, or --engine for once. There is: {known}.",
    ),
    "no_live_engine": Wording(
        "Words are not told while they are spoken: the engine that is set cannot do that.",
        "`afterword config set transcription_engine NAME`, with one of {known}; or set live_transcript to off.",
    ),
    "engine_missing": Wording(
        "The transcription engine {engine} is not installed.",
        "pip install 'afterword[{extra}]' adds it where pip has installed Afterword; "
        "packages (.deb, …) have whisper_cpp.",
    ),
    "engine_unusable": Wording(
        "The transcription engine {engine} cannot work: {reason}.",
        "Check --model, or `afterword config get transcription_model` and `transcription_url`.",
    ),
    "nothing_to_transcribe": Wording(
        "There is nothing to transcribe: {reason}.",
        "Only recordings whose sound is on this machine can be transcribed.",
    ),
    "provider_failed": Wording("The transcription service could not do it: {reason}.", AGAIN),
    "provider_connection_failed": Wording("The transcription service cannot be reached: {reason}.", AGAIN),
    "provider_timeout": Wording("The transcription service did not answer in time.", AGAIN),
    "provider_rate_limited": Wording(
        "The transcription service takes no more requests for now.",
        "Wait a while. The recording is as good as before; `afterword transcribe ID` goes on where it stopped.",
    ),
    "provider_error": Wording("The transcription service has trouble of its own: {reason}.", AGAIN),
    "provider_refused": Wording(
        "The transcription service does not take it: {reason}.",
        "Check its key (`afterword key URL`), its address and the model. The recording is as good as before; "
        "`afterword transcribe ID` goes on where it stopped.",
    ),
    "provider_answer_unreadable": Wording("The transcription service's answer makes no sense: {reason}.", AGAIN),
    "transcription_stopped": Wording(
        "The transcription was stopped.", "`afterword transcribe {id}` goes on where it was."
    ),
    "not_a_transcript": Wording(
        "{path} is no transcript.", "Begin with what `afterword transcript ID --format json` gives."
    ),
    "search_unusable": Wording("The index for searching cannot be used: {reason}.", "Delete {path}; it is made anew."),
    "unknown_transcript": Wording(
        "There is no transcript {id}.", "`afterword transcribe ID` makes one.", ExitStatus.UNKNOWN
    ),
    "model_failed": Wording(
        "The model {model} cannot be had: {reason}.", "`afterword models list` shows how things stand."
    ),
    "unknown_model": Wording("There is no model {model}.", "There is: {known}.", ExitStatus.UNKNOWN),
    "model_busy": Wording("Another program downloads or removes a model right now.", "Try again when it has ended."),
    "model_unavailable": Wording(
        "The model {model} cannot be downloaded: {reason}.",
        "`afterword models download {model}` goes on where it stopped.",
    ),
    "model_damaged": Wording(
        "The model {model} did not come as it is meant to be: {reason}.",
        "What was wrong is deleted; `afterword models download {model}` fetches it again.",
    ),
    "download_stopped": Wording(
        "The download was stopped.", "`afterword models download {model}` goes on where it was."
    ),
}
