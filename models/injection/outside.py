"""How the finished model does on texts that neither weights nor thresholds were made from: hand-written ones and recorded tool results."""
import collections
import json
import pathlib

import numpy

from .evaluate import flagged, share, text_logits
from .examples import NO, SILENT, YES, Example
from .recorded import recorded_examples

HAND_WRITTEN = pathlib.Path(__file__).parent.parent / "checks" / "hand-written.jsonl"


def hand_written():
    for line in HAND_WRITTEN.read_text("utf-8").splitlines():
        row = json.loads(line)
        label = YES if row["label"] else NO
        yield Example(row["text"], (label, SILENT, SILENT), (row["kind"],), f"hand-written {'attacks' if row['label'] else 'harmless'}")


def outside_rows(network, vocabulary, channels, sessions):
    """One row for each group, each text read in the channel it came through, and once more as a text of no stated kind."""
    rows = rows_of(list(hand_written()), network, vocabulary, channels)
    return rows + (rows_of(list(recorded_examples(sessions)), network, vocabulary, channels) if sessions else [])


def rows_of(examples, network, vocabulary, channels):
    seen = ["unknown", *sorted({example.channels[0] for example in examples})]
    logits = text_logits(network, vocabulary, examples, seen)
    over = {channel: flagged(channels, logits, examples, channel) for channel in seen}
    groups = collections.defaultdict(list)
    for index, example in enumerate(examples):
        groups[example.group].append(index)
        if example.group.startswith("hand-written"):
            groups[f"{example.group}, {example.channels[0]}"].append(index)
    rows = []
    for name, members in sorted(groups.items()):
        own = numpy.array([over[examples[index].channels[0]][index] for index in members])
        attack = examples[members[0]].labels[0] == YES
        rows.append({"set": name, "texts": len(members), "attack": attack, "flagged": share(own), "flaggedWithoutKind": share(over["unknown"][members])})
    return rows
