"""Vocabulary, word vectors and windows, made once and kept in the work folder."""
import json
import pathlib
import pickle

import numpy

from .collect import collect, is_held
from .features import Vocabulary
from .vectors import choose, count_words, texts_of, word_vectors
from .windows import Windows

VOCABULARY = 20_000
CORPUS_BYTES = 110_000_000
WIDTH = 64


def vocabulary_of(work, corpus, files):
    words_file, vectors_file = work / "words.json", work / "vectors.npy"
    if words_file.exists() and vectors_file.exists():
        return json.loads(words_file.read_text("utf-8")), numpy.load(vectors_file)
    from .examples import read_examples

    own = [example.text[:6000] for example in read_examples(files) if not is_held(example.group)]
    texts = list(texts_of(corpus, CORPUS_BYTES)) if corpus else own
    counts = count_words(texts)
    counts.update(count_words(own))
    words = choose(counts, VOCABULARY)
    vectors = word_vectors(texts, words, WIDTH)
    words_file.write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    numpy.save(vectors_file, vectors)
    return words, vectors


def prepare(work: pathlib.Path, data: pathlib.Path, corpus, sizes):
    """(vocabulary, vectors, training windows, training groups, held examples)."""
    files = [data / "injection.train.jsonl.gz", data / "injection.val.jsonl.gz"]
    words, vectors = vocabulary_of(work, corpus, files)
    vocabulary = Vocabulary(words)
    training, held = collect(files, corpus, sizes)
    if sizes["everything"]:
        training = training + held
    windows = Windows(vocabulary)
    groups = []
    for example in training:
        before = windows.count
        windows.add(example)
        if windows.count > before:
            groups.append(example.group)
    windows.freeze()
    return vocabulary, vectors, windows, groups, held


def keep(value, file):
    with open(file, "wb") as out:
        pickle.dump(value, out)
