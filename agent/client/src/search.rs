//! Finds bytes eight at a time; the standard library offers no such search.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Position of the first `wanted` at or after `from`.
pub fn find(bytes: &[u8], wanted: u8, from: usize) -> Option<usize> {
    find_either(bytes, wanted, wanted, from)
}

/// Position of the first byte at or after `from` that is one of two.
pub fn find_either(bytes: &[u8], one: u8, other: u8, from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let (first, second) = (LOW * u64::from(one), LOW * u64::from(other));
    let (words, tail) = rest.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let hits = zeros(word ^ first) | zeros(word ^ second);
        if hits != 0 {
            return Some(from + index * 8 + hits.trailing_zeros() as usize / 8);
        }
    }
    let start = from + words.len() * 8;
    tail.iter().position(|byte| *byte == one || *byte == other).map(|at| start + at)
}

/// Marks zero bytes. Marks above the lowest may be wrong, so only the lowest is used.
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(LOW) & !word & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    #[test]
    fn finds_what_a_plain_search_finds() {
        let mut chance = Chance::new(1);
        for _ in 0..20_000 {
            let length = chance.below(40);
            let bytes: Vec<u8> = (0..length).map(|_| *chance.pick(&[0, 1, b'"', b'\\', 0x7f, 0x80, 0x81, 0xff, b'a'])).collect();
            let from = chance.below(length + 2);
            let plain = bytes.iter().skip(from).position(|byte| *byte == b'"' || *byte == b'\\').map(|at| at + from);
            assert_eq!(find_either(&bytes, b'"', b'\\', from), plain, "{bytes:?} from {from}");
        }
    }
}
