//! Both directions of a wrapped server with the messages that wait in them, and the bytes on their way out.

use crate::lane::{Lane, Ticket};
use crate::outlet::Outlet;

/// Which side sent a message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Host,
    Server,
}

impl Side {
    pub fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Server => "server",
        }
    }
}

#[derive(Default)]
pub struct Lanes {
    pub to_server: Outlet,
    pub to_host: Outlet,
    up: Lane,
    down: Lane,
}

impl Lanes {
    /// Sends a message on as soon as everything before it is gone.
    pub fn pass(&mut self, from: Side, bytes: &[u8]) {
        let (lane, out) = self.of(from);
        lane.pass(bytes, out);
    }

    /// Keeps a place for a message that is not decided yet.
    pub fn hold(&mut self, from: Side) -> Ticket {
        self.of(from).0.hold()
    }

    /// Fills a place with what is to be sent on, or with nothing.
    pub fn settle(&mut self, from: Side, ticket: Ticket, bytes: Option<&[u8]>) {
        let (lane, out) = self.of(from);
        lane.settle(ticket, bytes, out);
    }

    /// Lets those behind go: a person is being asked, and that takes long.
    pub fn park(&mut self, from: Side, ticket: Ticket) {
        let (lane, out) = self.of(from);
        lane.park(ticket, out);
    }

    /// Says something to the host at once, outside any order.
    pub fn tell_host(&mut self, bytes: &[u8]) {
        self.to_host.buffer.extend_from_slice(bytes);
    }

    fn of(&mut self, from: Side) -> (&mut Lane, &mut Vec<u8>) {
        match from {
            Side::Host => (&mut self.up, &mut self.to_server.buffer),
            Side::Server => (&mut self.down, &mut self.to_host.buffer),
        }
    }
}
