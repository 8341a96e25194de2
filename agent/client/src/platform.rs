//! What differs between operating systems, and the only unsafe code: calls into the C library that the standard library
//! does not offer.

#[cfg(unix)]
pub use unix::*;
#[cfg(windows)]
pub use windows::*;

#[cfg(unix)]
#[path = "platform_unix.rs"]
mod unix;
#[cfg(windows)]
#[path = "platform_windows.rs"]
mod windows;
