use super::*;
use crate::chance::Chance;

#[test]
fn reads_one_level_and_keeps_the_rest_as_written() {
    let level = read(br#" {"a":"x\u00e9\ud83d\ude80\ud800","b":{"a":[1, 2]},"a":"last","n":7} "#).unwrap();
    assert_eq!(level.text("a").as_deref(), Some("last"));
    assert_eq!(level.get("b"), Some(&br#"{"a":[1, 2]}"#[..]));
    assert_eq!(level.whole("n"), Some(7));
    assert_eq!(text(br#""x\u00e9\ud83d\ude80\ud800\/""#).as_deref(), Some("xé🚀\u{fffd}/"));
    assert_eq!(read(b"[1,[2],{}]"), Ok(Level::Array(vec![b"1", b"[2]", b"{}"])));
}

#[test]
fn refuses_what_is_no_json() {
    let wrong = [
        "",
        "{",
        "{}}",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\"}",
        "[1 2]",
        "01",
        "1.",
        "1e",
        "-",
        "+1",
        "nul",
        "'a'",
        "\"\u{1}\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "[1}",
        "{\"a\":1]",
        "\u{feff}{}",
        "[,1]",
        "{,}",
    ];
    for spoilt in wrong {
        assert_eq!(read(spoilt.as_bytes()), Err(NotJson), "{spoilt}");
    }
    assert_eq!(read(&[b'['; 100_000]), Err(NotJson));
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    assert!(read(&deep).is_ok());
}

#[test]
fn takes_any_document_and_survives_any_damage() {
    let mut chance = Chance::new(2);
    for _ in 0..20_000 {
        let document = chance.json(4);
        assert!(read(document.as_bytes()).is_ok(), "{document}");
        let mut bytes = document.into_bytes();
        let at = chance.below(bytes.len());
        bytes[at] = chance.next() as u8;
        let _ = read(&bytes);
    }
}

#[test]
fn writes_strings_that_read_back_the_same() {
    for said in ["", "a\"b\\c\n\t\r\u{8}\u{c}\u{1}é🚀\u{7f}"] {
        assert_eq!(text(quoted(said).as_bytes()).as_deref(), Some(said));
    }
}
