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
mod tests {
    use super::*;
    use crate::chance::Chance;

    fn read(chunks: &[&[u8]], cap: usize) -> (Vec<Vec<u8>>, Vec<usize>) {
        let (mut lines, mut oversized) = (Vec::new(), Vec::new());
        let mut reader = LineReader::new(cap);
        let mut take = |line: Line<'_>| match line {
            Line::Whole(bytes) => lines.push(bytes.to_vec()),
            Line::Oversized { length, .. } => oversized.push(length),
        };
        for chunk in chunks {
            reader.push(chunk, &mut take);
        }
        reader.end(&mut take);
        (lines, oversized)
    }

    #[test]
    fn gives_back_every_byte_in_order_however_the_stream_was_cut() {
        let mut chance = Chance::new(6);
        for _ in 0..5000 {
            let bytes: Vec<u8> = (0..chance.below(300)).map(|_| *chance.pick(b"\nab{\r\xff")).collect();
            let mut chunks = Vec::new();
            let mut rest = &bytes[..];
            while !rest.is_empty() {
                let (chunk, after) = rest.split_at((chance.below(30) + 1).min(rest.len()));
                chunks.push(chunk);
                rest = after;
            }
            let (lines, oversized) = read(&chunks, 1000);
            assert!(oversized.is_empty());
            assert_eq!(lines.concat(), bytes);
            for line in lines.iter().rev().skip(1) {
                assert_eq!(line.iter().position(|byte| *byte == b'\n'), Some(line.len() - 1));
            }
        }
    }

    #[test]
    fn throws_a_giant_line_away_without_keeping_it_and_reads_the_next() {
        let chunk = [b'x'; 65536];
        let mut reader = LineReader::new(1_000_000);
        for _ in 0..1600 {
            reader.push(&chunk, |_| panic!("no line has ended"));
            assert!(reader.part.capacity() + reader.tail.capacity() <= 1_200_000);
        }
        let mut seen = Vec::new();
        reader.push(b"tail\nnext\n", |line| seen.push(format!("{line:?}").len()));
        let (lines, oversized) = read(&[&chunk[..], b"y\nnext\n"], 1000);
        assert_eq!((lines, oversized, seen.len()), (vec![b"next\n".to_vec()], vec![65538], 2));
    }

    #[test]
    fn takes_a_line_of_exactly_the_cap() {
        assert_eq!(read(&[b"abcd\nabcde\n"], 5), (vec![b"abcd\n".to_vec()], vec![6]));
        assert_eq!(read(&[b"ab", b"cd\nab", b"cde\n"], 5), (vec![b"abcd\n".to_vec()], vec![6]));
    }

    #[test]
    fn finds_an_id_only_where_it_must_be_that_of_the_message() {
        assert_eq!(id_at_edge(br#"{"jsonrpc":"2.0","id":5,"result":{"#, b""), Some(&b"5"[..]));
        assert_eq!(id_at_edge(br#" { "id" : "q\"1" , "#, b""), Some(&br#""q\"1""#[..]));
        assert_eq!(id_at_edge(br#"{"result":{"x"#, b"x\"},\"jsonrpc\":\"2.0\",\"id\":\"a\"}\n"), Some(&b"\"a\""[..]));
        assert_eq!(id_at_edge(br#"{"result":{"id":5,"#, b"\"}}\n"), None);
        assert_eq!(id_at_edge(br#"{"id":"#, br#""id":1}}"#), None);
    }
}
