//! Lines of a text and the characters in them, found without counting from the start: a document may be one line of
//! megabytes.

/// So many bytes are counted at most to find a character.
const BLOCK: usize = 1024;

/// Where the lines of a text start, and how many characters come before each block of it.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    before: Vec<usize>,
}

/// A line of a text, without its end.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    pub text: &'a str,
    whole: &'a str,
    start: usize,
    lines: &'a Lines,
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| begins(**byte)).count()
}

/// Whether a byte is the first of a character in UTF-8.
fn begins(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        let counts = text.as_bytes().chunks(BLOCK).map(characters);
        let before = std::iter::once(0).chain(counts.scan(0, |sum, count| {
            *sum += count;
            Some(*sum)
        }));
        Self { starts, before: before.collect() }
    }

    /// A line of `text`, which these are the lines of; counted from 1.
    pub(super) fn get<'a>(&'a self, text: &'a str, number: usize) -> Option<Line<'a>> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let end = self.starts.get(number).map_or(text.len(), |next| next - 1);
        let line = text[start..end].strip_suffix('\r').unwrap_or(&text[start..end]);
        Some(Line { text: line, whole: text, start, lines: self })
    }
}

impl Line<'_> {
    /// How many characters it has.
    pub fn len(&self) -> usize {
        self.before(self.start + self.text.len()) - self.before(self.start)
    }

    /// Where a character starts, counted from 0, in bytes; past the end, where the line ends.
    pub fn byte(&self, character: usize) -> usize {
        let wanted = self.before(self.start).saturating_add(character);
        let block = self.lines.before.partition_point(|before| *before <= wanted).saturating_sub(1);
        let (from, first) = (block * BLOCK, self.lines.before[block]);
        let bytes = self.whole.as_bytes().get(from..).unwrap_or_default();
        let mut starts = bytes.iter().enumerate().filter(|(_, byte)| begins(**byte));
        let found = starts.nth(wanted - first).map_or(self.whole.len(), |(at, _)| from + at);
        found.min(self.start + self.text.len()) - self.start
    }

    /// How many characters of the text come before a byte.
    fn before(&self, byte: usize) -> usize {
        let block = byte / BLOCK;
        self.lines.before[block] + characters(&self.whole.as_bytes()[block * BLOCK..byte])
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn characters_are_found_wherever_they_stand() {
        let text = format!("{}\r\n\n{}ü😀\nlast", "aé😀".repeat(3000), "é".repeat(1023));
        let lines = Lines::of(&text);
        for (number, expected) in text.lines().enumerate() {
            let line = lines.get(&text, number + 1).unwrap();
            assert_eq!(line.text, expected);
            assert_eq!(line.len(), expected.chars().count());
            for (character, (byte, _)) in expected.char_indices().enumerate() {
                assert_eq!(line.byte(character), byte, "{number} {character}");
            }
            assert_eq!(line.byte(line.len()), expected.len());
            assert_eq!(line.byte(usize::MAX), expected.len());
        }
        assert!(lines.get(&text, 0).is_none() && lines.get(&text, 5).is_none());
        assert_eq!(Lines::of("").get("", 1).unwrap().len(), 0);
    }
}
