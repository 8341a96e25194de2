//! What one line of JSON-RPC is, told from its bytes in a single pass: its shape, id and method, how deep it nests, and
//! whether any object names a key twice. Two parsers that disagree about a message are how a harmless-looking call becomes
//! another one behind the gate, so what parsers could read differently is found here. The agent's own scanner is its twin.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::json;
use crate::search::find_either;

const DEPTH: usize = 256;
const ID_BYTES: usize = 1024;
const LITERAL_BYTES: usize = 1100;
/// Up to here keys are compared one by one, beyond it by hash.
const FEW_KEYS: usize = 16;
const ENVELOPE: [&[u8]; 6] = [b"jsonrpc", b"id", b"method", b"params", b"result", b"error"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    NotJson,
    NotUtf8,
    TooDeep,
    Ambiguous,
    HugeId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Object,
    Array,
    Scalar,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Scan<'a> {
    pub shape: Shape,
    pub problem: Option<Problem>,
    /// The id exactly as written, such as `7` or `"a"`; absent for notifications, batches and ids that are no string or number.
    pub id: Option<&'a [u8]>,
    pub method: Option<Cow<'a, [u8]>>,
    /// A key that stands twice in one object, anywhere.
    pub duplicate: Option<String>,
}

/// Scans one line. Bytes that are no UTF-8 are a problem of their own.
pub fn scan(bytes: &[u8]) -> Scan<'_> {
    let mut scanner = Scanner {
        bytes,
        at: 0,
        open: Vec::new(),
        under_params: false,
        found: Scan { shape: Shape::Scalar, problem: None, id: None, method: None, duplicate: None },
    };
    let outcome = if std::str::from_utf8(bytes).is_ok() { scanner.run() } else { Err(Problem::NotUtf8) };
    Scan { problem: outcome.err(), ..scanner.found }
}

/// The keys of one open object.
#[derive(Default)]
struct Keys<'a> {
    few: Vec<Cow<'a, [u8]>>,
    many: HashSet<Cow<'a, [u8]>>,
}

impl<'a> Keys<'a> {
    /// False when the key is there already.
    fn add(&mut self, key: Cow<'a, [u8]>) -> bool {
        if self.few.contains(&key) || self.many.contains(&key) {
            return false;
        }
        if self.few.len() < FEW_KEYS {
            self.few.push(key);
            return true;
        }
        self.many.insert(key)
    }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    /// One for each open container; arrays have no keys.
    open: Vec<Option<Keys<'a>>>,
    under_params: bool,
    found: Scan<'a>,
}

impl<'a> Scanner<'a> {
    fn run(&mut self) -> Result<(), Problem> {
        self.value(b"")?;
        while !self.open.is_empty() {
            self.next()?;
        }
        self.space();
        if self.at == self.bytes.len() { Ok(()) } else { Err(Problem::NotJson) }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// One member or element of the innermost container, or its end.
    fn next(&mut self) -> Result<(), Problem> {
        let in_object = matches!(self.open.last(), Some(Some(_)));
        self.space();
        let byte = self.peek();
        if byte == Some(if in_object { b'}' } else { b']' }) {
            self.at += 1;
            self.open.pop();
            if self.open.len() == 1 {
                self.under_params = false;
            }
            return self.after_value();
        }
        if !in_object {
            return self.value(b"");
        }
        if byte != Some(b'"') {
            return Err(Problem::NotJson);
        }
        let key = self.text()?;
        self.note(key.clone())?;
        self.space();
        if self.peek() != Some(b':') {
            return Err(Problem::NotJson);
        }
        self.at += 1;
        self.value(&key)
    }

    /// After a value: a comma with something behind it, or the end of the container, which `next` then takes.
    fn after_value(&mut self) -> Result<(), Problem> {
        if self.open.is_empty() {
            return Ok(());
        }
        self.space();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.space();
                if matches!(self.peek(), Some(b']' | b'}')) { Err(Problem::NotJson) } else { Ok(()) }
            }
            Some(b']' | b'}') => Ok(()),
            _ => Err(Problem::NotJson),
        }
    }

    fn value(&mut self, key: &[u8]) -> Result<(), Problem> {
        self.space();
        let in_envelope = self.open.len() == 1 && self.found.shape == Shape::Object;
        let start = self.at;
        match self.peek() {
            Some(b'{') => return self.enter(true, in_envelope && key == b"params"),
            Some(b'[') => return self.enter(false, in_envelope && key == b"params"),
            Some(b'"') if in_envelope && key == b"method" => self.found.method = Some(self.text()?),
            Some(b'"') => drop(self.skip_text()?),
            _ => self.literal()?,
        }
        if in_envelope && key == b"id" {
            self.keep_id(start)?;
        }
        self.after_value()
    }

    fn enter(&mut self, object: bool, params: bool) -> Result<(), Problem> {
        if self.open.len() >= DEPTH {
            return Err(Problem::TooDeep);
        }
        if self.open.is_empty() {
            self.found.shape = if object { Shape::Object } else { Shape::Array };
        }
        self.under_params |= params;
        self.open.push(object.then(Keys::default));
        self.at += 1;
        self.space();
        Ok(())
    }

    /// The envelope and `params` are compared without regard to case: some parsers read keys that way.
    fn note(&mut self, key: Cow<'a, [u8]>) -> Result<(), Problem> {
        let depth = self.open.len();
        let envelope = depth == 1 && self.found.shape == Shape::Object;
        let folded = if envelope || (depth == 2 && self.under_params) { lower(key.clone()) } else { key.clone() };
        let unusual = folded != key && ENVELOPE.contains(&&*folded);
        if !self.open.last_mut().and_then(Option::as_mut).is_some_and(|keys| keys.add(folded)) {
            self.found.duplicate.get_or_insert_with(|| String::from_utf8_lossy(&key).into_owned());
            if envelope {
                return Err(Problem::Ambiguous);
            }
        }
        if envelope && unusual { Err(Problem::Ambiguous) } else { Ok(()) }
    }

    fn keep_id(&mut self, start: usize) -> Result<(), Problem> {
        if self.at - start > ID_BYTES {
            return Err(Problem::HugeId);
        }
        let written = &self.bytes[start..self.at];
        if !matches!(written.first(), Some(b'n' | b't' | b'f')) {
            self.found.id = Some(written);
        }
        Ok(())
    }

    fn literal(&mut self) -> Result<(), Problem> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase() || matches!(byte, b'+' | b'-' | b'.' | b'E'))
        {
            self.at += 1;
        }
        match &self.bytes[start..self.at] {
            [] => Err(Problem::NotJson),
            word if word.len() > LITERAL_BYTES => Err(Problem::HugeId),
            word if json::is_literal(word) => Ok(()),
            _ => Err(Problem::NotJson),
        }
    }

    fn text(&mut self) -> Result<Cow<'a, [u8]>, Problem> {
        let start = self.at;
        let escaped = self.skip_text()?;
        let written = &self.bytes[start..self.at];
        if !escaped {
            return Ok(Cow::Borrowed(&written[1..written.len() - 1]));
        }
        match json::read(written) {
            Ok(_) => json::text(written).map(|said| Cow::Owned(said.into_bytes())).ok_or(Problem::NotJson),
            Err(_) => Err(Problem::NotJson),
        }
    }

    /// Moves behind the closing quote; true when the string has escapes.
    fn skip_text(&mut self) -> Result<bool, Problem> {
        let mut escaped = false;
        let mut from = self.at + 1;
        loop {
            let found = find_either(self.bytes, b'"', b'\\', from).ok_or(Problem::NotJson)?;
            if self.bytes[found] == b'"' {
                self.at = found + 1;
                return Ok(escaped);
            }
            escaped = true;
            from = found + 2;
        }
    }
}

fn lower(key: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if key.iter().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return key;
    }
    Cow::Owned(String::from_utf8_lossy(&key).to_lowercase().into_bytes())
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
