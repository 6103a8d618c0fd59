//! Fingerprints: what makes a finding the same one after its lines have moved.

use std::collections::HashMap;

use super::Sources;
use crate::diagnostic::Finding;

/// The fingerprint of a finding: 16 hexadecimal digits, made of the rule's id, the feature's name,
/// the principle or question that the finding is about, and the text that it points at.
///
/// White space and letter case of the text don't matter; where it stands doesn't either.
///
/// ```
/// use plangate_core::report::fingerprint;
/// let before = fingerprint("PLN002", "001-voting", "branch", "[###-feature-name]");
/// assert_eq!(before, fingerprint("PLN002", "001-voting", "branch", "  [###-Feature-name]\n"));
/// assert_ne!(before, fingerprint("PLN002", "002-voting", "branch", "[###-feature-name]"));
/// ```
#[must_use]
pub fn fingerprint(rule: &str, feature: &str, subject: &str, text: &str) -> String {
    let mut hash = Fnv::default();
    for part in [rule, feature, subject] {
        hash.part(part);
    }
    for word in text.split_whitespace() {
        for letter in word.chars().flat_map(char::to_lowercase) {
            hash.bytes(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
        hash.bytes(b" ");
    }
    hash.hex()
}

/// The fingerprints of one plan's findings, told apart by their numbers as the report does it.
pub(crate) fn fingerprints(findings: &[Finding], feature: &str, sources: &Sources<'_>) -> Vec<String> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|index| {
        let Finding { place, rule, message, .. } = &findings[*index];
        (&place.path, place.span.start, rule, place.span.end, message)
    });
    let mut all = vec![String::new(); findings.len()];
    let mut seen: HashMap<String, u32> = HashMap::new();
    for index in order {
        let finding = &findings[index];
        let subject = finding.subject.as_deref().unwrap_or_default();
        let first = fingerprint(&finding.rule, feature, subject, sources.text(&finding.place));
        let number = seen.entry(first.clone()).or_default();
        *number += 1;
        all[index] = if *number > 1 { numbered(&first, *number) } else { first };
    }
    all
}

/// The fingerprint of the `number`th finding that would have this one.
pub(super) fn numbered(fingerprint: &str, number: u32) -> String {
    let mut hash = Fnv::default();
    hash.part(fingerprint);
    hash.bytes(&number.to_le_bytes());
    hash.hex()
}

/// FNV-1a with 64 bits. The hasher of the standard library may change with its version; this one
/// gives what a baseline of last year says.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// One part and its end: a byte that UTF-8 never uses keeps "ab" + "c" apart from "a" + "bc".
    fn part(&mut self, part: &str) {
        self.bytes(part.as_bytes());
        self.bytes(&[0xff]);
    }

    fn hex(&self) -> String {
        format!("{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_is_fnv_1a() {
        let hash_of = |text: &str| {
            let mut hash = Fnv::default();
            hash.bytes(text.as_bytes());
            hash.hex()
        };
        assert_eq!(hash_of(""), "cbf29ce484222325");
        assert_eq!(hash_of("a"), "af63dc4c8601ec8c");
        assert_eq!(hash_of("foobar"), "85944171f73967e8");
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(fingerprint("PLN00", "1a", "", ""), fingerprint("PLN001", "a", "", ""));
        assert_ne!(fingerprint("PLN001", "a", "b", ""), fingerprint("PLN001", "a", "", "b"));
        assert_ne!(fingerprint("PLN001", "a", "", "b c"), fingerprint("PLN001", "a", "", "bc"));
    }
}
