//! The native half of the Python package `crossgrade`.
//!
//! Thin on purpose: it hands questions to the library and answers back. What a phone may or may not do is decided, and
//! known, only there. Types of the library are written `crossgrade::Assessment`, so that a reader sees which side they
//! are from.
#![deny(unsafe_code)]

mod answer_parts;
#[expect(unsafe_code, reason = "the Arrow C data interface")]
mod arrow;
mod assessment;
mod audit;
mod audit_columns;
mod audit_options;
mod audit_run;
mod audit_sources;
mod audit_stream;
mod date;
mod enum_words;
mod errors;
mod file_bytes;
mod fleet;
mod impact;
mod interrupt;
mod python_class;
mod question;
mod read_inventories;
mod results_file;
mod rulebook;
mod settlements;
mod summary;
mod table_batches;
mod table_export;
mod terminal_text;

#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use crate::answer_parts::codes;
    #[pymodule_export]
    use crate::assessment::{Assessment, assess, assess_again};
    #[pymodule_export]
    use crate::audit::{Audit, collect};
    #[pymodule_export]
    use crate::audit_options::{chosen_columns, kept_columns};
    #[pymodule_export]
    use crate::audit_stream::{AuditStream, audit_sources};
    #[pymodule_export]
    use crate::enum_words::{
        call_control_destination, call_control_read, call_control_registers, call_control_why, words,
    };
    #[pymodule_export]
    use crate::errors::column_clash;
    #[pymodule_export]
    use crate::file_bytes::check_file;
    #[pymodule_export]
    use crate::fleet::{Fleet, merge_fleets};
    #[pymodule_export]
    use crate::impact::{Request, impact_fleet, recognize};
    #[pymodule_export]
    use crate::read_inventories::{check_columns, check_keep, read_documents, read_pages, read_stream};
    #[pymodule_export]
    use crate::results_file::{CsvAudit, audit_csv, audit_fleet};
    #[pymodule_export]
    use crate::rulebook::{RuleBook, same_rule_book};
    #[pymodule_export]
    use crate::settlements::{Settlements, read_settlements};
    #[pymodule_export]
    use crate::terminal_text::{shown, shown_beginning, shown_file, shown_json, shown_lines};

    #[pymodule_export]
    const LARGEST_FILE: u64 = crossgrade::inventory::LARGEST_FILE;

    #[pymodule_export]
    const LONGEST_RULE_BOOK: usize = crossgrade::rulebook::LONGEST_TEXT;

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python names it so")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "named like its neighbor")]
    const __build__: &str = if cfg!(debug_assertions) { "debug" } else { "release" };
}
