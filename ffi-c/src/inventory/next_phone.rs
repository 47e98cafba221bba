use std::ffi::c_char;
use std::ptr;
use std::sync::OnceLock;

use engine::fleet::{FleetColumn, Source};

use super::{broken_rows, cg_inventory};
use crate::call_failure::Failure;
use crate::ffi;
use crate::phone::cg_phone;
use crate::said_fields::{Contradicted, cg_said};
use crate::status::cg_status;

/// Fills `*phone` with the next phone of the inventory, the first at first: what cg_assess takes. Its texts are
/// canonical where they could be read, and as they came where not; they belong to the inventory and live until
/// cg_inventory_next gives another phone, or until cg_inventory_add or cg_inventory_free. Of a field that was said differently
/// the member is NULL, and `said` has all sides with their places.
///
/// Where nothing in a row can be trusted, because it has too many cells or no phone answered, pid is the row as it stands, or
/// its beginning: a text that no product is read from. It is NULL if there is none, or if it could be read. The other
/// texts are NULL, but for a MAC that the name of a page tells, and `problem` of cg_row tells what is wrong.
///
/// Returns CG_STATUS_OK, or CG_STATUS_END if there is no further phone, as often as it is called. Any other status is a
/// mistake of the call and no end: CG_STATUS_NULL, CG_STATUS_STRUCT_SIZE, CG_STATUS_PANIC. Then the phone is still the
/// next. `*phone` is written only for CG_STATUS_OK.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread uses it; `phone` is NULL or has the size that it says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_next(inventory: *mut cg_inventory, phone: *mut cg_phone) -> i32 {
    let body = || {
        // SAFETY: as the caller says.
        let inventory = unsafe { ffi::exclusive(inventory) }.ok_or_else(|| Failure::null("inventory"))?;
        // The texts of the phone before are still there if this phone cannot be given.
        // SAFETY: as the caller says.
        unsafe { ffi::checked_size(phone) }?;
        let view = inventory.give_next().ok_or_else(|| Failure::new(cg_status::End, String::new()))?;
        // SAFETY: as the caller says.
        unsafe { ffi::write_sized(phone, &view) }
    };
    // SAFETY: NULL is allowed.
    unsafe { ffi::guard(ptr::null_mut(), body) }
}

/// Begins anew: cg_inventory_next gives the first phone. NULL is nothing.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_rewind(inventory: *mut cg_inventory) {
    // SAFETY: as the caller says.
    let inventory = unsafe { ffi::exclusive(inventory) };
    ffi::getter((), || {
        let inventory = inventory?;
        // What is kept lives as long as the texts of the phone.
        (inventory.next, inventory.row) = (0, OnceLock::new());
        Some(())
    });
}

impl cg_inventory {
    fn give_next(&mut self) -> Option<cg_phone> {
        let fleet = self.inventory.fleet();
        let row = fleet.rows().get(self.next)?;
        let mut texts = FleetColumn::OF_QUESTION.map(|column| column.text(fleet, row));
        texts[0] = texts[0].take().and_then(|pid| broken_rows::pid(row, self.source(row).map(Source::kind), pid));
        self.said = Contradicted::of(row);
        self.phone.fill(texts);
        (self.row, self.kept) = Default::default();
        self.next += 1;
        Some(view(self.phone.pointers(), self.said.pointer()))
    }
}

fn view(
    [pid, vid, mac, serial, load, release, firmware_type, authorization]: [*const c_char; 8],
    (said, said_count): (*const cg_said, usize),
) -> cg_phone {
    let struct_size = size_of::<cg_phone>();
    cg_phone { struct_size, pid, vid, mac, serial, load, release, firmware_type, authorization, said, said_count }
}

#[cfg(test)]
mod tests {
    use engine::inventory::{Document, Inventory, ReadOptions, read};
    use engine::merge::merge;
    use engine::{Destination, RuleBook};

    use super::*;

    const FILES: [(&str, &[u8]); 7] = [
        ("fleet.csv", include_bytes!("../../../examples/data/fleet.csv")),
        ("export.csv", include_bytes!("../../../examples/data/cluster/export.csv")),
        ("risport.xml", include_bytes!("../../../examples/data/cluster/risport.xml")),
        ("phones.xlsx", include_bytes!("../../../tests/data/phones.xlsx")),
        ("webex.json", include_bytes!("../../../examples/data/cluster/webex.json")),
        ("10.0.1.11.xml", include_bytes!("../../../examples/data/cluster/pages/10.0.1.11.xml")),
        ("10.0.1.14.html", include_bytes!("../../../examples/data/cluster/pages/10.0.1.14.html")),
    ];

    /// The texts that C gets are evidence enough for the very answer that Rust gives of the fleet.
    #[track_caller]
    fn gives_the_phones_of_the_fleet(inventory: Inventory) {
        let mut in_c = cg_inventory::new(inventory.clone());
        for row in inventory.fleet().rows() {
            let texts = in_c.give_next().expect("as many phones");
            // SAFETY: the texts are NULL or NUL-terminated, and the inventory does not change meanwhile.
            let phone = unsafe { texts.phone() }.expect("a phone");
            for destination in Destination::ALL {
                let expected = RuleBook::field().assess(row.phone(), *destination);
                let found = RuleBook::field().assess(&phone, *destination);
                assert_eq!(found.verdict(), expected.verdict());
                // A row that is spoiled is quoted in fewer words.
                if row.problem().is_none() {
                    assert_eq!(found.to_json(), expected.to_json());
                }
            }
        }
        assert!(in_c.give_next().is_none());
    }

    #[test]
    fn phones_in_c_are_those_of_the_fleet() {
        let read = |(name, bytes): (&str, &[u8])| read(&Document::new(name, bytes), &ReadOptions::default());
        let inventories: Vec<_> = FILES.into_iter().map(|file| read(file).expect("an inventory")).collect();
        inventories.iter().cloned().for_each(gives_the_phones_of_the_fleet);
        let (merged, report) = merge(inventories).into_parts();
        assert!(report.matched > 0);
        gives_the_phones_of_the_fleet(merged);
    }
}
