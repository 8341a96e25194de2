//! The little JSON this program needs: the outermost level of a document, checked to its end, and strings to write.
//! Nothing here recurses: how deep a document nests is its sender's choice.

use crate::json_reader::Reader;

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
    let mut reader = Reader::new(bytes);
    let level = match reader.first() {
        Some(b'{') => Level::Object(reader.members()?),
        Some(b'[') => Level::Array(reader.elements()?),
        _ => Level::Scalar(reader.value()?),
    };
    if reader.finished() { Ok(level) } else { Err(NotJson) }
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
pub fn escape(bytes: &[u8]) -> Option<(char, usize)> {
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

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
