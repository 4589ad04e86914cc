"""Bodies of requests: JSON, or what a form sends."""

from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from uploader.documents import encodable_text, read_document

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


def read_body(body: bytes, content_type: str) -> object:
    """Nothing is an empty object. Raises ``ValueError``.

    JSON is taken for what it is under any name: command lines call all they send a form.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == MULTIPART:
        return _nested(_multipart_fields(body, content_type))
    if kind == URLENCODED and not body.lstrip().startswith((b"{", b"[")):
        return _nested(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=1000))
    return read_document(body or b"{}")


def _multipart_fields(body: bytes, content_type: str) -> list[tuple[str, str]]:
    head = f"Content-Type: {encodable_text(content_type)}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart():
        text = "no part begins"
        raise ValueError(text)
    fields = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            fields.append((name, content.decode()))
    return fields


def _nested(fields: list[tuple[str, str]]) -> dict[str, object]:
    """``metadata.case=A`` and ``metadata[case]=A`` make an object, and so does JSON as a field's text."""
    document: dict[str, object] = {}
    for name, text in fields:
        outer, _, inner = name.replace("[", ".").removesuffix("]").partition(".")
        if not inner:
            document[outer] = _value(text)
            continue
        known = document.setdefault(outer, {})
        if isinstance(known, dict):
            known[inner] = encodable_text(text)
    return document


def _value(text: str) -> object:
    return read_document(text.encode()) if text.startswith(("{", "[")) else encodable_text(text)
