"""Word vectors from plain text, so that words never seen in an attack stand near those that were: counts, PPMI, SVD."""
import collections
import json
import lzma

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
