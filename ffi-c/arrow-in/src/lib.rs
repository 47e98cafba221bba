//! Tables that come in through the [Arrow C data interface][data] and the [C stream interface][stream], for the C and the
//! Python face of crossgrade. Everything unsafe that reads such structs is here, and nothing else.
//!
//! A producer may be wrong or hostile, so nothing of the arrow crates sees a struct of his: this crate reads the structs
//! itself, compares every count with what the type allows before it follows a pointer, and hands on the [`Schema`] and the
//! [`RecordBatch`] that it built. [`limits`] says how much is accepted.
//!
//! Two things nobody can check, so they are the producer's word: that a pointer which is not NULL leads to memory, and
//! that a buffer is as long as the length of its array says.
//!
//! What stands in a column is not looked at, apart from what tells its size. So offsets, keys and views in the middle of a
//! column may point anywhere, and texts may be any bytes: `crossgrade::columnar` reads them with checks.
//!
//! [`Schema`]: arrow_schema::Schema
//! [`RecordBatch`]: arrow_array::RecordBatch
//! [data]: https://arrow.apache.org/docs/format/CDataInterface.html
//! [stream]: https://arrow.apache.org/docs/format/CStreamInterface.html

mod array;
mod batch;
mod error;
mod format;
pub mod limits;
mod metadata;
mod raw;
mod schema;
mod shown;
mod stream;
#[cfg(test)]
mod tests;

pub use batch::{batch, schema};
pub use error::Error;
pub use stream::{Batches, Place, stream_schema};
