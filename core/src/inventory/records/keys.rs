//! The keys by which a record of JSON or XML is known. Of a key only letters and digits count, and case does not matter:
//! `ActiveLoadID`, `activeLoadId` and `active_load_id` are one key.

use crate::inventory::InventoryField;
use crate::inventory::folded_header::folded;
use crate::inventory::known_headers::{is_udi, ranked};
use crate::inventory::registration;
use crate::text::FieldText;

/// Keys that only devices of Webex have: `GET /v1/devices`, and the devices of Webex Calling. One of them is enough. What
/// other tools have too (`personId`, `displayName`, `orgId`, `permissions`) proves nothing without a state of Webex beside it.
pub(in crate::inventory) const OF_WEBEX: &[&str] =
    &["callingdeviceid", "primarysipurl", "webexdeviceid", "workspaceid", "workspacelocationid"];

/// Whose a device of Webex is, and in which state it is. Both beside `id`, a product and a MAC address are enough, whatever they say.
pub(in crate::inventory) const OWNERS_OF_WEBEX: &[&str] = &["orgid", "personid", "workspaceid"];
pub(in crate::inventory) const STATES_OF_WEBEX: &[&str] = &["activationstate", "connectionstatus"];

/// What Webex says of a connection. With one of these and a MAC address, `connectionStatus` is enough.
pub(in crate::inventory) const CONNECTIONS: &[&str] =
    &["connected", "disconnected", "connectedwithissues", "offlineexpired", "offlinedeepsleep", "activating"];

/// Who manages a device of Webex; with one of these, `managedBy` beside `activationState` is enough.
pub(in crate::inventory) const MANAGERS: &[&str] = &["CISCO", "CUSTOMER", "PARTNER"];

/// What devices of Webex call their product, their serial number and their software, and neighbors of these words. A record
/// with another header of these fields, or with one of a field that Webex knows nothing of, such as a VID, is of another tool.
pub(in crate::inventory) const FIELDS_OF_WEBEX: &[&str] = &[
    "devicemodel",
    "devicetype",
    "model",
    "modelname",
    "phonemodel",
    "phonetype",
    "product",
    "productname",
    "producttype",
    "serial",
    "serialnumber",
    "software",
    "softwareversion",
    "swversion",
];

/// How identifiers of Webex begin, under keys that end with `id`: `ciscospark://` in Base64.
pub(in crate::inventory) const WEBEX_ID: &str = "Y2lz";

/// How Webex Calling names its models.
pub(in crate::inventory) const WEBEX_MODEL: &str = "DMS ";

/// Whether a folded key is one that only devices of RisPort have. One of them is enough. Phones of Unified CM's configuration have
/// a login, too.
pub(in crate::inventory) fn is_of_risport(folded: &str) -> bool {
    folded != "loginuserid" && registration::sign_of_risport(folded).is_some()
}

/// Keys that devices of RisPort have, and other records too: one of them beside a status of RisPort is enough.
pub(in crate::inventory) const OF_RISPORT_AND_OTHERS: &[&str] =
    &["activeload", "activeloadname", "nodename", "cmnode", "node"];

/// Keys that ask whether a phone is registered: yes means that it is. Other words of a status may be asked too (`online`), and
/// no means that it is gone.
pub(in crate::inventory) const REGISTERED: &[&str] = &["isregistered", "registered"];

/// Keys of the status itself, in an object that stands under the key of a status.
pub(in crate::inventory) const STATUS_WITHIN: &[&str] = &["name", "registration", "state", "text", "value"];

/// Keys of parts of a device that say something of the device itself, and of the lists and wrappers that devices stand in.
/// A part of another name may be a neighbor, a port or an owner.
pub(in crate::inventory) const OWN_PARTS: &[&str] = &[
    "attributes",
    "cmdevice",
    "cmdevices",
    "cmnode",
    "cmnodes",
    "data",
    "details",
    "device",
    "deviceinfo",
    "devices",
    "fields",
    "firmware",
    "hardware",
    "hw",
    "identity",
    "info",
    "inventory",
    "item",
    "items",
    "phone",
    "phones",
    "properties",
    "record",
    "records",
    "result",
    "results",
    "ris",
    "risport",
    "software",
    "source",
];

/// The key of the list of devices of a node in an answer of RisPort.
pub(in crate::inventory) const DEVICES_OF_RISPORT: &str = "cmdevices";

/// Keys that only records of Unified CM's configuration have: of AXL, of its tables, and of what programs make of them.
pub(in crate::inventory) use crate::inventory::headers::OF_DATABASE as OF_AXL;

/// The class that phones have in Unified CM's configuration.
pub(in crate::inventory) const CLASS_OF_AXL: &str = "Phone";

/// Keys by which a record of Unified CM says that it is a device, beside its name.
pub(in crate::inventory) const DEVICES_OF_AXL: &[&str] = &[
    "class",
    "loadinformation",
    "model",
    "modelname",
    "product",
    "protocol",
    "specialloadinformation",
    "tkclass",
    "tkmodel",
    "typemodel",
];

/// Keys of the name of a device.
pub(in crate::inventory) const NAMES: &[&str] = &["name", "devicename", "device", "phonename", "sepname", "sep"];

/// Keys of its MAC address.
pub(in crate::inventory) const MACS: &[&str] = &["mac", "macaddress", "macaddr"];

/// Keys of which product it is.
pub(in crate::inventory) const PRODUCTS: &[&str] =
    &["model", "modelname", "product", "productname", "devicemodel", "phonemodel", "tkmodel"];

/// How the names of devices of Unified CM begin that have no MAC address in them.
pub(in crate::inventory) const BEGINNINGS: &[&str] =
    &["SEP", "ATA", "BAT", "BOT", "CSF", "CTI", "TAB", "TCT", "UPC", "VGC", "AALN"];

/// Keys of an answer of RisPort that has devices.
pub(in crate::inventory) const LISTS_OF_RISPORT: &[&str] = &["cmdevices", "cmnodes", "selectcmdeviceresult"];

/// Keys that say how many devices an answer has.
pub(in crate::inventory) const COUNTS: &[&str] = &[
    "count",
    "devicecount",
    "found",
    "numfound",
    "resultcount",
    "total",
    "totalcount",
    "totaldevices",
    "totaldevicesfound",
    "totalitems",
    "totalresults",
];

/// Keys of the names of columns, and of the rows below them.
pub(in crate::inventory) const COLUMNS: &[&str] = &["columnnames", "columns", "fields", "header", "headers"];
pub(in crate::inventory) const ROWS: &[&str] = &["data", "rows", "values"];

/// Keys of the name of a column.
pub(in crate::inventory) const NAMES_OF_COLUMNS: &[&str] = &["field", "header", "label", "name", "title"];

/// Keys that stand beside a value which is wrapped: no rows of a table have such names.
pub(in crate::inventory) const BESIDE_VALUES: &[&str] = &[
    "code",
    "description",
    "display",
    "id",
    "key",
    "label",
    "text",
    "title",
    "type",
    "url",
    "uuid",
    "value",
    "value1",
    "version",
];

/// The column of the names that records stand under.
pub(in crate::inventory) const NAME_OF_RECORD: &str = "Device Name";

/// Keys of a page or a refusal of Webex.
pub(in crate::inventory) const AROUND_WEBEX: &[&str] = &["items", "message", "errors", "trackingid"];

/// How the keys of answers of AXL end that have phones.
pub(in crate::inventory) const ANSWERS_OF_AXL: &[&str] =
    &["listphoneresponse", "getphoneresponse", "executesqlqueryresponse"];

/// Keys of the phones in such an answer, and of the rows of a query.
pub(in crate::inventory) const PHONES_OF_AXL: &[&str] = &["phone", "row"];

/// Keys around the phones of such an answer.
pub(in crate::inventory) const AROUND_AXL: &[&str] = &["return", "sequence", "phone", "row"];

/// Keys around an answer of RisPort, also of one that is nothing but an error.
pub(in crate::inventory) const AROUND_RISPORT: &[&str] =
    &["cmdevices", "cmnodes", "envelope", "fault", "faultstring", "selectcmdeviceresult"];

/// Whether a folded key is one of these.
pub(in crate::inventory) fn is_of(folded: &str, keys: &[&str]) -> bool {
    keys.contains(&folded)
}

/// Whether a key is that of a field which no device of Webex has. An everyday word may be of anything.
pub(in crate::inventory) fn is_foreign_to_webex(key: &str) -> bool {
    is_udi(key)
        || ranked(key).is_some_and(|(field, rank)| {
            !field.is_everyday(rank) && field != InventoryField::Mac && !is_of(&folded(key), FIELDS_OF_WEBEX)
        })
}

/// Whether a model has a name of Webex Calling that is no device of Cisco: `DMS Poly VVX 250`.
#[cfg(feature = "webex")]
pub(in crate::inventory) fn is_of_other_maker(model: &str) -> bool {
    let name = model.strip_prefix(WEBEX_MODEL).map(crate::text::trim);
    name.is_some_and(|name| {
        !name.to_lowercase().starts_with("cisco") && crate::phone::Product::read(name.as_bytes()).is_err()
    })
}

/// Whether a text is a MAC address, or a name with one, and no mere number.
pub(in crate::inventory) fn is_mac_of_device(text: &str) -> bool {
    !super::members::is_number(text) && crate::phone::Mac::read(text.as_bytes()).is_ok()
}

/// Whether a text is the name of a device of Unified CM.
pub(in crate::inventory) fn is_device_name(text: &str) -> bool {
    let has_beginning = || {
        BEGINNINGS.iter().any(|beginning| {
            text.strip_prefix(beginning).is_some_and(|rest| {
                !rest.is_empty()
                    && rest.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.@/".contains(letter))
            })
        })
    };
    crate::phone::Mac::read(text.as_bytes()).is_ok() || has_beginning()
}

/// Whether an object of JSON says by itself which device it is.
#[cfg(feature = "xml")]
pub(in crate::inventory) fn is_identified(object: &str) -> bool {
    super::members::members(object).any(|(key, _)| {
        let key = crate::inventory::folded_header::folded(&key);
        is_of(&key, NAMES) || is_of(&key, MACS)
    })
}
