//! Fields that are said more than once.

use std::borrow::Cow;

use crossgrade::{Evidence, Field, Phone};

/// The phone of which several texts say a field, each with its place, the best first; what it said of the field before is
/// gone.
///
/// # Panics
/// If a phone has no such field.
pub fn with<'a, S, P>(phone: Phone<'a>, field: Field, said: impl IntoIterator<Item = (S, P)>) -> Phone<'a>
where
    S: Into<Cow<'a, str>>,
    P: Into<Cow<'a, str>>,
{
    match field {
        Field::Pid => Phone::new(Evidence::said(said))
            .vid(phone.vid_evidence().clone())
            .mac(phone.mac_evidence().clone())
            .serial(phone.serial_evidence().clone())
            .load(phone.load_evidence().clone())
            .release(phone.release_evidence().clone())
            .firmware_type(phone.firmware_type_evidence().clone())
            .authorization(phone.authorization_evidence().clone()),
        Field::Vid => phone.vid(Evidence::said(said)),
        Field::Mac => phone.mac(Evidence::said(said)),
        Field::Serial => phone.serial(Evidence::said(said)),
        Field::Load => phone.load(Evidence::said(said)),
        Field::Release => phone.release(Evidence::said(said)),
        Field::FirmwareType => phone.firmware_type(Evidence::said(said)),
        Field::Authorization => phone.authorization(Evidence::said(said)),
        other => panic!("{other} is no field of a phone"),
    }
}
