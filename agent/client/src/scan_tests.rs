use super::*;
use crate::chance::Chance;

fn of(text: &str) -> (Shape, Option<Problem>, String, String, String) {
    let Scan { shape, problem, id, method, duplicate } = scan(text.as_bytes());
    let shown = |bytes: Option<&[u8]>| String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned();
    (shape, problem, shown(id), shown(method.as_deref()), duplicate.unwrap_or_default())
}

#[test]
fn tells_method_and_id_of_a_request_exactly_as_written() {
    let plain = of("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}\n");
    assert_eq!(plain, (Shape::Object, None, "7".into(), "tools/call".into(), String::new()));
    assert_eq!(of(r#"{"method":"a","id":"q\"1"}"#).2, r#""q\"1""#);
    assert_eq!(of(r#"{"method":"a","id":12345678901234567890}"#).2, "12345678901234567890");
    assert_eq!(scan(br#"{"method":"a","id":null}"#).id, None);
    assert_eq!(of(r#"{"method":"tools\/call"}"#).3, "tools/call");
    assert_eq!(of(r#"{"\u006dethod":"tools/call"}"#).3, "tools/call");
}

#[test]
fn is_not_misled_by_inner_ids_and_methods() {
    let inner = of(r#"{"params":{"id":1,"method":"ping"},"method":"tools/call"}"#);
    assert_eq!((inner.2.as_str(), inner.3.as_str()), ("", "tools/call"));
    assert_eq!(of(r#"[{"method":"tools/call","id":1}]"#), (Shape::Array, None, String::new(), String::new(), String::new()));
    assert_eq!(of(r#"{"__proto__":{"method":"ping"},"method":"tools/call","id":1}"#).3, "tools/call");
}

#[test]
fn agrees_with_the_strict_reader_about_what_json_is() {
    let mut chance = Chance::new(4);
    let put = ["", ",", "\"", "}", "]", "{", ":", "\\", "x", "1", "\u{1}"];
    for _ in 0..30_000 {
        let document = chance.json(4);
        let spaced = format!(" {document}\t");
        assert!(!matches!(of(&spaced).1, Some(Problem::NotJson)), "{spaced}");
        let marks: Vec<usize> = document.char_indices().map(|(at, _)| at).collect();
        let at = *chance.pick(&marks);
        let after = at + document[at..].chars().next().map_or(0, char::len_utf8);
        let spoilt = format!("{}{}{}", &document[..at], chance.pick(&put), &document[after..]);
        let (seen, valid) = (of(&spoilt).1, json::read(spoilt.as_bytes()).is_ok());
        if valid {
            assert_ne!(seen, Some(Problem::NotJson), "{spoilt}");
        } else if seen.is_none() {
            assert!(spoilt.contains('\\') || spoilt.contains('\u{1}'), "{spoilt}");
        }
    }
}

#[test]
fn survives_arbitrary_bytes() {
    let mut chance = Chance::new(5);
    for _ in 0..30_000 {
        let bytes: Vec<u8> = (0..chance.below(60))
            .map(|_| if chance.below(3) == 0 { chance.next() as u8 } else { *chance.pick(b"{}[]\",:\\1ae ") })
            .collect();
        let _ = scan(&bytes);
    }
}

#[test]
fn finds_a_key_that_stands_twice_however_it_is_spelt() {
    let duplicate = |text: &str| of(text).4;
    assert_eq!(duplicate(r#"{"id":1,"method":"tools/call","params":{"name":"a","arguments":{"x":1,"x":2}}}"#), "x");
    assert_eq!(duplicate(r#"{"id":1,"method":"tools/call","params":{"name":"a","n\u0061me":"b"}}"#), "name");
    assert_eq!(duplicate(r#"{"id":1,"method":"tools/call","params":{"name":"a","NAME":"b"}}"#), "NAME");
    assert_eq!(duplicate(r#"{"id":1,"method":"tools/call","params":{"arguments":{"x":1,"X":2}}}"#), "");
    assert_eq!(duplicate(r#"{"a":[{"b":1},{"b":2}]}"#), "");
    let many: Vec<String> = (0..100).map(|index| format!("\"k{}\":1", index % 99)).collect();
    assert_eq!(duplicate(&format!("{{\"a\":{{{}}}}}", many.join(","))), "k0");
}

#[test]
fn refuses_an_envelope_that_parsers_would_read_differently() {
    for text in
        [r#"{"method":"ping","method":"tools/call"}"#, r#"{"method":"ping","Method":"tools/call"}"#, r#"{"METHOD":"tools/call","id":1}"#]
    {
        assert_eq!(of(text).1, Some(Problem::Ambiguous), "{text}");
    }
}

#[test]
fn stops_at_depth_at_endless_ids_and_at_broken_utf8() {
    let deep = "[".repeat(100_000);
    assert_eq!(of(&deep).1, Some(Problem::TooDeep));
    assert_eq!(of(&format!("{{\"a\":{deep}")).1, Some(Problem::TooDeep));
    let nines = "9".repeat(5000);
    assert_eq!(of(&format!("{{\"id\":\"{nines}\",\"method\":\"tools/call\"}}")).1, Some(Problem::HugeId));
    assert_eq!(of(&format!("{{\"id\":{nines},\"method\":\"tools/call\"}}")).1, Some(Problem::HugeId));
    assert_eq!(scan(b"{\"a\":\"\xff\xfe\"}").problem, Some(Problem::NotUtf8));
}
