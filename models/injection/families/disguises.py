"""Ways to wrap, hide and garble a text; what they make is still the same attack, and harmless text is garbled as well."""
import base64
import codecs
import html
import json

LOOKALIKE = str.maketrans("aceopxyi", "асеорхуі")
LEET = str.maketrans("aeiost", "431057")

WRAPPERS = (
    "<!-- {} -->", "<div style=\"display:none\">{}</div>", "<span style=\"font-size:0;color:#fff\">{}</span>", "[//]: # ({})", "/* {} */", "# {}", "// {}",
    "![{}](https://img.example/x.png)", "<details><summary>more</summary>{}</details>", "```\n{}\n```", "> {}", "**{}**", "<p hidden>{}</p>",
    "{{\"comment\": \"{}\"}}", "<meta name=\"description\" content=\"{}\">", "<IMPORTANT>{}</IMPORTANT>", "[INST] {} [/INST]", "\n\n\n{}\n\n\n", "(Tj) ({}) Tj ET",
    "\\color{{white}}{{{}}}", "title=\"{}\"", "- [ ] {}", "=====\n{}\n=====", "<alt>{}</alt>",
)


def zero_width(random, text):
    return "".join(letter + ("\u200b" if random.random() < 0.3 else "") for letter in text)


def spaced(random, text):
    return " ".join(text[:120])


def looks_alike(random, text):
    return "".join(letter.translate(LOOKALIKE) if random.random() < 0.5 else letter for letter in text)


def leet(random, text):
    return "".join(letter.translate(LEET) if random.random() < 0.5 else letter for letter in text)


def typos(random, text):
    letters = list(text)
    for _ in range(max(1, len(letters) // 25)):
        at = random.randrange(len(letters))
        letters[at] = random.choice(("", letters[at] * 2, letters[at - 1]))
    return "".join(letters)


def shouted(random, text):
    return text.upper()


def tags(random, text):
    return "".join(chr(0xE0000 + ord(letter)) if 0x20 <= ord(letter) < 0x7F else letter for letter in text)


def wide(random, text):
    return "".join(chr(ord(letter) + 0xFEE0) if 0x21 <= ord(letter) < 0x7F else letter for letter in text)


GARBLED = (zero_width, looks_alike, leet, typos, shouted, tags, wide, typos, shouted)


LINE_GLUE = ("\n", "\n    ", "\n  ", "\n# ", "\n * ", "\n// ", "\n> ", "\\n", "\\n\\\n    \\ ", "\\\n  \\ ", "\n\t", "<br>\n", " \n\n")


def folded(random, text):
    """Broken into lines the way files, comments, mails and YAML do it, in the middle of sentences."""
    width, glue = random.randrange(38, 110), random.choice(LINE_GLUE)
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return glue.join([*lines, line])


def as_json(random, text):
    return json.dumps(text, ensure_ascii=random.random() < 0.3)[1:-1]


def as_yaml(random, text):
    return folded(random, text.replace("'", "''").replace("\n", "\n\n  "))


def as_html(random, text):
    return html.escape(text).replace("\n", "<br/>")


# How a text stands in the file or record that holds it; nobody hides anything by it.
HELD_IN = (folded, folded, folded, as_json, as_json, as_yaml, as_yaml, as_html)


def in_base64(text):
    return base64.b64encode(text.encode()).decode()


def in_rot13(text):
    return codecs.encode(text, "rot13")


def wrap(random, text):
    return random.choice(WRAPPERS).format(text)
