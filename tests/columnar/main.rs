//! Audits of tables: exactly the answers of `assess`, whatever the table is made of.

mod csv;
mod laws;
mod layouts;
mod refused;
mod registration;
