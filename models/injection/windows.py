"""Examples cut into windows of numbers, ready to be sampled."""
import numpy

from .features import CHANNELS, HEADS, WINDOW, starts_of
from .vectors import unit
from .words import words_of

MOST_WORDS = 4000
# Words that stand in for a word while training: so many, at least so near; the most frequent words hold a sentence together and stay.
STAND_INS = 6
NEAR = 0.65
KEPT_WORDS = 150


class Windows:
    """Columns, one row per window. Words are numbered as they are met; `table` turns those numbers into rows and pieces."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.numbers = {"": 0}
        self.words, self.example, self.labels, self.span, self.channels = [], [], [], [], []
        self.count = 0
        self.stand_ins = None

    def add(self, example):
        words = words_of(example.text)[:MOST_WORDS]
        if not words:
            return
        line = [self.numbers.setdefault(word, len(self.numbers)) for word, _, _ in words]
        reach = None if example.span is None else _words_in(words, example.span)
        allowed = sum(1 << CHANNELS.index(channel) for channel in example.channels)
        for start in starts_of(len(line)):
            labels, span = _seen_from(example, reach, start)
            if labels is None:
                continue
            part = line[start : start + WINDOW]
            self.words.append(numpy.array(part + [0] * (WINDOW - len(part)), dtype=numpy.int32))
            self.example.append(self.count)
            self.labels.append(labels)
            self.span.append(span)
            self.channels.append(allowed)
        self.count += 1

    def learn_stand_ins(self, vectors):
        """For each word the numbers of words that mean about the same, itself where there are none. To be called before `freeze`."""
        numbers = numpy.array([self.numbers.setdefault(word, len(self.numbers)) for word in self.vocabulary.words], dtype=numpy.int32)
        vectors = unit(vectors)
        self.stand_ins = numpy.repeat(numpy.arange(len(self.numbers), dtype=numpy.int32)[:, None], STAND_INS, axis=1)
        for at in range(KEPT_WORDS, len(numbers), 1000):
            own = numpy.arange(at, min(at + 1000, len(numbers)))
            alike = vectors[own] @ vectors.T
            alike[:, :KEPT_WORDS] = 0
            alike[numpy.arange(len(own)), own] = 0
            best = numpy.argpartition(-alike, STAND_INS, axis=1)[:, :STAND_INS]
            near = numpy.take_along_axis(alike, best, axis=1) >= NEAR
            self.stand_ins[numbers[own]] = numpy.where(near, numbers[best], numbers[own][:, None])

    def freeze(self):
        self.words = numpy.stack(self.words)
        self.example = numpy.array(self.example, dtype=numpy.int32)
        self.labels = numpy.array(self.labels, dtype=numpy.int8)
        self.span = numpy.array(self.span, dtype=numpy.int16)
        self.channels = numpy.array(self.channels, dtype=numpy.int16)
        rows, pieces = self.vocabulary.encode(list(self.numbers))
        rows[0], pieces[0] = 0, self.vocabulary.empty
        self.rows, self.pieces = rows, pieces
        return self


def _words_in(words, span):
    inside = [index for index, (_, start, end) in enumerate(words) if start < span[1] and end > span[0]]
    return (inside[0], inside[-1] + 1) if inside else None


def _seen_from(example, reach, start):
    """Labels of one window and the attack's place in it; none where too little of the attack is in sight to say."""
    if reach is None:
        return example.labels, (-1, -1)
    first, last = max(reach[0], start), min(reach[1], start + WINDOW)
    seen = max(0, last - first)
    if seen == 0:
        return tuple(0 if label == 1 else label for label in example.labels), (-1, -1)
    if seen < 0.6 * (reach[1] - reach[0]) and seen < 24:
        return None, None
    return example.labels, (first - start, last - start)


HEAD_COUNT = len(HEADS)
