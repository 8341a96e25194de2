//! The command line: the options of `assize mcp` and `assize hook`, with the same names and meaning.

use std::ffi::OsString;

use crate::hosts;

const LINE_BYTES: u64 = 64 * 1024 * 1024;
/// Half of what the most impatient host waits.
const DEADLINE_MS: u64 = 5000;
const LEAST: u64 = 50;

#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    Mcp(Mcp),
    Hook(Hook),
    Version,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Mcp {
    pub state: Option<String>,
    pub server: Option<String>,
    pub line_bytes: u64,
    pub deadline_ms: u64,
    pub command: Vec<OsString>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Hook {
    pub client: &'static str,
    pub state: Option<String>,
    pub deadline_ms: u64,
}

/// Reads the words after the program's name. The error is a sentence.
pub fn parse(words: &[OsString]) -> Result<Command, String> {
    let mut words = Words { words, at: 0, state: None };
    while let Some(word) = words.peek() {
        if !words.global(&word)? {
            words.at += 1;
            return match word.as_str() {
                "mcp" => mcp(words).map(Command::Mcp),
                "hook" => hook(words).map(Command::Hook),
                "--version" => Ok(Command::Version),
                other => Err(format!(
                    "`{other}` is no command of this front-end, so nothing was done; it has `mcp` and `hook`. `assize --help` lists all."
                )),
            };
        }
    }
    Err("There is no command, so nothing was done. Write `assize-client mcp -- CMD ARG…` or `assize-client hook claude-code`.".to_owned())
}

/// Options end at `--`, or at the first word that is none: the rest belongs to the server.
fn mcp(mut words: Words<'_>) -> Result<Mcp, String> {
    let (mut server, mut line_bytes, mut deadline_ms) = (None, LINE_BYTES, DEADLINE_MS);
    while let Some(word) = words.peek() {
        match word.as_str() {
            "--" => {
                words.at += 1;
                break;
            }
            "--server" => server = Some(words.value("--server")?),
            "--line-bytes" => line_bytes = words.number("--line-bytes")?,
            "--deadline" => deadline_ms = words.number("--deadline")?,
            other if words.global(other)? => {}
            other if other.starts_with('-') => {
                return Err(format!("The option `{other}` is not known, so nothing was started. Write the server's command after `--`."));
            }
            _ => break,
        }
    }
    let command = words.words[words.at..].to_vec();
    if command.is_empty() {
        return Err("There is no server command after `--`, so nothing was started. Write `assize mcp -- CMD ARG…`.".to_owned());
    }
    Ok(Mcp { state: words.state, server, line_bytes, deadline_ms, command })
}

fn hook(mut words: Words<'_>) -> Result<Hook, String> {
    let client = words.peek().unwrap_or_default();
    let Some(client) = hosts::known(&client) else {
        return Err(format!("There is no hook for `{client}`, so nothing was decided; known: {}.", hosts::names()));
    };
    words.at += 1;
    let mut deadline_ms = DEADLINE_MS;
    while let Some(word) = words.peek() {
        match word.as_str() {
            "--deadline" => deadline_ms = words.number("--deadline")?,
            other if words.global(other)? => {}
            // Settings may be newer than this program: an option that it does not know must not keep it from deciding.
            _ => words.at += 1,
        }
    }
    Ok(Hook { client, state: words.state, deadline_ms })
}

struct Words<'a> {
    words: &'a [OsString],
    at: usize,
    state: Option<String>,
}

impl Words<'_> {
    fn peek(&self) -> Option<String> {
        self.words.get(self.at).map(|word| word.to_string_lossy().into_owned())
    }

    /// Takes an option that stands before or behind any command; true when it was one.
    fn global(&mut self, word: &str) -> Result<bool, String> {
        let (name, inline) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
        match name {
            "--json" | "--no-color" | "-v" | "--verbose" if inline.is_none() => self.at += 1,
            "--state" | "--config" => {
                let value = match inline {
                    Some(value) => {
                        self.at += 1;
                        value.to_owned()
                    }
                    None => self.value(name)?,
                };
                if name == "--state" {
                    self.state = Some(value);
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn value(&mut self, name: &str) -> Result<String, String> {
        self.at += 1;
        let value = self.peek().ok_or_else(|| format!("The option {name} needs a value, so nothing was done."))?;
        self.at += 1;
        Ok(value)
    }

    fn number(&mut self, name: &str) -> Result<u64, String> {
        let value = self.value(name)?;
        let number = value.parse().ok().filter(|number| *number >= LEAST);
        number.ok_or_else(|| format!("The value of {name} is no whole number from {LEAST}, so nothing was started."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Result<Command, String> {
        parse(&line.split(' ').map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn takes_options_in_front_of_and_behind_the_command() {
        let Ok(Command::Mcp(mcp)) = of("--state /s mcp --server files --line-bytes 100 --deadline 200 -- npx -y --state x") else {
            panic!()
        };
        assert_eq!((mcp.state.as_deref(), mcp.server.as_deref(), mcp.line_bytes, mcp.deadline_ms), (Some("/s"), Some("files"), 100, 200));
        assert_eq!(mcp.command, ["npx", "-y", "--state", "x"]);
        let Ok(Command::Mcp(mcp)) = of("--json mcp --state=/t srv --server a") else { panic!() };
        assert_eq!((mcp.state.as_deref(), mcp.command.len(), mcp.deadline_ms), (Some("/t"), 3, 5000));
        assert_eq!(
            of("hook claude-code --deadline 300 --state /s"),
            Ok(Command::Hook(Hook { client: "claude-code", state: Some("/s".into()), deadline_ms: 300 }))
        );
    }

    #[test]
    fn says_what_is_wrong() {
        for line in [
            "",
            "mcp",
            "mcp --",
            "mcp --nonsense -- x",
            "mcp --deadline 3 -- x",
            "hook nobody",
            "hook",
            "hook claude-code --deadline 3",
            "status",
            "--state",
        ] {
            assert!(of(line).is_err_and(|text| text.contains("so nothing")), "{line}");
        }
    }
}
