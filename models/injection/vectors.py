"""Word vectors, so that words never seen in an attack stand near those that were: from plain text by counts, PPMI and SVD, and from vectors made by others."""
import collections
import json
import lzma
import pathlib

import numpy
import scipy.sparse
from sklearn.utils.extmath import randomized_svd

from .words import words_of

REACH = 4
CHUNK = 2_000_000
MOST_CHARACTERS = 6000


def texts_of(corpus, most_bytes):
    """Texts of the corpus, each cut to its first characters, until enough was read."""
    read = 0
    opened = lzma.open(corpus, "rt", encoding="utf-8") if str(corpus).endswith(".xz") else open(corpus, encoding="utf-8")
    with opened as lines:
        for line in lines:
            text = json.loads(line)["text"][:MOST_CHARACTERS]
            read += len(text)
            yield text
            if read >= most_bytes:
                return


def count_words(texts):
    counts = collections.Counter()
    for text in texts:
        counts.update(word for word, _, _ in words_of(text))
    return counts


def choose(counts, size):
    """The most frequent words; a word seen fewer than three times is none."""
    kept = [(word, count) for word, count in counts.items() if count >= 3 and len(word) <= 24 and "\ud800" > word[0]]
    kept.sort(key=lambda pair: (-pair[1], pair[0]))
    return [word for word, _ in kept[:size]]


def word_vectors(texts, words, size, seed=7):
    """One row for each word, unit length."""
    rows = {word: index for index, word in enumerate(words)}
    total = scipy.sparse.csr_matrix((len(words), len(words)), dtype=numpy.float32)
    pending, held = [], 0
    for text in texts:
        pending.append(numpy.array([rows.get(word, -1) for word, _, _ in words_of(text)], dtype=numpy.int32))
        held += len(pending[-1])
        if held >= CHUNK:
            total = total + _pairs(pending, len(words))
            pending, held = [], 0
    if pending:
        total = total + _pairs(pending, len(words))
    total = total + total.T
    weighed = _ppmi(total.tocoo())
    left, singular, _ = randomized_svd(weighed, n_components=size, n_iter=4, random_state=seed)
    vectors = left * numpy.sqrt(singular)
    return (vectors / (numpy.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)).astype(numpy.float32)


def _pairs(pending, size):
    gap = numpy.full(REACH, -1, dtype=numpy.int32)
    line = numpy.concatenate([part for text in pending for part in (text, gap)])
    total = scipy.sparse.csr_matrix((size, size), dtype=numpy.float32)
    for distance in range(1, REACH + 1):
        left, right = line[:-distance], line[distance:]
        both = (left >= 0) & (right >= 0)
        weight = numpy.full(int(both.sum()), 1.0 / distance, dtype=numpy.float32)
        total = total + scipy.sparse.coo_matrix((weight, (left[both], right[both])), shape=(size, size)).tocsr()
    return total


def _ppmi(counts):
    row_sum = numpy.asarray(counts.sum(axis=1)).ravel() + 1e-9
    column_sum = row_sum**0.75
    column_sum *= row_sum.sum() / column_sum.sum()
    value = numpy.log(counts.data * row_sum.sum() / (row_sum[counts.row] * column_sum[counts.col]) + 1e-9)
    kept = value > 0
    return scipy.sparse.csr_matrix((value[kept], (counts.row[kept], counts.col[kept])), shape=counts.shape)


# Of the words that others made vectors for, so many of the most frequent are read; with how much their own size is held back when one space is laid over the other.
MEANINGS = 32_000
RIDGE = 3.0


def meanings_of(file):
    """(words, vectors) of a `wink-embeddings` file, the most frequent first."""
    read = json.loads(pathlib.Path(file).read_text("utf-8"))
    words = [word for word in read["words"][:MEANINGS] if 2 < len(word) <= 24 and word.isascii() and word.isalpha()]
    return words, read["vectors"], read["dimensions"]


def with_meanings(words, vectors, file):
    """Twice as wide: what a word stands beside in our plain text, and what it means in English; words that only others know get the first half from the second."""
    size = vectors.shape[1]
    more, known, dimensions = meanings_of(file)
    have = set(words)
    every = [*words, *(word for word in more if word not in have)]
    theirs = numpy.array([known[word][:dimensions] if word in known else [0] * dimensions for word in every], dtype=numpy.float32)
    theirs = unit(theirs)
    present = numpy.abs(theirs).sum(1) > 0
    middle = theirs[present].mean(0)
    theirs[present] -= middle
    _, _, axes = numpy.linalg.svd(theirs[present], full_matrices=False)
    theirs = unit(theirs @ axes[:size].T)
    both = numpy.flatnonzero(present[: len(words)])
    onto = numpy.linalg.solve(theirs[both].T @ theirs[both] + RIDGE * numpy.eye(size), theirs[both].T @ vectors[both])
    ours = numpy.concatenate([vectors, unit(theirs[len(words) :] @ onto)])
    return every, numpy.concatenate([ours, theirs], axis=1).astype(numpy.float32)


def unit(rows):
    return rows / (numpy.linalg.norm(rows, axis=1, keepdims=True) + 1e-6)
