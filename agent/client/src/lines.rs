//! Cuts a byte stream into lines, however it was chunked, and never holds more of one than its cap.

use crate::search::find;

const EDGE: usize = 1024;
/// A buffer that grew for one long line is given back.
const KEPT_ROOM: usize = 1024 * 1024;

#[derive(Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// A whole line with its newline; only the last of a stream may have none.
    Whole(&'a [u8]),
    /// A line beyond the cap was thrown away: its first and last bytes, and how long it was.
    Oversized { head: &'a [u8], tail: &'a [u8], length: usize },
}

pub struct LineReader {
    cap: usize,
    /// The beginning of a line whose end has not come.
    part: Vec<u8>,
    /// Length of that line so far; more than `part` holds once it is beyond the cap.
    length: usize,
    tail: Vec<u8>,
}

impl LineReader {
    pub fn new(cap: usize) -> Self {
        Self { cap, part: Vec::new(), length: 0, tail: Vec::new() }
    }

    pub fn push(&mut self, chunk: &[u8], mut take: impl FnMut(Line<'_>)) {
        let mut start = 0;
        while let Some(newline) = find(chunk, b'\n', start) {
            let line = &chunk[start..=newline];
            if self.length == 0 && line.len() <= self.cap {
                take(Line::Whole(line));
            } else {
                self.keep(line);
                self.finish(&mut take);
            }
            start = newline + 1;
        }
        self.keep(&chunk[start..]);
    }

    /// The stream ended: what is left had no newline and is handed over as it is.
    pub fn end(&mut self, mut take: impl FnMut(Line<'_>)) {
        if self.length > 0 {
            self.finish(&mut take);
        }
    }

    fn keep(&mut self, part: &[u8]) {
        self.length += part.len();
        if self.length <= self.cap {
            self.part.extend_from_slice(part);
            return;
        }
        if self.part.len() < EDGE {
            self.part.extend_from_slice(&part[..part.len().min(EDGE - self.part.len())]);
        }
        self.part.truncate(EDGE);
        self.part.shrink_to(EDGE);
        self.tail.extend_from_slice(&part[part.len().saturating_sub(EDGE)..]);
        self.tail.drain(..self.tail.len().saturating_sub(EDGE));
    }

    fn finish(&mut self, take: &mut impl FnMut(Line<'_>)) {
        if self.length <= self.cap {
            take(Line::Whole(&self.part));
        } else {
            take(Line::Oversized { head: &self.part, tail: &self.tail, length: self.length });
        }
        self.length = 0;
        self.tail.clear();
        self.part.clear();
        self.part.shrink_to(KEPT_ROOM);
    }
}

/// The id of a line of which only the edges are known: only where it stands at the very beginning or end of the message,
/// so that it cannot be some inner id.
pub fn id_at_edge<'a>(head: &'a [u8], tail: &'a [u8]) -> Option<&'a [u8]> {
    id_first(head).or_else(|| (0..tail.len()).find_map(|at| id_last(tail, at)))
}

fn id_first(head: &[u8]) -> Option<&[u8]> {
    let rest = token(head, b"{")?;
    let rest = version(rest).unwrap_or(rest);
    let (id, rest) = id_member(rest)?;
    token(rest, b",").map(|_| id)
}

fn version(rest: &[u8]) -> Option<&[u8]> {
    let rest = token(rest, b"\"jsonrpc\"")?;
    token(token(token(rest, b":")?, b"\"2.0\"")?, b",")
}

fn id_last(tail: &[u8], at: usize) -> Option<&[u8]> {
    if !matches!(tail[at], b',' | b'{') {
        return None;
    }
    let (id, rest) = id_member(&tail[at + 1..])?;
    token(rest, b"}").filter(|rest| rest.trim_ascii().is_empty()).map(|_| id)
}

fn id_member(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = token(token(rest, b"\"id\"")?, b":")?.trim_ascii_start();
    let length = if rest.first() == Some(&b'"') { text_length(rest)? } else { number_length(rest)? };
    Some(rest.split_at(length))
}

fn text_length(rest: &[u8]) -> Option<usize> {
    let mut at = 1;
    for _ in 0..=200 {
        match rest.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}

fn number_length(rest: &[u8]) -> Option<usize> {
    let sign = usize::from(rest.first() == Some(&b'-'));
    let digits = rest[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=30).contains(&digits).then_some(sign + digits)
}

/// What follows a token and the space before it.
fn token<'a>(bytes: &'a [u8], token: &[u8]) -> Option<&'a [u8]> {
    bytes.trim_ascii_start().strip_prefix(token)
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
