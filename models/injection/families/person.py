"""Texts that speak as the person whom an assistant works for and want a deed, and letters between people that want the same deeds of each other."""
from .grammar import expand
from .phrasebook import HARMLESS, PLAIN, SEEN, TONGUES, read_bank

PERSON = read_bank("person")
SPEAKING = {**HARMLESS, **SEEN, **PERSON}
BETWEEN = {**SEEN, **PLAIN, **PERSON}
# Names, voices and closings that no training text has, and with them the sentences they stand in; the same for letters.
HELD = {section.removesuffix("-held"): phrases for section, phrases in PERSON.items() if section.endswith("-held")}
APART = {**SPEAKING, **HELD}
BETWEEN_APART = {**BETWEEN, **HELD}
# What is said before and after the deed, and how often. Deeds and closings are those of letters too, so these tell who speaks to whom.
BEFORE = (("hello", 0.55), ("voice", 0.5), ("tie", 0.4))
BEHIND = (("close", 0.5), ("sign", 0.4))
LETTER_BEFORE = (("who", 0.5), ("about", 0.4))
LETTER_BEHIND = (("after", 0.5), ("name", 0.4))


def drawn(random, parts):
    return [part for part, chance in parts if random.random() < chance]


def joined(random, parts):
    return random.choice((" ", " ", "\n", "\n\n")).join(f"{{{part}}}" for part in parts)


def loose(random, slots):
    """At least one part shows that the speaker claims to be the assistant's person: without any it is what people say to each other."""
    before = drawn(random, BEFORE) or [random.choice(("hello", "voice", "tie"))]
    if before in (["hello"], ["tie"]):
        before.append("voice")
    return expand(random, [joined(random, [*before, "ask", *drawn(random, BEHIND)])], slots)


def speaking(random, slots):
    text = expand(random, slots["whole"], slots) if random.random() < 0.5 else loose(random, slots)
    return expand(random, PERSON["frame"], {"label": [random.choice(PERSON["label"])]}).replace("§§", text)


def letter(random, slots):
    """A letter always names whom it is for."""
    if random.random() < 0.5:
        return expand(random, slots["letter"], slots)
    return expand(random, [joined(random, ["greeting", *drawn(random, LETTER_BEFORE), "please", *drawn(random, LETTER_BEHIND)])], slots)


def in_tongue(random, code, section):
    return expand(random, PERSON[f"{code}-{section}"], {**SPEAKING, "d": TONGUES[f"{code}-d"]})


CODES = sorted(section.removesuffix("-claim") for section in PERSON if section.endswith("-claim"))
ATTACKS = {
    **{f"from-the-person-{number}": [lambda random: speaking(random, SPEAKING)] for number in range(3)},
    "from-the-person-tongues": [lambda random, code=code: in_tongue(random, code, "claim") for code in CODES],
    "from-the-person-unseen": [lambda random: speaking(random, APART)],
}
LETTERS = {
    **{f"letter-{number}": [lambda random: letter(random, BETWEEN)] for number in range(2)},
    "letter-tongues": [lambda random, code=code: in_tongue(random, code, "letter") for code in CODES],
    "letter-unseen": [lambda random: letter(random, BETWEEN_APART)],
}
