//! The texts a scenario is made of, laid out one after the other, so that a place in any of them is
//! one range of bytes.

use std::ops::Range;

/// A text and where it lies.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it is called: a path as written, or `--set` and its words.
    pub name: String,
    /// What it says.
    pub text: String,
    /// Where it begins.
    pub start: usize,
}

impl Source {
    /// Where it ends; the place just behind the text belongs to it.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The place that stands for the text as a whole.
    pub fn whole(&self) -> Range<usize> {
        self.start..self.start
    }
}

/// The texts of a scenario, that of the scenario itself first.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// Adds a text. Gives where it begins.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> usize {
        // One byte between two texts: the end of one is not the start of the next.
        let start = self.list.last().map_or(0, |last| last.end() + 1);
        self.list.push(Source { name: name.into(), text: text.into(), start });
        start
    }

    /// Calls the last text of this name and these words otherwise, and leaves out as many bytes at its
    /// start. Gives where those were; `None` if there is no such text.
    pub fn retell(
        &mut self,
        (name, words): (&str, &str),
        (called, skipped): (&str, usize),
    ) -> Option<Range<usize>> {
        let mut texts = self.list.iter_mut().rev();
        let source = texts.find(|source| source.name == name && source.text == words)?;
        let left = source.text.get(skipped..)?.to_owned();
        let from = source.start;
        *source = Source { name: called.to_owned(), text: left, start: from + skipped };
        Some(from..from + skipped)
    }

    /// The text that holds a place.
    pub fn at(&self, place: usize) -> Option<&Source> {
        let after = self.list.partition_point(|source| source.start <= place);
        self.list.get(after.checked_sub(1)?)
    }

    /// What stands in a range.
    pub fn slice(&self, span: &Range<usize>) -> Option<&str> {
        let source = self.at(span.start)?;
        let end = span.end.checked_sub(source.start)?;
        source.text.get(span.start - source.start..end)
    }

    /// Every text, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.list.iter()
    }

    /// Bytes of all texts.
    pub fn bytes(&self) -> usize {
        self.list.iter().map(|source| source.text.len()).sum()
    }

    /// The name of the first text: that of the scenario.
    pub fn name(&self) -> &str {
        self.list.first().map_or("", |source| &source.name)
    }

    /// The line of a place in its text, from 1.
    pub fn line(&self, place: usize) -> usize {
        let Some(source) = self.at(place) else { return 0 };
        let before = source.text.as_bytes().iter().take(place - source.start);
        1 + before.filter(|&&byte| byte == b'\n').count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_belongs_to_one_text() {
        let mut sources = Sources::default();
        assert_eq!(
            (sources.add("a", "one"), sources.add("b", ""), sources.add("c", "x\nyz")),
            (0, 4, 5)
        );
        let name = |place| sources.at(place).unwrap().name.as_str();
        assert_eq!([0, 3, 4, 5, 9, 99].map(name), ["a", "a", "b", "c", "c", "c"]);
        assert_eq!(sources.slice(&(7..9)), Some("yz"));
        assert_eq!(sources.slice(&(7..99)), None);
        assert_eq!((sources.line(2), sources.line(7)), (1, 2));
    }

    #[test]
    fn a_text_told_otherwise_keeps_its_places() {
        let mut sources = Sources::default();
        sources.add("a", "one");
        sources.add("--set", "key=value");
        assert_eq!(sources.retell(("--set", "key"), ("--key", 4)), None);
        assert_eq!(sources.retell(("--set", "key=value"), ("--key", 4)), Some(4..8));
        let told = sources.at(8).unwrap();
        assert_eq!((told.name.as_str(), told.text.as_str()), ("--key", "value"));
        assert_eq!(sources.slice(&(8..13)), Some("value"));
    }
}
