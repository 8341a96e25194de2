//! The local wire between front-ends and the resident agent: `u32 length | u8 type | u32 header length | header JSON | payload`.
//! Numbers are big-endian; the payload is raw protocol bytes, never re-encoded.

pub const HELLO: u8 = 1;
pub const WELCOME: u8 = 2;
pub const REFUSED: u8 = 3;
pub const INTERCEPT: u8 = 7;
pub const ANSWER: u8 = 8;
pub const ASKING: u8 = 9;
pub const OBSERVE: u8 = 10;
pub const NOTICE: u8 = 11;
pub const CANCEL: u8 = 12;

const PREFIX: usize = 9;
const MAX_HEADER: usize = 64 * 1024;
/// A message of 64 MiB and its header.
const MAX_FRAME: usize = 64 * 1024 * 1024 + MAX_HEADER + 16;
const FIRST_ROOM: usize = 64 * 1024;
/// A buffer that grew for one large frame is given back.
const KEPT_ROOM: usize = 1024 * 1024;

/// Appends one frame.
pub fn put(out: &mut Vec<u8>, kind: u8, header: &str, payload: &[u8]) {
    out.reserve(PREFIX + header.len() + payload.len());
    out.extend_from_slice(&((5 + header.len() + payload.len()) as u32).to_be_bytes());
    out.push(kind);
    out.extend_from_slice(&(header.len() as u32).to_be_bytes());
    out.extend_from_slice(header.as_bytes());
    out.extend_from_slice(payload);
}

/// What the agent sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    pub kind: u8,
    pub header: &'a [u8],
    pub payload: &'a [u8],
}

/// The other side does not speak this protocol.
#[derive(Debug, PartialEq, Eq)]
pub struct NotAFrame;

/// Collects bytes and cuts them into frames, however they were chunked.
pub struct FrameReader {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Least memory, bytes.
    least: usize,
}

impl Default for FrameReader {
    fn default() -> Self {
        Self::with_room(FIRST_ROOM)
    }
}

impl FrameReader {
    /// Takes at least so much memory once something comes.
    pub fn with_room(least: usize) -> Self {
        Self { buffer: Vec::new(), start: 0, end: 0, least }
    }

    /// Where the next bytes are to be read to; say with `filled` how many came.
    pub fn room(&mut self) -> &mut [u8] {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            if self.buffer.len() > KEPT_ROOM {
                self.buffer = Vec::new();
            }
        }
        let wanted = self.wanted().unwrap_or(0).max(self.least);
        if self.start > 0 && self.start + wanted > self.buffer.len() {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        if self.buffer.len() < wanted.max(self.end + 1) {
            self.buffer.resize(wanted.max(self.end + self.least), 0);
        }
        &mut self.buffer[self.end..]
    }

    pub fn filled(&mut self, bytes: usize) {
        self.end += bytes;
    }

    /// The next whole frame, if there is one.
    pub fn next(&mut self) -> Result<Option<Frame<'_>>, NotAFrame> {
        let Some(total) = self.wanted() else { return Ok(None) };
        if !(PREFIX..=MAX_FRAME).contains(&total) {
            return Err(NotAFrame);
        }
        if self.end - self.start < total {
            return Ok(None);
        }
        let bytes = &self.buffer[self.start..self.start + total];
        self.start += total;
        let header = number(&bytes[5..9]);
        if header > MAX_HEADER || PREFIX + header > total {
            return Err(NotAFrame);
        }
        Ok(Some(Frame { kind: bytes[4], header: &bytes[PREFIX..PREFIX + header], payload: &bytes[PREFIX + header..] }))
    }

    /// Length of the frame that begins here, once that is known; never more than the limit allows for.
    fn wanted(&self) -> Option<usize> {
        let length = self.buffer.get(self.start..self.end)?.get(..4)?;
        Some((number(length) + 4).min(MAX_FRAME + 1))
    }
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    fn feed(reader: &mut FrameReader, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = reader.room();
            let taken = room.len().min(bytes.len());
            room[..taken].copy_from_slice(&bytes[..taken]);
            reader.filled(taken);
            bytes = &bytes[taken..];
        }
    }

    #[test]
    fn gives_every_frame_back_however_the_stream_was_cut() {
        let mut chance = Chance::new(3);
        for _ in 0..300 {
            let sent: Vec<(u8, String, Vec<u8>)> = (0..chance.below(6) + 1)
                .map(|_| (chance.below(13) as u8, "{\"id\":1}".repeat(chance.below(3)), vec![chance.next() as u8; chance.below(200_000)]))
                .collect();
            let mut wire = Vec::new();
            for (kind, header, payload) in &sent {
                put(&mut wire, *kind, header, payload);
            }
            let (mut reader, mut got, mut at) = (FrameReader::default(), Vec::new(), 0);
            while at < wire.len() {
                let size = (chance.below(90_000) + 1).min(wire.len() - at);
                feed(&mut reader, &wire[at..at + size]);
                at += size;
                while let Some(frame) = reader.next().unwrap() {
                    got.push((frame.kind, String::from_utf8(frame.header.to_vec()).unwrap(), frame.payload.to_vec()));
                }
            }
            assert_eq!(got, sent);
        }
    }

    #[test]
    fn refuses_lengths_that_cannot_be_and_takes_no_memory_for_them() {
        for wrong in [&[0, 0, 0, 1, 8][..], &[0xff, 0xff, 0xff, 0xff, 8], &[0, 0, 0, 6, 8, 0, 0, 0, 9, b'{']] {
            let mut reader = FrameReader::default();
            feed(&mut reader, wrong);
            assert_eq!(reader.next(), Err(NotAFrame));
        }
    }
}
