"""Examples from the grammars: bare, hidden in carriers, wrapped, garbled, encoded; and harmless ones treated the same way."""
from .examples import DATA, NO, SILENT, YES, Example
from .families import announced, composed, disguises, everyday, languages, lookalikes, messages, overrides, person, phrasebook, requests, tongues
from .families.grammar import expand

ANY = ("prompt", *DATA)
# Of what stands in data, this share is a field or line of a record; the rest stands in a text that was collected.
IN_RECORDS = 0.3
# Of the orders in `messages`, these are none that a person could give in their own words.
NEVER_FROM_A_PERSON = ("contract", "press", "hand-over", "drop-bare")


def families():
    """Name of each family to what makes one text of it, its labels and its channels."""
    made = {}
    for name, phrases in overrides.FAMILIES.items():
        made[name] = (overrides.slots(), phrases, (YES, SILENT, SILENT), ANY)
    for code, phrases in languages.ATTACKS.items():
        made[f"language-{code}"] = (overrides.slots(), phrases, (YES, SILENT, SILENT), ANY)
    for name, phrases in requests.REQUESTS.items():
        made[name] = (composed.slots(), phrases, (SILENT, YES, SILENT), DATA)
    for name, phrases in requests.POISONED.items():
        made[name] = (requests.slots(), phrases, (SILENT, SILENT, YES), ("tool_description",))
    made["honest-tools"] = (requests.slots(), requests.HONEST_TOOLS, (NO, NO, NO), ("tool_description",))
    for name, phrases in lookalikes.FAMILIES.items():
        chat = name.startswith("chat-")
        made[name] = (lookalikes.slots(), phrases, (NO, SILENT if chat else NO, NO), ("prompt", "document") if chat else DATA)
    for name, phrases in messages.FAMILIES.items():
        made[name] = (composed.slots(), phrases, (YES, SILENT, SILENT), ANY if name in NEVER_FROM_A_PERSON else DATA)
    for name, phrases in composed.FAMILIES.items():
        made[name] = (composed.slots(), phrases, (YES, SILENT, SILENT), DATA)
    for name, phrases in composed.HARMLESS.items():
        made[name] = (composed.plain_slots(), phrases, (NO, NO, NO), DATA)
    for name, phrases in everyday.FAMILIES.items():
        chat = name.startswith("chat-")
        made[name] = (everyday.slots(), phrases, (NO, SILENT if chat else NO, NO), ("prompt",) if chat else DATA)
    for code, phrases in languages.BENIGN.items():
        made[f"harmless-{code}"] = (lookalikes.slots(), phrases, (NO, SILENT, NO), ANY)
    for code in [*tongues.TONGUES, *(code for code in phrasebook.codes() if code not in tongues.TONGUES)]:
        makers = [*phrasebook.IN_TONGUES.get(code, []), *([lambda random, code=code: tongues.attacks(random, code)] if code in tongues.TONGUES else [])]
        made[f"language-{code}"] = (overrides.slots(), [*languages.ATTACKS.get(code, []), *makers], (YES, SILENT, SILENT), ANY)
        makers = [*phrasebook.PEACEFUL_TONGUES.get(code, []), *([lambda random, code=code: tongues.harmless(random, code)] if code in tongues.TONGUES else [])]
        made[f"harmless-{code}"] = (lookalikes.slots(), [*languages.BENIGN.get(code, []), *makers], (NO, SILENT, NO), ANY)
    for name, phrases in phrasebook.ATTACKS.items():
        made[name] = ({}, phrases, (YES, SILENT, SILENT), DATA)
    for name, phrases in {**person.ATTACKS, **announced.ATTACKS}.items():
        made[name] = ({}, phrases, (YES, SILENT, SILENT), DATA)
    for name, phrases in {**person.LETTERS, **announced.CIRCULARS}.items():
        made[name] = ({}, phrases, (NO, SILENT, NO), DATA)
    for name, phrases in phrasebook.SET_UPS.items():
        made[name] = ({}, phrases, (YES, YES, SILENT), DATA)
    made["spoken-orders"] = ({}, phrasebook.IN_CHAT, (YES, SILENT, SILENT), ("prompt", "document"))
    made["spoken-plain"] = ({}, phrasebook.PEACEFUL_CHAT, (NO, SILENT, NO), ("prompt",))
    made["poisoned-tools"] = ({}, phrasebook.POISONED, (SILENT, SILENT, YES), ("tool_description",))
    made["plain-tools"] = ({}, phrasebook.HONEST, (NO, NO, NO), ("tool_description",))
    for name, phrases in phrasebook.PEACEFUL.items():
        made[name] = ({}, phrases, (NO, NO if name == "plain-sentence" else SILENT, NO), DATA)
    made["long-persona"] = (overrides.slots(), [long_persona], (YES, SILENT, SILENT), ("prompt", "document"))
    return made


def long_persona(random):
    """Several tricks strung together, as collected jailbreaks do."""
    pool = [phrase for name in ("persona", "unlock", "no-refusal", "excuse", "game", "drop-orders") for phrase in overrides.FAMILIES[name]]
    picked = random.sample(pool, random.randrange(3, 8))
    if random.random() < 0.5:
        picked = [f"{number}. {phrase}" for number, phrase in enumerate(picked, 1)]
    return random.choice(("\n", " ", "\n\n")).join(picked)


# Texts to train on prefer the plainest words; those kept apart take all alike, which is harder.
SKEW = 1.7


def generate(random, name, family, carriers, held=False):
    """One example of a family."""
    slots, phrases, labels, channels = family
    skew = 1.0 if held else SKEW
    text = made_of(random, phrases, slots, skew)
    attack = YES in labels
    if channels == ("tool_description",):
        return Example(text, labels, channels, name, None)
    if attack and random.random() < 0.25:
        text = f"{text} {made_of(random, phrases, slots, skew)}"
    if random.random() < (0.15 if attack else 0.05):
        text = random.choice(disguises.GARBLED)(random, text)
    if random.random() < 0.35:
        text = random.choice(disguises.HELD_IN)(random, text)
    hidden = channels == DATA or random.random() < 0.5
    if not hidden or channels == ("prompt",):
        return Example(text, labels, channels, name, None)
    if random.random() < IN_RECORDS and len(text) < 1500:
        return recorded(random, text, held, (labels, tuple(channel for channel in channels if channel in DATA) or DATA, name))
    carrier = random.choice(carriers)
    if random.random() < 0.4:
        text = disguises.wrap(random, text)
    if not attack and random.random() < 0.5:
        return Example(text, labels, channels, name, None)
    return placed(random, text, carrier, (labels, tuple(channel for channel in channels if channel in DATA) or DATA, name))


def recorded(random, text, held, about):
    """The text as a field, a line or a comment of what a tool returned."""
    labels, channels, name = about
    text, start, end = phrasebook.record(random, text, held)
    return Example(text, labels, channels, name, (start, end) if YES in labels else None)


def made_of(random, phrases, slots, skew=1.0):
    """Where a grammar builds its own phrases, half of the texts come from there."""
    makers = [phrase for phrase in phrases if callable(phrase)]
    plain = [phrase for phrase in phrases if not callable(phrase)]
    if makers and (not plain or random.random() < 0.6):
        return expand(random, [random.choice(makers)(random)], slots, skew)
    return expand(random, plain, slots, skew)


def placed(random, text, carrier, about):
    """The text in the middle of a carrier, at a line end where there is one."""
    labels, channels, name = about
    carrier = carrier[: random.choice((300, 800, 1600, 3000))]
    if random.random() < 0.15:
        carrier = random.choice(disguises.HELD_IN)(random, carrier)
    if labels[1] == SILENT and labels[0] == YES:
        labels = (YES, YES if random.random() < 0.5 else SILENT, SILENT)
    at = random.choice((0, len(carrier), random.randrange(len(carrier) + 1), carrier.find("\n", random.randrange(len(carrier) + 1))))
    at = max(0, at)
    glue = random.choice((" ", "\n", "\n\n", ". "))
    before = carrier[:at] + (glue if at else "")
    span = (len(before), len(before) + len(text)) if YES in labels else None
    return Example(before + text + glue + carrier[at:], labels, channels, name, span)


def scattered(random, text):
    """Harmless text garbled the way attacks are, so that garbling alone proves nothing."""
    return random.choice(disguises.GARBLED)(random, text[:600])
