//! Where the agent of this machine is found, and who this process says it is.

use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::json::quote;
use crate::platform;

/// The agent's state directory, absolute.
#[derive(Clone)]
pub struct State(PathBuf);

impl State {
    /// The directory that was named, else that of the environment, else the one agents take by themselves.
    pub fn locate(named: Option<&str>) -> Self {
        let directory = match named {
            Some(named) => PathBuf::from(named),
            None => env::var_os("ASSIZE_STATE").map_or_else(platform::default_state_directory, PathBuf::from),
        };
        Self(absolute(&directory))
    }

    /// What front-ends let through while no agent answered.
    pub fn unjudged(&self) -> PathBuf {
        self.0.join("unjudged.jsonl")
    }

    /// The secret of the running agent, which only its own user can read.
    pub fn token(&self) -> io::Result<String> {
        fs::read_to_string(self.0.join("agent.token"))
    }

    /// Where the agent listens: beside its other files, unless it wrote down another place.
    pub fn address(&self) -> PathBuf {
        match fs::read_to_string(self.0.join("agent.address")) {
            Ok(written) if !written.trim().is_empty() => PathBuf::from(written.trim()),
            _ => self.0.join("agent.sock"),
        }
    }

    pub fn shown(&self) -> String {
        self.0.display().to_string()
    }
}

fn absolute(path: &Path) -> PathBuf {
    let mut found = env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(found.pop()),
            part => found.push(part),
        }
    }
    found
}

/// Who is calling, for the first frame of a connection.
pub struct Caller<'a> {
    pub role: &'a str,
    /// Where the work is done, when that is not where this process stands.
    pub cwd: Option<&'a str>,
    pub server: Option<&'a str>,
}

/// The header of the first frame.
pub fn hello(token: &str, caller: &Caller<'_>) -> String {
    let here = || env::current_dir().map_or_else(|_| "/".to_owned(), |path| path.display().to_string());
    let mut header = format!("{{\"version\":1,\"pid\":{},\"parent\":{},\"token\":", std::process::id(), platform::parent()).into_bytes();
    quote(token, &mut header);
    let cwd = caller.cwd.map_or_else(here, str::to_owned);
    for (name, value) in [
        ("role", caller.role),
        ("cwd", &cwd),
        ("user", &platform::user_name()),
        ("home", &platform::home()),
        ("space", &platform::process_space()),
    ] {
        header.extend_from_slice(format!(",\"{name}\":").as_bytes());
        quote(value, &mut header);
    }
    header.extend_from_slice(b",\"claims\":{");
    if let Some(server) = caller.server {
        header.extend_from_slice(b"\"server\":");
        quote(server, &mut header);
    }
    header.extend_from_slice(b"}}");
    String::from_utf8_lossy(&header).into_owned()
}

/// Why nothing is decided, what that means and what to do.
pub fn unreachable(state: &State, why: &str) -> String {
    format!(
        "The Assize agent cannot be reached ({why}), so nothing is decided and consequential tool calls do not run. Start it with `assize agent --state {}` or start its service.",
        state.shown()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn makes_paths_absolute_without_looking_at_them() {
        let here = env::current_dir().unwrap();
        assert_eq!(absolute(Path::new("a/../b/./c")), here.join("b/c"));
        assert_eq!(absolute(Path::new("/x/../y")), Path::new("/y"));
    }

    #[test]
    fn says_who_is_calling() {
        let header = hello("a\"b", &Caller { role: "mcp-stdio", cwd: None, server: Some("files") });
        let level = json::read(header.as_bytes()).unwrap();
        assert_eq!(level.text("token").as_deref(), Some("a\"b"));
        assert_eq!(level.whole("pid"), Some(u64::from(std::process::id())));
        assert_eq!(level.get("claims"), Some(&b"{\"server\":\"files\"}"[..]));
        assert_eq!(level.text("cwd"), env::current_dir().ok().map(|path| path.display().to_string()));
        assert!(["user", "home"].iter().all(|name| level.text(name).is_some_and(|text| !text.is_empty())));
    }
}
