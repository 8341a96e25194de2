//! What of MCP a front-end must know: which requests are held, and how a refusal is worded when the agent cannot word it.

use std::borrow::Cow;

use crate::json;
use crate::scan::{Problem, Scan, Shape};

const INVALID_REQUEST: i32 = -32600;
const BLOCKED: i32 = -32001;
/// What clients answer a server whose question a person turned down.
const REFUSED_BY_PERSON: i32 = -1;
const VERSION_KEY: &str = "io.modelcontextprotocol/protocolVersion";
const BATCH: &str = "Assize does not take batches that call tools, answer a question or are ambiguous, so none of its messages was passed on and nothing ran. Send each message on its own line.";

/// Requests that are held until decided. Everything else passes and is observed.
pub fn is_held(method: &[u8]) -> bool {
    matches!(method, b"tools/call" | b"resources/read" | b"prompts/get")
}

/// Whether a message answers a question of the server and says something with it: an empty answer only shows that somebody is there.
pub fn says_something(bytes: &[u8], scanned: &Scan<'_>) -> bool {
    if scanned.shape != Shape::Object || scanned.method.is_some() || scanned.id.is_none() {
        return false;
    }
    match json::read(bytes) {
        Ok(level) => is_telling(&level),
        Err(_) => true,
    }
}

fn is_telling(message: &json::Level<'_>) -> bool {
    message.get("result").is_some_and(|result| matches!(json::read(result), Ok(json::Level::Object(said)) if !said.is_empty()))
}

/// Why a message from the host may not go on at all, in a sentence; nothing when it may.
pub fn message_problem(scanned: &Scan<'_>) -> Option<&'static str> {
    Some(match scanned.problem {
        None if scanned.shape != Shape::Scalar => return None,
        None | Some(Problem::NotJson) => "The message is not valid JSON, so it was not passed on and nothing ran.",
        Some(Problem::NotUtf8) => "The message is not valid UTF-8, so it was not passed on and nothing ran.",
        Some(Problem::TooDeep) => "The message nests too deeply, so it was not passed on and nothing ran.",
        Some(Problem::Ambiguous) => {
            "Parsers would read the message differently (a key of the envelope stands twice or in unusual case), so it was not passed on and nothing ran."
        }
        Some(Problem::HugeId) => "The id or a number of the message is too long, so it was not passed on and nothing ran.",
    })
}

/// A batch goes on whole or not at all: its parts cannot be held apart.
pub fn is_harmless_batch(bytes: &[u8], scanned: &Scan<'_>) -> bool {
    let messages = elements(bytes);
    let harmless = |message: &&[u8]| match json::read(message) {
        Ok(level @ json::Level::Object(_)) => {
            level.get("jsonrpc").is_some() && !level.text("method").is_some_and(|method| is_held(method.as_bytes())) && !is_telling(&level)
        }
        _ => false,
    };
    scanned.duplicate.is_none() && !messages.is_empty() && messages.iter().all(harmless)
}

/// Refuses every message of a batch that wants an answer.
pub fn batch_refusal(bytes: &[u8]) -> Vec<u8> {
    let ids = elements(bytes).into_iter().filter_map(|message| {
        // An answer wants none; its id is one of the server's.
        let level = json::read(message).ok().filter(|level| !is_telling(level))?;
        level.get("id").filter(|id| is_id(id))
    });
    let refusals: Vec<String> = ids.map(|id| error_object(id, INVALID_REQUEST, BATCH)).collect();
    match refusals.is_empty() {
        true => invalid(None, BATCH),
        false => format!("[{}]\n", refusals.join(",")).into_bytes(),
    }
}

/// Tells the sender that its message is no request that goes on.
pub fn invalid(id: Option<&[u8]>, text: &str) -> Vec<u8> {
    format!("{}\n", error_object(id.unwrap_or(b"null"), INVALID_REQUEST, text)).into_bytes()
}

/// Tells the host that an answer was kept from it.
pub fn withheld(id: &[u8], text: &str) -> Vec<u8> {
    format!("{}\n", error_object(id, BLOCKED, text)).into_bytes()
}

/// Tells the server that nothing comes, or it would wait for ever.
pub fn turned_down(id: &[u8]) -> Vec<u8> {
    format!("{}\n", error_object(id, REFUSED_BY_PERSON, "The answer was not let go.")).into_bytes()
}

/// A tool's result that tells the model why nothing ran. An error result, not a protocol error: the model can react to it.
pub fn blocked_result(id: &[u8], text: &str, request: &[u8]) -> Vec<u8> {
    // From the stateless era of the protocol on, a result says of itself whether it is complete.
    let stateless = request.windows(VERSION_KEY.len()).any(|window| window == VERSION_KEY.as_bytes());
    let complete = if stateless { ",\"resultType\":\"complete\"" } else { "" };
    let (id, text) = (shown(id), json::quoted(text));
    format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{{\"content\":[{{\"type\":\"text\",\"text\":{text}}}],\"isError\":true{complete}}}}}\n").into_bytes()
}

/// The request that a cancellation names: its id as written.
pub fn cancelled_id(notification: &[u8]) -> Option<&[u8]> {
    json::read(json::read(notification).ok()?.get("params")?).ok()?.get("requestId").filter(|id| is_id(id))
}

/// Whether two ids name the same request, however their text is written.
pub fn same_id(one: &[u8], other: &[u8]) -> bool {
    one == other || json::text(one).is_some_and(|said| json::text(other) == Some(said))
}

fn error_object(id: &[u8], code: i32, text: &str) -> String {
    format!("{{\"jsonrpc\":\"2.0\",\"id\":{},\"error\":{{\"code\":{code},\"message\":{}}}}}", shown(id), json::quoted(text))
}

fn is_id(value: &[u8]) -> bool {
    matches!(value.first(), Some(b'"' | b'-' | b'0'..=b'9'))
}

fn shown(id: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(id)
}

fn elements(bytes: &[u8]) -> Vec<&[u8]> {
    match json::read(bytes) {
        Ok(json::Level::Array(elements)) => elements,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::scan;

    fn harmless(text: &str) -> bool {
        is_harmless_batch(text.as_bytes(), &scan(text.as_bytes()))
    }

    #[test]
    fn lets_only_batches_through_that_ask_for_nothing_held() {
        assert!(harmless(r#"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"result":{}}]"#));
        for text in [
            r#"[{"jsonrpc":"2.0","id":1,"method":"tools/call"}]"#,
            r#"[{"jsonrpc":"2.0","id":1,"method":"tools\/call"}]"#,
            r#"[{"jsonrpc":"2.0","method":"ping","method":"tools/call"}]"#,
            r#"[{"id":1,"method":"ping"}]"#,
            r#"[{"jsonrpc":"2.0","id":7,"result":{"action":"accept","content":{"key":"mine"}}}]"#,
            r#"[[{"jsonrpc":"2.0","method":"tools/call"}]]"#,
            "[]",
            "[1]",
        ] {
            assert!(!harmless(text), "{text}");
        }
    }

    #[test]
    fn refuses_each_message_of_a_batch_by_its_own_id() {
        let refusal =
            String::from_utf8(batch_refusal(br#"[{"jsonrpc":"2.0","id":1.0,"method":"tools/call"},{"id":"b"},{"id":null},7]"#)).unwrap();
        assert!(refusal.starts_with("[{\"jsonrpc\":\"2.0\",\"id\":1.0,\"error\":{\"code\":-32600,"), "{refusal}");
        assert!(
            refusal.contains(",{\"jsonrpc\":\"2.0\",\"id\":\"b\",") && refusal.ends_with("\n") && refusal.matches("jsonrpc").count() == 2
        );
        assert!(json::read(batch_refusal(b"[7]").as_slice()).is_ok());
        let mixed = batch_refusal(br#"[{"jsonrpc":"2.0","id":7,"result":{"a":1}},{"jsonrpc":"2.0","id":8,"method":"ping"}]"#);
        let told = String::from_utf8(mixed).unwrap();
        assert!(told.contains("\"id\":8") && !told.contains("\"id\":7"), "{told}");
    }

    #[test]
    fn words_refusals_as_json() {
        for bytes in [invalid(None, "a \"b\""), invalid(Some(b"\"x\""), "c\n"), withheld(b"7", "d"), blocked_result(b"7", "e", b"")] {
            assert!(json::read(&bytes).is_ok(), "{}", shown(&bytes));
        }
        assert!(shown(&blocked_result(b"7", "e", VERSION_KEY.as_bytes())).contains("\"resultType\":\"complete\""));
    }

    #[test]
    fn knows_answers_that_say_something() {
        let says = |text: &str| says_something(text.as_bytes(), &scan(text.as_bytes()));
        assert!(says(r#"{"jsonrpc":"2.0","id":1,"result":{"action":"accept"}}"#));
        assert!(says(r#"{"id":"a","res\u0075lt":{"x":1}}"#));
        for text in [
            r#"{"id":1,"result":{}}"#,
            r#"{"id":1,"error":{"code":-1,"message":"no"}}"#,
            r#"{"id":1,"method":"ping","result":{"x":1}}"#,
            r#"{"result":{"x":1}}"#,
            r#"{"id":1,"result":7}"#,
            r#"[{"id":1,"result":{"x":1}}]"#,
        ] {
            assert!(!says(text), "{text}");
        }
        assert!(json::read(&turned_down(b"\"x\"")).is_ok());
    }

    #[test]
    fn knows_which_request_is_cancelled() {
        let of = |id: &str| {
            cancelled_id(format!(r#"{{"method":"notifications/cancelled","params":{{"requestId":{id}}}}}"#).as_bytes()).map(<[u8]>::to_vec)
        };
        assert_eq!(of("3"), Some(b"3".to_vec()));
        assert_eq!(of("{\"a\":1}"), None);
        assert!(same_id(br#""\u0061""#, br#""a""#) && !same_id(b"1", br#""1""#) && !same_id(b"1", b"2"));
    }
}
