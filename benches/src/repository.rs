//! Writes repositories with any number of features.

use std::fs;
use std::io;
use std::path::Path;

use crate::feature::{constitution, documents, name, plan_template};
use crate::form::Form;
use crate::plan::plan_of;

/// Bytes of ten plans that follow each other, 12,800 in the middle. The median of 1,265 public plans has
/// 8 KB, the largest one 121 KB.
const SIZES: [usize; 10] = [4_000, 14_000, 6_000, 16_000, 8_000, 20_000, 9_000, 28_000, 11_000, 12_000];

/// How much a generated repository holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Nothing but plans.
    Plans,
    /// All documents of every feature, the constitution, the plan template, manifests, workflows, hooks,
    /// migrations and source files.
    Whole,
}

/// Writes a repository of `features` features to `folder`, which is made where it is missing. What is in it
/// is a matter of the arguments alone.
///
/// # Errors
/// What the file system says.
pub fn write(folder: &Path, features: usize, extent: Extent) -> io::Result<()> {
    let put = |path: &str, text: &str| {
        let path = folder.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)
    };
    if extent == Extent::Whole {
        put(".specify/memory/constitution.md", &constitution())?;
        put(".specify/templates/plan-template.md", &plan_template())?;
        AROUND.iter().try_for_each(|(path, text)| put(path, text))?;
    }
    for number in 0..features {
        let specs = format!("specs/{}", name(number));
        put(&format!("{specs}/plan.md"), &plan(number))?;
        if extent == Extent::Whole {
            documents(number, size(number))
                .iter()
                .try_for_each(|(name, text)| put(&format!("{specs}/{name}"), text))?;
            sources(number).iter().try_for_each(|(path, text)| put(path, text))?;
        }
    }
    Ok(())
}

/// The plan of the feature `number`, which counts from 0: forms and sizes alternate.
#[must_use]
pub fn plan(number: usize) -> String {
    plan_of(number, Form::of(number), size(number))
}

/// Bytes of the plan of the feature `number`.
fn size(number: usize) -> usize {
    SIZES[number % SIZES.len()]
}

/// Files around the features, of which the facts of a repository are read.
const AROUND: &[(&str, &str)] = &[
    (
        "package.json",
        r#"{
  "name": "generated",
  "private": true,
  "workspaces": ["server", "client"],
  "scripts": { "lint": "eslint .", "format": "prettier --check .", "test": "vitest run", "prepare": "husky" },
  "devDependencies": { "eslint": "^9.0.0", "husky": "^9.0.0", "prettier": "^3.0.0", "typescript": "^5.8.0" }
}
"#,
    ),
    (
        "server/package.json",
        r#"{
  "name": "server",
  "dependencies": { "express": "^5.0.0", "helmet": "^8.0.0", "pg": "^8.0.0", "pino": "^9.0.0", "socket.io": "^4.8.0" },
  "devDependencies": { "vitest": "^3.0.0" }
}
"#,
    ),
    ("client/package.json", "{ \"name\": \"client\", \"dependencies\": { \"react\": \"^19.0.0\" } }\n"),
    ("tsconfig.json", "{ \"compilerOptions\": { \"strict\": true } }\n"),
    ("server/tsconfig.json", "{ \"extends\": \"../tsconfig.json\" }\n"),
    ("eslint.config.js", "export default [];\n"),
    (".prettierrc.json", "{}\n"),
    (".husky/pre-commit", "npx lint-staged\n"),
    (".env.example", "DATABASE_URL=\nREDIS_URL=\n"),
    ("server/Dockerfile", "FROM node:22\nCOPY . .\nHEALTHCHECK CMD wget -q localhost:3000/health\n"),
    (
        ".github/workflows/ci.yml",
        "name: ci\non: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      \
         - uses: actions/checkout@v4\n      - run: npm ci\n      - run: npm run lint\n      - run: npm test\n      \
         - run: npm audit\n",
    ),
];

/// The source files that a feature's tasks name, but for one that is not written yet.
fn sources(number: usize) -> [(String, String); 4] {
    [
        (format!("server/src/feature{number}/votes.ts"), format!("export const feature = {number};\n")),
        (format!("server/tests/feature{number}/part0.test.ts"), format!("it('counts {number}');\n")),
        (format!("server/tests/feature{number}/part1.test.ts"), format!("it('refuses {number}');\n")),
        (format!("server/migrations/{number:04}_votes.sql"), format!("create table votes_{number} (id uuid);\n")),
    ]
}

#[cfg(test)]
mod tests {
    use plangate_core::Workspace;
    use plangate_core::feature::State;
    use plangate_core::workspace::LoadOptions;

    use super::*;

    #[test]
    fn a_plan_has_twelve_thousand_eight_hundred_bytes_on_average() {
        assert_eq!(SIZES.iter().sum::<usize>(), 128_000);
        let written: usize = (0..100).map(|number| plan(number).len()).sum();
        assert!((1_200_000..1_360_000).contains(&written), "{written}");
    }

    #[test]
    fn a_written_repository_is_read_as_a_whole() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        write(folder.path(), 3, Extent::Whole).expect("a folder takes files");
        let workspace = Workspace::open(folder.path()).expect("the folder is there");
        let locations = workspace.features(folder.path()).expect("the folder can be read");
        assert_eq!(locations.len(), 3);
        for location in &locations {
            let feature = workspace.feature(location, &LoadOptions::default()).expect("the plan can be read");
            assert!(feature.documents.iter().all(|document| document.state == State::Provided), "{location:?}");
            assert!(feature.documents.iter().all(|document| document.problems.is_empty()), "{location:?}");
            let facts = feature.repository().expect("somebody looked");
            assert!(!facts.manifests.is_empty() && !facts.workflows.is_empty() && !facts.hooks.is_empty());
            assert!(facts.has_file("server/src/feature0/votes.ts"));
        }
    }
}
