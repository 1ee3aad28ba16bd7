//! Numbers as people read them.

/// Probabilities in per cent without the sign: two decimals if any is below 1 % or above 99 % and not 0
/// or 100 %, else one. What is neither 0 nor 1 never looks as if it were.
pub fn percents<const N: usize>(probabilities: [f64; N]) -> [String; N] {
    let plain = |p: f64| (0.01..=0.99).contains(&p) || p == 0.0 || p == 1.0;
    let decimals = if probabilities.into_iter().all(plain) { 1 } else { 2 };
    probabilities.map(|p| match p {
        p if p > 0.0 && p < 0.000_05 => "<0.01".to_owned(),
        p if (0.999_95..1.0).contains(&p) => ">99.99".to_owned(),
        p => format!("{:.decimals$}", 100.0 * p),
    })
}

/// A difference of probabilities with its interval in points of per cent, with signs, in as many
/// decimals as show two digits of the interval's width and no end as 0 that is not; two to six.
pub fn points([difference, low, high]: [f64; 3]) -> [String; 3] {
    let points = [difference, low, high].map(|value| 100.0 * value);
    let least = decimals(points[2] - points[1]).max(2);
    let looks_like_0 = |decimals: usize| {
        points[1..].iter().any(|&end| end != 0.0 && signed(end, decimals) == signed(0.0, decimals))
    };
    let decimals = (least..6).find(|&decimals| !looks_like_0(decimals)).unwrap_or(6);
    points.map(|value| signed(value, decimals))
}

/// A number with its sign, and none if it is 0 in so many decimals.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:+.decimals$}");
    if text.contains(|c: char| ('1'..='9').contains(&c)) {
        text.replace('-', "\u{2212}")
    } else {
        text.trim_start_matches(['+', '-']).to_owned()
    }
}

/// How many decimals a number is given whose interval is so wide: two significant digits of the width,
/// six decimals at most.
pub fn decimals(width: f64) -> usize {
    if width > 0.0 && width.is_finite() {
        // From 0 to 6: it fits.
        (1.0 - width.log10().floor()).clamp(0.0, 6.0) as usize
    } else {
        4
    }
}

/// A number in so many decimals, with a true minus sign and no sign before 0.
pub fn fixed(value: f64, decimals: usize) -> String {
    let text = signed(value, decimals);
    text.strip_prefix('+').map_or(text.clone(), str::to_owned)
}

/// A whole number with its thousands set apart: `12,352`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of things: `1 trial`, `12,352 trials`.
pub fn counted(number: u64, one: &str) -> String {
    format!("{} {one}{}", grouped(number), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_and_nearly_certain_outcomes_get_a_digit_more() {
        assert_eq!(percents([0.09, 0.0845, 0.0958]), ["9.0", "8.5", "9.6"]);
        assert_eq!(percents([1.0, 0.9996, 1.0]), ["100.00", "99.96", "100.00"]);
        assert_eq!(percents([0.0, 0.0, 0.19]), ["0.0", "0.0", "19.0"]);
    }

    #[test]
    fn what_is_nearly_certain_does_not_look_certain() {
        assert_eq!(percents([0.999_96, 0.999_9, 1.0]), [">99.99", "99.99", "100.00"]);
        assert_eq!(percents([0.000_01, 0.0, 0.000_06]), ["<0.01", "0.00", "0.01"]);
    }

    #[test]
    fn decimals_follow_the_width() {
        assert_eq!(
            [0.0122, 0.0004, 0.00002, 1.3, 25.0, 0.0, f64::NAN].map(decimals),
            [3, 5, 6, 1, 0, 4, 4]
        );
        assert_eq!(points([0.0123, 0.0119, 0.0127]), ["+1.230", "+1.190", "+1.270"]);
        assert_eq!(points([-0.0007, -0.0012, 0.000_01]), ["−0.070", "−0.120", "+0.001"]);
    }

    #[test]
    fn nothing_has_no_sign() {
        assert_eq!(
            [0.004, -0.004, 0.1, -2.0].map(|v| signed(v, 2)),
            ["0.00", "0.00", "+0.10", "−2.00"]
        );
        assert_eq!([-0.0001, 3.5, -3.5].map(|v| fixed(v, 1)), ["0.0", "3.5", "−3.5"]);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            [0, 999, 1_000, 12_352, 1_000_000].map(grouped),
            ["0", "999", "1,000", "12,352", "1,000,000"]
        );
        assert_eq!([counted(1, "trial"), counted(2_000, "pair")], ["1 trial", "2,000 pairs"]);
    }
}
