"""Labelled texts: what each head is to say of them, in which channels they occur, and which must stay apart when validating."""
import gzip
import json
from dataclasses import dataclass

YES, NO, SILENT = 1, 0, -1


@dataclass(frozen=True)
class Example:
    text: str
    # override, request, poisoning: YES, NO, or SILENT where the question has no meaning.
    labels: tuple
    channels: tuple
    # What is kept apart as one: the source of a collected text, the family of a generated one.
    group: str
    # [start, end) of what makes it an attack; None where the whole text is.
    span: tuple | None = None


DATA = ("tool_result", "document", "memory")

_BY_KIND = {
    "benign-chat": ((NO, SILENT, SILENT), ("prompt",)),
    "benign-doc": ((NO, NO, NO), DATA),
    "tool-result": ((NO, NO, NO), ("tool_result",)),
    "tool-desc": ((NO, NO, NO), ("tool_description",)),
    "jailbreak": ((YES, SILENT, SILENT), ("prompt", "document")),
    "direct": ((YES, SILENT, SILENT), ("prompt", "tool_result", "document")),
    "indirect": ((YES, YES, SILENT), DATA),
}
_BY_SOURCE = {
    "synthetic-trigger": ((NO, SILENT, NO), ("prompt", "document")),
    "synthetic-email": ((NO, NO, NO), DATA),
    "synthetic-toolpoison": ((SILENT, SILENT, YES), ("tool_description",)),
    "prompts.chat": ((NO, SILENT, SILENT), ("prompt",)),
}


def read_examples(files):
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                labels, channels = _BY_SOURCE.get(row["source"]) or _BY_KIND.get(row["kind"]) or _BY_KIND["benign-doc"]
                span = row.get("span")
                yield Example(row["text"], labels, channels, group_of(row), tuple(span) if span else None)


def group_of(row):
    """A repository's documents and code are one source, whatever was hidden in them."""
    return row["source"].replace("docs:", "").replace("code:", "")
