//! The native front-end: a small program that hosts start instead of the Node one, because it runs once per hook event and
//! stands between every MCP message. It holds messages until the resident agent has decided; it decides nothing itself but
//! what happens when no agent answers.

// Windows has the hook only.
#![cfg_attr(not(unix), allow(dead_code))]

mod arguments;
mod frame;
mod hook;
mod hosts;
mod json;
mod json_reader;
mod platform;
mod search;
mod state;

#[cfg(unix)]
mod front_end;
#[cfg(unix)]
mod host_writer;
#[cfg(unix)]
mod introductions;
#[cfg(unix)]
mod lane;
#[cfg(unix)]
mod lanes;
#[cfg(unix)]
mod lines;
#[cfg(unix)]
mod mcp;
#[cfg(unix)]
mod opener;
#[cfg(unix)]
mod outlet;
#[cfg(unix)]
mod protocol;
#[cfg(unix)]
mod scan;
#[cfg(unix)]
mod server_name;
#[cfg(unix)]
mod unseen;
#[cfg(unix)]
mod uplink;

#[cfg(test)]
mod chance;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::exit;
use std::time::Duration;

use arguments::Command;

const USAGE: i32 = 2;

fn main() {
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let code = match arguments::parse(&words) {
        Ok(Command::Hook(options)) => hook(&options),
        Ok(Command::Mcp(options)) => mcp(options),
        Ok(Command::Version) => {
            println!("{}", env!("CARGO_PKG_VERSION"));
            0
        }
        Err(text) => complain(&text, USAGE),
    };
    exit(code);
}

fn hook(options: &arguments::Hook) -> i32 {
    // Whatever goes wrong inside: the call does not run.
    std::panic::set_hook(Box::new(|panic| {
        eprintln!(
            "Blocked by Assize: its hook broke ({panic}), so nobody could decide about the call. Report this with the version of Assize."
        );
        exit(hosts::BLOCK);
    }));
    let state = state::State::locate(options.state.as_deref());
    let outcome = match platform::duplicate_stdin() {
        Ok(input) => hook::run(&hosts::Host::of(options.client), &state, Duration::from_millis(options.deadline_ms), input),
        Err(error) => hook::broken(&hosts::Host::of(options.client), &error.to_string()),
    };
    let _ = io::stderr().write_all(outcome.stderr.as_bytes());
    let mut out = io::stdout().lock();
    match out.write_all(&outcome.stdout).and_then(|()| out.flush()) {
        Ok(()) => outcome.exit,
        // An answer that was not heard must not read as consent.
        Err(_) => hosts::BLOCK,
    }
}

#[cfg(unix)]
fn mcp(options: arguments::Mcp) -> i32 {
    match mcp::run(options) {
        Ok(mcp::End::Code(code)) => code,
        Ok(mcp::End::Signal(number)) => {
            platform::die_by(number);
            // A signal that does not end this process is told the way shells tell it.
            128 + number
        }
        Err(text) => complain(&text, USAGE),
    }
}

/// A handle to a named pipe cannot be read and written at once without overlapped calls, so Windows keeps the other front-end.
#[cfg(not(unix))]
fn mcp(_options: arguments::Mcp) -> i32 {
    complain("This front-end does not wrap MCP servers on this system, so nothing was started. Use `assize mcp`.", USAGE)
}

fn complain(text: &str, code: i32) -> i32 {
    let _ = writeln!(io::stderr(), "assize: {text}");
    code
}
