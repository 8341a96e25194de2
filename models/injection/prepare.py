"""Vocabulary, word vectors and windows, made once and kept in the work folder."""
import json
import pathlib
import pickle
import random

import numpy

from .collect import collect, is_held
from .examples import read_examples
from .features import Vocabulary
from .vectors import choose, count_words, texts_of, with_meanings, word_vectors
from .windows import Windows

VOCABULARY = 20_000
CORPUS_BYTES = 110_000_000
WIDTH = 64
# Texts of one group that are kept apart, and of one repository of the corpus.
GROUP = 300
CORPUS_GROUP = 60


def vocabulary_of(work, corpus, files, meanings=None):
    words_file, vectors_file = work / "words.json", work / "vectors.npy"
    if words_file.exists() and vectors_file.exists():
        return json.loads(words_file.read_text("utf-8")), numpy.load(vectors_file)
    own = [example.text[:6000] for example in read_examples(files) if not is_held(example.group)]
    texts = list(texts_of(corpus, CORPUS_BYTES)) if corpus else own
    counts = count_words(texts)
    counts.update(count_words(own))
    words = choose(counts, VOCABULARY)
    vectors = word_vectors(texts, words, WIDTH)
    if meanings:
        words, vectors = with_meanings(words, vectors, meanings)
    words_file.write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    numpy.save(vectors_file, vectors)
    return words, vectors


def files_of(data):
    return [data / "injection.train.jsonl.gz", data / "injection.val.jsonl.gz"]


def held_examples(work: pathlib.Path, data: pathlib.Path, corpus, sizes):
    """What is kept apart, each group cut to a size that one source cannot swamp the figures with."""
    made = work / "held.pickle"
    if made.exists():
        return pickle.loads(made.read_bytes())
    return cut(work, collect(files_of(data), corpus, sizes)[1], sizes)


def cut(work, held, sizes):
    dice = random.Random(sizes["seed"])
    dice.shuffle(held)
    taken, kept = {}, []
    for example in held:
        most = CORPUS_GROUP if example.group.startswith("corpus:") else GROUP
        taken[example.group] = taken.get(example.group, 0) + 1
        if taken[example.group] <= most:
            kept.append(example)
    (work / "held.pickle").write_bytes(pickle.dumps(kept))
    return kept


def prepare(work: pathlib.Path, data: pathlib.Path, corpus, sizes, meanings=None):
    """(vocabulary, vectors, training windows, training groups)."""
    words, vectors = vocabulary_of(work, corpus, files_of(data), meanings)
    vocabulary = Vocabulary(words)
    training, held = collect(files_of(data), corpus, sizes)
    cut(work, held, sizes)
    windows = Windows(vocabulary)
    groups = []
    for example in training:
        before = windows.count
        windows.add(example)
        if windows.count > before:
            groups.append(example.group)
    windows.learn_stand_ins(vectors)
    return vocabulary, vectors, windows.freeze(), groups
