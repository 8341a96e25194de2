"""Expands `{name}` into one of the phrases of that name, again and again."""
import re

SLOT = re.compile(r"\{([a-z_0-9]+)\}")
DEEPEST = 12


def expand(random, phrases, slots, skew=1.0):
    """With a skew above one the first phrases of a name come up more often, as the plainest words do where people write."""

    def chosen(options):
        return options[int(len(options) * random.random() ** skew)]

    text = random.choice(phrases)
    for _ in range(DEEPEST):
        if "{" not in text:
            break
        text, count = SLOT.subn(lambda match: chosen(slots[match.group(1)]) if match.group(1) in slots else match.group(0), text)
        if count == 0:
            break
    return text


def merged(*tables):
    return {name: phrases for table in tables for name, phrases in table.items()}
