"""Numbers for words: a row of the word table, and hashed rows for its four-letter pieces."""
import numpy

from .words import deleeted, words_of

WINDOW = 128
STRIDE = 96
PIECES = 12
PIECE_ROWS = 16384
CHANNELS = ("unknown", "prompt", "tool_result", "tool_description", "document", "memory")
HEADS = ("override", "request", "poisoning")


def piece_row(piece):
    """FNV-1a over UTF-8."""
    hashed = 0x811C9DC5
    for byte in piece.encode("utf-8", "surrogatepass"):
        hashed = ((hashed ^ byte) * 0x01000193) & 0xFFFFFFFF
    return hashed % PIECE_ROWS


def pieces_of(word):
    framed = f"<{deleeted(word)}>"
    if len(framed) <= 4:
        return [piece_row(framed)]
    grams = [framed[index : index + 4] for index in range(len(framed) - 3)]
    if len(grams) > PIECES:
        grams = grams[: PIECES - 1] + grams[-1:]
    return [piece_row(gram) for gram in grams]


class Vocabulary:
    """Row 0 is an unknown word; rows after the words are pieces; the very last row is empty."""

    def __init__(self, words):
        self.words = list(words)
        self.rows = {word: index + 1 for index, word in enumerate(self.words)}
        self.pieces_from = len(self.words) + 1
        self.empty = self.pieces_from + PIECE_ROWS
        self._known = {}

    def row(self, word):
        return self.rows.get(word) or self.rows.get(deleeted(word), 0)

    def numbers(self, word):
        """(row, pieces), cached."""
        known = self._known.get(word)
        if known is None:
            pieces = numpy.full(PIECES, self.empty, dtype=numpy.int32)
            rows = pieces_of(word)
            pieces[: len(rows)] = [self.pieces_from + row for row in rows]
            known = self._known[word] = (self.row(word), pieces)
            if len(self._known) > 500_000:
                self._known.clear()
        return known

    def encode(self, words):
        """Rows and pieces of a list of words."""
        rows = numpy.empty(len(words), dtype=numpy.int32)
        pieces = numpy.empty((len(words), PIECES), dtype=numpy.int32)
        for index, word in enumerate(words):
            rows[index], pieces[index] = self.numbers(word)
        return rows, pieces


def starts_of(count):
    """Where windows begin; the last one ends with the text."""
    if count <= WINDOW:
        return [0]
    starts = list(range(0, count - WINDOW, STRIDE))
    return [*starts, count - WINDOW]


def encode_text(vocabulary, text):
    """(rows, pieces, offsets) of a whole text."""
    words = words_of(text)
    rows, pieces = vocabulary.encode([word for word, _, _ in words])
    return rows, pieces, [(start, end) for _, start, end in words]
