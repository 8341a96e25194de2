"""Holds request, call and passage against each other: which words of one the other speaks of, in the same words or in near ones."""
import torch
from torch import nn

from .features import FACTS

WIDTH = 64
INNER = 32
DIRECTIONS = 8
MEASURES = DIRECTIONS * 3 + 5


class Network(nn.Module):
    """No weight belongs to a word but its place in the space of meanings and how rare it is, so that nothing is learned by heart."""

    def __init__(self, words, vectors=None):
        super().__init__()
        self.words = nn.Embedding(words + 1, WIDTH)
        self.words.weight.requires_grad = False
        self.register_buffer("rarity", torch.tensor([1.2, -8.0]))
        self.register_buffer("middle", torch.zeros(MEASURES + len(FACTS)))
        self.register_buffer("spread", torch.ones(MEASURES + len(FACTS)))
        self.first = nn.Linear(MEASURES + len(FACTS), INNER)
        self.last = nn.Linear(INNER, 1)
        self.drop = nn.Dropout(0.2)
        with torch.no_grad():
            self.words.weight[0] = 0
            if vectors is not None:
                self.words.weight[1:] = torch.from_numpy(vectors)

    def place(self, rows):
        """Where words stand, unit length; a word that is not known stands nowhere."""
        vectors = self.words(rows)
        return vectors / (vectors.pow(2).sum(-1, keepdim=True) + 1e-6).sqrt()

    def weight(self, rows, keys):
        """How much a word counts: rare ones more, unknown ones most, places without a word nothing."""
        rank = torch.where(rows > 0, rows, torch.full_like(rows, 30_000)).float()
        return torch.sigmoid(self.rarity[0] * torch.log(rank) + self.rarity[1]) * (keys > 0).float()

    def measure(self, request_rows, request_keys, call_rows, call_keys, passage_rows, passage_keys, tool_words):
        read = {
            name: (self.place(rows), keys, self.weight(rows, keys))
            for name, rows, keys in (("r", request_rows, request_keys), ("c", call_rows, call_keys), ("p", passage_rows, passage_keys))
        }
        near, same = {}, {}
        for left, right in (("c", "r"), ("p", "r"), ("c", "p")):
            one, two = read[left], read[right]
            equal = ((one[1].unsqueeze(2) == two[1].unsqueeze(1)) & (one[1].unsqueeze(2) > 0)).float()
            present = (two[1] > 0).float().unsqueeze(1) * (one[1] > 0).float().unsqueeze(2)
            close = torch.relu(torch.maximum(torch.matmul(one[0], two[0].transpose(1, 2)), equal)) * present
            near[left + right], same[left + right] = close.amax(2), equal.amax(2)
            near[right + left], same[right + left] = close.amax(1), equal.amax(1)
        place = torch.cumsum((call_keys > 0).float(), 1)
        tool = (place <= tool_words.float()).float() * read["c"][2]
        values = read["c"][2] - tool
        weights = {"r": read["r"][2], "p": read["p"][2], "c": values, "t": tool}
        measures = []
        for left, right in ("cr", "rc", "pr", "rp", "cp", "pc", "tr", "tp"):
            source = "c" if left == "t" else left
            weight = weights[left]
            close, equal = near[source + right], same[source + right]
            total = weight.sum(1) + 1e-3
            measures += [(weight * close).sum(1) / total, (weight * equal).sum(1) / total, (weight * close).amax(1)]
        only = values * same["cp"] * (1 - same["cr"])
        measures += [only.sum(1) / (values.sum(1) + 1e-3), only.amax(1)]
        middle = {name: (read[name][0] * read[name][2].unsqueeze(2)).sum(1) for name in "rcp"}
        middle = {name: vector / (vector.pow(2).sum(1, keepdim=True) + 1e-6).sqrt() for name, vector in middle.items()}
        measures += [(middle[left] * middle[right]).sum(1) for left, right in ("rc", "rp", "cp")]
        return torch.stack(measures, 1)

    def judge(self, measures, facts):
        """A logit from the measures: cheap, so that training runs over measures made once."""
        seen = (torch.cat([measures, facts], 1) - self.middle) / self.spread
        return self.last(self.drop(torch.relu(self.first(seen))))[:, 0]

    def forward(self, request_rows, request_keys, call_rows, call_keys, passage_rows, passage_keys, tool_words, facts):
        measures = self.measure(request_rows, request_keys, call_rows, call_keys, passage_rows, passage_keys, tool_words)
        return self.judge(measures, facts)
