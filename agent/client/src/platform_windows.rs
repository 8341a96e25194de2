//! Compiled for Windows only; not run on the machines this was made on.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

const PIPE_BUSY: i32 = 231;
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(20);

/// Windows keeps the number of the parent only in a snapshot of all processes; the agent reads the tree itself.
pub fn parent() -> u32 {
    0
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

/// A named pipe. One hook event writes its question first and reads the answer then, which such a handle allows.
pub type AgentStream = fs::File;

pub fn connect(address: &Path) -> io::Result<AgentStream> {
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
