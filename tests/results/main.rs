//! Results on their way out: every phone is one row, and its answer is that of the report, whatever its texts hold.

mod csv_texts;
mod deciding;
mod hostile;
mod keep;
mod laws;
