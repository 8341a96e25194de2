//! Compiled for Windows only; not run on the machines this was made on.

use std::env;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

const ROOM: usize = 64 * 1024;
const PIPE_BUSY: i32 = 231;
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(20);

/// Windows keeps the number of the parent only in a snapshot of all processes; the agent reads the tree itself.
pub fn parent() -> u32 {
    0
}

pub fn process_space() -> String {
    String::new()
}

pub fn user_name() -> String {
    env::var("USERNAME").unwrap_or_else(|_| "unknown".to_owned())
}

pub fn home() -> String {
    env::var("USERPROFILE").unwrap_or_else(|_| "C:\\".to_owned())
}

pub fn default_state_directory() -> PathBuf {
    env::var_os("LOCALAPPDATA").map_or_else(|| PathBuf::from(home()).join("AppData\\Local"), PathBuf::from).join("Assize")
}

/// Standard input without the buffer of the standard library.
pub fn duplicate_stdin() -> io::Result<fs::File> {
    use std::os::windows::io::AsHandle;
    io::stdin().as_handle().try_clone_to_owned().map(fs::File::from)
}

/// Reads a stream to its end, for at most so long and so many bytes. Too many are cut at the limit.
pub fn read_to_end_within(input: &mut fs::File, limit: usize, patience: Duration) -> io::Result<Vec<u8>> {
    let input = input.try_clone()?;
    within(patience, move || {
        let mut bytes = Vec::new();
        input.take(limit as u64).read_to_end(&mut bytes).map(|_| bytes)
    })
}

/// A question to the agent and its answers, as far as `more` wants them; ends with an error of kind `TimedOut` at the deadline.
/// The handle of a named pipe can be read and written in turn, but not at once.
pub fn ask(address: &Path, question: Vec<u8>, patience: Duration, mut more: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
    let until = Instant::now() + patience;
    let address = address.to_owned();
    let (to, read) = channel();
    thread::spawn(move || {
        let exchange = || -> io::Result<()> {
            let mut pipe = connect(&address)?;
            pipe.write_all(&question)?;
            let mut room = [0; ROOM];
            loop {
                let length = pipe.read(&mut room)?;
                if length == 0 || to.send(Ok(room[..length].to_vec())).is_err() {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
        };
        if let Err(error) = exchange() {
            let _ = to.send(Err(error));
        }
    });
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if !more(&read.recv_timeout(left).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??) {
            return Ok(());
        }
    }
}

fn within<Value: Send + 'static>(patience: Duration, work: impl FnOnce() -> io::Result<Value> + Send + 'static) -> io::Result<Value> {
    let (to, done) = channel();
    thread::spawn(move || to.send(work()));
    done.recv_timeout(patience).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
}

fn connect(address: &Path) -> io::Result<fs::File> {
    let mut left = TRIES;
    loop {
        match fs::OpenOptions::new().read(true).write(true).open(address) {
            Err(error) if error.raw_os_error() == Some(PIPE_BUSY) && left > 0 => {
                left -= 1;
                thread::sleep(BETWEEN);
            }
            other => return other,
        }
    }
}

/// Opens a file for appending; the state directory is the user's own.
pub fn open_private(path: &Path) -> io::Result<fs::File> {
    fs::OpenOptions::new().append(true).create(true).open(path)
}
