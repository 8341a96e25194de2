//! The hosts with hooks, as data: how each tells what it is about to do, and how it is told no. The files are the agent's own.

use crate::json::{self, Level, quoted};

/// Exit code by which hosts know that the call must not run, whatever stands on standard output.
pub const BLOCK: i32 = 2;

const HOSTS: [(&str, &str); 12] = [
    ("claude-code", include_str!("../../src/sense/claude-code/host.json")),
    ("codex", include_str!("../../src/sense/codex/host.json")),
    ("cursor", include_str!("../../src/sense/cursor/host.json")),
    ("gemini", include_str!("../../src/sense/gemini/host.json")),
    ("copilot", include_str!("../../src/sense/copilot/host.json")),
    ("windsurf", include_str!("../../src/sense/windsurf/host.json")),
    ("cline", include_str!("../../src/sense/cline/host.json")),
    ("goose", include_str!("../../src/sense/goose/host.json")),
    ("droid", include_str!("../../src/sense/droid/host.json")),
    ("opencode", include_str!("../../src/sense/opencode/host.json")),
    ("openclaw", include_str!("../../src/sense/openclaw/host.json")),
    ("kiro", include_str!("../../src/sense/kiro/host.json")),
];

/// The name as it is known here.
pub fn known(client: &str) -> Option<&'static str> {
    HOSTS.iter().map(|(name, _)| *name).find(|name| *name == client)
}

pub fn names() -> String {
    HOSTS.map(|(name, _)| name).join(", ")
}

pub struct Host {
    pub client: &'static str,
    /// What people call it.
    pub product: String,
    /// Standard output that leaves everything to the host.
    pub quiet: String,
    facts: Level<'static>,
}

/// What a payload tells about itself.
pub struct Payload {
    pub event: String,
    pub session: String,
    pub cwd: Option<String>,
    /// Empty where the event is not about a tool.
    pub tool: String,
    /// Whether the answer decides if something happens.
    pub guarding: bool,
    /// Whether the tool is the host's own and only looks.
    pub looking: bool,
}

impl Host {
    /// Facts that cannot be read leave a host for which everything is broken input, and so refused.
    pub fn of(client: &'static str) -> Self {
        let text = HOSTS.iter().find(|(name, _)| *name == client).map_or("{}", |(_, text)| *text);
        let facts = json::read(text.as_bytes()).unwrap_or(Level::Object(Vec::new()));
        let product = facts.text("product").unwrap_or_else(|| client.to_owned());
        let quiet = facts.text("quiet").unwrap_or_default();
        Self { client, product, quiet, facts }
    }

    pub fn payload(&self, text: &str) -> Result<Payload, String> {
        let level = json::read(text.as_bytes()).map_err(|_| "it is not JSON".to_owned())?;
        let named = self.first("event", &level).or_else(|| self.inferred(&level)).filter(|event| !event.is_empty());
        let event = named.ok_or("the input names no hook event")?;
        let tool = self.first("tool", &level).or_else(|| level_of(self.facts.get("actions")?)?.text(&event)).unwrap_or_default();
        let guarding = self.list("guards").contains(&event);
        if guarding && tool.is_empty() {
            return Err("the input names no tool".to_owned());
        }
        let own = || !self.list("foreign").iter().any(|place| at(&level, place).is_some());
        let looking = self.list("looks").contains(&tool) && own();
        let session = self.first("session", &level).unwrap_or_default();
        Ok(Payload { session, cwd: self.first("cwd", &level), guarding, looking, event, tool })
    }

    /// Standard output and exit code that refuse a call: the first entry that is about the event.
    pub fn denial(&self, event: &str, reason: &str) -> (String, i32) {
        let about = |entry: &Level<'static>| {
            let Some(events) = entry.get("events").and_then(level_of) else { return true };
            texts(&events).iter().any(|named| named == event)
        };
        let entries = self.facts.get("denials").and_then(level_of).map(|entries| elements(&entries)).unwrap_or_default();
        let Some(entry) = entries.into_iter().filter_map(level_of).find(about) else { return (String::new(), BLOCK) };
        let exit = entry.whole("exit").and_then(|exit| i32::try_from(exit).ok()).unwrap_or(BLOCK);
        // The event first: a reason may hold anything, and what it holds stays as it is.
        let said = entry.text("stdout").unwrap_or_default().replace("$event", &quoted(event)).replace("$reason", &quoted(reason));
        (said, exit)
    }

    fn list(&self, name: &str) -> Vec<String> {
        self.facts.get(name).and_then(level_of).map(|list| texts(&list)).unwrap_or_default()
    }

    /// The first of the named places that holds a string.
    fn first(&self, places: &str, level: &Level<'_>) -> Option<String> {
        self.list(places).iter().find_map(|place| json::text(at(level, place)?))
    }

    /// The event that the presence of a key means.
    fn inferred(&self, level: &Level<'_>) -> Option<String> {
        let pairs = level_of(self.facts.get("infer")?)?;
        elements(&pairs).into_iter().filter_map(level_of).find_map(|pair| match texts(&pair).as_slice() {
            [key, event] if level.get(key).is_some() => Some(event.clone()),
            _ => None,
        })
    }
}

fn level_of(bytes: &'static [u8]) -> Option<Level<'static>> {
    json::read(bytes).ok()
}

fn elements<'a>(level: &Level<'a>) -> Vec<&'a [u8]> {
    match level {
        Level::Array(elements) => elements.clone(),
        _ => Vec::new(),
    }
}

fn texts(level: &Level<'_>) -> Vec<String> {
    elements(level).into_iter().filter_map(json::text).collect()
}

/// What stands at a place: keys joined by `/`.
fn at<'a>(level: &Level<'a>, place: &str) -> Option<&'a [u8]> {
    let (key, rest) = place.split_once('/').map_or((place, None), |(key, rest)| (key, Some(rest)));
    let found = match level {
        Level::Array(elements) => elements.get(key.parse::<usize>().ok()?).copied(),
        _ => level.get(key),
    }?;
    match rest {
        Some(rest) => at(&json::read(found).ok()?, rest),
        None => Some(found),
    }
}
