//! Writes to our own output without waiting, whatever it is, and without changing it for others who share it.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::fs::FileTypeExt;

use crate::platform::{self, Interest};

/// What a pipe with room takes without waiting.
const SAFE_WRITE: usize = 4096;

pub enum HostWriter {
    Socket(OwnedFd),
    Pipe(File),
    Other(File),
}

impl HostWriter {
    pub fn new() -> io::Result<Self> {
        let output = io::stdout().as_fd().try_clone_to_owned()?;
        let kind = File::from(output.try_clone()?).metadata()?.file_type();
        if kind.is_socket() {
            return Ok(Self::Socket(output));
        }
        if kind.is_fifo()
            && let Ok(pipe) = platform::reopen_nonblocking(output.as_fd())
        {
            return Ok(Self::Pipe(pipe));
        }
        Ok(Self::Other(File::from(output)))
    }

    /// Gives how much was taken, or an error of kind `WouldBlock`.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Socket(socket) => platform::send_now(socket.as_fd(), bytes),
            Self::Pipe(pipe) => pipe.write(bytes),
            Self::Other(file) => {
                let mut ready = [Interest::write(Some(file.as_raw_fd()))];
                platform::wait(&mut ready, Some(0))?;
                if ready[0].writable { file.write(&bytes[..bytes.len().min(SAFE_WRITE)]) } else { Err(io::ErrorKind::WouldBlock.into()) }
            }
        }
    }
}
