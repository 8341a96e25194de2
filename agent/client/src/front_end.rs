//! The thin part that runs inside the host's process tree: it frames lines, asks the agent about those that want something
//! done, and applies the answer. It decides one thing alone: what happens when the agent does not answer.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::mem;
use std::time::{Duration, Instant};

use crate::frame::{self, Frame, FrameReader};
use crate::introductions::Introductions;
use crate::json;
use crate::lane::Ticket;
use crate::lanes::{Lanes, Side};
use crate::lines::{Line, LineReader, id_at_edge};
use crate::protocol;
use crate::scan::{Problem, Scan, Shape, scan};
use crate::state::State;
use crate::unseen::may_hold_unseen;
use crate::uplink::Uplink;

/// Results this large reach the host only once the agent has read them, so that no later call overtakes them.
const SYNC: usize = 64 * 1024;
const TICK: Duration = Duration::from_millis(250);
const MOST_HELD: usize = 4096;

/// What happens to a held message when the agent is gone.
enum Lost {
    /// It only reads: it goes on and is counted.
    Pass,
    /// It could do something: its sender is told that nothing ran.
    Block,
    /// It is an answer that would tell the server something: the server hears that nothing comes.
    TurnDown(Vec<u8>),
    /// It may not go on in any case; this is said instead.
    Refuse(Vec<u8>),
}

struct Held {
    ticket: Ticket,
    from: Side,
    bytes: Vec<u8>,
    /// The request's id as written, by which the host may cancel it.
    id: Option<Vec<u8>>,
    since: Instant,
    lost: Lost,
    parked: bool,
}

pub struct Settings {
    pub state: State,
    /// Longest line in bytes.
    pub line_bytes: usize,
    /// How long the agent has for a held message before the fail mode applies.
    pub deadline: Duration,
}

pub struct FrontEnd {
    settings: Settings,
    pub uplink: Uplink,
    pub lanes: Lanes,
    held: BTreeMap<u64, Held>,
    /// Ids of requests whose results reach the host only once they were judged, as written.
    awaited: BTreeSet<Vec<u8>>,
    from_host: LineReader,
    from_server: LineReader,
    from_agent: FrameReader,
    introductions: Introductions,
    checked: Instant,
}

impl FrontEnd {
    pub fn new(settings: Settings, uplink: Uplink) -> Self {
        let reader = || LineReader::new(settings.line_bytes);
        Self {
            from_host: reader(),
            from_server: reader(),
            settings,
            uplink,
            lanes: Lanes::default(),
            held: BTreeMap::new(),
            awaited: BTreeSet::new(),
            from_agent: FrameReader::default(),
            introductions: Introductions::default(),
            checked: Instant::now(),
        }
    }

    /// True while the host should not send more.
    pub fn full(&self) -> bool {
        self.held.len() > MOST_HELD || self.uplink.full()
    }

    pub fn held(&self) -> usize {
        self.held.len()
    }

    pub fn host_bytes(&mut self, chunk: &[u8]) {
        let mut reader = mem::replace(&mut self.from_host, LineReader::new(0));
        reader.push(chunk, |line| self.host_line(line));
        self.from_host = reader;
        self.settle_lost();
    }

    pub fn host_end(&mut self) {
        let mut reader = mem::replace(&mut self.from_host, LineReader::new(0));
        reader.end(|line| self.host_line(line));
        self.settle_lost();
    }

    pub fn server_bytes(&mut self, chunk: &[u8]) {
        let mut reader = mem::replace(&mut self.from_server, LineReader::new(0));
        reader.push(chunk, |line| self.server_line(line));
        self.from_server = reader;
        self.settle_lost();
    }

    pub fn server_end(&mut self) {
        let mut reader = mem::replace(&mut self.from_server, LineReader::new(0));
        reader.end(|line| self.server_line(line));
        self.settle_lost();
    }

    /// Reads what the agent sent; false when nothing was there.
    pub fn read_agent(&mut self) -> bool {
        let mut reader = mem::take(&mut self.from_agent);
        let read = self.uplink.read(reader.room());
        match read {
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {
                self.from_agent = reader;
                return false;
            }
            Ok(0) | Err(_) => self.uplink.lose(),
            Ok(bytes) => {
                reader.filled(bytes);
                if self.frames(&mut reader) {
                    self.from_agent = reader;
                } else {
                    self.uplink.lose();
                }
            }
        }
        self.settle_lost();
        true
    }

    /// When `tick` wants to be called.
    pub fn due(&self) -> Option<Instant> {
        let overdue = (!self.held.is_empty()).then_some(self.checked + TICK);
        overdue.into_iter().chain(self.uplink.due()).min()
    }

    /// Sees to answers that are overdue: then the agent hangs, and a new connection may not.
    pub fn tick(&mut self, now: Instant) {
        if now >= self.checked + TICK {
            self.checked = now;
            let late = |held: &Held| !held.parked && held.since + self.settings.deadline < now;
            if self.held.values().any(late) {
                self.uplink.lose();
            }
        }
        self.uplink.tick(now);
        self.settle_lost();
    }

    /// Handles every frame that is complete; false when the agent does not speak the protocol or refused us.
    fn frames(&mut self, reader: &mut FrameReader) -> bool {
        loop {
            match reader.next() {
                Ok(Some(frame)) if frame.kind == frame::REFUSED => return false,
                Ok(Some(frame)) => self.frame(&frame),
                Ok(None) => return true,
                Err(_) => return false,
            }
        }
    }

    fn frame(&mut self, frame: &Frame<'_>) {
        match frame.kind {
            frame::WELCOME => return self.uplink.welcome(&self.introductions),
            frame::NOTICE => return self.lanes.tell_host(frame.payload),
            frame::ASKING | frame::ANSWER => {}
            _ => return,
        }
        let Ok(header) = json::read(frame.header) else { return };
        let Some(id) = header.whole("id") else { return };
        if frame.kind == frame::ASKING {
            let Some(held) = self.held.get_mut(&id) else { return };
            held.parked = true;
            return self.lanes.park(held.from, held.ticket);
        }
        if let Some(held) = self.held.remove(&id) {
            if let Some(request) =
                held.id.as_ref().filter(|_| header.text("result").as_deref() == Some("hold") && self.awaited.len() < MOST_HELD)
            {
                self.awaited.insert(request.clone());
            }
            self.apply(held, header.text("action").as_deref(), frame.payload);
        }
    }

    fn apply(&mut self, held: Held, action: Option<&str>, payload: &[u8]) {
        match action {
            Some("pass") => self.settle(&held, Some(&held.bytes)),
            Some("replace") => self.settle(&held, Some(payload)),
            Some("reply") => {
                self.settle(&held, None);
                self.lanes.tell_host(payload);
            }
            Some("drop") => self.settle(&held, None),
            _ => self.fail_mode(held),
        }
    }

    fn host_line(&mut self, line: Line<'_>) {
        let bytes = match line {
            Line::Whole(bytes) => bytes,
            Line::Oversized { head, tail, length } => return self.host_oversized(head, tail, length),
        };
        if matches!(bytes, b"\n" | b"\r" | b"\r\n" | b"\n\n" | b"") {
            return self.lanes.pass(Side::Host, bytes);
        }
        let scanned = scan(bytes);
        if let Some(problem) = protocol::message_problem(&scanned) {
            return self.refuse(bytes, &scanned, protocol::invalid(scanned.id, problem));
        }
        match (&scanned.method, scanned.shape) {
            (_, Shape::Array) if !protocol::is_harmless_batch(bytes, &scanned) => {
                return self.refuse(bytes, &scanned, protocol::batch_refusal(bytes));
            }
            (Some(method), Shape::Object) if protocol::is_held(method) => {
                let lost = if &**method == b"tools/call" { Lost::Block } else { Lost::Pass };
                return self.ask(Side::Host, bytes, scanned.id, lost);
            }
            (None, Shape::Object) if protocol::says_something(bytes, &scanned) => {
                let told = protocol::turned_down(scanned.id.unwrap_or(b"null"));
                return self.ask(Side::Host, bytes, None, Lost::TurnDown(told));
            }
            (Some(method), _) if &**method == b"notifications/cancelled" => self.cancel(bytes),
            _ => {}
        }
        if let (Some(id), Some(method)) = (scanned.id, &scanned.method) {
            self.introductions.asked(id, method, bytes);
        }
        self.uplink.observe("host", bytes, false);
        self.lanes.pass(Side::Host, bytes);
    }

    fn server_line(&mut self, line: Line<'_>) {
        if let Line::Whole(bytes) = line
            && self.introductions.expecting()
            && let Some(id) = scan(bytes).id
        {
            self.introductions.answered(id, bytes);
        }
        match line {
            Line::Whole(bytes) if self.waits(bytes) => self.ask(Side::Server, bytes, None, Lost::Pass),
            Line::Whole(bytes) => {
                // On the agent's socket before the host can act on it, so that no call at any gate is judged without it.
                self.uplink.observe("server", bytes, true);
                self.lanes.pass(Side::Server, bytes);
            }
            Line::Oversized { head, tail, length } => self.server_oversized(head, tail, length),
        }
    }

    /// Whether the agent has to see a message of the server before the host does. While some result is to be held, every
    /// message is: a server may write the id of its request in another way.
    fn waits(&mut self, bytes: &[u8]) -> bool {
        if !self.uplink.usable() {
            return false;
        }
        if self.awaited.is_empty() {
            return bytes.len() >= SYNC || may_hold_unseen(bytes);
        }
        if let Some(id) = scan(bytes).id {
            self.awaited.remove(id);
        }
        true
    }

    fn ask(&mut self, from: Side, bytes: &[u8], id: Option<&[u8]>, lost: Lost) {
        let ticket = self.lanes.hold(from);
        let held = Held { ticket, from, bytes: bytes.to_vec(), id: id.map(<[u8]>::to_vec), since: Instant::now(), lost, parked: false };
        if !self.uplink.usable() {
            return self.fail_mode(held);
        }
        let number = self.uplink.new_id();
        self.held.insert(number, held);
        self.uplink.intercept(number, from.name(), bytes);
    }

    /// The agent words the refusal and records it; without one it is ours. Either way the message goes no further.
    fn refuse(&mut self, bytes: &[u8], scanned: &Scan<'_>, ours: Vec<u8>) {
        if !self.uplink.usable() || scanned.problem == Some(Problem::NotUtf8) {
            return self.lanes.tell_host(&ours);
        }
        self.ask(Side::Host, bytes, None, Lost::Refuse(ours));
    }

    fn cancel(&mut self, notification: &[u8]) {
        let Some(request) = protocol::cancelled_id(notification) else { return };
        let meant = |held: &Held| held.id.as_ref().is_some_and(|id| protocol::same_id(id, request));
        let found: Vec<u64> = self.held.iter().filter(|(_, held)| meant(held)).map(|(number, _)| *number).collect();
        for number in found {
            if let Some(held) = self.held.remove(&number) {
                self.uplink.cancel(number);
                self.settle(&held, None);
            }
        }
    }

    fn settle_lost(&mut self) {
        while self.uplink.take_lost() {
            self.from_agent = FrameReader::default();
            for (_, held) in mem::take(&mut self.held) {
                self.fail_mode(held);
            }
        }
    }

    fn fail_mode(&mut self, held: Held) {
        match &held.lost {
            Lost::Pass => {
                self.uplink.observe(held.from.name(), &held.bytes, false);
                return self.settle(&held, Some(&held.bytes));
            }
            Lost::Block => {
                if let Some(id) = &held.id {
                    let result = protocol::blocked_result(id, &self.no_agent(), &held.bytes);
                    self.lanes.tell_host(&result);
                }
            }
            Lost::TurnDown(told) => return self.settle(&held, Some(told)),
            Lost::Refuse(ours) => self.lanes.tell_host(ours),
        }
        self.settle(&held, None);
    }

    fn no_agent(&self) -> String {
        format!(
            "Blocked by Assize: the agent on this machine does not answer, so nobody can decide about this call, and calls that could change something do not run meanwhile. Start it with `assize agent --state {}` or start its service, then try again.",
            self.settings.state.shown()
        )
    }

    fn settle(&mut self, held: &Held, bytes: Option<&[u8]>) {
        self.lanes.settle(held.from, held.ticket, bytes);
    }

    fn host_oversized(&mut self, head: &[u8], tail: &[u8], length: usize) {
        let text = format!(
            "The message of {length} bytes is longer than the {} that Assize reads, so it was not passed on and nothing ran.",
            self.settings.line_bytes
        );
        self.lanes.tell_host(&protocol::invalid(id_at_edge(head, tail), &text));
    }

    fn server_oversized(&mut self, head: &[u8], tail: &[u8], length: usize) {
        let text = format!(
            "The server's message of {length} bytes is longer than the {} that Assize reads, so it was withheld: nobody could judge what it says.",
            self.settings.line_bytes
        );
        eprintln!("assize: {text}");
        if let Some(id) = id_at_edge(head, tail) {
            self.lanes.pass(Side::Server, &protocol::withheld(id, &text));
        }
    }
}

#[cfg(test)]
#[path = "front_end_tests.rs"]
mod tests;
