"""Turns text into words with offsets; `inference/src/text/words.ts` does exactly the same, pinned by golden vectors."""
import unicodedata

LEET = str.maketrans("0134578", "oieastb")
LOOKALIKES = dict(zip("аеорсухіјѕԁһӏвкмнтαβεικνορτυχγ", "aeopcyxijsdhlbkmhtabeiknoptuxy"))
LONGEST_WORD = 64

BREAK, LETTER, NUMBER, SINGLE, LINE, MARK = range(6)


def _ignorable(code):
    return (
        code in (0xAD, 0x34F, 0x61C, 0xFEFF)
        or 0x180B <= code <= 0x180E
        or 0x200B <= code <= 0x200F
        or 0x202A <= code <= 0x202E
        or 0x2060 <= code <= 0x206F
        or 0xFE00 <= code <= 0xFE0F
        or 0xFFF9 <= code <= 0xFFFB
        or 0xE0100 <= code <= 0xE01EF
    )


def _alone(code):
    """Scripts written without spaces: every character is a word."""
    return (
        0x0E00 <= code <= 0x0EFF
        or 0x1000 <= code <= 0x109F
        or 0x1780 <= code <= 0x17FF
        or 0x3040 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3134F
    )


def _fold(character):
    code = ord(character)
    if _ignorable(code):
        return ""
    if 0xE0020 <= code <= 0xE007E:
        return chr(code - 0xE0000).lower()
    if 0xAC00 <= code <= 0xD7A3 or code >= 0x31350:
        return character
    folded = unicodedata.normalize("NFKD", character).lower()
    return "".join(part for part in folded if unicodedata.category(part)[0] != "M")


def _kind(character):
    code = ord(character)
    if character in "\n\r\v\f\u2028\u2029\x85":
        return LINE
    if code >= 0x31350:
        return SINGLE
    category = unicodedata.category(character)
    if category[0] in "ZC":
        return BREAK
    if _alone(code):
        return SINGLE
    if category[0] == "L":
        return LETTER
    if category[0] == "N":
        return NUMBER
    return MARK


class _Folded(dict):
    def __missing__(self, character):
        parts = [(part, _kind(part)) for part in _fold(character)]
        self[character] = parts
        return parts


_FOLDED = _Folded()


def words_of(text):
    """[(word, start, end)], offsets in code points. Every word is lower case, without accents and without invisible characters."""
    words = []
    run, start, end = [], 0, 0
    last_mark, last_end = "", -1

    def close():
        if run:
            words.append((_word("".join(run)), start, end))
            run.clear()

    for index, character in enumerate(text):
        for part, kind in _FOLDED[character]:
            if kind in (LETTER, NUMBER):
                if not run:
                    start = index
                run.append(part)
                end = index + 1
                if len(run) >= LONGEST_WORD:
                    close()
                continue
            close()
            if kind == BREAK:
                continue
            if kind == LINE:
                part = "\n"
            if kind != SINGLE and words and part == last_mark and (kind == LINE or last_end == index):
                word, first, _ = words[-1]
                if word == part:
                    words[-1] = (word, first, index + 1)
                    last_end = index + 1
                    continue
            words.append((part, index, index + 1))
            last_mark, last_end = part, index + 1
    close()
    return words


def _word(run):
    if run.isdecimal() or all(_kind(part) == NUMBER for part in run):
        return "0" * min(len(run), 6)
    if any("a" <= part <= "z" for part in run) and any(part in LOOKALIKES for part in run):
        return "".join(LOOKALIKES.get(part, part) for part in run)
    return run


def deleeted(word):
    """Letters for the digits that stand for them, where a word mixes both."""
    if word.isalpha() or not any("a" <= part <= "z" for part in word):
        return word
    return word.translate(LEET)
