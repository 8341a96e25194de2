//! A front-end's line to the agent: keeps order, reconnects for ever, and counts what the agent could not see.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};
use std::mem;
use std::os::fd::{AsRawFd, RawFd};
use std::time::{Duration, Instant};

use crate::frame;
use crate::introductions::Introductions;
use crate::opener::Opener;
use crate::outlet::Outlet;
use crate::platform::{self, AgentStream};

const CONNECT: Duration = Duration::from_secs(3);
const FIRST_RETRY: Duration = Duration::from_millis(200);
/// Calls are refused until the agent is reached again, and an attempt costs next to nothing.
const LONGEST_RETRY: Duration = Duration::from_secs(2);
/// The agent takes nothing for this long: as good as gone.
const STALL: Duration = Duration::from_secs(5);
const FULL: usize = 8 * 1024 * 1024;
/// What waits for the first welcome; more means the agent is not coming.
const MOST_EARLY: usize = 4 * 1024 * 1024;
/// How long what the host said may wait for company: each write wakes the agent.
const LINGER: Duration = Duration::from_millis(3);
const MOST_LINGERING: usize = 64 * 1024;

enum Link {
    /// A thread opens the connection.
    Opening(Instant),
    /// The agent has been told who calls and has not answered.
    Greeting(AgentStream, Instant),
    Connected(AgentStream),
    /// Nothing to be done before then.
    Resting(Instant),
    Closed,
}

pub struct Uplink {
    opener: Opener,
    link: Link,
    /// Until the agent was reached or given up for the first time, messages wait for it.
    hopeful: bool,
    out: Outlet,
    early: Vec<u8>,
    early_observed: u64,
    unseen: u64,
    next_id: u64,
    retry: Duration,
    stalled: Option<Instant>,
    lingering: Option<Instant>,
    urgent: bool,
    lost: bool,
}

impl Uplink {
    /// Begins to connect.
    pub fn new(opener: Opener) -> Self {
        let mut uplink = Self {
            opener,
            link: Link::Closed,
            hopeful: true,
            out: Outlet::default(),
            early: Vec::new(),
            early_observed: 0,
            unseen: 0,
            next_id: 1,
            retry: FIRST_RETRY,
            stalled: None,
            lingering: None,
            urgent: false,
            lost: false,
        };
        uplink.open();
        uplink
    }

    /// Connected, or not yet known to be lost.
    pub fn usable(&self) -> bool {
        self.connected() || self.hopeful
    }

    pub fn connected(&self) -> bool {
        matches!(self.link, Link::Connected(_))
    }

    /// True while the agent should not be given more.
    pub fn full(&self) -> bool {
        self.out.waiting() > FULL
    }

    /// True once after the agent was lost: what is held is to be settled by the fail mode.
    pub fn take_lost(&mut self) -> bool {
        mem::take(&mut self.lost)
    }

    pub fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id - 1
    }

    /// Tells the agent of a message that goes on its way. `urgent` has it there before anything that happens next.
    pub fn observe(&mut self, from: &str, payload: &[u8], urgent: bool) {
        if !self.usable() {
            self.unseen += 1;
            return;
        }
        if !self.connected() {
            self.early_observed += 1;
        }
        self.send(frame::OBSERVE, &format!("{{\"from\":\"{from}\"}}"), payload);
        self.urgent |= urgent || self.out.waiting() >= MOST_LINGERING;
        if !self.urgent && self.lingering.is_none() {
            self.lingering = Some(Instant::now() + LINGER);
        }
    }

    pub fn intercept(&mut self, id: u64, from: &str, payload: &[u8]) {
        self.send(frame::INTERCEPT, &format!("{{\"id\":{id},\"from\":\"{from}\"}}"), payload);
        self.urgent = true;
    }

    pub fn cancel(&mut self, id: u64) {
        if self.connected() {
            self.send(frame::CANCEL, &format!("{{\"id\":{id}}}"), b"");
            self.urgent = true;
        }
    }

    /// Where to wait for the agent's bytes.
    pub fn readable(&self) -> Option<RawFd> {
        match &self.link {
            Link::Greeting(stream, _) | Link::Connected(stream) => Some(stream.as_raw_fd()),
            _ => None,
        }
    }

    /// Where to wait until the agent takes more; nothing while nothing is stuck.
    pub fn writable(&self) -> Option<RawFd> {
        self.stalled.and_then(|_| self.readable())
    }

    /// Reads what is there: nothing is `WouldBlock`, and 0 bytes are the end.
    pub fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match &mut self.link {
            Link::Greeting(stream, _) | Link::Connected(stream) => stream.read(room),
            _ => Err(io::ErrorKind::WouldBlock.into()),
        }
    }

    /// Hands over what must not wait any longer.
    pub fn flush(&mut self) {
        let Link::Connected(stream) = &mut self.link else { return };
        if !self.urgent && self.lingering.is_none_or(|until| until > Instant::now()) {
            return;
        }
        if self.out.flush(|bytes| stream.write(bytes)).is_err() {
            return self.lose();
        }
        self.lingering = None;
        self.urgent = self.out.waiting() > 0;
        self.stalled = if self.urgent { self.stalled.or_else(|| Some(Instant::now())) } else { None };
    }

    /// Takes a connection that another thread opened.
    pub fn take_opened(&mut self) {
        if !matches!(self.link, Link::Opening(_)) {
            return;
        }
        match self.opener.take() {
            Some(Ok(stream)) => self.link = Link::Greeting(stream, Instant::now()),
            Some(Err(())) => self.lose(),
            None => {}
        }
    }

    /// The agent knows who calls. One that starts again is told first what it has to know; then goes whatever waited for it.
    pub fn welcome(&mut self, introductions: &Introductions) {
        self.link = match mem::replace(&mut self.link, Link::Closed) {
            Link::Greeting(stream, _) => Link::Connected(stream),
            other => other,
        };
        self.retry = FIRST_RETRY;
        if !mem::take(&mut self.hopeful) {
            for exchange in introductions.all() {
                self.send(frame::OBSERVE, "{\"from\":\"host\"}", &exchange.request);
                self.send(frame::OBSERVE, "{\"from\":\"server\"}", &exchange.response);
            }
        }
        if self.unseen > 0 {
            self.send(frame::OBSERVE, &format!("{{\"missed\":{}}}", self.unseen), b"");
        }
        self.unseen = 0;
        self.early_observed = 0;
        self.out.buffer.append(&mut self.early);
        self.urgent = true;
    }

    /// The agent is gone, or as good as gone.
    pub fn lose(&mut self) {
        if matches!(self.link, Link::Closed) {
            return;
        }
        self.lost |= self.usable();
        self.hopeful = false;
        self.unseen += mem::take(&mut self.early_observed);
        self.early = Vec::new();
        self.out.discard();
        (self.stalled, self.lingering, self.urgent) = (None, None, false);
        let spread = RandomState::new().hash_one(self.next_id) % 512;
        self.link = Link::Resting(Instant::now() + self.retry.mul_f64(0.5 + spread as f64 / 1024.0));
        self.retry = LONGEST_RETRY.min(self.retry * 3 / 2);
    }

    /// When `tick` wants to be called.
    pub fn due(&self) -> Option<Instant> {
        let link = match &self.link {
            Link::Opening(since) | Link::Greeting(_, since) => Some(*since + CONNECT),
            Link::Resting(until) => Some(*until),
            Link::Connected(_) | Link::Closed => None,
        };
        [link, self.stalled.filter(|_| self.full()).map(|since| since + STALL), self.lingering].into_iter().flatten().min()
    }

    pub fn tick(&mut self, now: Instant) {
        match &self.link {
            Link::Opening(since) | Link::Greeting(_, since) if *since + CONNECT <= now => self.lose(),
            Link::Connected(_) if self.full() && self.stalled.is_some_and(|since| since + STALL <= now) => self.lose(),
            Link::Resting(until) if *until <= now => self.open(),
            _ => {}
        }
    }

    /// Says goodbye; waits a moment for the agent to take what is left.
    pub fn close(&mut self, patience: Duration) {
        let until = Instant::now() + patience;
        self.urgent = true;
        self.flush();
        while self.stalled.is_some() && Instant::now() < until {
            let _ = platform::wait(&mut [platform::Interest::write(self.writable())], Some(20));
            self.urgent = true;
            self.flush();
        }
        self.link = Link::Closed;
    }

    fn send(&mut self, kind: u8, header: &str, payload: &[u8]) {
        if self.connected() {
            return frame::put(&mut self.out.buffer, kind, header, payload);
        }
        if self.hopeful {
            frame::put(&mut self.early, kind, header, payload);
            if self.early.len() > MOST_EARLY {
                self.lose();
            }
        }
    }

    fn open(&mut self) {
        self.link = Link::Opening(Instant::now());
        if self.opener.start().is_err() {
            self.lose();
        }
    }
}
