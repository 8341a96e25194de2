//! One hook event: asks the agent and renders its answer. Never waits for longer than its deadlines.

use std::fs;
use std::fs::File;
use std::io::{self, Write};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::frame::{self, FrameReader};
use crate::hosts::{BLOCK, Host, Payload};
use crate::json::{self, quoted};
use crate::platform;
use crate::state::{Caller, State, hello, unreachable};

const READ: Duration = Duration::from_secs(1);
const LEAST_WAIT: Duration = Duration::from_millis(100);
/// Most answers are small.
const ANSWER_ROOM: usize = 4096;
const MOST_INPUT: usize = 32 * 1024 * 1024;
const MOST_SPOOL: u64 = 1024 * 1024;
/// What the process writes and exits with.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    pub stdout: Vec<u8>,
    pub stderr: String,
    pub exit: i32,
}

pub fn run(host: &Host, state: &State, deadline: Duration, mut input: File) -> Outcome {
    let read = read_all(&mut input).and_then(|text| host.payload(&text).map(|payload| (payload, text)));
    let (payload, text) = match read {
        Ok(read) => read,
        Err(why) => return broken(host, &why),
    };
    match ask(host, state, deadline, &payload, text) {
        Ok(outcome) => outcome,
        Err(why) => without_agent(host, state, &payload, &why),
    }
}

/// The hook itself is broken, so the call does not run.
pub fn broken(host: &Host, why: &str) -> Outcome {
    let reason = format!(
        "Blocked by Assize: the hook input could not be read ({why}), so nobody could decide about the call. Report this with the version of {}.",
        host.product
    );
    Outcome { exit: BLOCK, ..refusal(host, "", &reason) }
}

fn refusal(host: &Host, event: &str, reason: &str) -> Outcome {
    let (stdout, exit) = host.denial(event, reason);
    Outcome { stdout: stdout.into_bytes(), stderr: format!("{reason}\n"), exit }
}

fn ask(host: &Host, state: &State, deadline: Duration, payload: &Payload, text: String) -> Result<Outcome, String> {
    let started = Instant::now();
    let lost = |why: &str| unreachable(state, why);
    let token = state.token().map_err(|_| lost("it is not running"))?;
    let mut question = Vec::with_capacity(text.len() + 1024);
    let caller = Caller { role: host.client, cwd: payload.cwd.as_deref(), server: None };
    frame::put(&mut question, frame::HELLO, &hello(&token, &caller), b"");
    frame::put(&mut question, frame::INTERCEPT, "{\"id\":1,\"from\":\"host\"}", text.as_bytes());
    let left = deadline.saturating_sub(started.elapsed()).max(LEAST_WAIT);
    let mut listener = Listener { reader: FrameReader::with_room(ANSWER_ROOM), heard: None };
    let asked = platform::ask(&state.address(), question, left, |bytes| listener.hear(bytes));
    match (listener.heard, asked) {
        (Some(Heard::Answer(header, stdout)), _) => rendered(&header, stdout).ok_or_else(|| "its answer was not understood".to_owned()),
        (Some(Heard::Refusal(why)), _) => Err(lost(&why)),
        (None, Err(error)) if error.kind() == io::ErrorKind::TimedOut => Err(lost("it did not answer in time")),
        (None, Err(error)) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
            Err(lost("it is not running"))
        }
        (None, Err(error)) if error.kind() == io::ErrorKind::UnexpectedEof => Err(lost("the connection ended")),
        (None, Err(error)) => Err(lost(&error.to_string())),
        (None, Ok(())) => Err(lost("the connection ended")),
    }
}

enum Heard {
    /// Header and payload.
    Answer(Vec<u8>, Vec<u8>),
    Refusal(String),
}

struct Listener {
    reader: FrameReader,
    heard: Option<Heard>,
}

impl Listener {
    /// False once there is nothing more to wait for.
    fn hear(&mut self, mut bytes: &[u8]) -> bool {
        while !bytes.is_empty() {
            let room = self.reader.room();
            let taken = room.len().min(bytes.len());
            room[..taken].copy_from_slice(&bytes[..taken]);
            self.reader.filled(taken);
            bytes = &bytes[taken..];
        }
        while self.heard.is_none() {
            let frame = match self.reader.next() {
                Ok(Some(frame)) => frame,
                Ok(None) => return true,
                Err(_) => {
                    self.heard = Some(Heard::Refusal("it does not speak this protocol".to_owned()));
                    return false;
                }
            };
            let Ok(header) = json::read(frame.header) else { continue };
            if frame.kind == frame::REFUSED {
                self.heard = Some(Heard::Refusal(header.text("text").unwrap_or_else(|| "it refused".to_owned())));
            } else if frame.kind == frame::ANSWER && header.whole("id") == Some(1) {
                self.heard = Some(Heard::Answer(frame.header.to_vec(), frame.payload.to_vec()));
            }
        }
        false
    }
}

fn rendered(header: &[u8], stdout: Vec<u8>) -> Option<Outcome> {
    let header = json::read(header).ok()?;
    let exit = i32::try_from(header.whole("exit")?).ok()?;
    let stderr = header.text("stderr").filter(|text| !text.is_empty()).map_or_else(String::new, |text| format!("{text}\n"));
    Some(Outcome { stdout, stderr, exit })
}

/// Fail mode: looking goes on and is written down for the agent's next start; doing does not.
fn without_agent(host: &Host, state: &State, payload: &Payload, why: &str) -> Outcome {
    if !payload.guarding || payload.looking {
        spool(host, state, payload);
        return Outcome { stdout: host.quiet.clone().into_bytes(), stderr: String::new(), exit: 0 };
    }
    let reason = format!("Blocked by Assize: {} did not run because nobody could decide about it. {why}", payload.tool);
    refusal(host, &payload.event, &reason)
}

/// What passed undecided: the tool and the session, never the arguments. Without a state directory no agent ever started
/// here, and there is nobody to tell.
fn spool(host: &Host, state: &State, payload: &Payload) {
    let path = state.unjudged();
    if fs::metadata(&path).is_ok_and(|found| found.len() > MOST_SPOOL) {
        return;
    }
    let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let (event, tool, session) = (quoted(&payload.event), quoted(&payload.tool), quoted(&payload.session));
    let gate = host.client;
    let line = format!("{{\"at\":{at},\"gate\":\"{gate}\",\"event\":{event},\"tool\":{tool},\"session\":{session}}}\n");
    let _ = platform::open_private(&path).and_then(|mut file| file.write_all(line.as_bytes()));
}

fn read_all(input: &mut File) -> Result<String, String> {
    match platform::read_to_end_within(input, MOST_INPUT + 1, READ) {
        Ok(bytes) if bytes.len() > MOST_INPUT => Err("it is too long".to_owned()),
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => Err("it did not end in time".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
#[path = "hook_tests.rs"]
mod tests;
