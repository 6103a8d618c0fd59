//! Which known word somebody meant who wrote another one.

/// The known words that are at most a few slips of the finger away from `asked`, the nearest first,
/// three at most. Letter case does not count.
///
/// ```
/// use plangate_core::spelling::nearest;
/// assert_eq!(nearest(["summary", "storage"], "sumary"), ["summary"]);
/// assert!(nearest(["summary", "storage"], "goals").is_empty());
/// ```
#[must_use]
pub fn nearest<'a>(known: impl IntoIterator<Item = &'a str>, asked: &str) -> Vec<&'a str> {
    let asked = asked.to_ascii_lowercase();
    let near = (asked.chars().count() / 3).max(1);
    let mut similar: Vec<(usize, &str)> = known
        .into_iter()
        .map(|known| (distance(&known.to_ascii_lowercase(), &asked), known))
        .filter(|(distance, _)| *distance <= near)
        .collect();
    similar.sort_unstable();
    similar.into_iter().take(3).map(|(_, known)| known).collect()
}

/// Letters to insert, remove or replace until `a` is `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.chars().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [("", "abc", 3), ("kitten", "sitting", 3), ("pln101", "pnl101", 2), ("same", "same", 0)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
