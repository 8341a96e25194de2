//! Runs an MCP server behind the gate until it ends: one thread, one wait for everything that can happen.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStdin, ChildStdout, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::arguments::Mcp;
use crate::front_end::{FrontEnd, Settings};
use crate::host_writer::HostWriter;
use crate::opener::Opener;
use crate::platform::{self, Interest, SIGCHLD, SIGHUP, SIGINT, SIGTERM};
use crate::server_name::server_name;
use crate::state::State;
use crate::uplink::Uplink;

/// How long a server may take to leave after its input closed, and again after it was asked to.
const GRACE: Duration = Duration::from_secs(5);
/// How long output may come after the process is gone.
const OUTPUT: Duration = Duration::from_secs(2);
const GOODBYE: Duration = Duration::from_millis(250);
const CHUNK: usize = 64 * 1024;
/// A reader this far behind: nothing more is read for it.
const SLOW: usize = 256 * 1024;

/// How the server ended.
pub enum End {
    Code(i32),
    Signal(i32),
}

/// Wraps the server. The error is a sentence about why it could not be started.
pub fn run(options: Mcp) -> Result<End, String> {
    Wrapped::start(options)?
        .run()
        .map_err(|error| format!("The gate could not wait for messages ({error}), so it ended and took the server with it."))
}

struct Wrapped {
    child: Child,
    front: FrontEnd,
    host_in: Option<File>,
    host_out: HostWriter,
    server_in: Option<ChildStdin>,
    server_out: Option<ChildStdout>,
    signals: UnixStream,
    ended: Option<(ExitStatus, Instant)>,
    /// When the server's input was closed, or was to be closed.
    closing: Option<Instant>,
    /// Signals sent to a server that does not leave.
    pushes: u32,
    chunk: Box<[u8]>,
}

impl Wrapped {
    fn start(options: Mcp) -> Result<Self, String> {
        let broken = |error: io::Error| format!("The gate could not be set up ({error}), so nothing was started.");
        let (signals, waker) = UnixStream::pair().map_err(broken)?;
        for end in [&signals, &waker] {
            end.set_nonblocking(true).map_err(broken)?;
        }
        let waker: &'static UnixStream = Box::leak(Box::new(waker));
        platform::receive_signals(&[SIGINT, SIGTERM, SIGHUP, SIGCHLD], waker);
        let words: Vec<String> = options.command.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        let state = State::locate(options.state.as_deref());
        let mut child = std::process::Command::new(&options.command[0])
            .args(&options.command[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| {
                format!(
                    "The MCP server `{}` could not be started ({error}), so nothing runs behind the gate. Check the command after `--`.",
                    words[0]
                )
            })?;
        let (server_in, server_out) = (child.stdin.take(), child.stdout.take());
        if let Some(pipe) = &server_in {
            platform::set_nonblocking(pipe.as_fd()).map_err(broken)?;
        }
        let server = options.server.unwrap_or_else(|| server_name(&words));
        let uplink = Uplink::new(Opener::new(state.clone(), server, Arc::new(move || drop((&*waker).write(&[0])))));
        let settings = Settings { state, line_bytes: options.line_bytes as usize, deadline: Duration::from_millis(options.deadline_ms) };
        Ok(Self {
            child,
            front: FrontEnd::new(settings, uplink),
            host_in: Some(platform::duplicate_stdin().map_err(broken)?),
            host_out: HostWriter::new().map_err(broken)?,
            server_in,
            server_out,
            signals,
            ended: None,
            closing: None,
            pushes: 0,
            chunk: vec![0; CHUNK].into_boxed_slice(),
        })
    }

    fn run(mut self) -> io::Result<End> {
        let status = loop {
            if let Some(status) = self.finished() {
                break status;
            }
            let mut interests = self.interests();
            platform::wait(&mut interests, self.timeout())?;
            self.handle(&interests);
            self.leave_if_done();
            self.front.tick(Instant::now());
            self.flush();
        };
        self.front.uplink.close(GOODBYE);
        Ok(status.signal().map_or_else(|| End::Code(status.code().unwrap_or(0)), End::Signal))
    }

    /// In the order in which `handle` looks at them: what frees memory comes before what takes some.
    fn interests(&self) -> [Interest; 7] {
        let front = &self.front;
        let host = self.host_in.as_ref().filter(|_| !front.full() && front.lanes.to_server.waiting() < SLOW);
        let server = self.server_out.as_ref().filter(|_| !front.uplink.full() && front.lanes.to_host.waiting() < SLOW);
        let server_in = self.server_in.as_ref().filter(|_| front.lanes.to_server.waiting() > 0);
        [
            Interest::read(Some(self.signals.as_raw_fd())),
            Interest::read(front.uplink.readable()),
            Interest::read(host.map(AsRawFd::as_raw_fd)),
            Interest::read(server.map(AsRawFd::as_raw_fd)),
            Interest::write(server_in.map(AsRawFd::as_raw_fd)),
            Interest::write(Some(1).filter(|_| front.lanes.to_host.waiting() > 0)),
            Interest::write(front.uplink.writable()),
        ]
    }

    fn handle(&mut self, [signals, agent, host, server, ..]: &[Interest; 7]) {
        if signals.readable {
            self.take_signals();
        }
        if agent.readable {
            self.front.read_agent();
        }
        if server.readable {
            self.read_server();
        }
        if host.readable {
            self.read_host();
        }
    }

    fn read_host(&mut self) {
        let Some(input) = &mut self.host_in else { return };
        match input.read(&mut self.chunk) {
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
            Ok(0) | Err(_) => {
                self.host_in = None;
                self.front.host_end();
            }
            Ok(length) => self.front.host_bytes(&self.chunk[..length]),
        }
    }

    fn read_server(&mut self) {
        let Some(output) = &mut self.server_out else { return };
        match output.read(&mut self.chunk) {
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
            Ok(0) | Err(_) => {
                self.server_out = None;
                self.front.server_end();
            }
            Ok(length) => self.front.server_bytes(&self.chunk[..length]),
        }
    }

    fn take_signals(&mut self) {
        let mut numbers = [0; 64];
        while let Ok(length @ 1..) = self.signals.read(&mut numbers) {
            for number in numbers[..length].iter().map(|byte| i32::from(*byte)).filter(|number| *number != 0 && *number != SIGCHLD) {
                self.push(number);
            }
        }
        self.front.uplink.take_opened();
        if self.ended.is_none()
            && let Ok(Some(status)) = self.child.try_wait()
        {
            self.ended = Some((status, Instant::now()));
        }
    }

    fn push(&mut self, signal: i32) {
        if self.ended.is_none() {
            platform::send_signal(self.child.id(), signal);
        }
    }

    /// After the host closed: the server's input closes once nothing is held any more; a server that stays is ended.
    fn leave_if_done(&mut self) {
        if self.host_in.is_some() || self.front.held() > 0 {
            return;
        }
        let since = *self.closing.get_or_insert_with(Instant::now);
        if self.front.lanes.to_server.waiting() == 0 {
            self.server_in = None;
        }
        if since.elapsed() >= GRACE * (self.pushes + 1) && self.pushes < 2 {
            self.pushes += 1;
            match self.pushes {
                1 => self.push(SIGTERM),
                _ => drop(self.child.kill()),
            }
        }
    }

    fn flush(&mut self) {
        self.front.uplink.flush();
        match &mut self.server_in {
            Some(pipe) if self.front.lanes.to_server.waiting() > 0 => {
                if self.front.lanes.to_server.flush(|bytes| pipe.write(bytes)).is_err() {
                    self.server_in = None;
                    self.front.lanes.to_server.discard();
                }
            }
            Some(_) => {}
            None => self.front.lanes.to_server.discard(),
        }
        if self.front.lanes.to_host.waiting() > 0 && self.front.lanes.to_host.flush(|bytes| self.host_out.write(bytes)).is_err() {
            // Nobody reads any more.
            self.front.lanes.to_host.discard();
            self.push(SIGTERM);
        }
    }

    fn timeout(&self) -> Option<i32> {
        let ended = self.ended.map(|(_, when)| when + OUTPUT);
        let push = self.closing.filter(|_| self.pushes < 2).map(|since| since + GRACE * (self.pushes + 1));
        let due = [self.front.due(), ended, push].into_iter().flatten().min()?;
        Some(i32::try_from(due.saturating_duration_since(Instant::now()).as_micros().div_ceil(1000)).unwrap_or(i32::MAX))
    }

    /// Ends with the process and its output; a grandchild that keeps the output open does not keep us.
    fn finished(&self) -> Option<ExitStatus> {
        let (status, when) = self.ended?;
        let silent = self.server_out.is_none() || when.elapsed() >= OUTPUT;
        (silent && self.front.lanes.to_host.waiting() == 0).then_some(status)
    }
}
