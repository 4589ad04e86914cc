"""What people read when a recording cannot be delivered, or a backend cannot serve."""

from collections.abc import Mapping

from app.words.wording import ExitStatus, Wording

KEY_HINT = (
    "Give a key of that backend to `afterword key URL`, or in AFTERWORD_API_KEY, then `afterword deliver`. "
    "The recording is safe here."
)

WORDINGS: Mapping[str, Wording] = {
    "ledger_unusable": Wording("The list of deliveries cannot be kept: {reason}.", "Check the disk and its rights."),
    "authentication_failed": Wording("The destination does not accept the API key.", KEY_HINT),
    "key_missing": Wording("There is no API key for {destination}.", KEY_HINT),
    "no_key_given": Wording(
        "No key was given.", "Type it when it is asked for, or send it to standard input.", ExitStatus.WRONG_USAGE
    ),
    "credentials_unreadable": Wording(
        "The file of API keys cannot be read: {path}.",
        "Mend or remove it, or set AFTERWORD_API_KEY. The recording is safe here.",
    ),
    "network_trouble": Wording(
        "The destination cannot be reached.",
        "The recording is safe on this machine; `afterword deliver` sends it when the network is back.",
    ),
    "delivery_interrupted": Wording(
        "The delivery was stopped.", "`afterword deliver` goes on where it was. The recording is safe here."
    ),
    "copy_different": Wording(
        "What {destination} holds is not what was recorded.", "`afterword deliver ID` sends it again."
    ),
    "copy_missing": Wording(
        "{destination} does not hold the whole recording any more.",
        "`afterword deliver ID` sends it again, unless it was deleted there.",
    ),
    "being_sent": Wording("Another program is sending it just now.", "`afterword show ID` tells how far it has come."),
    "recording_unfinished": Wording("The recording is still being made.", "It is delivered when it has ended."),
    "released": Wording(
        "Sound and picture of the recording are not on this machine any more.",
        "`afterword show ID` tells where they were delivered to.",
    ),
    "deliveries_paused": Wording(
        "Deliveries are paused.", "`afterword deliver --resume` lets them go on. The recording is safe here."
    ),
    "metered_network": Wording(
        "It waits for a network that does not cost by the amount.",
        "`afterword deliver --now` sends all the same; `afterword config set metered_network send` always.",
    ),
    "on_battery": Wording(
        "It waits until the machine is plugged in.",
        "`afterword deliver --now` sends all the same; `afterword config set battery send` always.",
    ),
    "outside_hours": Wording(
        "It waits for its time of day.",
        "`afterword deliver --now` sends all the same; `afterword config get delivery_hours` tells when it goes.",
    ),
    "captive_portal": Wording(
        "This network wants somebody to log in before it lets anything through.",
        "Open a web page in a browser and log in. The recording is safe here and is sent after that.",
    ),
    "certificate_untrusted": Wording(
        "The destination's certificate is not trusted: {reason}.",
        "Check this machine's date and time. A server with a certificate authority of its own needs --ca-file.",
    ),
    "proxy_refused": Wording(
        "The proxy does not let us through: {reason}.",
        "Check HTTPS_PROXY and the proxy's own user and password. The recording is safe here.",
    ),
    "refused": Wording(
        "The destination does not take this recording (HTTP {status}).",
        "Check its address with `afterword deliver --destination URL`. The recording is safe here.",
    ),
    "recording_deleted": Wording(
        "The recording was deleted at the destination, which does not take it again.",
        "It is still whole on this machine: `afterword deliver ID --destination URL` sends it elsewhere.",
    ),
    "recording_id_taken": Wording(
        "The destination holds a recording of somebody else under the same id.",
        "Use the key it was delivered with before, in AFTERWORD_API_KEY.",
    ),
    "upload_gone": Wording(
        "The upload that was prepared at the destination is not there any more.",
        "Ask whoever prepared it for another address. The recording is safe here.",
    ),
    "too_large": Wording(
        "A file of the recording is larger than the destination takes.",
        "Ask whoever runs it for a higher limit, or deliver elsewhere with --destination. The recording is safe here.",
    ),
    "destination_trouble": Wording(
        "The destination has trouble of its own.",
        "The recording is safe on this machine; try `afterword deliver` later.",
    ),
    "unknown_answer": Wording(
        "What answers there is no recordings backend (HTTP {status}).", "Check its address. It is tried again anyway."
    ),
    "destination_full": Wording(
        "The destination has no room left.", "Free some there, then `afterword deliver`. The recording is safe here."
    ),
    "unknown_destination": Wording(
        "{reason} is no address to deliver to.",
        "Give a URL that begins with http:// or https://.",
        ExitStatus.WRONG_USAGE,
    ),
    "invalid_endpoint": Wording(
        "Live events cannot go where --realtime says: {reason}.",
        "Give a webhook (https://…) or a websocket (wss://…), and events as --realtime-events lists them.",
        ExitStatus.WRONG_USAGE,
    ),
    "invalid_webhook_secret": Wording(
        "The secret for webhooks cannot be used.",
        "It is whsec_ and at least 16 bytes in Base64: AFTERWORD_WEBHOOK_SECRET, else the keyring's or the file's.",
        ExitStatus.WRONG_USAGE,
    ),
    "endpoint_failed": Wording(
        "The {kind} number {number} was given up ({reason}); events that did not arrive: {unsent} or more.",
        "The recording is complete all the same. See whether the other end was running.",
    ),
    "digest_mismatch": Wording(
        "What the destination holds is not what was recorded.",
        "Run `afterword deliver` again; the recording is safe here.",
    ),
    "local_file_changed": Wording(
        "A file of the recording was changed after it was recorded: {path}.", "`afterword verify` tells which."
    ),
    "store_unusable": Wording(
        "The S3 store cannot be used: {reason}.",
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; "
        "`pip install 'afterword[s3]'`: packages (.deb, …) come without.",
    ),
    "database_unusable": Wording(
        "The database cannot be used: {reason}.",
        "For PostgreSQL: `pip install 'afterword[postgres]'`, for packages (.deb, …) come without; "
        "one signing_key for all folders.",
    ),
    "invalid_location": Wording(
        "{option} cannot be used: {reason}.",
        "Give postgresql://… or s3://bucket. Passwords go into AFTERWORD_DATABASE_URL or PGPASSFILE, keys into AWS_….",
        ExitStatus.WRONG_USAGE,
    ),
    "port_in_use": Wording(
        "Port {port} on {host} is in use.", "Choose another with --port, or leave it out to take a free one."
    ),
    "address_unusable": Wording(
        "The backend cannot listen on {host}, port {port}: {reason}.", "Give --host an address of this machine."
    ),
    "data_not_writable": Wording(
        "The backend cannot keep its data in {folder}: {reason}.",
        "Free some room there, and see to its rights; `afterword serve` takes another folder with --data.",
    ),
}
