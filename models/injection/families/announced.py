"""Loud messages that claim a right to command and put a deed before the task, and the notices and circulars that say as much to people."""
from . import person
from .grammar import expand
from .phrasebook import TONGUES, read_bank

ANNOUNCED = read_bank("announced")
HELD = {section.removesuffix("-held"): phrases for section, phrases in ANNOUNCED.items() if section.endswith("-held")}
# Either side stands in the same banners and tags, so that none of them proves anything.
COMMANDING = {**person.SPEAKING, **ANNOUNCED}
COMMANDING_APART = {**COMMANDING, **person.HELD, **HELD}
INFORMING = {**person.BETWEEN, **ANNOUNCED}
INFORMING_APART = {**INFORMING, **person.HELD, **HELD}
# How often a message stands in a banner of its own.
BANNERED = 0.6


def announced(random, section, slots):
    text = expand(random, slots[section], slots)
    if random.random() > BANNERED:
        return text
    before, after = expand(random, slots["banner"], slots).split("§§")
    margin = before.rsplit("\n", 1)[-1]
    if margin and set(margin) <= set(" #*>"):
        text = text.replace("\n", f"\n{margin}")
    return before + text + after


def in_tongue(random, code, section):
    slots = {**COMMANDING, "d": TONGUES[f"{code}-d"]}
    text = expand(random, ANNOUNCED[f"{code}-{section}"], slots)
    return text if random.random() > BANNERED else expand(random, ANNOUNCED["banner"], slots).replace("§§", text)


CODES = sorted(section.removesuffix("-claim") for section in ANNOUNCED if section.endswith("-claim"))
ATTACKS = {
    **{f"announced-{number}": [lambda random: announced(random, "message", COMMANDING)] for number in range(4)},
    "announced-tongues": [lambda random, code=code: in_tongue(random, code, "claim") for code in CODES],
    "announced-unseen": [lambda random: announced(random, "message", COMMANDING_APART)],
}
CIRCULARS = {
    **{f"circular-{number}": [lambda random: announced(random, "bulletin", INFORMING)] for number in range(3)},
    "circular-tongues": [lambda random, code=code: in_tongue(random, code, "letter") for code in CODES],
    "circular-unseen": [lambda random: announced(random, "bulletin", INFORMING_APART)],
}
