"""Trains the network on windows drawn so that no source and no family drowns the others."""
import json
import time

import numpy
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as loss_of
from torch.nn.functional import embedding

from .features import CHANNELS, HEADS

BATCH = 96
# Batches drawn together and sorted by length, so that short texts are not padded to the longest.
DRAWN = 8
# Harmless windows looked at when the worst of them are sought.
MINED = 50_000
MINED_BOOST = 5
UNKNOWN_CHANNEL = 0.25
WORD_DROPPED = 0.1
PIECES_DROPPED = 0.15
# Share of windows in which words give way to words that mean about the same, and share of their words that do.
REWORDED = 0.5
WORDS_REWORDED = 0.2
# What is kept is the mean of the weights along the way, in which those of the last so many steps weigh most: no single batch has the last word.
MEAN_OF = 500


def train(network, windows, groups, options):
    """`groups` names the group of each example. Saves a checkpoint every few hundred steps and goes on from it as if it had not stopped."""
    dice = numpy.random.default_rng(options["seed"])
    optimiser, schedule = schedule_of(network, options)
    weights = weights_of(windows, groups)
    start, running, waiting, mean, started = 0, 0.0, [], copied(network), time.time()
    saved = load(network, optimiser, schedule, options)
    if saved:
        start, running, waiting, weights, mean = (saved[name] for name in ("step", "running", "waiting", "weights", "mean"))
        dice.bit_generator.state = saved["dice"]
    chances = numpy.cumsum(weights / weights.sum())
    for step in range(start, options.get("stop", options["steps"])):
        if step in options["mine_at"]:
            weights = mined(network, windows, weights_of(windows, groups), dice)
            chances = numpy.cumsum(weights / weights.sum())
        if not waiting:
            waiting = draw(windows, chances, dice)
        loss = losses(network, windows, batch_of(windows, waiting.pop(), dice))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        average(mean, network, step)
        running = 0.98 * running + 0.02 * loss.item() if step else loss.item()
        if step % 100 == 99:
            pace = (step + 1 - start) * BATCH / (time.time() - started)
            print(json.dumps({"step": step + 1, "loss": round(running, 4), "windows_per_second": round(pace)}), flush=True)
        if (step + 1) % options.get("every", 250) == 0 and options.get("checkpoint"):
            torch.save({
                "step": step + 1, "running": running, "waiting": waiting, "weights": weights, "dice": dice.bit_generator.state, "network": network.state_dict(),
                "mean": mean, "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(),
            }, options["checkpoint"])
    network.load_state_dict(mean)


def schedule_of(network, options):
    slow = [network.words.weight]
    fast = [parameter for parameter in network.parameters() if parameter is not network.words.weight]
    optimiser = torch.optim.AdamW([{"params": slow, "lr": 1e-4, "weight_decay": 0}, {"params": fast, "lr": 2e-3}], weight_decay=1e-3)
    steps, rate = options["steps"], options.get("rate", 1.0)
    return optimiser, torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: rate * min(1, (step + 1) / 100) * (0.5 * (1 + numpy.cos(numpy.pi * min(step, steps) / steps)) + 0.02)
    )


def copied(network):
    return {name: weight.detach().clone() for name, weight in network.state_dict().items()}


def average(mean, network, step):
    """Moves the mean towards the weights of now; early on it follows them closely."""
    share = max(1 / MEAN_OF, 1 / (step + 2))
    with torch.no_grad():
        for name, weight in network.state_dict().items():
            mean[name].lerp_(weight, share)


def load(network, optimiser, schedule, options):
    try:
        saved = torch.load(options["checkpoint"])
    except (KeyError, FileNotFoundError):
        return None
    network.load_state_dict(saved["network"])
    optimiser.load_state_dict(saved["optimiser"])
    schedule.load_state_dict(saved["schedule"])
    return saved


def weights_of(windows, groups):
    """A group of n windows weighs as n to the power 0.6; attacks and harmless text weigh the same together."""
    attack = (windows.labels == 1).any(1)
    key = numpy.array([f"{groups[example]}{int(yes)}" for example, yes in zip(windows.example, attack)])
    _, where, count = numpy.unique(key, return_inverse=True, return_counts=True)
    weight = count[where].astype(numpy.float64) ** -0.4
    for side in (attack, ~attack):
        weight[side] /= weight[side].sum()
    return weight


def mined(network, windows, weights, dice):
    """Of a sample, harmless windows that look like attacks are drawn more often, the others less."""
    harmless = numpy.flatnonzero(~(windows.labels == 1).any(1))
    sample = dice.choice(harmless, min(len(harmless), MINED), replace=False)
    scores = score(network, windows, sample, numpy.zeros(len(sample), dtype=numpy.int64))
    worst = numpy.where(windows.labels[sample] == 0, scores, -20).max(1)
    boosted = weights.copy()
    boosted[sample] *= 1 + MINED_BOOST / (1 + numpy.exp(-(worst + 2)))
    return boosted


def draw(windows, chances, dice):
    """A few batches at once, each of windows of about the same length, in any order."""
    picked = numpy.searchsorted(chances, dice.random(BATCH * DRAWN)).clip(0, len(chances) - 1)
    sorted_by_length = picked[numpy.argsort((windows.words[picked] != 0).sum(1), kind="stable")]
    batches = numpy.split(sorted_by_length, DRAWN)
    dice.shuffle(batches)
    return batches


def batch_of(windows, picked, dice):
    words = windows.words[picked]
    words = words[:, : max(1, int((words != 0).sum(1).max()))]
    allowed = windows.channels[picked]
    channel = numpy.zeros(len(picked), dtype=numpy.int64)
    for index, bits in enumerate(allowed):
        choices = [number for number in range(1, len(CHANNELS)) if bits >> number & 1]
        channel[index] = 0 if dice.random() < UNKNOWN_CHANNEL else dice.choice(choices)
    if windows.stand_ins is not None:
        rate = numpy.where(dice.random((len(picked), 1)) < REWORDED, WORDS_REWORDED, 0)
        other = windows.stand_ins[words, dice.integers(windows.stand_ins.shape[1], size=words.shape)]
        words = numpy.where(dice.random(words.shape) < rate, other, words)
    unknown = dice.random(words.shape) < WORD_DROPPED
    vague = dice.random(words.shape) < PIECES_DROPPED
    labels = torch.from_numpy(windows.labels[picked].astype(numpy.float32))
    return words, unknown, vague, torch.from_numpy(channel), labels, windows.span[picked]


def vectors_of(network, windows, words, unknown, vague):
    """Vectors of a batch's words, each distinct word computed once; some are made unknown or lose all pieces but the first."""
    distinct, where = numpy.unique(words, return_inverse=True)
    where = torch.from_numpy(where.reshape(words.shape))
    pieces = windows.pieces[distinct].astype(numpy.int64)
    first = pieces.copy()
    first[:, 1:] = windows.vocabulary.empty
    word, piece = network.words_of(torch.from_numpy(windows.rows[distinct].astype(numpy.int64)), torch.from_numpy(pieces))
    no_word, first_piece = network.words_of(torch.zeros(len(distinct), dtype=torch.int64), torch.from_numpy(first))
    # Four tables one below the other: each word takes its meaning from one of two and its pieces from one of two.
    tables = torch.cat([word, no_word, piece, first_piece])
    size = len(distinct)
    return embedding(where + torch.from_numpy(unknown) * size, tables) + embedding(where + (2 + torch.from_numpy(vague).long()) * size, tables)


def losses(network, windows, batch):
    words, unknown, vague, channel, labels, span = batch
    present = torch.from_numpy(words != 0)
    whole, token = network.read(vectors_of(network, windows, words, unknown, vague), present.unsqueeze(2).float(), channel)
    asked = (labels >= 0).float()
    soft = labels.clamp(0, 1) * 0.98 + 0.01
    total = (loss_of(whole, soft, reduction="none") * asked).sum() / asked.sum()
    inside = torch.zeros(labels.shape[0], 1, words.shape[1])
    for index, (first, last) in enumerate(span):
        if first >= 0:
            inside[index, 0, first:last] = 1
    # Where the attack stands is only told for texts whose span is known; harmless texts have none anywhere.
    spanned = torch.from_numpy((span[:, 0] >= 0).astype(numpy.float32)).unsqueeze(1)
    told = ((labels == 0).float() + (labels == 1).float() * spanned).unsqueeze(2) * present.unsqueeze(1).float()
    target = inside * (labels == 1).float().unsqueeze(2)
    places = (loss_of(token, target, reduction="none") * told).sum() / (told.sum() + 1)
    return total + 0.5 * places


def score(network, windows, which, channels, size=512):
    """Logits of some windows, each read in the channel given for it."""
    network.eval()
    scores = numpy.zeros((len(which), len(HEADS)), dtype=numpy.float32)
    with torch.no_grad():
        table = torch.cat([
            sum(network.words_of(torch.from_numpy(windows.rows[at : at + 8192].astype(numpy.int64)), torch.from_numpy(windows.pieces[at : at + 8192].astype(numpy.int64))))
            for at in range(0, len(windows.rows), 8192)
        ])
        order = numpy.argsort((windows.words[which] != 0).sum(1), kind="stable")
        for at in range(0, len(order), size):
            picked = order[at : at + size]
            words = windows.words[which[picked]]
            words = words[:, : max(1, int((words != 0).sum(1).max()))]
            mask = torch.from_numpy(words != 0).unsqueeze(2).float()
            scores[picked] = network.read(table[torch.from_numpy(words.astype(numpy.int64))], mask, torch.from_numpy(channels[picked]))[0].numpy()
    network.train()
    return scores
