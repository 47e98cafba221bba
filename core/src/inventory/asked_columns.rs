//! Whether an inventory has the columns that the caller asked for.

use super::{ChosenColumn, Inventory, InventoryError, Keep, KeptColumn, limits};

impl ChosenColumn {
    /// Refuses an inventory in which a column is missing: each must be in at least one of its tables.
    ///
    /// # Errors
    /// [`InventoryError::NoSuchColumn`] with the headers that there are.
    pub fn check(columns: &[Self], inventory: &Inventory) -> Result<(), InventoryError> {
        let headers = || inventory.columns.iter().flat_map(|(_, columns)| columns.headers());
        for column in columns {
            let (field, Some(column)) = (column.field(), column.header()) else { continue };
            if !headers().any(|header| header == column) {
                let mut found: Vec<String> = headers().cloned().collect();
                found.truncate(limits::COLUMNS);
                return Err(InventoryError::NoSuchColumn { field, column: column.to_owned(), found });
            }
        }
        Ok(())
    }
}

impl Keep {
    /// Refuses an inventory of which no source has one of the columns.
    ///
    /// # Errors
    /// [`InventoryError::NoSuchKept`] with the names of the columns that there are.
    ///
    /// # Example
    /// ```
    /// use crossgrade::inventory::{Document, Keep, ReadOptions, read};
    ///
    /// let keep: Keep = "Room".parse()?;
    /// let mut options = ReadOptions::default();
    /// options.keep = keep.clone().optional();
    /// let labels = read(&Document::new("labels.csv", "PID,MAC\nCP-7821-K9=,00CCFC123456\n"), &options)?;
    /// let error = keep.check(&labels).unwrap_err();
    /// assert_eq!(error.to_string(), r#"inventory: there is no column "Room" to keep; expected one of ["PID", "MAC"]"#);
    /// # Ok::<(), crossgrade::inventory::InventoryError>(())
    /// ```
    pub fn check(&self, inventory: &Inventory) -> Result<(), InventoryError> {
        let is_there = |column: &KeptColumn| inventory.kept.found.index(&column.name).is_some();
        match self.columns.iter().find(|column| !is_there(column)) {
            None => Ok(()),
            Some(column) => Err(column.no_such(inventory.kept.there.clone())),
        }
    }

    /// The same, unless a source may lack them.
    pub(super) fn check_required(&self, inventory: &Inventory) -> Result<(), InventoryError> {
        if self.is_optional { Ok(()) } else { self.check(inventory) }
    }
}
