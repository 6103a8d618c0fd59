//! A [`Glob`] over paths, which costs its own length in memory and at most its length for each letter of a path in
//! time, whatever it holds: globs come from files that anybody may have written.

/// `?` stands for a letter, `*` for anything in a name, `**` for any folders, `[a-z]` and `[!a-z]` for letters,
/// `{a,b}` for either; `\` takes a letter's meaning.
#[derive(Clone, Debug)]
pub(crate) struct Glob {
    steps: Vec<Step>,
    classes: Vec<Class>,
    /// So many steps at the beginning are plain letters.
    plain: usize,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Letter(char),
    /// Any letter of a name.
    OfName,
    /// Any letter, `/` included.
    Any,
    /// A letter of a name that a class holds.
    OfClass(u32),
    /// Here, or at this step.
    Or(u32),
    Go(u32),
}

#[derive(Clone, Debug)]
struct Class {
    negated: bool,
    ranges: Vec<(char, char)>,
}

impl Class {
    fn holds(&self, letter: char) -> bool {
        self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter)) != self.negated
    }
}

impl Glob {
    /// Reads a glob.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn new(text: &str) -> Result<Self, &'static str> {
        let mut reader = Reader { letters: text.chars().peekable(), ..Reader::default() };
        reader.read()?;
        let plain = reader.steps.iter().take_while(|step| matches!(step, Step::Letter(_))).count();
        let mut glob = Self { steps: reader.steps, classes: reader.classes, plain };
        glob.steps.shrink_to_fit();
        Ok(glob)
    }

    /// Whether it fits the whole of `path`.
    pub(crate) fn fits(&self, path: &str) -> bool {
        self.run(path, false)
    }

    /// Whether it fits `path`, or a folder that holds it.
    pub(crate) fn fits_or_holds(&self, path: &str) -> bool {
        self.run(path, true)
    }

    /// Follows all ways through the steps at once, letter by letter.
    fn run(&self, path: &str, or_folder: bool) -> bool {
        let mut letters = path.chars();
        for step in &self.steps[..self.plain] {
            match (step, letters.next()) {
                (Step::Letter(own), Some(letter)) if *own == letter => {}
                _ => return false,
            }
        }
        let mut ways = Ways { seen: vec![0; self.steps.len() + 1], round: 0, at: Vec::new(), open: Vec::new() };
        ways.begin();
        ways.add(&self.steps, self.plain);
        let mut before = Vec::new();
        let mut left = letters.peekable();
        loop {
            let at_end = left.peek().is_none();
            if ways.is_through() && (at_end || or_folder && left.peek() == Some(&'/')) {
                return true;
            }
            let Some(letter) = left.next() else { return false };
            std::mem::swap(&mut before, &mut ways.at);
            ways.begin();
            for at in before.drain(..) {
                let takes = match self.steps.get(at) {
                    Some(Step::Letter(own)) => *own == letter,
                    Some(Step::OfName) => letter != '/',
                    Some(Step::Any) => true,
                    Some(Step::OfClass(class)) => letter != '/' && self.classes[*class as usize].holds(letter),
                    _ => false,
                };
                if takes {
                    ways.add(&self.steps, at + 1);
                }
            }
            if ways.at.is_empty() {
                return false;
            }
        }
    }
}

/// Where one can be after the letters so far.
struct Ways {
    /// The round in which a step was added last.
    seen: Vec<u32>,
    round: u32,
    at: Vec<usize>,
    /// Steps that are still to be added.
    open: Vec<usize>,
}

impl Ways {
    fn begin(&mut self) {
        self.round += 1;
        self.at.clear();
    }

    /// Adds a step, and all that can be reached from it without a letter.
    fn add(&mut self, steps: &[Step], step: usize) {
        self.open.push(step);
        while let Some(at) = self.open.pop() {
            if std::mem::replace(&mut self.seen[at], self.round) == self.round {
                continue;
            }
            match steps.get(at) {
                Some(Step::Go(to)) => self.open.push(*to as usize),
                Some(Step::Or(to)) => self.open.extend([at + 1, *to as usize]),
                _ => self.at.push(at),
            }
        }
    }

    /// Whether one can be behind the last step.
    fn is_through(&self) -> bool {
        self.seen.last() == Some(&self.round)
    }
}

/// Turns the text of a glob into steps.
struct Reader<'a> {
    letters: std::iter::Peekable<std::str::Chars<'a>>,
    steps: Vec<Step>,
    classes: Vec<Class>,
    braces: Vec<Brace>,
}

/// A `{` that is not closed.
struct Brace {
    /// The step that leads to the next alternative.
    or: usize,
    /// The steps that lead behind the brace.
    ends: Vec<usize>,
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Self { letters: "".chars().peekable(), steps: Vec::new(), classes: Vec::new(), braces: Vec::new() }
    }
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), &'static str> {
        let mut begins = true;
        while let Some(letter) = self.letters.next() {
            let began = begins;
            begins = letter == '/' || letter == '{' || letter == ',' && !self.braces.is_empty();
            match letter {
                '?' => self.steps.push(Step::OfName),
                '*' => begins = self.stars(began),
                '[' => self.class()?,
                '{' => {
                    self.braces.push(Brace { or: self.steps.len(), ends: Vec::new() });
                    self.steps.push(Step::Or(0));
                }
                ',' if !self.braces.is_empty() => self.next_alternative(),
                '}' => self.close()?,
                '\\' => {
                    let letter = self.letters.next().ok_or("a `\\` stands at its end")?;
                    self.steps.push(Step::Letter(letter));
                }
                letter => self.steps.push(Step::Letter(letter)),
            }
        }
        if self.braces.is_empty() { Ok(()) } else { Err("a `{` is never closed") }
    }

    /// Reads what stands behind a `*`. Whether a name begins then.
    fn stars(&mut self, began: bool) -> bool {
        let mut count = 1;
        while self.letters.next_if_eq(&'*').is_some() {
            count += 1;
        }
        let behind = self.letters.peek().copied();
        let ends = match behind {
            None => true,
            Some(',' | '}') => !self.braces.is_empty(),
            Some(_) => false,
        };
        if count == 2 && began && behind == Some('/') {
            self.letters.next();
            let or = self.steps.len();
            self.steps.push(Step::Or(0));
            self.repeat(Step::Any);
            self.steps.push(Step::Letter('/'));
            self.lead(or, self.steps.len());
            return true;
        }
        if count == 2 && began && ends {
            self.steps.push(Step::Any);
            self.repeat(Step::Any);
        } else {
            self.repeat(Step::OfName);
        }
        false
    }

    /// Any number of letters.
    fn repeat(&mut self, step: Step) {
        let or = self.steps.len();
        self.steps.extend([Step::Or(0), step, Step::Go(0)]);
        self.lead(or + 2, or);
        self.lead(or, or + 3);
    }

    fn next_alternative(&mut self) {
        let Some(mut brace) = self.braces.pop() else { return };
        brace.ends.push(self.steps.len());
        self.steps.push(Step::Go(0));
        self.lead(brace.or, self.steps.len());
        brace.or = self.steps.len();
        self.steps.push(Step::Or(0));
        self.braces.push(brace);
    }

    fn close(&mut self) -> Result<(), &'static str> {
        let brace = self.braces.pop().ok_or("a `}` was never opened")?;
        // The last alternative has no other one.
        self.lead(brace.or, brace.or + 1);
        let end = self.steps.len();
        brace.ends.into_iter().for_each(|step| self.lead(step, end));
        Ok(())
    }

    /// Has a step lead to another one.
    fn lead(&mut self, step: usize, to: usize) {
        // A text of 4 GiB is read nowhere.
        let to = u32::try_from(to).unwrap_or(u32::MAX);
        match &mut self.steps[step] {
            Step::Or(target) | Step::Go(target) => *target = to,
            _ => {}
        }
    }

    fn class(&mut self) -> Result<(), &'static str> {
        const OPEN: &str = "a `[` is never closed";
        let negated = self.letters.next_if(|letter| matches!(letter, '!' | '^')).is_some();
        let mut ranges: Vec<(char, char)> = Vec::new();
        loop {
            let first = match self.letters.next().ok_or(OPEN)? {
                ']' if !ranges.is_empty() => break,
                first => first,
            };
            // A dash at the end of a class is a dash.
            let mut ahead = self.letters.clone();
            let is_range = ahead.next() == Some('-') && ahead.next().is_some_and(|last| last != ']');
            let last = if is_range { self.letters.nth(1).ok_or(OPEN)? } else { first };
            if last < first {
                return Err("a range of letters ends before it begins");
            }
            ranges.push((first, last));
        }
        let class = u32::try_from(self.classes.len()).unwrap_or(u32::MAX);
        self.steps.push(Step::OfClass(class));
        self.classes.push(Class { negated, ranges });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn fits(glob: &str, path: &str) -> bool {
        Glob::new(glob).unwrap().fits(path)
    }

    #[test]
    fn each_sign_means_what_it_says() {
        for (glob, fitting, other) in [
            ("a.md", &["a.md"][..], &["b.md", "a.m", "a.mdx", "a/a.md", ""][..]),
            ("?.md", &["a.md", "ä.md"], &[".md", "ab.md", "/.md"]),
            ("*.md", &["a.md", ".md"], &["a/b.md", "a.mdx"]),
            ("specs/*/plan.md", &["specs/001/plan.md"], &["specs/plan.md", "specs/a/b/plan.md"]),
            ("**", &["a", "a/b/c"], &[]),
            ("**/plan.md", &["plan.md", "a/plan.md", "a/b/plan.md"], &["aplan.md", "plan.md/a"]),
            ("a/**/b", &["a/b", "a/x/b", "a/x/y/b"], &["ab", "a/xb", "b"]),
            ("a/**", &["a/b", "a/b/c"], &["a", "ab"]),
            ("a**b", &["ab", "axb"], &["a/b"]),
            ("[a-c0]x", &["ax", "cx", "0x"], &["dx", "x", "/x"]),
            ("[!a-c]x", &["dx", "-x"], &["ax", "/x", "x"]),
            ("[]-]", &["]", "-"], &["a"]),
            ("{a,b/c}.md", &["a.md", "b/c.md"], &["c.md", "a,b/c.md"]),
            ("{a,{b,c}d,}e", &["ae", "bde", "cde", "e"], &["be", "ade"]),
            ("{src,lib}/**/{*.rs,**}", &["src/a.rs", "lib/a/b"], &["bin/a.rs", "src"]),
            ("a,b", &["a,b"], &["a"]),
            ("\\*\\{", &["*{"], &["a{"]),
            ("日本*", &["日本", "日本語"], &["日"]),
        ] {
            fitting.iter().for_each(|path| assert!(fits(glob, path), "{glob} fits {path}"));
            other.iter().for_each(|path| assert!(!fits(glob, path), "{glob} doesn't fit {path}"));
        }
    }

    #[test]
    fn what_is_no_glob_is_told() {
        for (glob, said) in [
            ("a[", "a `[` is never closed"),
            ("[]", "a `[` is never closed"),
            ("[b-a]", "a range of letters ends before it begins"),
            ("{a,{b}", "a `{` is never closed"),
            ("a}", "a `}` was never opened"),
            ("a\\", "a `\\` stands at its end"),
        ] {
            assert_eq!(Glob::new(glob).unwrap_err(), said, "{glob}");
        }
    }

    #[test]
    fn no_glob_costs_more_than_its_length_for_each_letter() {
        let path = "a/".repeat(200) + "b";
        let many = 20_000;
        for (glob, expected) in [
            ("a*".repeat(many), false),
            ("*".repeat(many), false),
            ("**/".repeat(many) + "b", true),
            ("{a,b}".repeat(many), false),
            ("{a,".repeat(many) + &"}".repeat(many), false),
            ("{".repeat(many) + "**" + &"}".repeat(many), true),
            (format!("{{{}**}}", "*,".repeat(many)), true),
            (format!("[{}]", "a-b".repeat(many)), false),
        ] {
            let read = Glob::new(&glob).unwrap();
            assert_eq!(read.fits(&path), expected, "{}", &glob[..20]);
            assert!(read.steps.len() <= 3 * glob.len() && size_of::<Step>() <= 8, "{}", &glob[..20]);
        }
    }

    proptest! {
        /// The crate that ripgrep matches globs with says the same.
        #[test]
        fn every_glob_fits_what_another_reader_of_globs_says(
            glob in "(a|b|\\?|\\*|\\*\\*/|/\\*\\*/|/|\\[ab\\]|\\[!a\\]|\\{a,b\\}|\\{a\\*,\\?/b\\}){1,7}",
            paths in proptest::collection::vec("[ab]{1,3}(/[ab]{1,3}){0,3}", 1..20),
        ) {
            let other = globset::GlobBuilder::new(&glob).literal_separator(true).build().unwrap().compile_matcher();
            // A folder has a name, and a class holds no `/`.
            prop_assume!(!glob.contains("//") && !glob.starts_with('/') && !glob.ends_with('/') && !glob.contains("[!"));
            let own = Glob::new(&glob).unwrap();
            for path in paths {
                prop_assert_eq!(own.fits(&path), other.is_match(&path), "{} {}", glob, path);
            }
        }
    }
}
