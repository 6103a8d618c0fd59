//! Which known word somebody meant who wrote another one.

/// The longest word that is compared, in bytes.
const LONGEST: usize = 200;

/// The known words that are the fewest slips of the finger away from `asked`, if they are few: one for
/// every three letters. Three words at most; letter case does not count.
///
/// ```
/// use plangate_core::spelling::nearest;
/// assert_eq!(nearest(["summary", "storage"], "sumary"), ["summary"]);
/// assert!(nearest(["summary", "storage"], "goals").is_empty());
/// ```
#[must_use]
pub fn nearest<'a>(known: impl IntoIterator<Item = &'a str>, asked: &str) -> Vec<&'a str> {
    // Nobody knows a word of this length, and comparing takes time with every letter.
    if asked.len() > LONGEST {
        return Vec::new();
    }
    let asked = asked.to_ascii_lowercase();
    let near = (asked.chars().count() / 3).max(1);
    let mut similar: Vec<(usize, &str)> = known
        .into_iter()
        .map(|known| (distance(&known.to_ascii_lowercase(), &asked), known))
        .filter(|(distance, _)| *distance <= near)
        .collect();
    similar.sort_unstable();
    let least = similar.first().map_or(0, |(distance, _)| *distance);
    similar.into_iter().take_while(|(distance, _)| *distance == least).take(3).map(|(_, known)| known).collect()
}

/// Letters to insert, remove, replace or swap with their neighbour until `a` is `b` (optimal string
/// alignment): two letters in the wrong order are one slip of the finger.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut next = vec![i + 1];
        for j in 0..b.len() {
            let replaced = row[j] + usize::from(a[i] != b[j]);
            let mut least = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(above[j - 1] + 1);
            }
            next.push(least);
        }
        above = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("pln101", "pnl101", 1),
            ("mpv", "mvp", 1),
            ("ab", "", 2),
            ("same", "same", 0),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
