//! Bytes on their way to a reader that may be slow. What one turn of the loop produces goes out in one write.

use std::io;

/// A buffer that grew for a slow reader is given back.
const KEPT_ROOM: usize = 1024 * 1024;

#[derive(Default)]
pub struct Outlet {
    /// Where messages are appended.
    pub buffer: Vec<u8>,
    sent: usize,
}

impl Outlet {
    /// Bytes the reader has not taken yet.
    pub fn waiting(&self) -> usize {
        self.buffer.len() - self.sent
    }

    /// Writes what the reader takes now. `write` gives how much that was, or an error of kind `WouldBlock`.
    pub fn flush(&mut self, mut write: impl FnMut(&[u8]) -> io::Result<usize>) -> io::Result<()> {
        while self.sent < self.buffer.len() {
            match write(&self.buffer[self.sent..]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(taken) => self.sent += taken,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.compact();
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
        self.discard();
        Ok(())
    }

    pub fn discard(&mut self) {
        self.buffer.clear();
        self.buffer.shrink_to(KEPT_ROOM);
        self.sent = 0;
    }

    /// Moves what waits to the front once more than half of the buffer is gone, so that a byte is moved about once.
    fn compact(&mut self) {
        if self.sent >= KEPT_ROOM && self.sent * 2 > self.buffer.len() {
            self.buffer.drain(..self.sent);
            self.sent = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_a_slow_reader_does_not_take() {
        let (mut outlet, mut got, mut turns) = (Outlet::default(), Vec::new(), 0);
        outlet.buffer.extend((0..5_000_000u32).map(|index| index as u8));
        let whole = outlet.buffer.clone();
        while outlet.waiting() > 0 {
            let mut room = 300_000;
            outlet
                .flush(|bytes| {
                    let taken = bytes.len().min(room).min(70_000);
                    room -= taken;
                    got.extend_from_slice(&bytes[..taken]);
                    if taken == 0 { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(taken) }
                })
                .unwrap();
            turns += 1;
        }
        assert!(got == whole && turns > 10);
    }

    #[test]
    fn says_when_the_reader_is_gone() {
        let mut outlet = Outlet::default();
        outlet.buffer.push(1);
        assert!(outlet.flush(|_| Err(io::ErrorKind::BrokenPipe.into())).is_err());
    }
}
