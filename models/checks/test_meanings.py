"""Word vectors made by others: they widen the vocabulary, a bundle made without them is gone on from, and what ships is as narrow as before and says the same."""
import json
import pathlib
import tempfile
import unittest

import numpy
import torch

from injection.export import quantised, write_graph
from injection.features import Vocabulary
from injection.network import WIDTH, Network, folded
from injection.start import started_from
from injection.vectors import with_meanings

OURS = ["ignore", "rules", "letter", "の"]
THEIRS = {"ignore": [1.0, 0.1, 0.0, 9], "disregard": [0.9, 0.2, 0.1, 9], "letter": [0.0, 1.0, 0.3, 9], "mail": [0.1, 0.9, 0.2, 9], "rules": [0.2, 0.1, 1.0, 9], "1990s": [1, 1, 1, 9]}


def scores(network, vocabulary, words):
    rows, pieces = vocabulary.encode(words)
    network.eval()
    with torch.no_grad():
        whole, token = network(torch.from_numpy(rows.astype(numpy.int64))[None], torch.from_numpy(pieces.astype(numpy.int64))[None], torch.tensor([2]))
    return torch.cat([whole, token[0].T])


class Meanings(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(4)
        self.folder = pathlib.Path(tempfile.mkdtemp())
        file = self.folder / "theirs.json"
        file.write_text(json.dumps({"dimensions": 3, "words": list(THEIRS), "vectors": THEIRS}), "utf-8")
        vectors = numpy.eye(4, 3, dtype=numpy.float32)
        self.words, self.vectors = with_meanings(OURS, vectors, file)

    def test_words_of_theirs_come_after_ours_and_stand_near_what_they_mean(self):
        self.assertEqual(self.words, [*OURS, "disregard", "mail"])
        self.assertEqual(self.vectors.shape, (6, 6))
        near = self.vectors @ self.vectors.T
        self.assertGreater(near[4, 0], near[4, 2])
        self.assertGreater(near[5, 2], near[5, 0])
        self.assertTrue((self.vectors[3, 3:] == 0).all())

    def test_a_bundle_made_without_them_is_gone_on_from_as_it_was(self):
        before = Vocabulary([f"word{number}" for number in range(1200)])
        old = quantised(Network(before.pieces_from, before.empty))
        write_graph(old, self.folder / "model.onnx")
        (self.folder / "vocabulary.json").write_text(json.dumps(before.words), "utf-8")
        after = Vocabulary([*reversed(before.words), "disregard"])
        grown = Network(after.pieces_from, after.empty, numpy.ones((1201, 2 * WIDTH), dtype=numpy.float32))
        started_from(grown, self.folder, after.words)
        words = ["word7", "word900", "unheard"]
        told = scores(old, before, words)
        self.assertTrue(torch.allclose(told, scores(grown, after, words), atol=1e-4))
        self.assertFalse(grown.words.weight.requires_grad)
        with torch.no_grad():
            grown.project.weight[:, WIDTH:] = 0.1
        changed = scores(grown, after, words)
        self.assertFalse(torch.allclose(told, changed, atol=1e-4))
        small = folded(grown)
        self.assertEqual(small.words.weight.shape[1], WIDTH)
        self.assertTrue(torch.allclose(changed, scores(small, after, words), atol=1e-4))


if __name__ == "__main__":
    unittest.main()
