//! What differs between operating systems, and the only unsafe code: calls into the C library that the standard library
//! does not offer.

#[cfg(unix)]
pub use deadlines::*;
#[cfg(unix)]
pub use unix::*;
#[cfg(windows)]
pub use windows::*;

#[cfg(unix)]
mod deadlines;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;
