//! Reading and asking with deadlines, on one thread.

use std::fs;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::path::Path;
use std::time::{Duration, Instant};

use super::unix::{Interest, alarm_after, alarm_off, connect, wait};

/// Memory that is touched costs time: most events and answers are small.
const FIRST_ROOM: usize = 8 * 1024;
/// Beyond its own deadline a hook ends in any case.
const LATE: Duration = Duration::from_secs(1);

/// Standard input without the buffer of the standard library, which would hide from a wait what was read already.
pub fn duplicate_stdin() -> io::Result<fs::File> {
    io::stdin().as_fd().try_clone_to_owned().map(fs::File::from)
}

/// Reads a stream to its end, for at most so long and so many bytes. Too many are cut at the limit.
pub fn read_to_end_within(input: &mut (impl Read + AsFd), limit: usize, patience: Duration) -> io::Result<Vec<u8>> {
    let until = Instant::now() + patience;
    let mut bytes = vec![0; FIRST_ROOM.min(limit)];
    let mut length = 0;
    loop {
        wait_until(input.as_fd(), false, until)?;
        match input.read(&mut bytes[length..]) {
            Err(error) if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock) => {}
            Err(error) => return Err(error),
            Ok(taken) => {
                length += taken;
                if taken == 0 || length == limit {
                    bytes.truncate(length);
                    return Ok(bytes);
                }
                if length == bytes.len() {
                    bytes.resize((length * 2).min(limit), 0);
                }
            }
        }
    }
}

/// A question to the agent and its answers, as far as `more` wants them; ends with an error of kind `TimedOut` at the deadline.
pub fn ask(address: &Path, question: Vec<u8>, patience: Duration, mut more: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
    let until = Instant::now() + patience;
    // Only opening a connection cannot be given a deadline: should it hang, the process ends with a refusal.
    alarm_after(patience + LATE);
    let connected = connect(address);
    alarm_off();
    let mut stream = connected?;
    stream.set_nonblocking(true)?;
    let mut sent = 0;
    while sent < question.len() {
        match stream.write(&question[sent..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait_until(stream.as_fd(), true, until)?,
            written => sent += written?,
        }
    }
    let mut room = [0; FIRST_ROOM];
    loop {
        wait_until(stream.as_fd(), false, until)?;
        match stream.read(&mut room) {
            Err(error) if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock) => {}
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                if !more(&room[..read?]) {
                    return Ok(());
                }
            }
        }
    }
}

/// Waits until something can be read or written.
fn wait_until(fd: BorrowedFd<'_>, write: bool, until: Instant) -> io::Result<()> {
    let interest = if write { Interest::write } else { Interest::read };
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let mut interests = [interest(Some(fd.as_raw_fd()))];
        wait(&mut interests, Some(i32::try_from(left.as_micros().div_ceil(1000)).unwrap_or(i32::MAX)))?;
        if interests[0].readable || interests[0].writable {
            return Ok(());
        }
    }
}
