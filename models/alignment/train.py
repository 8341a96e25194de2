"""Trains the judging layers over measures made once, and sets thresholds on suites that took no part."""
import collections

import numpy
import torch

from .network import Network

STEPS = 1200
BATCH = 384
# Part of the calls that do not serve, where the kernel asks, which may score above the clearing threshold; and of those that serve below the doubting one.
CLEARED, DOUBTED = 0.01, 0.0005


class Rows:
    """Questions as measures and facts, with what is known of them. `serves` is -1 where nobody knows."""

    def __init__(self, rows, measures, facts):
        self.rows = rows
        self.measures = measures
        self.facts = facts
        self.family = numpy.array([family_of(row["suite"]) for row in rows])
        self.variant = numpy.array([row["variant"] for row in rows])
        self.wanted = numpy.array([row["wanted"] for row in rows])
        self.serves = numpy.array([-1 if row["serves"] is None else row["serves"] for row in rows])
        self.attacked = numpy.array([row["attack"] is not None for row in rows])


def family_of(suite):
    """Suites that are kept apart together: the two generated ones share their attacks."""
    return "generated" if suite.startswith("generated") else suite


def fit(data, chosen, seed, words, vectors):
    """A network trained on the chosen rows; both labels weigh the same, and large groups no more than the root of their size."""
    torch.manual_seed(seed)
    dice = numpy.random.default_rng(seed)
    network = Network(words, vectors)
    inputs = numpy.concatenate([data.measures[chosen], data.facts[chosen]], 1)
    with torch.no_grad():
        network.middle.copy_(torch.from_numpy(inputs.mean(0)))
        network.spread.copy_(torch.from_numpy(inputs.std(0) + 0.05))
    groups = collections.defaultdict(list)
    for index in chosen:
        groups[(data.family[index], data.variant[index], data.wanted[index], data.serves[index])].append(index)
    names, members = list(groups), [numpy.array(part) for part in groups.values()]
    weights = numpy.array([len(part) ** 0.5 for part in members])
    for label in (0, 1):
        of_label = numpy.array([name[3] == label for name in names])
        weights[of_label] /= weights[of_label].sum()
    weights /= weights.sum()
    optimiser = torch.optim.AdamW([part for part in network.parameters() if part.requires_grad], lr=3e-3, weight_decay=0.05)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=5e-3, total_steps=STEPS)
    measures, facts = torch.from_numpy(data.measures), torch.from_numpy(data.facts)
    network.train()
    for _ in range(STEPS):
        picked = numpy.array([members[group][dice.integers(len(members[group]))] for group in dice.choice(len(names), BATCH, p=weights)])
        labels = torch.from_numpy(data.serves[picked].astype(numpy.float32))
        loss = torch.nn.functional.binary_cross_entropy_with_logits(network.judge(measures[picked], facts[picked]), labels * 0.96 + 0.02)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        pace.step()
    return network.eval()


def logits(network, data, chosen):
    with torch.no_grad():
        return network.judge(torch.from_numpy(data.measures[chosen]), torch.from_numpy(data.facts[chosen])).numpy()


def thresholds(data, chosen, seed, words, vectors):
    """Where to clear and where to doubt: each family of the chosen rows is scored by a network that never saw it."""
    against, served = [], []
    for family in sorted(set(data.family[chosen])):
        inside, outside = chosen[data.family[chosen] == family], chosen[data.family[chosen] != family]
        if len(outside) == 0:
            continue
        scores = logits(fit(data, outside, seed, words, vectors), data, inside)
        against.append(scores[(data.serves[inside] == 0) & (data.wanted[inside] == "clear")])
        served.append(scores[(data.serves[inside] == 1) & (data.wanted[inside] == "doubt")])
    return float(numpy.quantile(numpy.concatenate(against), 1 - CLEARED)), float(numpy.quantile(numpy.concatenate(served), DOUBTED))


def calibration(clear, doubt):
    """Slope and bias that put the clearing threshold at nine tenths and the doubting one at one tenth."""
    # Whatever the quantile says, a call is cleared only when it serves more likely than not.
    clear = max(clear, 0.0, doubt + 0.5)
    slope = 2 * numpy.log(9) / (clear - doubt)
    return {"slope": round(float(slope), 6), "bias": round(float(numpy.log(9) - slope * clear), 6)}
