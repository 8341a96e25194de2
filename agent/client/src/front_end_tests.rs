//! A front-end against a stand-in for the agent that does as each test tells it.

use super::*;
use std::env;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crate::opener::Opener;

const CALL: &[u8] = b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}\n";
const READ: &[u8] = b"{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"resources/read\",\"params\":{\"uri\":\"u\"}}\n";
const PING: &[u8] = b"{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}\n";

fn folder(name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("assize-front-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn front_end(folder: &Path, deadline: u64) -> FrontEnd {
    let state = State::locate(folder.to_str());
    let settings = Settings { state: state.clone(), line_bytes: 1_000_000, deadline: Duration::from_millis(deadline) };
    FrontEnd::new(settings, Uplink::new(Opener::new(state, "files".to_owned(), Arc::new(|| ()))))
}

/// Goes on as the loop would, until the condition holds.
fn until(front: &mut FrontEnd, what: &str, ready: impl Fn(&FrontEnd) -> bool) {
    let limit = Instant::now() + Duration::from_secs(10);
    while !ready(front) {
        assert!(Instant::now() < limit, "waited in vain for {what}");
        front.uplink.take_opened();
        front.read_agent();
        front.tick(Instant::now());
        front.uplink.flush();
        thread::sleep(Duration::from_millis(2));
    }
}

fn host_got(front: &FrontEnd) -> String {
    String::from_utf8_lossy(&front.lanes.to_host.buffer).into_owned()
}

fn server_got(front: &FrontEnd) -> String {
    String::from_utf8_lossy(&front.lanes.to_server.buffer).into_owned()
}

/// The other end of the connection.
struct Agent {
    stream: UnixStream,
    reader: FrameReader,
}

impl Agent {
    fn listen(folder: &Path) -> UnixListener {
        fs::write(folder.join("agent.token"), "secret").unwrap();
        let _ = fs::remove_file(folder.join("agent.sock"));
        UnixListener::bind(folder.join("agent.sock")).unwrap()
    }

    /// Takes the next connection and welcomes it.
    fn accept(listener: &UnixListener) -> Self {
        let mut agent = Self { stream: listener.accept().unwrap().0, reader: FrameReader::default() };
        let (kind, header, _) = agent.next();
        assert_eq!(kind, frame::HELLO);
        let hello = json::read(header.as_bytes()).unwrap();
        assert_eq!((hello.text("role").as_deref(), hello.text("token").as_deref()), (Some("mcp-stdio"), Some("secret")));
        agent.send(frame::WELCOME, "{}", b"");
        agent
    }

    fn next(&mut self) -> (u8, String, Vec<u8>) {
        loop {
            if let Some(frame) = self.reader.next().unwrap() {
                return (frame.kind, String::from_utf8(frame.header.to_vec()).unwrap(), frame.payload.to_vec());
            }
            let length = self.stream.read(self.reader.room()).unwrap();
            assert!(length > 0, "the front-end closed the connection");
            self.reader.filled(length);
        }
    }

    fn send(&mut self, kind: u8, header: &str, payload: &[u8]) {
        let mut wire = Vec::new();
        frame::put(&mut wire, kind, header, payload);
        self.stream.write_all(&wire).unwrap();
    }

    fn answer(&mut self, id: u64, action: &str, payload: &[u8]) {
        self.send(frame::ANSWER, &format!("{{\"id\":{id},\"action\":\"{action}\"}}"), payload);
    }
}

fn connected(name: &str, deadline: u64) -> (FrontEnd, Agent, UnixListener, PathBuf) {
    let folder = folder(name);
    let listener = Agent::listen(&folder);
    let mut front = front_end(&folder, deadline);
    let agent = Agent::accept(&listener);
    until(&mut front, "the welcome", |front| front.uplink.connected());
    (front, agent, listener, folder)
}

#[test]
fn without_an_agent_blocks_what_could_do_something_and_passes_the_rest() {
    let mut front = front_end(&folder("none"), 5000);
    for message in [CALL, READ, PING] {
        front.host_bytes(message);
    }
    front.host_bytes(b"{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}\n");
    until(&mut front, "the fail mode", |front| !front.uplink.usable());
    front.host_bytes(
        b"{\"id\":9,\"method\":\"tools/call\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}\n",
    );
    front.host_bytes(b"not json\n[{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\"}]\n");
    assert_eq!(server_got(&front), format!("{}{}", String::from_utf8_lossy(READ), String::from_utf8_lossy(PING)));
    let said = host_got(&front);
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines[0].starts_with("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"Blocked by Assize: "),
        "{said}"
    );
    assert!(lines[1].contains("\"id\":9") && lines[1].contains("\"resultType\":\"complete\""), "{said}");
    assert!(lines[2].contains("not valid JSON") && lines[3].starts_with("[{\"jsonrpc\":\"2.0\",\"id\":5,"), "{said}");
    assert_eq!((lines.len(), front.held()), (4, 0));
}

#[test]
fn without_an_agent_no_answer_of_the_host_tells_the_server_anything() {
    let mut front = front_end(&folder("answers"), 5000);
    front.host_bytes(b"{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{\"action\":\"accept\",\"content\":{\"key\":\"mine\"}}}\n");
    front.host_bytes(b"{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}\n");
    until(&mut front, "the fail mode", |front| !front.uplink.usable());
    let said = server_got(&front);
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("{\"jsonrpc\":\"2.0\",\"id\":4,\"error\":{\"code\":-1,"), "{said}");
    assert_eq!((lines.len(), lines[1]), (2, "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}"));
    assert_eq!((host_got(&front).as_str(), front.held()), ("", 0));
}

#[test]
fn tells_an_agent_that_comes_back_what_it_missed_and_what_the_server_is() {
    let (mut front, agent, listener, folder) = connected("back", 5000);
    front.host_bytes(b"{\"id\":\"i\",\"method\":\"tools/list\"}\n");
    front.server_bytes(b"{\"id\":\"i\",\"result\":{}}\n");
    drop((agent, listener));
    until(&mut front, "the loss", |front| !front.uplink.usable());
    front.host_bytes(PING);
    front.server_bytes(b"{\"id\":3,\"result\":{}}\n");
    let listener = Agent::listen(&folder);
    let told = thread::spawn(move || {
        let mut agent = Agent::accept(&listener);
        [agent.next(), agent.next(), agent.next()].map(|(_, header, payload)| (header, String::from_utf8(payload).unwrap()))
    });
    until(&mut front, "the return", |front| front.uplink.connected());
    front.uplink.flush();
    let [request, response, missed] = told.join().unwrap();
    assert_eq!(request, ("{\"from\":\"host\"}".to_owned(), "{\"id\":\"i\",\"method\":\"tools/list\"}\n".to_owned()));
    assert_eq!(response, ("{\"from\":\"server\"}".to_owned(), "{\"id\":\"i\",\"result\":{}}\n".to_owned()));
    assert_eq!(missed.0, "{\"missed\":2}");
}

#[test]
fn looks_for_an_agent_again_soon_however_long_it_was_away() {
    let mut front = front_end(&folder("away"), 5000);
    for _ in 0..40 {
        front.uplink.lose();
    }
    let wait = front.uplink.due().unwrap() - Instant::now();
    assert!(wait > Duration::from_millis(900) && wait <= Duration::from_secs(2), "{wait:?}");
}

#[test]
fn treats_an_agent_that_does_not_answer_in_time_as_gone() {
    let (mut front, mut agent, _listener, _folder) = connected("hangs", 100);
    front.host_bytes(CALL);
    front.uplink.flush();
    assert_eq!(agent.next().2, CALL);
    assert_eq!(host_got(&front), "");
    until(&mut front, "the fail mode", |front| front.held() == 0);
    assert!(host_got(&front).contains("does not answer") && server_got(&front).is_empty());
}

#[test]
fn lets_nothing_overtake_a_held_message_unless_a_person_is_asked() {
    let (mut front, mut agent, _listener, _folder) = connected("order", 5000);
    for message in [CALL, READ, PING] {
        front.host_bytes(message);
    }
    front.uplink.flush();
    let frames = [agent.next(), agent.next(), agent.next()];
    assert_eq!(frames.each_ref().map(|(kind, _, _)| *kind), [frame::INTERCEPT, frame::INTERCEPT, frame::OBSERVE]);
    agent.answer(2, "pass", b"");
    agent.send(frame::ASKING, "{\"id\":1,\"ticket\":\"T\"}", b"");
    until(&mut front, "what stands behind", |front| !front.lanes.to_server.buffer.is_empty());
    assert_eq!(server_got(&front).into_bytes(), [READ, PING].concat());
    agent.answer(1, "replace", b"changed\n");
    until(&mut front, "the answer", |front| front.held() == 0);
    assert!(server_got(&front).ends_with("changed\n"));
    agent.send(frame::NOTICE, "{}", b"notice\n");
    until(&mut front, "the notice", |front| host_got(front) == "notice\n");
}

#[test]
fn applies_replies_drops_and_failures() {
    let (mut front, mut agent, _listener, _folder) = connected("actions", 5000);
    for (id, action) in [(1, "reply"), (2, "drop"), (3, "failed"), (4, "nonsense")] {
        front.host_bytes(CALL);
        agent.answer(id, action, b"said\n");
    }
    until(&mut front, "the answers", |front| front.held() == 0);
    let said = host_got(&front);
    assert!(said.starts_with("said\n") && said.matches("Blocked by Assize").count() == 2 && server_got(&front).is_empty(), "{said}");
}

#[test]
fn keeps_a_large_result_back_until_the_agent_has_read_it() {
    let (mut front, mut agent, _listener, _folder) = connected("large", 5000);
    let large = format!("{{\"id\":1,\"result\":\"{}\"}}\n", "x".repeat(SYNC));
    front.server_bytes(large.as_bytes());
    front.server_bytes(b"{\"id\":2}\n");
    let reader = thread::spawn(move || {
        let (kind, header, payload) = agent.next();
        (agent, kind, header, payload)
    });
    front.uplink.flush();
    until(&mut front, "the agent's reading", |_| reader.is_finished());
    let (mut agent, kind, header, payload) = reader.join().unwrap();
    assert_eq!((kind, header.as_str(), payload.len()), (frame::INTERCEPT, "{\"id\":1,\"from\":\"server\"}", large.len()));
    assert_eq!(host_got(&front), "");
    agent.answer(1, "pass", b"");
    until(&mut front, "the result", |front| front.held() == 0);
    assert_eq!(host_got(&front), format!("{large}{{\"id\":2}}\n"));
}

#[test]
fn has_the_agent_word_refusals_and_drops_what_the_host_gave_up() {
    let (mut front, mut agent, _listener, _folder) = connected("refuse", 5000);
    front.host_bytes(b"{\"method\":\"ping\",\"Method\":\"tools/call\"}\n");
    front.uplink.flush();
    assert_eq!(agent.next().0, frame::INTERCEPT);
    front.host_bytes(b"{\"a\":\"\xff\"}\n");
    assert!(host_got(&front).contains("not valid UTF-8"));
    front.host_bytes(CALL);
    front.host_bytes(b"{\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}\n");
    front.uplink.flush();
    let frames = [agent.next(), agent.next(), agent.next()].map(|(kind, header, _)| (kind, header));
    assert_eq!(frames[1], (frame::CANCEL, "{\"id\":2}".to_owned()));
    drop(agent);
    until(&mut front, "the loss", |front| front.held() == 0);
    assert!(host_got(&front).contains("Parsers would read the message differently") && !server_got(&front).contains("tools/call"));
}

#[test]
fn throws_away_what_is_longer_than_it_reads() {
    let (mut front, _agent, _listener, _folder) = connected("oversized", 5000);
    let filler = "x".repeat(1_000_001);
    front.host_bytes(format!("{{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":\"{filler}\"}}\n").as_bytes());
    front.server_bytes(format!("{{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":\"{filler}\"}}\n").as_bytes());
    let said = host_got(&front);
    assert!(said.contains("\"id\":7,\"error\":{\"code\":-32600") && said.contains("\"id\":8,\"error\":{\"code\":-32001"), "{said}");
    assert_eq!((server_got(&front).as_str(), front.held()), ("", 0));
}

#[test]
fn keeps_a_result_back_that_is_to_be_judged_or_may_hold_what_nobody_sees() {
    let (mut front, mut agent, _listener, _folder) = connected("judged", 5000);
    front.host_bytes(CALL);
    agent.send(frame::ANSWER, "{\"id\":1,\"action\":\"pass\",\"result\":\"hold\"}", b"");
    until(&mut front, "the call", |front| front.held() == 0);
    // The id of the request in another spelling is held as well.
    for (id, result) in [(2, "{\"id\":1.0,\"result\":{\"a\":\"key\"}}\n"), (3, "{\"id\":1,\"result\":{\"a\":\"key\"}}\n")] {
        front.server_bytes(result.as_bytes());
        assert_eq!(front.held(), 1);
        agent.answer(id, "replace", b"masked\n");
        until(&mut front, "the result", |front| front.held() == 0);
    }
    front.server_bytes(b"{\"id\":4,\"result\":{}}\n");
    assert_eq!((host_got(&front).as_str(), front.held()), ("masked\nmasked\n{\"id\":4,\"result\":{}}\n", 0));
    front.server_bytes("{\"id\":5,\"result\":\"\u{200b}\"}\n".as_bytes());
    assert_eq!(front.held(), 1);
    drop(agent);
    until(&mut front, "the loss", |front| front.held() == 0);
    assert!(host_got(&front).ends_with("\u{200b}\"}\n"));
}
