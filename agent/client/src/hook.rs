//! One hook event from Claude Code: asks the agent and renders its answer. Never waits for longer than its deadlines.

use std::fs;
use std::fs::File;
use std::io::{self, Write};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::frame::{self, FrameReader};
use crate::json::{self, quoted};
use crate::platform;
use crate::state::{Caller, State, hello, unreachable};

const GATE: &str = "claude-code";
const READ: Duration = Duration::from_secs(1);
const LEAST_WAIT: Duration = Duration::from_millis(100);
/// Most answers are small.
const ANSWER_ROOM: usize = 4096;
const MOST_INPUT: usize = 32 * 1024 * 1024;
const MOST_SPOOL: u64 = 1024 * 1024;
/// Tools that only look. Everything else could do something, so without an agent it does not run.
const READING_TOOLS: [&str; 9] =
    ["Read", "Glob", "Grep", "LS", "NotebookRead", "TodoRead", "TodoWrite", "ExitPlanMode", "ListMcpResourcesTool"];
/// Exit code by which Claude Code knows that the call must not run, whatever stands on stdout.
pub const BLOCK: i32 = 2;

/// What the process writes and exits with.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    pub stdout: Vec<u8>,
    pub stderr: String,
    pub exit: i32,
}

struct Payload {
    event: String,
    session: String,
    cwd: Option<String>,
    tool: String,
}

pub fn run(state: &State, deadline: Duration, mut input: File) -> Outcome {
    let read = read_all(&mut input).and_then(|text| Payload::parse(&text).map(|payload| (payload, text)));
    let (payload, text) = match read {
        Ok(read) => read,
        Err(why) => return broken(&why),
    };
    match ask(state, deadline, &payload, text) {
        Ok(outcome) => outcome,
        Err(why) => without_agent(state, &payload, &why),
    }
}

/// The hook itself is broken, so the call does not run.
pub fn broken(why: &str) -> Outcome {
    let reason = format!(
        "Blocked by Assize: the hook input could not be read ({why}), so nobody could decide about the call. Report this with the version of Claude Code."
    );
    Outcome { stdout: denial("PreToolUse", &reason), stderr: format!("{reason}\n"), exit: BLOCK }
}

impl Payload {
    fn parse(text: &str) -> Result<Self, String> {
        let level = json::read(text.as_bytes()).map_err(|_| "it is not JSON".to_owned())?;
        let event = level.text("hook_event_name").ok_or("the input names no hook event")?;
        let tool = level.text("tool_name").unwrap_or_default();
        let payload = Self { session: level.text("session_id").unwrap_or_default(), cwd: level.text("cwd"), event, tool };
        if payload.guarding() && payload.tool.is_empty() {
            return Err("the input names no tool".to_owned());
        }
        Ok(payload)
    }

    /// Whether the answer decides if a tool runs.
    fn guarding(&self) -> bool {
        matches!(self.event.as_str(), "PreToolUse" | "PermissionRequest")
    }
}

fn ask(state: &State, deadline: Duration, payload: &Payload, text: String) -> Result<Outcome, String> {
    let started = Instant::now();
    let lost = |why: &str| unreachable(state, why);
    let token = state.token().map_err(|_| lost("it is not running"))?;
    let mut question = Vec::with_capacity(text.len() + 1024);
    let caller = Caller { role: GATE, cwd: payload.cwd.as_deref(), server: None };
    frame::put(&mut question, frame::HELLO, &hello(&token, &caller), b"");
    frame::put(&mut question, frame::INTERCEPT, "{\"id\":1,\"from\":\"host\"}", text.as_bytes());
    let left = deadline.saturating_sub(started.elapsed()).max(LEAST_WAIT);
    let mut listener = Listener { reader: FrameReader::with_room(ANSWER_ROOM), heard: None };
    let asked = platform::ask(&state.address(), question, left, |bytes| listener.hear(bytes));
    match (listener.heard, asked) {
        (Some(Heard::Answer(header, stdout)), _) => rendered(&header, stdout).ok_or_else(|| "its answer was not understood".to_owned()),
        (Some(Heard::Refusal(why)), _) => Err(lost(&why)),
        (None, Err(error)) if error.kind() == io::ErrorKind::TimedOut => Err(lost("it did not answer in time")),
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
fn without_agent(state: &State, payload: &Payload, why: &str) -> Outcome {
    if !payload.guarding() || READING_TOOLS.contains(&payload.tool.as_str()) {
        spool(state, payload);
        return Outcome { stdout: b"{}\n".to_vec(), stderr: String::new(), exit: 0 };
    }
    let reason = format!("Blocked by Assize: {} did not run because nobody could decide about it. {why}", payload.tool);
    Outcome { stdout: denial(&payload.event, &reason), stderr: format!("{reason}\n"), exit: 0 }
}

fn denial(event: &str, reason: &str) -> Vec<u8> {
    let reason = quoted(reason);
    let said = match event {
        "PermissionRequest" => format!("\"decision\":{{\"behavior\":\"deny\",\"message\":{reason},\"interrupt\":false}}"),
        _ => format!("\"permissionDecision\":\"deny\",\"permissionDecisionReason\":{reason}"),
    };
    format!("{{\"hookSpecificOutput\":{{\"hookEventName\":{},{said}}}}}\n", quoted(event)).into_bytes()
}

/// What passed undecided: the tool and the session, never the arguments. Without a state directory no agent ever started
/// here, and there is nobody to tell.
fn spool(state: &State, payload: &Payload) {
    let path = state.unjudged();
    if fs::metadata(&path).is_ok_and(|found| found.len() > MOST_SPOOL) {
        return;
    }
    let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let (event, tool, session) = (quoted(&payload.event), quoted(&payload.tool), quoted(&payload.session));
    let line = format!("{{\"at\":{at},\"gate\":\"{GATE}\",\"event\":{event},\"tool\":{tool},\"session\":{session}}}\n");
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
