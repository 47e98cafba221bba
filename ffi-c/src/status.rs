use std::ffi::c_char;

/// What a function answers when it is called wrongly. Numbers are never reused.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum cg_status {
    /// It was called rightly.
    Ok = 0,
    /// A pointer that must not be NULL is.
    Null = 1,
    /// struct_size is not that of a struct that this library knows: initialize it with its CG_..._INIT.
    StructSize = 2,
    /// A struct that is larger than this library knows holds something in its unknown part.
    StructExtra = 3,
    /// The destination is none of CG_DESTINATION_....
    Destination = 4,
    /// The target cannot be read, or is of the wrong type for the destination.
    Target = 5,
    /// The target is not UTF-8.
    TargetNotUtf8 = 6,
    /// There is no finding or gate at this index, or no phone was given yet.
    Index = 7,
    /// A defect of the library; please report it.
    Panic = 8,
    /// The text is no rule book, or no overlay of that book: the message has the first 20 problems, each with its line and
    /// column, and how many more there are.
    Rulebook = 9,
    /// The text of a rule book, or what is to be explained, is not UTF-8.
    TextNotUtf8 = 10,
    /// A length is larger than any object: a negative number, such as the result of a function that failed.
    Length = 11,
    /// There is nothing to explain: the text is no finding code, no model and no row of the book; or it names no call
    /// control, or the number no type of firmware.
    Subject = 12,
    /// The inventory cannot be read at all: it is empty or of another kind, an error of the service instead of devices, or
    /// larger than is read; no column is one that is known, two could equally be the same field, or a column that was
    /// named is not there.
    Inventory = 13,
    /// A column of the inventory is of a type that cannot be read as its field: numbers where text belongs.
    ColumnType = 14,
    /// A result column would have the name of another column: set a prefix.
    ColumnClash = 15,
    /// An option of an audit or of an inventory cannot be read: the message says which.
    Options = 16,
    /// A stream gives no batches: it was released before, its schema cannot be had, or it is no stream of batches.
    Stream = 17,
    /// The kind of an inventory is none of CG_SOURCE_KIND_....
    Kind = 18,
    /// Every phone of the inventory was given. No error: it ends the loop.
    End = 19,
    /// There is not enough memory for an input or an answer of this size. Nothing was changed; the process goes on.
    Memory = 20,
}

impl cg_status {
    const ALL: [(Self, &'static std::ffi::CStr); 21] = [
        (Self::Ok, c"ok"),
        (Self::Null, c"a pointer that must not be NULL is NULL"),
        (Self::StructSize, c"struct_size is not that of a struct that this library knows"),
        (Self::StructExtra, c"the part of a struct that this library does not know is not zero"),
        (Self::Destination, c"the destination is none of CG_DESTINATION_..."),
        (Self::Target, c"the target cannot be read, or is of the wrong type for the destination"),
        (Self::TargetNotUtf8, c"the target is not UTF-8"),
        (Self::Index, c"there is nothing at this index"),
        (Self::Panic, c"a defect of the library"),
        (Self::Rulebook, c"the text is no rule book, or no overlay of that book"),
        (Self::TextNotUtf8, c"the text is not UTF-8"),
        (Self::Length, c"the length is larger than any object"),
        (Self::Subject, c"there is nothing of that name to explain"),
        (Self::Inventory, c"the inventory cannot be read"),
        (Self::ColumnType, c"a column of the inventory is of a type that cannot be read"),
        (Self::ColumnClash, c"a result column would have the name of another column"),
        (Self::Options, c"an option cannot be read"),
        (Self::Stream, c"the stream gives no batches"),
        (Self::Kind, c"the kind of the inventory is none of CG_SOURCE_KIND_..."),
        (Self::End, c"every phone was given"),
        (Self::Memory, c"there is not enough memory"),
    ];
}

/// What a status means, in words; for any other number "unknown status". Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_status_text(status: i32) -> *const c_char {
    let known = cg_status::ALL.iter().find(|(known, _)| *known as i32 == status);
    known.map_or(c"unknown status", |(_, text)| text).as_ptr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_distinct_and_zero_is_ok() {
        let numbers = cg_status::ALL.map(|(status, _)| status as i32);
        assert_eq!(numbers, std::array::from_fn(|index| index as i32));
    }
}
