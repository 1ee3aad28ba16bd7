//! Inputs: one of the seeds of a target, changed a few times.

use std::ops::Range;

use crate::chance::Chance;
use crate::corpus::{Corpus, in_a_word};
use crate::dictionary::{CHARACTERS, NUMBERS};
use crate::targets::Target;

/// No input is longer, whatever was doubled.
const MOST_BYTES: usize = 64 * 1024;

/// The input of an execution.
pub fn input(target: &Target, execution: u64, corpus: &Corpus) -> String {
    let chance = &mut Chance::new(target.name, execution);
    let mut text = chance.pick::<String>((target.seeds)(corpus)).clone();
    // One change more often than many: what is refused early tries nothing that comes later.
    let mut changes = 1;
    while changes < 12 && !chance.one_in(2) {
        changes += 1;
    }
    for _ in 0..changes {
        let change = chance.pick(&CHANGES);
        change(&mut text, corpus, chance);
        cut(&mut text, MOST_BYTES);
    }
    text
}

type Change = fn(&mut String, &Corpus, &mut Chance);

/// All of them; those named twice come twice as often.
const CHANGES: [Change; 22] = [
    nudge_number,
    nudge_number,
    exchange_value,
    exchange_value,
    drop_lines,
    repeat_lines,
    move_lines,
    insert_piece,
    insert_piece,
    replace_word,
    replace_word,
    replace_number,
    replace_number,
    replace_value,
    replace_value,
    swap_words,
    drop_part,
    repeat_part,
    insert_word,
    insert_character,
    flip_byte,
    nest,
];

/// Shortens a text to `length` bytes or a few less.
fn cut(text: &mut String, length: usize) {
    if text.len() > length {
        text.truncate(text.floor_char_boundary(length));
    }
}

fn pick_word<'a>(corpus: &'a Corpus, chance: &mut Chance) -> &'a str {
    chance.pick::<String>(&corpus.words)
}

/// A place between two characters.
fn place(text: &str, chance: &mut Chance) -> usize {
    text.floor_char_boundary(chance.below(text.len() + 1))
}

/// A part of at most `longest` bytes.
fn part(text: &str, longest: usize, chance: &mut Chance) -> Range<usize> {
    let start = place(text, chance);
    let end = text.floor_char_boundary((start + chance.below(longest + 1)).min(text.len()));
    start..end.max(start)
}

/// One line or a few, with their ends.
fn lines(text: &str, chance: &mut Chance) -> Range<usize> {
    let at = place(text, chance);
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let mut end = at;
    let count = if chance.one_in(3) { 1 + chance.below(12) } else { 1 };
    for _ in 0..count {
        end += text[end..].find('\n').map_or(text.len() - end, |line_end| line_end + 1);
    }
    start..end
}

/// The word at or after a place chosen by chance.
fn word(text: &str, chance: &mut Chance) -> Range<usize> {
    let at = place(text, chance);
    let Some(start) = text[at..].find(in_a_word).map(|skipped| at + skipped) else {
        return text.len()..text.len();
    };
    let start =
        text[..start].rfind(|c| !in_a_word(c)).map_or(0, |end| text.ceil_char_boundary(end + 1));
    let end = text[start..].find(|c| !in_a_word(c)).map_or(text.len(), |length| start + length);
    start..end
}

/// The number at or after a place chosen by chance.
fn number(text: &str, chance: &mut Chance) -> Range<usize> {
    let at = place(text, chance);
    let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()) else {
        return text.len()..text.len();
    };
    let start = at + start;
    let inside = |c: char| c.is_ascii_digit() || "._-e+".contains(c);
    let end = text[start..].find(|c| !inside(c)).map_or(text.len(), |length| start + length);
    start..end
}

/// What stands after an equals sign, up to the end of the line or the next comma.
fn value(text: &str, chance: &mut Chance) -> Range<usize> {
    let at = place(text, chance);
    let Some(start) = text[at..].find('=').map(|skipped| at + skipped + 1) else {
        return text.len()..text.len();
    };
    let end = text[start..].find(['\n', ',', '}']).map_or(text.len(), |length| start + length);
    start..end
}

fn drop_lines(text: &mut String, _: &Corpus, chance: &mut Chance) {
    let lines = lines(text, chance);
    text.replace_range(lines, "");
}

fn repeat_lines(text: &mut String, _: &Corpus, chance: &mut Chance) {
    let lines = lines(text, chance);
    let copy = text[lines.clone()].to_owned();
    text.insert_str(lines.start, &copy);
}

fn move_lines(text: &mut String, _: &Corpus, chance: &mut Chance) {
    let lines = lines(text, chance);
    let moved: String = text.drain(lines).collect();
    let start = self::lines(text, chance).start;
    text.insert_str(start, &moved);
}

fn insert_piece(text: &mut String, corpus: &Corpus, chance: &mut Chance) {
    let piece = chance.pick(&corpus.pieces);
    let at = if chance.one_in(4) { place(text, chance) } else { lines(text, chance).start };
    text.insert_str(at, piece);
}

fn replace_word(text: &mut String, corpus: &Corpus, chance: &mut Chance) {
    let word = word(text, chance);
    text.replace_range(word, pick_word(corpus, chance));
}

fn replace_number(text: &mut String, _: &Corpus, chance: &mut Chance) {
    let number = number(text, chance);
    text.replace_range(number, chance.pick::<&str>(&NUMBERS));
}

/// Another digit: mostly still a number that may stand there.
fn nudge_number(text: &mut String, _: &Corpus, chance: &mut Chance) {
    let number = number(text, chance);
    let at = number.start + chance.below(number.len().max(1));
    if text[at..].starts_with(|c: char| c.is_ascii_digit()) {
        text.replace_range(at..=at, &chance.below(10).to_string());
    }
}

/// What another scenario says of the same key.
fn exchange_value(text: &mut String, corpus: &Corpus, chance: &mut Chance) {
    let value = value(text, chance);
    let before = text[..value.start].trim_end_matches(['=', ' ']);
    let key_start =
        before.rfind(|c| !in_a_word(c)).map_or(0, |end| before.ceil_char_boundary(end + 1));
    let key = format!("{} =", &before[key_start..]);
    let other = chance.pick(&corpus.scenarios);
    let places: Vec<_> = other.match_indices(&key).map(|(at, _)| at + key.len()).collect();
    if !places.is_empty() {
        let start = *chance.pick(&places);
        let length = other[start..].find(['\n', ',', '}']);
        let end = length.map_or(other.len(), |length| start + length);
        text.replace_range(value, &other[start..end]);
    }
}

fn replace_value(text: &mut String, corpus: &Corpus, chance: &mut Chance) {
    let value = value(text, chance);
    let new = match chance.below(5) {
        0 => (*chance.pick(&NUMBERS)).to_owned(),
        1 => format!("\"{}\"", pick_word(corpus, chance)),
        2 => format!("[\"{}\"]", pick_word(corpus, chance)),
        3 => format!("{{ {} = {} }}", pick_word(corpus, chance), chance.pick(&NUMBERS)),
        _ => {
            let other = chance.pick(&corpus.scenarios);
            other[self::value(other, chance)].to_owned()
        }
    };
    text.replace_range(value, &format!(" {new}"));
}

fn swap_words(text: &mut String, _: &Corpus, chance: &mut Chance) {
    let (one, other) = (word(text, chance), word(text, chance));
    let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
    if first.end <= second.start {
        let (left, right) = (text[first.clone()].to_owned(), text[second.clone()].to_owned());
        text.replace_range(second, &left);
        text.replace_range(first, &right);
    }
}

fn drop_part(text: &mut String, _: &Corpus, chance: &mut Chance) {
    let longest = if chance.one_in(4) { 400 } else { 8 };
    let part = part(text, longest, chance);
    text.replace_range(part, "");
}

fn repeat_part(text: &mut String, _: &Corpus, chance: &mut Chance) {
    let part = part(text, 40, chance);
    let times = if chance.one_in(8) { 1 + chance.below(300) } else { 1 };
    let copy = text[part.clone()].repeat(times);
    text.insert_str(part.start, &copy);
}

fn insert_word(text: &mut String, corpus: &Corpus, chance: &mut Chance) {
    let at = place(text, chance);
    text.insert_str(at, pick_word(corpus, chance));
}

fn insert_character(text: &mut String, _: &Corpus, chance: &mut Chance) {
    let at = place(text, chance);
    text.insert(at, *chance.pick(&CHARACTERS));
}

fn flip_byte(text: &mut String, _: &Corpus, chance: &mut Chance) {
    let mut bytes = std::mem::take(text).into_bytes();
    if !bytes.is_empty() {
        let at = chance.below(bytes.len());
        bytes[at] ^= 1 << chance.below(8);
    }
    *text = String::from_utf8_lossy(&bytes).into_owned();
}

/// Opens what is never closed, or closes it, many times over.
fn nest(text: &mut String, _: &Corpus, chance: &mut Chance) {
    let depth = 1 + if chance.one_in(3) { chance.below(20_000) } else { chance.below(80) };
    let (open, close) = *chance.pick(&[
        ("[", "]"),
        ("{a=", "}"),
        ("(", ")"),
        ("not ", ""),
        ("-", ""),
        ("a.", "a"),
        ("[[", "]]"),
        ("any(s: ", ")"),
        ("truncated(", ", 0, 1)"),
        ("1+", "1"),
    ]);
    let closed = if chance.one_in(2) { close.repeat(depth) } else { String::new() };
    let nested = format!("{}1{closed}", open.repeat(depth));
    let value = value(text, chance);
    let quoted = if chance.one_in(3) { format!(" \"{nested}\"") } else { format!(" {nested}") };
    text.replace_range(value, &quoted);
}
