//! Results on their way out: every phone is one row, and its answer is that of the report, whatever its texts hold.

mod csv_texts;
mod deciding;
mod hostile;
mod kept_in_results;
mod laws_of_results;
