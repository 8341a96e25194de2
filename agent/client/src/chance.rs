//! A small deterministic generator for property tests.

pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { (self.next() >> 16) as usize % bound }
    }

    pub fn pick<'a, Item>(&mut self, items: &'a [Item]) -> &'a Item {
        &items[self.below(items.len())]
    }

    /// A JSON document, mostly ordinary, sometimes odd.
    pub fn json(&mut self, depth: usize) -> String {
        match self.below(if depth == 0 { 5 } else { 7 }) {
            0 => self.pick(&["null", "true", "false"]).to_string(),
            1 => self.pick(&["0", "-1", "1.5", "12345678901234567890", "1e5", "-0.0E-2"]).to_string(),
            2..=4 => self.text(),
            5 => {
                let items: Vec<String> = (0..self.below(4)).map(|_| self.json(depth - 1)).collect();
                format!("[{}]", items.join(*self.pick(&[",", " , "])))
            }
            _ => {
                let members: Vec<String> = (0..self.below(4)).map(|_| format!("{}:{}", self.text(), self.json(depth - 1))).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    fn text(&mut self) -> String {
        let pieces = ["a", "id", "method", "\\\"", "\\\\", "\\u0041", "é", "🚀", " ", "{", "]", ":", ",", "\\n", "__proto__"];
        let inner: String = (0..self.below(4)).map(|_| *self.pick(&pieces)).collect();
        format!("\"{inner}\"")
    }
}
