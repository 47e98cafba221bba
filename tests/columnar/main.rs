//! Audits of tables: exactly the answers of `assess`, whatever the table is made of.

mod csv_as_table;
mod laws_of_tables;
mod layouts;
mod refused_tables;
mod registration_in_tables;
