//! Tells from the bytes of JSON whether it may hold characters that people do not see; most text holds none.

/// Such a character in UTF-8, or an escape, which could spell any of them.
pub fn may_hold_unseen(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte >= 0x7f || *byte == b'\\') {
        rest = &rest[at..];
        match rest {
            [b'\\', b'u', ..]
            | [0x7f, ..]
            | [0xc2, 0x9b, ..]
            | [0xcd, 0x8f, ..]
            | [0xe1, 0x85, 0x9f | 0xa0, ..]
            | [0xe2, 0x80, 0x8b | 0x8c | 0xaa..=0xae, ..]
            | [0xe2, 0x81, 0xa0..=0xa9, ..]
            | [0xe3, 0x85, 0xa4, ..]
            | [0xef, 0xb8, 0x80..=0x8e, ..]
            | [0xef, 0xbe, 0xa0, ..]
            | [0xf3, 0xa0, ..] => return true,
            _ => rest = &rest[1..],
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_people_do_not_see_and_lets_ordinary_text_alone() {
        let unseen = [
            '\u{200b}',
            '\u{200c}',
            '\u{2060}',
            '\u{2064}',
            '\u{115f}',
            '\u{1160}',
            '\u{3164}',
            '\u{ffa0}',
            '\u{34f}',
            '\u{fe00}',
            '\u{fe0e}',
            '\u{9b}',
            '\u{e0000}',
            '\u{e007f}',
            '\u{e0100}',
            '\u{e01ef}',
            '\u{202a}',
            '\u{202e}',
            '\u{2066}',
            '\u{2069}',
            '\u{7f}',
        ];
        for character in unseen {
            assert!(may_hold_unseen(format!("{{\"a\":\"x{character}\"}}").as_bytes()), "{:x}", u32::from(character));
        }
        assert!(may_hold_unseen(br#"{"a":"\u001b[8m"}"#));
        for text in ["plain", "ä ö “quoted” — dash…", "漢字", "😀", r"a\tb\n\\", "\\", ""] {
            assert!(!may_hold_unseen(text.as_bytes()), "{text}");
        }
    }
}
