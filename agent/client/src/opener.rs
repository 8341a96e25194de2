//! Opens connections to the agent on a thread of their own: a socket where very many wait does not answer at once.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::frame;
use crate::platform::{self, AgentStream};
use crate::state::{self, Caller, State};

const WRITE: Duration = Duration::from_secs(3);

/// Ends a wait of the loop from another thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;
type Opened = (u32, Result<AgentStream, ()>);

pub struct Opener {
    state: State,
    server: String,
    wake: Wake,
    attempt: u32,
    busy: Arc<AtomicBool>,
    opened: (Sender<Opened>, Receiver<Opened>),
}

impl Opener {
    pub fn new(state: State, server: String, wake: Wake) -> Self {
        Self { state, server, wake, attempt: 0, busy: Arc::default(), opened: channel() }
    }

    /// Begins an attempt, and forgets the one before. Does not begin one while a thread still hangs in an earlier one.
    pub fn start(&mut self) -> io::Result<()> {
        self.attempt += 1;
        if self.busy.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        let (state, server, attempt) = (self.state.clone(), self.server.clone(), self.attempt);
        let (to, wake, busy) = (self.opened.0.clone(), Arc::clone(&self.wake), Arc::clone(&self.busy));
        let started = thread::Builder::new().spawn(move || {
            let opened = connect(&state, &server).map_err(|_| ());
            busy.store(false, Ordering::Release);
            let _ = to.send((attempt, opened));
            wake();
        });
        started.map(|_| ()).inspect_err(|_| self.busy.store(false, Ordering::Release))
    }

    /// What became of the latest attempt, once that is known: a connection to which the first frame was written.
    pub fn take(&mut self) -> Option<Result<AgentStream, ()>> {
        let attempt = self.attempt;
        self.opened.1.try_iter().find(|(of, _)| *of == attempt).map(|(_, opened)| opened)
    }
}

fn connect(state: &State, server: &str) -> io::Result<AgentStream> {
    let token = state.token()?;
    let mut stream = platform::connect(&state.address())?;
    stream.set_write_timeout(Some(WRITE))?;
    let mut hello = Vec::new();
    frame::put(&mut hello, frame::HELLO, &state::hello(&token, &Caller { role: "mcp-stdio", cwd: None, server: Some(server) }), b"");
    stream.write_all(&hello)?;
    platform::set_nonblocking(stream.as_fd())?;
    Ok(stream)
}
