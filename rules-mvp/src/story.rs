//! How messages call a user story, and which stories a feature leaves to another one.

use plangate_core::document::{Spec, Story};
use plangate_core::feature::Read;

use crate::passage::Passage;

/// Words in a heading that put a story off.
const PUT_OFF: &[&str] = &["deferred", "descoped", "superseded", "withdrawn", "obsolete"];

/// The story's number and title, as far as it has them.
pub(crate) fn called(story: &Story) -> String {
    match (story.number, story.title.as_str()) {
        (Some(number), "") => format!("story {number}"),
        (Some(number), title) => format!("story {number} \"{title}\""),
        (None, "") => "the user story".to_owned(),
        (None, title) => format!("the story \"{title}\""),
    }
}

/// The stories of this feature: what a heading puts off is none.
pub(crate) fn stories<'a>(spec: &Read<'a, Spec>) -> Vec<&'a Story> {
    let put_off = |story: &&Story| {
        let heading = Passage::new(spec.document, &story.title, story.heading).words();
        heading.iter().any(|word| PUT_OFF.contains(&word.text.as_str()))
    };
    spec.model.stories.iter().filter(|story| !put_off(story)).collect()
}
