"""Orders to machines and harmless look-alikes put together from the phrases in `banks/`; some of the phrases are kept apart and only validate."""
import pathlib

from .grammar import expand
from .overrides import SLOTS as OVERRIDES
from .things import THINGS

BANKS = pathlib.Path(__file__).parent / "banks"
ORDER_GROUPS = 6
# Of harmless phrases each so-many-th is kept apart.
APART_EVERY = 5
# Parts of an order that stand in no fixed sentence, and how often each is there.
LOOSE = (("address", 0.55), ("void", 0.4), ("claim", 0.35), ("must", 1.0), ("why", 0.2), ("hush", 0.35), ("then", 0.25))
# Whom harmless phrases name, how they are addressed where they name nobody, and how often.
NAMED = ("{person}", "{people}", "{machine}", "customer", "He ", "She ", "you are", "You are")
TO_PEOPLE = ("Hi {person},", "Dear {people},", "{person}:", "To {people}:", "Dear {person} {surname},", "@{person}")
ADDRESSED = 0.7
SYLLABLES = "ba ke lo mi nu pra sto vel tri gan dor fex zil quo hal rim cass bren tov lun".split()


def read_bank(name):
    """Phrases by section: a line is a phrase, `\\n` in it a line break, `\"\"` an empty phrase."""
    sections, current = {}, []
    for line in (BANKS / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].replace("-", "").isalpha() and line[1:-1].islower():
            current = sections.setdefault(line[1:-1], [])
        elif line:
            current.append("" if line == '""' else line.replace("\\n", "\n"))
    return sections


ORDERS, SETUP, HARMLESS, RECORDS, TONGUES, CHAT, PUZZLES = (read_bank(name) for name in ("orders", "setup", "harmless", "records", "tongues", "chat", "puzzles"))
NAMES = {
    "made": [first + last for first in SYLLABLES for last in SYLLABLES],
    "made2": [first + last for first in SYLLABLES[::3] for last in SYLLABLES[::2]],
    "host": "{made}.example|{made}-{made2}.com|{made}{made2}.net|{made}.{made2}.io|{made2}.org|api.{made}.dev|{made}.co".split("|"),
    "path": "in|v1/put|log|upload|notes|q|report|setup|i.sh|get.sh|x|a/{made}|docs/{made}|{made}|login|form|api/{digits}".split("|"),
    "mail": "{made}@{host}|{made2}.{made}@{host}|{made}{digits}@{host}|info@{host}|office@{host}|{made2}@{made}.com".split("|"),
}
FAMILIAR = {**THINGS, **NAMES, **SETUP}
SEEN = {**FAMILIAR, **ORDERS}
# The same grammar with none of its phrases: what validates is put together from parts that no training text has.
APART = {**SEEN, **{section.removesuffix("-held"): phrases for section, phrases in ORDERS.items() if section.endswith("-held")}}
# What harmless texts quote is the phrase that an attack is known by. A whole order to a machine is one in quotes too: a model that reads it may obey it.
PLAIN = {**FAMILIAR, **HARMLESS, "attack": ["{void}", "{void}", "{hush}", "{void} {hush}"], "void": ORDERS["void"], "hush": ORDERS["hush"], "record": RECORDS["record"]}
SPOKEN = {**SEEN, "name": OVERRIDES["name"], "lawless": OVERRIDES["lawless"], "honest": CHAT["honest"]}


def loose(random, slots):
    parts = [part for part, chance in LOOSE if random.random() < chance]
    # A bare order is what people say to each other; something has to show whom it is for, what it voids or what it hides.
    if not {"address", "void", "hush"} & set(parts):
        parts.insert(0, "address")
    if random.random() < 0.25:
        random.shuffle(parts)
    glue = random.choice((" ", " ", " ", "\n", "\n\n", " - "))
    return expand(random, [glue.join("{must}." if part == "must" else "Why? {why}." if part == "why" else f"{{{part}}}" for part in parts)], slots)


def orders(random, group):
    return expand(random, ORDERS["sentence"][group::ORDER_GROUPS], SEEN)


def unseen_orders(random):
    return expand(random, ORDERS["sentence-held"], APART) if random.random() < 0.6 else loose(random, APART)


def set_up(random, section):
    return expand(random, SETUP[section], SEEN)


def in_tongue(random, code):
    first = expand(random, TONGUES[f"{code}-attack"], {**SEEN, "d": TONGUES[f"{code}-d"]})
    return first if random.random() < 0.8 else f"{first} {expand(random, TONGUES[f'{code}-attack'], {**SEEN, 'd': TONGUES[f'{code}-d']})}"


def harmless(random, section, part):
    """One or two phrases of a section; `part` says which of them may be taken."""
    first, second = (expand(random, [addressed(random, random.choice(part(HARMLESS[section])))], PLAIN) for _ in range(2))
    return first if random.random() < 0.6 else first + random.choice((" ", "\n", "\n\n")) + second


def addressed(random, phrase):
    """A phrase that asks for something of nobody in particular is mostly addressed to a person, since to an assistant it would be an order."""
    asks = "{task}" in phrase and phrase[0].isalpha() and not any(name in phrase for name in NAMED)
    return f"{random.choice(TO_PEOPLE)} {phrase}" if asks and random.random() < ADDRESSED else phrase


def most(phrases):
    return [phrase for index, phrase in enumerate(phrases) if index % APART_EVERY]


def every(phrases):
    return phrases


def rest(phrases):
    return phrases[::APART_EVERY]


def codes():
    return sorted({section.split("-")[0] for section in TONGUES})


def assembled(random):
    """An order in fragments, and the order to put them together: no fragment need say what the whole is."""
    order = orders(random, random.randrange(ORDER_GROUPS)) if random.random() < 0.5 else loose(random, SEEN)
    return expand(random, PUZZLES["puzzle"], SEEN).replace("§§", in_fragments(random, order))


def sorted_out(random):
    """The same fragments where a person is to put harmless ones together."""
    return expand(random, PUZZLES["exercise"], PLAIN).replace("§§", in_fragments(random, expand(random, HARMLESS["more-sentence"], PLAIN)))


def in_fragments(random, text):
    words = text.split()[:50]
    inner = range(1, len(words))
    cuts = sorted(random.sample(inner, min(len(inner), random.randrange(1, 6))))
    fragments = [" ".join(words[start:end]) for start, end in zip([0, *cuts], [*cuts, len(words)])]
    shape, glue = random.choice(PUZZLES["fragment"]), random.choice(("\n", " ", "; ", ", "))
    listed = [shape.replace("{n}", str(number)).replace("§§", fragment) for number, fragment in enumerate(fragments, 1)]
    if "{n}" in shape and random.random() < 0.4:
        random.shuffle(listed)
    return glue.join(listed)


def record(random, text, unseen=False):
    """(record, start, end): the text as one field, line or comment of something that tools return, and where it stands."""
    shape = expand(random, RECORDS["record-held" if unseen else "record"], {**PLAIN, **RECORDS})
    before, after = shape.split("§§")
    margin = before.rsplit("\n", 1)[-1]
    if margin and set(margin) <= set(" #*>+-|/"):
        text = text.replace("\n", f"\n{margin}")
    return before + text + after, len(before), len(before) + len(text)


ATTACKS = {
    **{f"orders-{group}": [lambda random, group=group: orders(random, group)] for group in range(ORDER_GROUPS)},
    "orders-loose": [lambda random: loose(random, SEEN)],
    "assembled": [assembled],
    "orders-unseen": [unseen_orders],
}
SET_UPS = {"set-up-orders": [lambda random: set_up(random, "request")], "set-up-unseen": [lambda random: set_up(random, "request-held")]}
IN_CHAT = [lambda random: expand(random, CHAT["attack"], SPOKEN)]
PEACEFUL_CHAT = [lambda random: expand(random, CHAT["harmless"], PLAIN)]
POISONED = [lambda random: expand(random, CHAT["poisoned"], SPOKEN)]
HONEST = [lambda random: expand(random, CHAT["honest-tool"], {**PLAIN, "honest": CHAT["honest"]})]
PEACEFUL_SECTIONS = ("for-machines", "sentence", "machine-reply", "about")
PEACEFUL = {
    **{f"plain-{section}": [lambda random, section=section: harmless(random, section, most)] for section in PEACEFUL_SECTIONS},
    # Written later, when what is kept apart had its place: all of them train.
    **{f"plain-more-{section}": [lambda random, section=section: harmless(random, f"more-{section}", every)] for section in PEACEFUL_SECTIONS},
    "plain-exercise": [sorted_out],
    "plain-unseen": [lambda random, section=section: harmless(random, section, rest) for section in PEACEFUL_SECTIONS],
}
IN_TONGUES = {code: [lambda random, code=code: in_tongue(random, code)] for code in codes()}
PEACEFUL_TONGUES = {code: [lambda random, code=code: expand(random, TONGUES[f"{code}-harmless"], PLAIN)] for code in codes()}
