//! Packs in shared libraries, and everything that can be wrong with one: a file for each fault. None ends
//! or hangs the run; each is exit code 2, and the other packs' findings are printed all the same.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

mod abi_page;
mod abort;
mod acme;
mod answer_invalid_json;
mod answer_invalid_utf8;
mod answer_null;
mod answer_wrong_schema;
mod changed_hash;
mod ci;
mod crash_between_plans;
mod duplicate_id;
mod empty_pack;
mod endless_loop;
mod exit;
mod failed_answer;
mod flood;
mod foreign_prefix;
mod guest;
mod invalid_json;
mod invalid_utf8;
mod linked_and_loaded;
mod missing_file;
mod missing_function;
mod missing_symbol;
mod newer;
mod older;
mod other_profile;
mod panic_abort;
mod panic_in_manifest;
mod panic_in_rule;
mod replaced_file;
mod run;
mod span_inside_character;
mod span_outside;
mod stack_overflow;
mod truncated_library;
mod truncated_table;
mod two_packs;
mod undeclared_rule;
mod unknown_path;
mod wrong_library;
mod wrong_schema;
