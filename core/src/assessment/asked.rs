//! The questions of packs as their answers are looked for. What is made of a question is made when it is first
//! needed, and kept for every feature.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::evidence::Terms;
use crate::matching::Words;
use crate::pack::PackManifest;
use crate::principle::Question;

/// A question, with its words and its terms.
#[derive(Debug)]
pub(crate) struct Asked {
    question: Question,
    words: OnceLock<Words>,
    terms: OnceLock<Terms>,
}

impl Asked {
    fn new(question: Question) -> Self {
        Self { question, words: OnceLock::new(), terms: OnceLock::new() }
    }

    /// The words of its text.
    pub(super) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(&self.question.text))
    }

    /// The terms of its indicators.
    pub(super) fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| Terms::new(self.question.indicators.terms.iter()))
    }
}

impl Deref for Asked {
    type Target = Question;

    fn deref(&self) -> &Question {
        &self.question
    }
}

/// The questions of one pack, by their ids.
#[derive(Debug)]
pub(crate) struct PackQuestions(HashMap<Cow<'static, str>, Asked>);

impl PackQuestions {
    pub(crate) fn of(pack: &PackManifest) -> Self {
        let questions = pack.principles.iter().flat_map(|principle| principle.questions.iter());
        Self(questions.map(|question| (question.id.clone(), Asked::new(question.clone()))).collect())
    }
}

/// The questions of the active packs.
#[derive(Clone, Debug, Default)]
pub(super) struct Questions(Vec<Arc<PackQuestions>>);

impl Questions {
    pub(super) fn get(&self, id: &str) -> Option<&Asked> {
        self.0.iter().find_map(|pack| pack.0.get(id))
    }
}

impl FromIterator<Arc<PackQuestions>> for Questions {
    fn from_iter<I: IntoIterator<Item = Arc<PackQuestions>>>(packs: I) -> Self {
        Self(packs.into_iter().collect())
    }
}
