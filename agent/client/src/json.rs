//! The little JSON this program needs: the outermost level of a document, checked to its end, and strings to write.
//! Nothing here recurses: how deep a document nests is its sender's choice.

use crate::search::find_either;

/// The document is not JSON.
#[derive(Debug, PartialEq, Eq)]
pub struct NotJson;

/// One level of a document; what lies deeper stays as the bytes it was written in.
#[derive(Debug, PartialEq, Eq)]
pub enum Level<'a> {
    Object(Vec<(String, &'a [u8])>),
    Array(Vec<&'a [u8]>),
    Scalar(&'a [u8]),
}

impl<'a> Level<'a> {
    /// A member's value as written. Where a key stands twice the last counts, as most parsers have it.
    pub fn get(&self, key: &str) -> Option<&'a [u8]> {
        match self {
            Self::Object(members) => members.iter().rev().find(|(name, _)| name == key).map(|(_, value)| *value),
            _ => None,
        }
    }

    /// A member that is a string.
    pub fn text(&self, key: &str) -> Option<String> {
        text(self.get(key)?)
    }

    /// A member that is a whole number from 0.
    pub fn whole(&self, key: &str) -> Option<u64> {
        std::str::from_utf8(self.get(key)?).ok()?.parse().ok()
    }
}

/// Reads the outermost level and checks everything below it.
pub fn read(bytes: &[u8]) -> Result<Level<'_>, NotJson> {
    let mut reader = Reader { bytes, at: 0 };
    reader.space();
    let level = match reader.peek() {
        Some(b'{') => Level::Object(reader.members()?),
        Some(b'[') => Level::Array(reader.elements()?),
        _ => Level::Scalar(reader.value()?),
    };
    reader.space();
    if reader.at == bytes.len() { Ok(level) } else { Err(NotJson) }
}

/// What a string says; nothing when the value is no string. Halves of surrogate pairs become U+FFFD.
pub fn text(value: &[u8]) -> Option<String> {
    let inner = value.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut out = Vec::with_capacity(inner.len());
    let mut at = 0;
    while let Some(&byte) = inner.get(at) {
        if byte != b'\\' {
            out.push(byte);
            at += 1;
            continue;
        }
        let (said, taken) = escape(&inner[at..])?;
        out.extend_from_slice(said.encode_utf8(&mut [0; 4]).as_bytes());
        at += taken;
    }
    Some(String::from_utf8_lossy(&out).into_owned())
}

/// Writes a string as JSON does.
pub fn quote(said: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for &byte in said.as_bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            8 => out.extend_from_slice(b"\\b"),
            12 => out.extend_from_slice(b"\\f"),
            0..=0x1f => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

/// The same as text of its own.
pub fn quoted(said: &str) -> String {
    let mut out = Vec::with_capacity(said.len() + 2);
    quote(said, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// True for `true`, `false`, `null` and numbers.
pub fn is_literal(word: &[u8]) -> bool {
    match word {
        b"true" | b"false" | b"null" => true,
        _ => is_number(word),
    }
}

fn is_number(word: &[u8]) -> bool {
    let digits = |from: usize| word[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(word.first() == Some(&b'-'));
    let whole = digits(at);
    if whole == 0 || (whole > 1 && word[at] == b'0') {
        return false;
    }
    at += whole;
    if word.get(at) == Some(&b'.') {
        let places = digits(at + 1);
        if places == 0 {
            return false;
        }
        at += 1 + places;
    }
    if matches!(word.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(word.get(at + 1), Some(b'+' | b'-')));
        let places = word.get(at..).map_or(0, |_| digits(at));
        if places == 0 {
            return false;
        }
        at += places;
    }
    at == word.len()
}

/// What an escape at the start of the bytes says, and how many bytes it takes.
fn escape(bytes: &[u8]) -> Option<(char, usize)> {
    let said = match bytes.get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unit(bytes).map(|first| surrogate(first, bytes)),
        _ => return None,
    };
    Some((said, 2))
}

fn unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.get(2..6)?;
    if bytes[..2] != *b"\\u" || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn surrogate(first: u32, bytes: &[u8]) -> (char, usize) {
    if let Some(said) = char::from_u32(first) {
        return (said, 6);
    }
    let second = bytes.get(6..).and_then(unit).filter(|second| first < 0xdc00 && (0xdc00..0xe000).contains(second));
    match second.and_then(|second| char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))) {
        Some(said) => (said, 12),
        None => (char::REPLACEMENT_CHARACTER, 6),
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, wanted: u8) -> Result<(), NotJson> {
        self.space();
        if self.peek() != Some(wanted) {
            return Err(NotJson);
        }
        self.at += 1;
        Ok(())
    }

    /// True when another item follows, false at the end of the container.
    fn more(&mut self, close: u8, first: bool) -> Result<bool, NotJson> {
        self.space();
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(false);
        }
        if !first {
            self.take(b',')?;
            self.space();
        }
        Ok(true)
    }

    fn members(&mut self) -> Result<Vec<(String, &'a [u8])>, NotJson> {
        self.at += 1;
        let mut found = Vec::new();
        while self.more(b'}', found.is_empty())? {
            let key = self.string()?;
            self.take(b':')?;
            found.push((text(key).ok_or(NotJson)?, self.value()?));
        }
        Ok(found)
    }

    fn elements(&mut self) -> Result<Vec<&'a [u8]>, NotJson> {
        self.at += 1;
        let mut found = Vec::new();
        while self.more(b']', found.is_empty())? {
            found.push(self.value()?);
        }
        Ok(found)
    }

    /// Moves behind a value of any depth.
    fn value(&mut self) -> Result<&'a [u8], NotJson> {
        self.space();
        let start = self.at;
        let mut open: Vec<u8> = Vec::new();
        loop {
            self.space();
            match self.peek() {
                Some(byte @ (b'{' | b'[')) => {
                    self.at += 1;
                    open.push(byte + 2);
                    if self.more(byte + 2, true)? {
                        self.key(byte + 2)?;
                        continue;
                    }
                    open.pop();
                }
                Some(b'"') => drop(self.string()?),
                _ => self.literal()?,
            }
            while let Some(&close) = open.last() {
                if self.more(close, false)? {
                    self.key(close)?;
                    break;
                }
                open.pop();
            }
            if open.is_empty() {
                return Ok(&self.bytes[start..self.at]);
            }
        }
    }

    fn key(&mut self, close: u8) -> Result<(), NotJson> {
        if close != b'}' {
            return Ok(());
        }
        self.string()?;
        self.take(b':')
    }

    fn literal(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')) {
            self.at += 1;
        }
        if is_literal(&self.bytes[start..self.at]) { Ok(()) } else { Err(NotJson) }
    }

    /// A string with its quotes. Control characters and unknown escapes are no JSON.
    fn string(&mut self) -> Result<&'a [u8], NotJson> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(NotJson);
        }
        let mut from = start + 1;
        loop {
            let found = find_either(self.bytes, b'"', b'\\', from).ok_or(NotJson)?;
            if self.bytes[from..found].iter().any(|byte| *byte < 0x20) {
                return Err(NotJson);
            }
            if self.bytes[found] == b'"' {
                self.at = found + 1;
                return Ok(&self.bytes[start..self.at]);
            }
            from = found + escape(&self.bytes[found..]).ok_or(NotJson)?.1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    #[test]
    fn reads_one_level_and_keeps_the_rest_as_written() {
        let level = read(br#" {"a":"x\u00e9\ud83d\ude80\ud800","b":{"a":[1, 2]},"a":"last","n":7} "#).unwrap();
        assert_eq!(level.text("a").as_deref(), Some("last"));
        assert_eq!(level.get("b"), Some(&br#"{"a":[1, 2]}"#[..]));
        assert_eq!(level.whole("n"), Some(7));
        assert_eq!(text(br#""x\u00e9\ud83d\ude80\ud800\/""#).as_deref(), Some("xé🚀\u{fffd}/"));
        assert_eq!(read(b"[1,[2],{}]"), Ok(Level::Array(vec![b"1", b"[2]", b"{}"])));
    }

    #[test]
    fn refuses_what_is_no_json() {
        let wrong = [
            "",
            "{",
            "{}}",
            "[1,]",
            "{\"a\":1,}",
            "{\"a\"}",
            "[1 2]",
            "01",
            "1.",
            "1e",
            "-",
            "+1",
            "nul",
            "'a'",
            "\"\u{1}\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "[1}",
            "{\"a\":1]",
            "\u{feff}{}",
            "[,1]",
            "{,}",
        ];
        for spoilt in wrong {
            assert_eq!(read(spoilt.as_bytes()), Err(NotJson), "{spoilt}");
        }
        assert_eq!(read(&[b'['; 100_000]), Err(NotJson));
        let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
        assert!(read(&deep).is_ok());
    }

    #[test]
    fn takes_any_document_and_survives_any_damage() {
        let mut chance = Chance::new(2);
        for _ in 0..20_000 {
            let document = chance.json(4);
            assert!(read(document.as_bytes()).is_ok(), "{document}");
            let mut bytes = document.into_bytes();
            let at = chance.below(bytes.len());
            bytes[at] = chance.next() as u8;
            let _ = read(&bytes);
        }
    }

    #[test]
    fn writes_strings_that_read_back_the_same() {
        for said in ["", "a\"b\\c\n\t\r\u{8}\u{c}\u{1}é🚀\u{7f}"] {
            assert_eq!(text(quoted(said).as_bytes()).as_deref(), Some(said));
        }
    }
}
