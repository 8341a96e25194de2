//! Messages in one direction, in order. One that is held keeps its place until it is settled or parked.

use std::collections::VecDeque;

/// A place in a lane, good until the message in it is settled.
pub type Ticket = u64;

enum Place {
    Held,
    /// A person is being asked: those behind it need not wait, and it is written when it is settled.
    Parked,
    Ready(Vec<u8>),
    Nothing,
}

#[derive(Default)]
pub struct Lane {
    queue: VecDeque<Place>,
    first: Ticket,
}

impl Lane {
    /// Sends a message as soon as everything before it is gone.
    pub fn pass(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        if self.queue.is_empty() {
            out.extend_from_slice(bytes);
        } else {
            self.queue.push_back(Place::Ready(bytes.to_vec()));
        }
    }

    /// Keeps a place for a message that is not decided yet.
    pub fn hold(&mut self) -> Ticket {
        self.queue.push_back(Place::Held);
        self.first + self.queue.len() as Ticket - 1
    }

    /// Fills a place with what is to be sent, or with nothing. A place that was parked is written at once.
    pub fn settle(&mut self, ticket: Ticket, bytes: Option<&[u8]>, out: &mut Vec<u8>) {
        // The usual case, one message in flight, needs no copy.
        if ticket == self.first && self.queue.len() == 1 && matches!(self.queue.front(), Some(Place::Held)) {
            out.extend_from_slice(bytes.unwrap_or_default());
            self.queue.clear();
            self.first += 1;
            return;
        }
        match self.place(ticket) {
            Some(place @ Place::Held) => *place = bytes.map_or(Place::Nothing, |bytes| Place::Ready(bytes.to_vec())),
            _ => return out.extend_from_slice(bytes.unwrap_or_default()),
        }
        self.drain(out);
    }

    /// Lets those behind go.
    pub fn park(&mut self, ticket: Ticket, out: &mut Vec<u8>) {
        if let Some(place @ Place::Held) = self.place(ticket) {
            *place = Place::Parked;
        }
        self.drain(out);
    }

    fn place(&mut self, ticket: Ticket) -> Option<&mut Place> {
        self.queue.get_mut(usize::try_from(ticket.checked_sub(self.first)?).ok()?)
    }

    fn drain(&mut self, out: &mut Vec<u8>) {
        while let Some(place) = self.queue.front() {
            match place {
                Place::Held => return,
                Place::Ready(bytes) => out.extend_from_slice(bytes),
                Place::Parked | Place::Nothing => {}
            }
            self.queue.pop_front();
            self.first += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_around_a_held_message() {
        let (mut lane, mut out) = (Lane::default(), Vec::new());
        let place = lane.hold();
        lane.pass(b"b", &mut out);
        assert_eq!(out, b"");
        lane.settle(place, Some(b"a"), &mut out);
        lane.pass(b"c", &mut out);
        assert_eq!(out, b"abc");
    }

    #[test]
    fn lets_others_pass_a_parked_message_and_sends_it_when_it_is_settled() {
        let (mut lane, mut out) = (Lane::default(), Vec::new());
        let place = lane.hold();
        lane.pass(b"b", &mut out);
        lane.park(place, &mut out);
        assert_eq!(out, b"b");
        lane.settle(place, Some(b"a"), &mut out);
        assert_eq!(out, b"ba");
    }

    #[test]
    fn writes_a_parked_message_even_behind_one_that_is_held() {
        let (mut lane, mut out) = (Lane::default(), Vec::new());
        let (first, second) = (lane.hold(), lane.hold());
        lane.park(second, &mut out);
        lane.settle(second, Some(b"b"), &mut out);
        lane.settle(first, Some(b"a"), &mut out);
        assert_eq!(out, b"ba");
    }

    #[test]
    fn forgets_a_message_that_is_settled_with_nothing() {
        let (mut lane, mut out) = (Lane::default(), Vec::new());
        let (first, second) = (lane.hold(), lane.hold());
        lane.settle(second, Some(b"b"), &mut out);
        lane.settle(first, None, &mut out);
        assert_eq!(out, b"b");
        assert!(lane.queue.is_empty());
    }
}
