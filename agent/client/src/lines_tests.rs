use super::*;
use crate::chance::Chance;

fn read(chunks: &[&[u8]], cap: usize) -> (Vec<Vec<u8>>, Vec<usize>) {
    let (mut lines, mut oversized) = (Vec::new(), Vec::new());
    let mut reader = LineReader::new(cap);
    let mut take = |line: Line<'_>| match line {
        Line::Whole(bytes) => lines.push(bytes.to_vec()),
        Line::Oversized { length, .. } => oversized.push(length),
    };
    for chunk in chunks {
        reader.push(chunk, &mut take);
    }
    reader.end(&mut take);
    (lines, oversized)
}

#[test]
fn gives_back_every_byte_in_order_however_the_stream_was_cut() {
    let mut chance = Chance::new(6);
    for _ in 0..5000 {
        let bytes: Vec<u8> = (0..chance.below(300)).map(|_| *chance.pick(b"\nab{\r\xff")).collect();
        let mut chunks = Vec::new();
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at((chance.below(30) + 1).min(rest.len()));
            chunks.push(chunk);
            rest = after;
        }
        let (lines, oversized) = read(&chunks, 1000);
        assert!(oversized.is_empty());
        assert_eq!(lines.concat(), bytes);
        for line in lines.iter().rev().skip(1) {
            assert_eq!(line.iter().position(|byte| *byte == b'\n'), Some(line.len() - 1));
        }
    }
}

#[test]
fn throws_a_giant_line_away_without_keeping_it_and_reads_the_next() {
    let chunk = [b'x'; 65536];
    let mut reader = LineReader::new(1_000_000);
    for _ in 0..1600 {
        reader.push(&chunk, |_| panic!("no line has ended"));
        assert!(reader.part.capacity() + reader.tail.capacity() <= 1_200_000);
    }
    let mut seen = Vec::new();
    reader.push(b"tail\nnext\n", |line| seen.push(format!("{line:?}").len()));
    let (lines, oversized) = read(&[&chunk[..], b"y\nnext\n"], 1000);
    assert_eq!((lines, oversized, seen.len()), (vec![b"next\n".to_vec()], vec![65538], 2));
}

#[test]
fn takes_a_line_of_exactly_the_cap() {
    assert_eq!(read(&[b"abcd\nabcde\n"], 5), (vec![b"abcd\n".to_vec()], vec![6]));
    assert_eq!(read(&[b"ab", b"cd\nab", b"cde\n"], 5), (vec![b"abcd\n".to_vec()], vec![6]));
}

#[test]
fn finds_an_id_only_where_it_must_be_that_of_the_message() {
    assert_eq!(id_at_edge(br#"{"jsonrpc":"2.0","id":5,"result":{"#, b""), Some(&b"5"[..]));
    assert_eq!(id_at_edge(br#" { "id" : "q\"1" , "#, b""), Some(&br#""q\"1""#[..]));
    assert_eq!(id_at_edge(br#"{"result":{"x"#, b"x\"},\"jsonrpc\":\"2.0\",\"id\":\"a\"}\n"), Some(&b"\"a\""[..]));
    assert_eq!(id_at_edge(br#"{"result":{"id":5,"#, b"\"}}\n"), None);
    assert_eq!(id_at_edge(br#"{"id":"#, br#""id":1}}"#), None);
}
