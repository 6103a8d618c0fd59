//! JSON Schema (2020-12) of the documents that plangate reads and writes, and with the feature
//! `validate` what in a document does not fit its schema. Where it stands in a text is not known here.

mod pack;
#[cfg(feature = "validate")]
mod validate;

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

#[cfg(feature = "validate")]
pub use validate::{SchemaError, validate};

#[cfg(feature = "fs")]
use crate::config::ConfigFile;
use crate::feature::Feature;
use crate::pack::{Evaluation, PackManifest};
use crate::plan::Plan;
use crate::report::Report;

/// A document that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A [`Plan`], as `plangate parse` writes it and `plangate check` reads it.
    Plan,
    /// A [`Feature`], as packs see it and `plangate parse --feature` writes it.
    Feature,
    /// A [`Report`], as `plangate check --output-format json` writes it.
    Report,
    /// A plangate.toml.
    #[cfg(feature = "fs")]
    Config,
    /// A pack of principles and questions in a TOML file.
    Pack,
    /// What a loaded pack says of itself: a [`PackManifest`].
    LoadedPack,
    /// What a loaded pack answers: an [`Evaluation`].
    Evaluation,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Plan,
        Self::Feature,
        Self::Report,
        #[cfg(feature = "fs")]
        Self::Config,
        Self::Pack,
        Self::LoadedPack,
        Self::Evaluation,
    ];

    /// The word by which the command knows it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Feature => "feature",
            Self::Report => "report",
            #[cfg(feature = "fs")]
            Self::Config => "config",
            Self::Pack => "pack",
            Self::LoadedPack => "loaded-pack",
            Self::Evaluation => "evaluation",
        }
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn describes(self) -> &'static str {
        match self {
            Self::Plan => "A plan, as `parse` writes it and `check` reads it",
            Self::Feature => "A feature, as packs see it and `parse --feature` writes it",
            Self::Report => "A report, as `check --output-format json` writes it",
            #[cfg(feature = "fs")]
            Self::Config => "A plangate.toml",
            Self::Pack => "A pack that is a TOML file",
            Self::LoadedPack => "What a loaded pack says of itself",
            Self::Evaluation => "What a loaded pack answers",
        }
    }
}

/// The JSON Schema of `kind`.
///
/// What plangate writes is described as it writes it, every key that always stands is required, and
/// further keys may come. What people write is closed: a key that nobody knows is a mistake.
///
/// ```
/// use plangate_core::schema::{self, Kind};
/// let schema = schema::of(Kind::Plan);
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// assert_eq!(schema["additionalProperties"], false);
/// ```
#[must_use]
pub fn of(kind: Kind) -> Value {
    match kind {
        Kind::Plan => {
            let mut schema = read::<Plan>(Keys::Closed);
            // Editors find the schema of a document by this key.
            schema["properties"]["$schema"] = serde_json::json!({ "type": "string" });
            schema
        }
        Kind::Feature => written::<Feature>(),
        Kind::Report => written::<Report>(),
        #[cfg(feature = "fs")]
        Kind::Config => read::<ConfigFile>(Keys::Closed),
        Kind::Pack => read::<pack::PackFile>(Keys::Closed),
        Kind::LoadedPack => read::<PackManifest>(Keys::Open),
        Kind::Evaluation => read::<Evaluation>(Keys::Open),
    }
}

/// Whether keys that the schema does not name are mistakes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// They are.
    Closed,
    /// They are what a newer version added.
    Open,
}

/// The schema of what is written as a `T`.
fn written<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}

/// The schema of what can be read as a `T`.
fn read<T: JsonSchema>(keys: Keys) -> Value {
    let mut schema = SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<T>();
    if keys == Keys::Closed {
        RecursiveTransform(close).transform(&mut schema);
    }
    schema.to_value()
}

fn close(schema: &mut Schema) {
    if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() {
        schema.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
}
