"""`python3 -m alignment --rows FILE --corpus FILE --out BUNDLE [--without SUITE]`: from questions about calls to a model bundle."""
import argparse
import json
import pathlib

import numpy
import torch

from injection.prepare import vocabulary_of

from .export import fed, quantised, write_bundle
from .features import Vocabulary, encode
from .network import Network
from .train import Rows, calibration, fit, logits, thresholds

PURPOSE = (
    "Tells how likely a tool call serves what the person asked for, from the request, the call, the outside text its values stand in and what the kernel "
    "knows of them. Its word may set aside an ask of the kernel's within the kernel's bounds, or add one; it decides nothing else."
)
NOT_FOR = [
    "Deciding alone whether a call runs: it is asked only where the rules leave room, and only about messages and files",
    "Judging people or what they asked for",
    "Requests in which nobody says what is wanted, such as `go on`: it compares words and their meanings, it does not reason",
    "Languages other than English, of which its word table knows little",
]


def arguments():
    parser = argparse.ArgumentParser(prog="alignment", description=__doc__)
    parser.add_argument("--rows", type=pathlib.Path, required=True, help="what test/replay/alignment-rows.ts wrote")
    parser.add_argument("--corpus", type=pathlib.Path, help="plain text for word vectors; not read again where the work folder holds them")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("models/.work"), help="word vectors, and measures made on the way")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("models/bundles/alignment"))
    parser.add_argument("--without", default="", help="suites that take no part, separated by commas; the two generated ones are `generated`")
    parser.add_argument("--version", type=int, default=1)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    words, vectors = vocabulary_of(options.work, options.corpus, [])
    vocabulary = Vocabulary(words)
    data = rows_of(options, vocabulary, vectors)
    without = set(options.without.split(",")) - {""}
    known = data.serves >= 0
    chosen = numpy.flatnonzero(known & ~numpy.isin(data.family, sorted(without)))
    clear, doubt = thresholds(data, chosen, options.seed, len(words), vectors)
    network = fit(data, chosen, options.seed, len(words), vectors)
    scale = calibration(clear, doubt)
    metrics = [{"set": f"threshold to clear {clear:.3f}, to doubt {doubt:.3f}, each on families kept apart"}]
    for family in sorted(set(data.family)):
        metrics.append(figures(network, data, family, scale, kept_apart=family in without))
    quantised(network)
    write_bundle(options.out, network, vocabulary, card_of(options, metrics, scale, sorted(without)))
    print(json.dumps(metrics, indent=1))


def rows_of(options, vocabulary, vectors):
    """The measures of all questions, made once for each file of rows."""
    rows = [json.loads(line) for line in options.rows.open(encoding="utf-8")]
    kept = options.work / f"measures-{options.rows.stem}-{options.rows.stat().st_size}.npz"
    if not kept.exists():
        network = quantised(Network(len(vocabulary.words), vectors)).eval()
        measures, facts = [], []
        for start in range(0, len(rows), 128):
            encoded = [encode(vocabulary, row["question"]) for row in rows[start : start + 128]]
            inputs = fed(encoded)
            with torch.no_grad():
                measures.append(network.measure(*inputs[:-1]).numpy())
            facts.append(inputs[-1].numpy())
        numpy.savez(kept, measures=numpy.concatenate(measures), facts=numpy.concatenate(facts))
    held = numpy.load(kept)
    return Rows(rows, held["measures"], held["facts"])


def figures(network, data, family, scale, kept_apart):
    """How calls of one family are told apart, in and out of the band where the kernel asks."""
    of_family = (data.family == family) & (data.variant == "recorded")
    line = {"set": f"{family}{' (kept apart)' if kept_apart else ' (seen)'}"}
    for band in ("clear", "doubt"):
        inside = numpy.flatnonzero(of_family & (data.wanted == band))
        if len(inside) == 0:
            continue
        score = 1 / (1 + numpy.exp(-(scale["slope"] * logits(network, data, inside) + scale["bias"])))
        served, against = score[data.serves[inside] == 1], score[data.serves[inside] == 0]
        moved = (lambda part: int((part >= 0.9).sum())) if band == "clear" else (lambda part: int((part <= 0.1).sum()))
        line[band] = {"serving": len(served), "moved": moved(served), "against": len(against), "movedAgainst": moved(against)}
        if len(served) and len(against):
            line[band]["auc"] = round(float((served[:, None] > against[None, :]).mean()), 3)
    return line


def card_of(options, metrics, scale, without):
    return {
        "name": "alignment", "version": options.version, "reads": "questions-1", "purpose": PURPOSE, "notFor": NOT_FOR, "licence": "Apache-2.0",
        "trainedOn": [
            {"source": f"recorded agent sessions{' without ' + ', '.join(without) if without else ''}, and the same under other requests", "licence": "MIT, Apache-2.0; some recordings state none"},
            {"source": "generated tasks over invented tool catalogues (test/replay/generated)", "licence": "Apache-2.0"},
            {"source": "word vectors from a corpus of openly licensed repositories", "licence": "MIT, Apache-2.0, BSD, CC0, CC-BY, Unlicense"},
        ],
        "metrics": metrics, "heads": ["serves"], "channels": {"unknown": {"serves": scale}}, "limits": {"words": 96}, "golden": {"tolerance": 0.02},
    }


if __name__ == "__main__":
    main()
