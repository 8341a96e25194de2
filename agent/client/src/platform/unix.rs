#![allow(unsafe_code)]

use std::env;
use std::ffi::{c_int, c_short, c_ulong, c_void};
use std::fs;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

pub const SIGHUP: i32 = 1;
pub const SIGINT: i32 = 2;
pub const SIGTERM: i32 = 15;
const SIGALRM: i32 = 14;
#[cfg(any(target_os = "linux", target_os = "android"))]
pub const SIGCHLD: i32 = 17;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub const SIGCHLD: i32 = 20;

const POLLIN: c_short = 1;
const POLLOUT: c_short = 4;
#[cfg(any(target_os = "linux", target_os = "android"))]
const O_NONBLOCK: c_int = 0o4000;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const O_NONBLOCK: c_int = 4;
#[cfg(any(target_os = "linux", target_os = "android"))]
const MSG_DONTWAIT: c_int = 0x40;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const MSG_DONTWAIT: c_int = 0x80;
const F_GETFL: c_int = 3;
const F_SETFL: c_int = 4;
const SIG_DFL: usize = 0;

#[cfg(target_os = "linux")]
type Count = c_ulong;
#[cfg(not(target_os = "linux"))]
type Count = std::ffi::c_uint;

#[repr(C)]
struct PollEntry {
    fd: RawFd,
    events: c_short,
    revents: c_short,
}

// SAFETY: signatures as POSIX gives them; the constants above are those of Linux on all its common machines, and of macOS.
unsafe extern "C" {
    fn poll(entries: *mut PollEntry, count: Count, timeout: c_int) -> c_int;
    fn kill(pid: c_int, signal: c_int) -> c_int;
    fn signal(number: c_int, handler: usize) -> usize;
    fn fcntl(fd: c_int, command: c_int, ...) -> c_int;
    fn send(fd: c_int, bytes: *const c_void, length: usize, flags: c_int) -> isize;
    fn write(fd: c_int, bytes: *const c_void, length: usize) -> isize;
    fn getuid() -> u32;
    fn alarm(seconds: std::ffi::c_uint) -> std::ffi::c_uint;
    fn _exit(code: c_int) -> !;
}

/// What to wait for at one descriptor, and what came of it.
#[derive(Clone, Copy)]
pub struct Interest {
    pub fd: Option<RawFd>,
    pub read: bool,
    pub write: bool,
    /// Something can be read, or the other side is gone.
    pub readable: bool,
    pub writable: bool,
}

impl Interest {
    pub fn read(fd: Option<RawFd>) -> Self {
        Self { fd, read: true, write: false, readable: false, writable: false }
    }

    pub fn write(fd: Option<RawFd>) -> Self {
        Self { fd, read: false, write: true, readable: false, writable: false }
    }
}

/// Waits until one of them is ready, for at most so many milliseconds, or for ever. A signal ends the wait early.
pub fn wait<const COUNT: usize>(interests: &mut [Interest; COUNT], timeout: Option<i32>) -> io::Result<()> {
    let mut entries = interests.map(|interest| PollEntry {
        fd: interest.fd.unwrap_or(-1),
        events: if interest.read { POLLIN } else { 0 } | if interest.write { POLLOUT } else { 0 },
        revents: 0,
    });
    // SAFETY: `entries` is an array of COUNT initialised entries that lives through the call.
    let ready = unsafe { poll(entries.as_mut_ptr(), COUNT as Count, timeout.unwrap_or(-1)) };
    if ready < 0 {
        let error = io::Error::last_os_error();
        return if error.kind() == io::ErrorKind::Interrupted { Ok(()) } else { Err(error) };
    }
    for (interest, entry) in interests.iter_mut().zip(&entries) {
        let gone = entry.revents & !(POLLIN | POLLOUT) != 0;
        interest.readable = interest.read && (entry.revents & POLLIN != 0 || gone);
        interest.writable = interest.write && (entry.revents & POLLOUT != 0 || gone);
    }
    Ok(())
}

/// Makes reads and writes of this open file return at once. For files of our own only: whoever shares it is changed too.
pub fn set_nonblocking(fd: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: the descriptor is open for as long as it is borrowed; these commands take and give integers.
    let done = unsafe {
        let flags = fcntl(fd.as_raw_fd(), F_GETFL);
        flags >= 0 && fcntl(fd.as_raw_fd(), F_SETFL, flags | O_NONBLOCK) >= 0
    };
    if done { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Writes to a socket without waiting, and without changing it for others who share it.
pub fn send_now(fd: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: the pointer and length are those of a slice that lives through the call.
    let sent = unsafe { send(fd.as_raw_fd(), bytes.as_ptr().cast(), bytes.len(), MSG_DONTWAIT) };
    usize::try_from(sent).map_err(|_| io::Error::last_os_error())
}

/// Opens the file behind a descriptor once more, so that it can be written without waiting.
#[cfg(target_os = "linux")]
pub fn reopen_nonblocking(fd: BorrowedFd<'_>) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).custom_flags(O_NONBLOCK).open(format!("/proc/self/fd/{}", fd.as_raw_fd()))
}

#[cfg(not(target_os = "linux"))]
pub fn reopen_nonblocking(_fd: BorrowedFd<'_>) -> io::Result<fs::File> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Sends a signal to a child that was not reaped yet.
pub fn send_signal(pid: u32, number: i32) {
    // SAFETY: takes and gives integers.
    let _ = unsafe { kill(pid as c_int, number) };
}

static SIGNALS_TO: AtomicI32 = AtomicI32::new(-1);

extern "C" fn note_signal(number: c_int) {
    let byte = number as u8;
    // SAFETY: `write` may be called in a signal handler; the descriptor stays open until the process ends.
    let _ = unsafe { write(SIGNALS_TO.load(Ordering::Relaxed), (&raw const byte).cast(), 1) };
}

/// From now on these signals arrive as bytes at the other end of this socket, which must not be closed any more.
pub fn receive_signals(numbers: &[i32], to: &'static UnixStream) {
    SIGNALS_TO.store(to.as_raw_fd(), Ordering::Relaxed);
    for number in numbers {
        // SAFETY: the handler only calls `write`; it has the signature that `signal` wants.
        unsafe { signal(*number, note_signal as *const () as usize) };
    }
}

/// Ends this process by a signal, so that whoever started it sees what ended the server. Returns where that signal does not end it.
pub fn die_by(number: i32) {
    // SAFETY: takes and gives integers; SIG_DFL is 0 on all systems.
    unsafe { signal(number, SIG_DFL) };
    send_signal(std::process::id(), number);
}

/// Which of the system's numberings of processes this one is in: a container has its own. Empty where there is only one.
pub fn process_space() -> String {
    std::fs::read_link("/proc/self/ns/pid").map_or_else(|_| String::new(), |link| link.display().to_string())
}

pub fn parent() -> u32 {
    std::os::unix::process::parent_id()
}

fn uid() -> u32 {
    // SAFETY: cannot fail and has no side effect.
    unsafe { getuid() }
}

/// The name that belongs to the user's number.
pub fn user_name() -> String {
    let variable = || env::var("USER").or_else(|_| env::var("LOGNAME")).ok();
    account().map(|fields| fields[0].clone()).or_else(variable).unwrap_or_else(|| format!("uid-{}", uid()))
}

pub fn home() -> String {
    env::var("HOME").ok().or_else(|| account().map(|fields| fields[5].clone())).unwrap_or_else(|| "/".to_owned())
}

/// The user's line in the list of accounts. Accounts of a directory service do not stand there.
fn account() -> Option<Vec<String>> {
    let uid = uid().to_string();
    let list = fs::read_to_string("/etc/passwd").ok()?;
    let mut accounts = list.lines().map(|line| line.split(':').map(str::to_owned).collect::<Vec<_>>());
    accounts.find(|fields| fields.len() >= 7 && fields[2] == uid)
}

pub fn default_state_directory() -> PathBuf {
    if cfg!(target_os = "macos") {
        let base = if uid() == 0 { PathBuf::from("/") } else { PathBuf::from(home()) };
        return base.join("Library/Application Support/Assize");
    }
    if uid() == 0 {
        return PathBuf::from("/var/lib/assize");
    }
    env::var_os("XDG_STATE_HOME").map_or_else(|| PathBuf::from(home()).join(".local/state"), PathBuf::from).join("assize")
}

pub type AgentStream = UnixStream;

/// Opens a connection to the agent. May wait where very many others wait already.
pub fn connect(address: &Path) -> io::Result<AgentStream> {
    UnixStream::connect(address)
}

const HUNG: &[u8] =
    b"Blocked by Assize: the agent on this machine hangs, so nobody could decide about the call. Restart it with `assize agent`.\n";
/// Hosts take this exit code with text on standard error for a refusal.
const REFUSED: c_int = 2;

extern "C" fn refuse_and_end(_number: c_int) {
    // SAFETY: both may be called in a signal handler; the text is a constant.
    unsafe {
        let _ = write(2, HUNG.as_ptr().cast(), HUNG.len());
        _exit(REFUSED)
    }
}

/// Ends this process with a refusal should it still run after so long, whatever it waits for then.
pub fn alarm_after(patience: Duration) {
    let seconds = patience.as_secs().saturating_add(1).min(u64::from(u32::MAX)) as u32;
    // SAFETY: the handler calls only what a signal handler may call; it has the signature that `signal` wants.
    unsafe {
        signal(SIGALRM, refuse_and_end as *const () as usize);
        alarm(seconds);
    }
}

/// Takes back what `alarm_after` set: from here on everything has a deadline of its own.
pub fn alarm_off() {
    // SAFETY: takes a number and returns one.
    unsafe {
        alarm(0);
    }
}

/// Opens a file for appending that only this user can read.
pub fn open_private(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().append(true).create(true).mode(0o600).open(path)
}
