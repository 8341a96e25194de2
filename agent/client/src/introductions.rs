//! Remembers how a server introduced itself. An agent that starts again knows nothing of the servers that were there before
//! it, and hosts ask only once: the front-end tells it. Newer answers push out older ones when there is no more room.

use std::collections::{HashMap, VecDeque};

const MOST_EXCHANGES: usize = 64;
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// A request and its answer, as they went by.
pub struct Exchange {
    pub request: Vec<u8>,
    pub response: Vec<u8>,
}

impl Exchange {
    fn bytes(&self) -> usize {
        self.request.len() + self.response.len()
    }
}

#[derive(Default)]
pub struct Introductions {
    /// Requests without an answer yet, by their id as written.
    open: HashMap<Vec<u8>, Vec<u8>>,
    exchanges: VecDeque<Exchange>,
    bytes: usize,
}

impl Introductions {
    /// An answer is still to come.
    pub fn expecting(&self) -> bool {
        !self.open.is_empty()
    }

    pub fn asked(&mut self, id: &[u8], method: &[u8], request: &[u8]) {
        let introduces = matches!(method, b"initialize" | b"server/discover" | b"tools/list");
        if introduces && request.len() <= MOST_BYTES && self.open.len() < MOST_EXCHANGES {
            self.open.insert(id.to_vec(), request.to_vec());
        }
    }

    pub fn answered(&mut self, id: &[u8], response: &[u8]) {
        let Some(request) = self.open.remove(id) else { return };
        if request.len() + response.len() > MOST_BYTES {
            return;
        }
        let exchange = Exchange { request, response: response.to_vec() };
        self.bytes += exchange.bytes();
        self.exchanges.push_back(exchange);
        while self.exchanges.len() > MOST_EXCHANGES || self.bytes > MOST_BYTES {
            self.bytes -= self.exchanges.pop_front().map_or(0, |oldest| oldest.bytes());
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &Exchange> {
        self.exchanges.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_servers_say_of_themselves_and_nothing_else() {
        let mut introductions = Introductions::default();
        introductions.asked(b"1", b"tools/list", b"q1");
        introductions.asked(b"2", b"ping", b"q2");
        introductions.answered(b"2", b"a2");
        assert!(introductions.expecting());
        introductions.answered(b"1", b"a1");
        introductions.answered(b"1", b"again");
        assert!(!introductions.expecting());
        let kept: Vec<_> = introductions.all().map(|exchange| (exchange.request.as_slice(), exchange.response.as_slice())).collect();
        assert_eq!(kept, [(&b"q1"[..], &b"a1"[..])]);
    }

    #[test]
    fn holds_no_more_than_its_bounds() {
        let mut introductions = Introductions::default();
        for number in 0..200u32 {
            introductions.asked(&number.to_be_bytes(), b"initialize", b"q");
        }
        assert_eq!(introductions.open.len(), MOST_EXCHANGES);
        for number in 0..20u32 {
            introductions.answered(&number.to_be_bytes(), &vec![0; MOST_BYTES / 3]);
        }
        assert!(introductions.bytes <= MOST_BYTES && introductions.all().count() == 2);
    }
}
