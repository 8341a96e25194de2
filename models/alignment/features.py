"""What the network sees of a question: rows of the word table, keys that tell equal words, and the kernel's facts."""
import numpy

from injection.features import Vocabulary
from injection.words import words_of

PARTS = ("request", "call", "passage")
# Marks take room beside words; a text of nothing else is not read on.
MARKS = 8
LENGTHS = {"request": 96, "call": 64, "passage": 96}
FACTS = (
    "fs.read", "fs.write", "fs.delete", "process.exec", "net.egress", "net.listen", "secret.read", "data.query", "data.mutate", "data.drop",
    "message.send", "money.move", "identity.grant", "code.publish", "code.install", "memory.write", "agent.delegate", "agent.config", "model.load",
    "device.actuate", "tool.invoke", "requested", "named", "chosen", "vouched", "payload", "obeyed", "inside", "unknown", "delegates", "outside",
    "instruction", "field", "pointed", "repeated",
)


def key_of(word):
    """FNV-1a of a word in the singular, as a positive number that fits in 24 bits; 0 stands for no word."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    hashed = 0x811C9DC5
    for byte in word.encode("utf-8", "surrogatepass"):
        hashed = ((hashed ^ byte) * 0x01000193) & 0xFFFFFFFF
    return hashed % 0xFFFFFF + 1


def read(vocabulary, text, length):
    """(rows, keys) of the first words of a text; punctuation is left out, and a number is known by its own digits."""
    rows, keys = numpy.zeros(length, dtype=numpy.int32), numpy.zeros(length, dtype=numpy.int32)
    at = 0
    for word, start, end in words_of(text)[: length * MARKS]:
        if not any(character.isalnum() for character in word):
            continue
        if at >= length:
            break
        rows[at] = vocabulary.row(word)
        keys[at] = key_of(text[start:end].lower() if word.strip("0") == "" else word)
        at += 1
    return rows, keys


def encode(vocabulary, question):
    """All that is fed to the network for one question."""
    tool, _, values = question["call"].partition("\n")
    parts = {"request": question["request"], "call": f"{tool}\n{values}", "passage": question["passage"]}
    fed = {}
    for part in PARTS:
        fed[f"{part}_rows"], fed[f"{part}_keys"] = read(vocabulary, parts[part], LENGTHS[part])
    _, named = read(vocabulary, tool, LENGTHS["call"])
    fed["tool_words"] = numpy.array([int((named > 0).sum())], dtype=numpy.int32)
    fed["facts"] = numpy.array([question["facts"].get(name, 0) for name in FACTS], dtype=numpy.float32)
    return fed


__all__ = ["FACTS", "LENGTHS", "PARTS", "Vocabulary", "encode", "key_of", "read"]
