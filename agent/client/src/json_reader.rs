//! Walks through JSON and checks it, however deep it nests, without recursion.

use crate::json::{NotJson, escape, is_literal, text};
use crate::search::find_either;

pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The byte that the document begins with.
    pub fn first(&mut self) -> Option<u8> {
        self.space();
        self.peek()
    }

    /// True when nothing but space is left.
    pub fn finished(&mut self) -> bool {
        self.space();
        self.at == self.bytes.len()
    }

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

    pub fn members(&mut self) -> Result<Vec<(String, &'a [u8])>, NotJson> {
        self.at += 1;
        let mut found = Vec::new();
        while self.more(b'}', found.is_empty())? {
            let key = self.string()?;
            self.take(b':')?;
            found.push((text(key).ok_or(NotJson)?, self.value()?));
        }
        Ok(found)
    }

    pub fn elements(&mut self) -> Result<Vec<&'a [u8]>, NotJson> {
        self.at += 1;
        let mut found = Vec::new();
        while self.more(b']', found.is_empty())? {
            found.push(self.value()?);
        }
        Ok(found)
    }

    /// Moves behind a value of any depth.
    pub fn value(&mut self) -> Result<&'a [u8], NotJson> {
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
