"""The network: word and piece vectors, three convolutions, a score per head for the window and for every word of it."""
import torch
from torch import nn

from .features import CHANNELS, HEADS

WIDTH = 64
INNER = 96


class Network(nn.Module):
    def __init__(self, pieces_from, empty, vectors=None):
        super().__init__()
        wide = WIDTH if vectors is None else vectors.shape[1]
        self.empty = empty
        self.words = nn.Embedding(pieces_from, wide)
        self.pieces = nn.Embedding(empty - pieces_from + 1, WIDTH)
        self.pieces_from = pieces_from
        self.project = nn.Linear(wide, WIDTH)
        self.channel = nn.Embedding(len(CHANNELS), WIDTH)
        self.first = nn.Conv1d(WIDTH, INNER, 5, padding=2)
        self.second = nn.Conv1d(INNER, INNER, 3, padding=2, dilation=2)
        self.third = nn.Conv1d(INNER, INNER, 3, padding=4, dilation=4)
        self.token = nn.Linear(INNER, len(HEADS))
        self.summary = nn.Linear(2 * INNER, INNER)
        self.head = nn.Linear(INNER, len(HEADS))
        nn.init.normal_(self.pieces.weight, std=0.1)
        nn.init.normal_(self.channel.weight, std=0.02)
        nn.init.constant_(self.token.bias, -5.0)
        if vectors is not None:
            with torch.no_grad():
                self.words.weight[1:] = torch.from_numpy(vectors)
                self.words.weight[0] = 0
            # What others learned from far more text stays: moving the words that our texts hold would leave behind those that mean the same.
            self.words.weight.requires_grad_(wide == WIDTH)
        with torch.no_grad():
            self.pieces.weight[-1] = 0

    def words_of(self, rows, pieces):
        """Vectors of words: what the word means, and what its pieces add."""
        present = (pieces != self.empty).float()
        piece = (self.pieces(pieces - self.pieces_from) * present.unsqueeze(-1)).sum(-2) / (present.sum(-1, keepdim=True) + 1e-6)
        return self.project(self.words(rows)), piece

    def read(self, vectors, mask, channel):
        """Window scores [batch, heads] and word scores [batch, heads, words], both logits; `mask` is [batch, words, 1]."""
        seen = (vectors + self.channel(channel).unsqueeze(1)) * mask
        mask = mask.transpose(1, 2)
        inner = torch.relu(self.first(seen.transpose(1, 2))) * mask
        inner = (inner + torch.relu(self.second(inner))) * mask
        inner = (inner + torch.relu(self.third(inner))) * mask
        token = self.token(inner.transpose(1, 2)).transpose(1, 2) - (1 - mask) * 30.0
        count = mask.sum(2) + 1e-6
        both = torch.cat([inner.amax(2), inner.sum(2) / count], dim=1)
        whole = self.head(torch.relu(self.summary(both)))
        return whole + torch.logsumexp(token, dim=2), token

    def forward(self, rows, pieces, channel):
        word, piece = self.words_of(rows, pieces)
        return self.read(word + piece, (pieces[:, :, :1] != self.empty).float(), channel)


def folded(network):
    """The same network with word vectors as wide as what reads them: what is done to every word alike is done to the table, once."""
    plain = Network(network.pieces_from, network.empty)
    with torch.no_grad():
        table = network.project(network.words.weight)
    plain.load_state_dict({**network.state_dict(), "words.weight": table, "project.weight": torch.eye(WIDTH), "project.bias": torch.zeros(WIDTH)})
    return plain
