//! The JSON that plangate reads: strict, or as package managers and TypeScript write it.

use jsonc_parser::ParseOptions;

/// Strict JSON.
#[cfg(feature = "validate")]
pub(crate) const STRICT: ParseOptions = form(false);

/// JSON with comments and trailing commas.
#[cfg(feature = "fs")]
pub(crate) const WITH_COMMENTS: ParseOptions = form(true);

const fn form(comments: bool) -> ParseOptions {
    ParseOptions {
        allow_comments: comments,
        allow_trailing_commas: comments,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}
