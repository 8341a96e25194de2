"""Expands `{name}` into one of the phrases of that name, again and again."""
import re

SLOT = re.compile(r"\{([a-z_0-9]+)\}")
DEEPEST = 12


def expand(random, phrases, slots):
    text = random.choice(phrases)
    for _ in range(DEEPEST):
        if "{" not in text:
            break
        text, count = SLOT.subn(lambda match: random.choice(slots[match.group(1)]) if match.group(1) in slots else match.group(0), text)
        if count == 0:
            break
    return text


def merged(*tables):
    return {name: phrases for table in tables for name, phrases in table.items()}
