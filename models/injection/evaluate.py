"""Figures on what was kept apart, and thresholds per channel made from it, checked on groups that they were not made from."""
import numpy

from .collect import HELD_SOURCES
from .features import CHANNELS, HEADS
from .train import score
from .windows import Windows

# Share of harmless texts that a head may flag, by channel; the request head is a soft signal and gets the least.
ALLOWED = {
    "unknown": {"override": 0.004, "poisoning": 0.002},
    "prompt": {"override": 0.006},
    "tool_result": {"override": 0.009, "request": 0.002},
    "tool_description": {"override": 0.004, "poisoning": 0.006},
    "document": {"override": 0.004, "request": 0.002},
    "memory": {"override": 0.004, "request": 0.002},
}
# Share of one source's harmless texts that may be flagged, for sources of some size; of texts full of trigger words no more than seven in a hundred may be.
WORST_GROUP = 0.06
LEAST_GROUP = 100


def text_logits(network, vocabulary, examples, channels=CHANNELS):
    """For each channel the highest logit of each text's windows when read in it: [texts, heads]."""
    windows = Windows(vocabulary)
    owners = []
    for index, example in enumerate(examples):
        before = len(windows.words)
        windows.add(_whole(example))
        owners += [index] * (len(windows.words) - before)
    windows.freeze()
    everything = numpy.arange(len(windows.words))
    logits = {}
    for channel in channels:
        scores = score(network, windows, everything, numpy.full(len(everything), CHANNELS.index(channel)))
        logits[channel] = numpy.full((len(examples), len(HEADS)), -20.0)
        numpy.maximum.at(logits[channel], owners, scores)
    return logits


def _whole(example):
    return type(example)(example.text, example.labels, example.channels, example.group, None)


def auc(positive, negative):
    order = numpy.argsort(numpy.concatenate([positive, negative]), kind="stable")
    ranks = numpy.empty(len(order))
    ranks[order] = numpy.arange(1, len(order) + 1)
    return float((ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2) / (len(positive) * len(negative)))


def recall_at(positive, negative, share):
    return float((positive > numpy.quantile(negative, 1 - share)).mean())


def calibrate(logits, examples):
    """Slope and bias for every channel and head, so that one half is the threshold."""
    channels = {}
    for channel, heads in ALLOWED.items():
        channels[channel] = {}
        for name, share in heads.items():
            head = HEADS.index(name)
            here = [index for index, example in enumerate(examples) if channel == "unknown" or channel in example.channels]
            here = here if any(examples[index].labels[head] == 0 for index in here) else range(len(examples))
            negative = numpy.array([logits[channel][index, head] for index in here if examples[index].labels[head] == 0])
            positive = numpy.array([logits[channel][index, head] for index in here if examples[index].labels[head] == 1])
            threshold = max([float(numpy.quantile(negative, 1 - share)), -2.0, *_worst(logits[channel][:, head], here, examples, head)])
            slope = _slope(positive, negative, threshold)
            channels[channel][name] = {"slope": round(slope, 4), "bias": round(-slope * threshold, 4)}
    return channels


def _worst(logits, here, examples, head):
    """What the worst group of harmless texts asks of the threshold: one source flagged throughout is a burden, however rare it is in the mixture."""
    groups = {}
    for index in here:
        if examples[index].labels[head] == 0:
            groups.setdefault(examples[index].group, []).append(logits[index])
    return [float(numpy.quantile(part, 1 - WORST_GROUP)) for part in groups.values() if len(part) >= LEAST_GROUP]


def _slope(positive, negative, threshold):
    """How steep a score is around its threshold: the middle half of the attacks spans it."""
    if len(positive) < 20:
        return 1.0
    spread = float(numpy.quantile(positive, 0.75) - threshold)
    return float(numpy.clip(3.0 / max(spread, 0.5), 0.3, 3.0))


def flagged(channels, logits, examples, channel):
    """Whether each text is flagged in a channel."""
    over = numpy.zeros(len(examples), dtype=bool)
    for name, calibration in channels[channel].items():
        over |= calibration["slope"] * logits[channel][:, HEADS.index(name)] + calibration["bias"] >= 0
    return over


def report(over, logits, examples, seen_from):
    """Metrics for the card: `over` says which texts were flagged, `seen_from` in which channel each was read."""
    rows = []
    for head, name in enumerate(HEADS):
        own = numpy.array([logits[seen_from[index]][index, head] for index in range(len(examples))])
        labels = numpy.array([example.labels[head] for example in examples])
        positive, negative = own[labels == 1], own[labels == 0]
        rows.append({
            "set": f"{name} head, families and sources kept apart", "texts": int((labels >= 0).sum()), "attacks": int((labels == 1).sum()),
            "auc": round(auc(positive, negative), 4), "recallAt1PercentFalsePositives": round(recall_at(positive, negative, 0.01), 4),
        })
        if name == "override":
            rows += _parts(examples, labels, own, negative)
    attack = numpy.array([1 in example.labels for example in examples])
    for channel in CHANNELS[1:]:
        mine = numpy.array([seen == channel for seen in seen_from])
        if not mine.any():
            continue
        row = {"set": f"channel {channel} at the shipped threshold", "harmless": int((mine & ~attack).sum()), "falsePositives": share(over[mine & ~attack])}
        found = mine & ~attack & numpy.array([example.group in HELD_SOURCES or example.group.startswith("corpus:") for example in examples])
        row["falsePositivesOfCollectedTexts"] = share(over[found])
        override = mine & numpy.array([example.labels[0] == 1 for example in examples])
        if override.any():
            taught = override & numpy.array([not example.group.startswith("language-") for example in examples])
            row |= {"overrideAttacks": int(override.sum()), "recall": share(over[override]), "recallInLanguagesTaught": share(over[taught])}
        rows.append(row)
    for title, member in (("harmless text full of trigger words", _is_trigger), ("harmless chat", _is_chat)):
        mine = numpy.array([member(example) for example in examples])
        if mine.any():
            rows.append({"set": f"{title}, kept at the shipped threshold", "texts": int(mine.sum()), "kept": round(1 - share(over[mine]), 4)})
    groups = sorted({example.group for example in examples if not example.group.startswith("corpus:")})
    for group in groups:
        mine = numpy.array([example.group == group for example in examples])
        rows.append({"set": f"group {group}", "texts": int(mine.sum()), "attack": bool(attack[mine].any()), "flagged": share(over[mine])})
    return rows


def _parts(examples, labels, own, negative):
    rows = []
    collected = numpy.array([example.group in HELD_SOURCES for example in examples])
    for title, member in (("collected", collected), ("generated", ~collected)):
        positive = own[(labels == 1) & member]
        if len(positive):
            rows.append({"set": f"override head, {title} attacks kept apart", "attacks": len(positive), "auc": round(auc(positive, negative), 4),
                         "recallAt1PercentFalsePositives": round(recall_at(positive, negative, 0.01), 4)})
    return rows


def _is_trigger(example):
    return example.group in ("chat-role", "guide-prompting", "record", "chat-drop", "chat-system", "about-injection", "synthetic-trigger", "plain-unseen") or example.group.startswith("harmless-")


def _is_chat(example):
    return 1 not in example.labels and example.channels == ("prompt",)


def share(flags):
    return round(float(flags.mean()), 4) if len(flags) else None
