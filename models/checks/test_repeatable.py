"""`python3 -m unittest discover models/checks` (with PYTHONPATH=models): the same seed gives the same texts and weights, also after an interruption."""
import pathlib
import random
import tempfile
import unittest

import torch

from injection.features import Vocabulary
from injection.generate import families, generate
from injection.network import Network
from injection.train import train
from injection.windows import Windows

CARRIER = "The delivery left the warehouse in the morning and arrives on Tuesday. "


def drawn(seed):
    dice = random.Random(seed)
    return [generate(dice, name, family, [CARRIER * 4]) for name, family in families().items() for _ in range(4)]


class Repeatable(unittest.TestCase):
    def setUp(self):
        torch.set_num_threads(1)
        self.examples = drawn(1)
        vocabulary = Vocabulary(sorted({word for example in self.examples for word in example.text.lower().split()})[:2000])
        self.windows = Windows(vocabulary)
        self.groups = []
        for example in self.examples:
            before = self.windows.count
            self.windows.add(example)
            if self.windows.count > before:
                self.groups.append(example.group)
        self.windows.freeze()
        self.folder = pathlib.Path(tempfile.mkdtemp())

    def trained(self, name, most=6):
        torch.manual_seed(3)
        network = Network(self.windows.vocabulary.pieces_from, self.windows.vocabulary.empty)
        options = {"seed": 5, "steps": 6, "mine_at": (4,), "checkpoint": str(self.folder / name), "every": 2, "stop": most}
        train(network, self.windows, self.groups, options)
        return torch.cat([part.flatten() for part in network.state_dict().values()])

    def test_texts(self):
        self.assertEqual(self.examples, drawn(1))
        self.assertNotEqual(self.examples, drawn(2))

    def test_weights(self):
        whole = self.trained("whole")
        self.assertTrue(torch.equal(whole, self.trained("again")))
        self.assertFalse(torch.equal(whole, self.trained("stopped", most=4)))
        self.assertTrue(torch.equal(whole, self.trained("stopped")))


if __name__ == "__main__":
    unittest.main()
