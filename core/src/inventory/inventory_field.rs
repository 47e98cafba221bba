//! The fields that tables have columns for.

use crate::text::words;

words! {
    /// A field that inventories have columns for.
    ///
    /// A column is found by its header. Only the letters and digits of a header count, and their case does not matter:
    /// `Serial No.`, `serial_no` and `SerialNo` are one header. Where a cell of a better column is empty, the next one is
    /// asked.
    ///
    /// | field | columns, best first | everyday words |
    /// |---|---|---|
    /// | pid | `PID`, `Product ID`; `PID VID`; `Part Number`, `Part No`, `P/N`, `Product Number`, `SKU`; `Model Number`, `Model No`, `N.º de modelo`, `Numéro du modèle`; `Model`, `Phone Model`, `Device Model`, `Model Name`, `model_raw`; `Product`, `Product Type`, `Product Name`; `Device Type`, `Phone Type`; `tkmodel` | `Platform`, `IPPhone`, `Produkt`, `Producto`, `Produto`, `Produit`, `Prodotto`; `Artikelnummer`, `Produktnummer`, `Productnummer`, `Varenummer`, `Referencia`, `Référence`, `Codice prodotto`, `Numer katalogowy` |
    /// | vid | `VID`, `Hardware Version ID`; `Version ID`; `Hardware Version`, `HW Version`, `HW Ver`, `Hardware Ver` | `Hardware Revision`, `HW Revision`, `HW Rev`, `Hardware Rev`, `Revisión de Hardware`, `Hardwarestand`, `Maskinvarerevisjon`, `Hardwarerevisie`, `Revisão do hardware`, `Révision matérielle`, `Revisione hardware`, `Rewizja sprzętu` |
    /// | mac | `MAC`, `MAC Address`, `MAC Addr`; `Phone MAC`, `Ethernet MAC`, `LAN MAC`, `Dirección MAC`; `Device Name`, `Device Name (Line)`, `Phone Name`, `SEP`, `SEP Name`; `Host Name`, `Nombre de host`, `Nom d'hôte`, `Nom hôte`, `Nom système`; `Name` | `Device`, `Gerät`, `Geraet`, `Enhet`, `Enhed` |
    /// | serial | `Serial Number`, `Serial`, `Serial No`, `S/N`, `Phone Serial Number`, `Device Serial Number`, `SerialNum`, `N.º de serie` | `Serie`, `Matricola` |
    /// | load | `Active Load ID`, `Active Load`, `Active Load Name`, `Running Load`, `Running Load ID`; `App Load ID`, `ID de carga de la aplicación`; `Load`, `Load ID`, `Firmware Load` | `Carga` |
    /// | firmware | `Running Firmware`, `Active Firmware`, `Current Firmware`; `Firmware`, `Firmware Version`, `FW Version`; `Software Version`, `SW Version`, `Software`; `Release` | `Version` |
    /// | firmware_type | `Firmware Type` |  |
    /// | authorization | `Transition Authorization Type`, `Transition Authorization`, `Migration Authorization`; `Authorization Type`, `Authorization`, `Authorisation` | `Autorisierung`, `Autorisasjon`, `Auktorisering`, `Autorisation`, `Autorisatie`, `Autorización`, `Autorização`, `Autorizzazione`, `Autoryzacja`; `License`, `Licence`, `Device License`, `Auth`, `Lizenz`, `Lisens`, `Licens`, `Licentie`, `Licencia`, `Licença`, `Licenza`, `Licencja`, `Berechtigung`, `Freischaltung`, `Godkjenning`, `Godkendelse`, `Behörighet`, `Machtiging` |
    /// | contradictions | `contradictions` |  |
    ///
    /// Accents do not matter either, and a `#` behind a word means `No`. Words of nine languages more are in
    /// `core/data/headers.toml` and in the guide for migration engineers: they are ours, and beat none of these.
    ///
    /// An everyday word stands above other things too. A cell below one counts only where it reads as the field, a firmware version
    /// only with three numbers, a product only with a letter, and only where no other column of the row says what can be read; of
    /// several such cells the first counts.
    ///
    /// `UDI` and `Unique Device Identifier` say product, VID and serial number in one text, as phones do (`CP-8851-K9= V05 FCH2043ABCD`): each
    /// counts by its shape, before the columns of its field.
    ///
    /// `contradictions` is read in tables that crossgrade wrote of a fleet, and nowhere else. `Phone Load Name` of Unified CM,
    /// `InactiveLoadID` and `bootLoadID` are missing on purpose: they do not say what runs.
    /// `Name` comes late for a MAC address, for it often is the name of a person: what is no device name there is
    /// unreadable, and never a MAC address. A `Version ID` that is a load name counts as firmware, as phones use that place
    /// for either.
    ///
    /// Ordered as everything lists them.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum InventoryField as "inventory field" {
        /// The product text.
        Pid = "pid",
        /// The hardware version.
        Vid = "vid",
        /// The MAC address or device name.
        Mac = "mac",
        /// The serial number.
        Serial = "serial",
        /// The load that runs.
        Load = "load",
        /// A load or a release that runs, whichever it reads as.
        Firmware = "firmware",
        /// The type that runs.
        FirmwareType = "firmware_type",
        /// The transition authorization.
        Authorization = "authorization",
        /// What was said differently, in a table that crossgrade wrote of a fleet; elsewhere it is not read.
        Contradictions = "contradictions",
    }
}
