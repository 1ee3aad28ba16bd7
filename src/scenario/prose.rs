//! Text in lines that a terminal can show.

/// The longest line.
pub const WIDTH: usize = 80;

/// Words in lines of at most [`WIDTH`] columns, each line ended. The first begins with `first`, the
/// others with as many spaces. What is longer than a line stands in one by itself.
pub fn wrapped(first: &str, text: &str) -> String {
    wrapped_to(WIDTH, first, text)
}

/// The same, of at most `width` columns.
pub fn wrapped_to(width: usize, first: &str, text: &str) -> String {
    let indent = " ".repeat(columns(first));
    let (mut out, mut line, mut bare) = (String::new(), first.to_owned(), true);
    for word in text.split_whitespace() {
        let space = usize::from(!bare);
        if !bare && columns(&line) + space + columns(word) > width {
            out.push_str(line.trim_end());
            out.push('\n');
            line.clone_from(&indent);
            bare = true;
        }
        if !bare {
            line.push(' ');
        }
        line.push_str(word);
        bare = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
    out
}

/// A line for each pair: the first of it in a column of its own, the second beside it.
pub fn columned<'a>(indent: &str, rows: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let rows: Vec<_> = rows.into_iter().collect();
    let width = rows.iter().map(|(name, _)| columns(name)).max().unwrap_or(0).min(20);
    let row = |(name, text): &(&str, String)| {
        let gap = " ".repeat(width.saturating_sub(columns(name)));
        if columns(name) <= width {
            return wrapped(&format!("{indent}{name}{gap}  "), text);
        }
        let below = format!("{indent}{}  ", " ".repeat(width));
        format!("{indent}{name}\n{}", wrapped(&below, text))
    };
    rows.iter().map(row).collect()
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_hang() {
        let text = wrapped("  name  ", &"four ".repeat(20));
        assert_eq!(text.lines().count(), 2);
        assert!(text.lines().all(|line| columns(line) <= WIDTH));
        assert!(text.starts_with("  name  four four") && text.contains("\n        four"), "{text}");
        let long = "x".repeat(100);
        assert_eq!(wrapped("- ", &long), format!("- {long}\n"));
        assert_eq!(wrapped("- ", ""), "-\n");
    }

    #[test]
    fn columns_line_up() {
        let rows = [("a", "one".to_owned()), ("long-name", "two".to_owned())];
        assert_eq!(columned("  ", rows), "  a          one\n  long-name  two\n");
    }
}
