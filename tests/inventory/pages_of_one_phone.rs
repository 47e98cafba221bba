//! One phone, on every page that shows it: as XML, as HTML in each way that phones and tools write it, as text that a person
//! copied, and in several languages. Whatever the form, the page is read as that phone, as far as it says it.

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, ReadOptions, RowProblem, read, recognize};
use crossgrade::{Evidence, FleetRow, Phone};
use proptest::prelude::*;
use proptest::sample::select;

/// A phone that somebody could have.
#[derive(Debug, Clone)]
struct Made {
    model: &'static str,
    pid: &'static str,
    load: String,
    vid: String,
    serial: String,
    mac: String,
}

fn enterprise() -> impl Strategy<Value = Made> {
    let models = select(vec![
        ("CP-7821", "CP-7821-K9", "sip78xx.12-8-1-0001-455"),
        ("CP-7841", "CP-7841-K9", "sip78xx.14-2-1-0001-20"),
        ("CP-8811", "CP-8811-K9", "sip88xx.14-1-1-0001-125"),
        ("CP-8832", "CP-8832-K9", "sip8832.14-2-1-0101-14"),
        ("CP-8845", "CP-8845-K9", "sip8845_65.14-3-1-0201-246"),
        ("CP-8865NR", "CP-8865NR-K9", "sip8845_65.12-8-1-0001-455"),
    ]);
    made(models)
}

fn mpp() -> impl Strategy<Value = Made> {
    let models = select(vec![
        ("CP-7841-3PCC", "CP-7841-3PCC-K9", "sip78xx.11-3-7MPP0001-45"),
        ("CP-8841-3PCC", "CP-8841-3PCC-K9", "sip88xx.12-0-3MPP0001-87"),
    ]);
    made(models)
}

fn made(models: impl Strategy<Value = (&'static str, &'static str, &'static str)>) -> impl Strategy<Value = Made> {
    let serial = ("[A-Z]{3}", 12..29_u8, 1..53_u8, "[0-9A-Z]{4}")
        .prop_map(|(site, year, week, end)| format!("{site}{year:02}{week:02}{end}"));
    (models, 0..32_u8, serial, "00CCFC[0-9A-F]{6}").prop_map(|((model, pid, load), vid, serial, mac)| Made {
        model,
        pid,
        load: load.to_owned(),
        vid: format!("V{vid:02}"),
        serial,
        mac,
    })
}

/// The labels of a page in one language.
#[derive(Debug, Clone, Copy)]
struct Words {
    heading: &'static str,
    mac: &'static str,
    host_name: &'static str,
    serial: &'static str,
    model: &'static str,
    version: &'static str,
    hardware: &'static str,
    udi: &'static str,
    /// Labels whose values are no evidence.
    others: [&'static str; 3],
}

const fn words(heading: &'static str, labels: [&'static str; 7], others: [&'static str; 3]) -> Words {
    let [mac, host_name, serial, model, version, hardware, udi] = labels;
    Words { heading, mac, host_name, serial, model, version, hardware, udi, others }
}

#[rustfmt::skip]
const LANGUAGES: [Words; 15] = [
    words("Cisco IP Phone", ["MAC address", "Host name", "Serial number", "Model number", "Version", "Hardware revision", "UDI"], ["Phone DN", "Wireless headset", "Message waiting"]),
    words("Cisco Unified IP Phone", ["MAC Address", "Host Name", "Serial Number", "Model Number", "Version", "Hardware Revision", "UDI"], ["Phone DN", "Wireless Headset", "Message Waiting"]),
    words("Teléfono IP de Cisco", ["Dirección MAC", "Nombre de host", "N.º de serie", "N.º de modelo", "Versión", "Revisión de Hardware", "UDI"], ["N.º de directorio telefónico", "Auriculares", "Mensaje en espera"]),
    words("Téléphone IP Cisco", ["Adresse MAC", "Nom d'hôte", "Numéro de série", "Numéro du modèle", "Version", "Révision matérielle", "UDI"], ["Numéro de téléphone", "Casque sans fil", "Message en attente"]),
    words("Cisco IP-Telefon", ["MAC-Adresse", "Hostname", "Seriennummer", "Modellnummer", "Version", "Hardware-Revision", "UDI"], ["Rufnummer", "Headset", "Nachricht wartet"]),
    words("Cisco IP-telefon", ["MAC-adresse", "Vertsnavn", "Serienummer", "Modellnummer", "Versjon", "Maskinvarerevisjon", "UDI"], ["Telefonnummer", "Hodesett", "Melding venter"]),
    words("Cisco IP-telefon", ["MAC-adress", "Värdnamn", "Serienummer", "Modellnummer", "Version", "Hårdvarurevision", "UDI"], ["Telefonnummer", "Headset", "Meddelande väntar"]),
    words("Cisco IP-telefon", ["MAC-adresse", "Værtsnavn", "Serienummer", "Modelnummer", "Version", "Hardwarerevision", "UDI"], ["Telefonnummer", "Headset", "Besked venter"]),
    words("Cisco IP-telefoon", ["MAC-adres", "Hostnaam", "Serienummer", "Modelnummer", "Versie", "Hardwarerevisie", "UDI"], ["Telefoonnummer", "Headset", "Bericht wacht"]),
    words("Telefone IP Cisco", ["Endereço MAC", "Nome do host", "Número de série", "Número do modelo", "Versão", "Revisão de hardware", "UDI"], ["Número do telefone", "Fone de ouvido", "Mensagem em espera"]),
    words("Telefono IP Cisco", ["Indirizzo MAC", "Nome host", "Numero di serie", "Numero modello", "Versione", "Revisione hardware", "UDI"], ["Numero di telefono", "Cuffie", "Messaggio in attesa"]),
    words("Telefon IP Cisco", ["Adres MAC", "Nazwa hosta", "Numer seryjny", "Numer modelu", "Wersja", "Rewizja sprzętu", "UDI"], ["Numer telefonu", "Zestaw", "Wiadomość"]),
    // Nobody told the reader a word of these.
    words("IP-телефон Cisco", ["MAC-адрес", "Имя узла", "Серийный номер", "Номер модели", "Версия", "Версия оборудования", "УИУ"], ["Номер телефона", "Гарнитура", "Сообщение"]),
    words("Cisco IP 电话", ["MAC 地址", "主机名", "序列号", "型号", "版本", "硬件版本", "UDI"], ["电话号码", "耳机", "留言"]),
    words("Cisco IP telefon", ["MAC cím", "Gazdanév", "Sorozatszám", "Modellszám", "Verzió", "Hardver verziója", "Egyedi azonosító"], ["Telefonszám", "Fejhallgató", "Üzenet"]),
];

/// How references are written.
#[derive(Debug, Clone, Copy)]
enum Escape {
    Least,
    Hexadecimal,
    Decimal,
    Named,
}

impl Escape {
    fn write(self, text: &str) -> String {
        let one = |letter: char| match (self, letter) {
            (_, 'a'..='z' | 'A'..='Z' | '0'..='9' | ' ') => letter.to_string(),
            (Self::Hexadecimal, _) => format!("&#x{:X};", letter as u32),
            (Self::Decimal, _) => format!("&#{};", letter as u32),
            (Self::Named, '-') => "&#x2D;".to_owned(),
            (Self::Named, '.') => "&period;".to_owned(),
            (Self::Named, ',') => "&comma;".to_owned(),
            (Self::Named, '_') => "&lowbar;".to_owned(),
            (Self::Named, 'é') => "&eacute;".to_owned(),
            (Self::Named, 'ó') => "&oacute".to_owned(),
            (Self::Named, 'º') => "&ordm;".to_owned(),
            (Self::Named, '\'') => "&apos;".to_owned(),
            _ => letter.to_string(),
        };
        text.chars().map(one).collect()
    }
}

/// What stands between the cells of label and value.
#[derive(Debug, Clone, Copy)]
enum Middle {
    None,
    Empty,
    Wide,
    Blank,
}

/// How `UDI` is shown.
#[derive(Debug, Clone, Copy)]
enum Udi {
    /// In five rows, of which the first has the label.
    Rows,
    /// In one cell with line breaks.
    Lines,
    /// In one cell with paragraphs.
    Paragraphs,
    /// In one line.
    Words,
}

/// How a page is written.
#[derive(Debug, Clone, Copy)]
struct Style {
    words: Words,
    escape: Escape,
    middle: Middle,
    udi: Udi,
    bold: bool,
    wraps: bool,
    ends_cells: bool,
    upper: bool,
}

fn style() -> impl Strategy<Value = Style> {
    let escape = select(vec![Escape::Least, Escape::Hexadecimal, Escape::Decimal, Escape::Named]);
    let middle = select(vec![Middle::None, Middle::Empty, Middle::Wide, Middle::Blank]);
    let udi = select(vec![Udi::Rows, Udi::Lines, Udi::Paragraphs, Udi::Words]);
    (select(LANGUAGES.to_vec()), escape, middle, udi, any::<[bool; 4]>()).prop_map(
        |(words, escape, middle, udi, [bold, wraps, ends_cells, upper])| Style {
            words,
            escape,
            middle,
            udi,
            bold,
            wraps,
            ends_cells,
            upper,
        },
    )
}

impl Style {
    fn cell(&self, text: &str) -> String {
        let mut cell = self.escape.write(text);
        if self.bold {
            cell = format!("<B> {cell}</B>");
        }
        if self.wraps {
            cell = format!("<div>{cell}</div>\n");
        }
        format!("<TD>{cell}{}", if self.ends_cells { "</TD>" } else { "" })
    }

    fn row(&self, label: &str, value: &str) -> String {
        let middle = match self.middle {
            Middle::None => "",
            Middle::Empty => "<td></td>",
            Middle::Wide => "<td width=20></TD>\n",
            Middle::Blank => "<td>&nbsp;</td>",
        };
        let row = format!("<TR>{}{middle}{}", self.cell(label), self.cell(value));
        if self.ends_cells { row + "</TR>" } else { row + "\n" }
    }

    fn udi(&self, made: &Made) -> String {
        let lines = udi_lines(made);
        match self.udi {
            Udi::Rows => {
                let label = |at| if at == 0 { self.words.udi } else { " " };
                lines.iter().enumerate().map(|(at, line)| self.row(label(at), line)).collect()
            }
            Udi::Words => self.row(self.words.udi, &lines.join(" ")),
            Udi::Lines | Udi::Paragraphs => {
                let mark = self.escape.write("|");
                let break_ = if matches!(self.udi, Udi::Lines) { "<br>" } else { "</p><p>" };
                self.row(self.words.udi, &lines.join("|")).replace(&mark, break_)
            }
        }
    }

    fn page(&self, title: &str, made: &Made, rows: &str) -> String {
        let heading = self.escape.write(&format!("{} {} ( SEP{} )", self.words.heading, made.model, made.mac));
        let page = format!(
            "<HTML><HEAD><META charset=utf-8><TITLE>Cisco Systems, Inc.</TITLE></HEAD><BODY><TABLE><TR><td></td>\
             <td><p><B><font size=6>{title}</font></B><p><B>{heading}</B></td></TR><TR><td><TABLE><TR><TD><a \
             href=\"/CGI/Java\">{title}</A></TD></TR><TR><TD>&nbsp;&nbsp;Ethernet</TD></TR></TABLE></td><td><DIV>\
             <TABLE>{rows}</TABLE></DIV></td></TR></TABLE></BODY></HTML>"
        );
        if self.upper { page } else { page.replace("<TD", "<td").replace("<TR", "<tr").replace("</TD", "</td") }
    }

    /// The page of a phone in Unified CM: device information.
    fn device(&self, made: &Made) -> String {
        let words = &self.words;
        let udi = self.udi(made);
        let rows = [
            self.row(words.others[0], "10104"),
            self.row(words.others[1], ""),
            self.row(words.mac, &made.mac),
            self.row(words.host_name, &format!("SEP{}", made.mac)),
            self.row(words.version, &made.load),
            self.row(words.hardware, "V31"),
            self.row(words.serial, &made.serial),
            self.row(words.model, made.model),
            self.row(words.others[2], "No"),
            udi,
            self.row(words.others[1], "3:21:34pm"),
        ];
        self.page("Device information", made, &rows.concat())
    }

    /// The page about its network.
    fn network(&self, made: &Made) -> String {
        let words = &self.words;
        let rows = [
            self.row("DHCP server", "10.1.1.1"),
            self.row(words.mac, &made.mac),
            self.row(words.host_name, &format!("SEP{}", made.mac)),
            self.row("User locale version", "14.0.0.0(1)"),
            self.row("CDP: SW Port", "Yes"),
            self.row("CDP neighbor device ID", "FOC1932X0K1"),
        ];
        self.page("Network setup", made, &rows.concat())
    }

    /// A page of messages or figures.
    fn status(&self, made: &Made) -> String {
        let rows = [
            "<TR><TD></TD><TD>9:52:58p No Trust List Installed</TD></TR>".to_owned(),
            "<TR><TD></TD><TD>9:54:34p SEP00CCFC999999.cnf.xml(TFTP)</TD></TR>".to_owned(),
            self.row("Wireless headset", "CP-HS-WL-730"),
            self.row("Rcvr lost packets", "V12"),
            self.row("Remote address", "10.1.1.4/20212"),
        ];
        self.page("Status messages", made, &rows.concat())
    }
}

fn udi_lines(made: &Made) -> [String; 5] {
    let description = format!("Cisco IP Phone {}, Global", made.model.trim_start_matches("CP-"));
    ["phone".to_owned(), description, made.pid.to_owned(), made.vid.clone(), made.serial.clone()]
}

fn xml(made: &Made) -> String {
    format!(
        "<?xml version=\"1.0\"?><DeviceInformation><MACAddress>{mac}</MACAddress><HostName>SEP{mac}</HostName><appLoadID>\
         rootfs.14</appLoadID><versionID>{}</versionID><hardwareRevision>V31</hardwareRevision><serialNumber>{}\
         </serialNumber><modelNumber>{}</modelNumber><udi>\n{}\n</udi></DeviceInformation>",
        made.load,
        made.serial,
        made.model,
        udi_lines(made).join("\n"),
        mac = made.mac,
    )
}

/// How a person copied a page.
#[derive(Debug, Clone, Copy)]
enum Copied {
    /// Label and value in two cells, or three, of which the middle one is empty.
    Tabs(usize),
    /// The same in an editor that makes spaces of tabs, and keeps none at the begin of a line.
    Spaces,
    /// Each cell on its own line.
    Lines,
}

fn copied(made: &Made, words: &Words, copy: Copied) -> String {
    let row = |label: &str, value: &str| match copy {
        Copied::Tabs(tabs) => format!(" {label}{}{value}\n", "\t".repeat(tabs)),
        Copied::Spaces => format!("{label}{}{value}\n", if label.is_empty() { "" } else { "        " }),
        Copied::Lines => {
            [label, value].iter().filter(|text| !text.is_empty()).map(|text| format!("{text}\n")).collect()
        }
    };
    let mut page = format!(
        "\tDevice information\n{} {} ( SEP{} )\nDevice information\nNetwork setup\n\u{a0}\u{a0}Ethernet\n",
        words.heading, made.model, made.mac
    );
    page += &row(words.others[0], "10104");
    page += &row(words.mac, &made.mac);
    page += &row(words.host_name, &format!("SEP{}", made.mac));
    page += &row(words.version, &made.load);
    page += &row(words.hardware, "V31");
    page += &row(words.serial, &made.serial);
    page += &row(words.model, made.model);
    for (at, line) in udi_lines(made).iter().enumerate() {
        page += &row(if at == 0 { words.udi } else { "" }, line);
    }
    page + &row(words.others[2], "No")
}

/// The product information of an MPP phone: label and value.
fn product_information(made: &Made) -> [(&'static str, String); 7] {
    [
        ("Product Name", made.model.to_owned()),
        ("Serial Number", made.serial.clone()),
        ("Software Version", made.load.clone()),
        ("Hardware Version", made.vid.clone()),
        ("MAC Address", made.mac.clone()),
        ("Client Certificate", "Installed".to_owned()),
        ("Customization", "Open".to_owned()),
    ]
}

fn row(page: &str) -> FleetRow {
    assert_eq!(recognize(page.as_bytes()), SourceKind::DevicePage, "{page}");
    let inventory = read(&Document::new("page", page), &ReadOptions::default()).expect("a page");
    let problems: Vec<RowProblem> = inventory.broken_rows().map(|(_, broken)| broken.problem).collect();
    assert_eq!(problems, [], "{page}");
    let rows = inventory.fleet().rows();
    assert_eq!(rows.len(), 1, "{page}");
    rows[0].clone()
}

fn text<T: ToString + Copy>(evidence: &Evidence<'_, T>) -> Option<String> {
    assert!(!matches!(evidence, Evidence::Contradictory(_)), "a contradiction");
    evidence.known().map(|known| known.to_string())
}

/// The product, the VID, the MAC address, the serial number and the load.
fn told(phone: &Phone<'_>) -> [Option<String>; 5] {
    [
        phone.product_text().map(str::to_owned),
        text(phone.vid_evidence()),
        text(phone.mac_evidence()),
        text(phone.serial_evidence()),
        text(phone.load_evidence()),
    ]
}

/// Checks that a page says all of a phone, with this product.
#[track_caller]
fn check_all(page: &str, made: &Made, product: &str) {
    let expected = [product, &made.vid, &made.mac, &made.serial, &made.load].map(|text| Some(text.to_owned()));
    assert_eq!(told(row(page).phone()), expected, "{page}");
}

/// Checks that a page says which phone it is of, and no more.
#[track_caller]
fn check_which(page: &str, made: &Made) {
    let phone = row(page);
    let expected = [Some(made.model.to_owned()), None, Some(made.mac.clone()), None, None];
    assert_eq!(told(phone.phone()), expected, "{page}");
    assert!(phone.phone().firmware_type_evidence().known().is_none(), "{page}");
    assert_eq!(phone.label().and_then(|label| label.name.as_deref()), Some(&*format!("SEP{}", made.mac)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn an_enterprise_phone_is_one_phone_in_every_form(made in enterprise(), style in style()) {
        check_all(&xml(&made), &made, made.pid);
        check_all(&style.device(&made), &made, made.pid);
        check_which(&style.network(&made), &made);
        check_which(&style.status(&made), &made);
        for copy in [Copied::Tabs(1), Copied::Tabs(2)] {
            check_all(&copied(&made, &style.words, copy), &made, made.pid);
        }
    }

    #[test]
    fn text_without_tabs_is_read_where_its_labels_are_known(made in enterprise(), words in select(LANGUAGES[..12].to_vec())) {
        for copy in [Copied::Spaces, Copied::Lines] {
            check_all(&copied(&made, &words, copy), &made, made.pid);
        }
    }

    #[test]
    fn an_mpp_phone_is_one_phone_in_every_form(made in mpp(), style in style()) {
        let fields = product_information(&made);
        let element = |(label, value): &(&str, String)| {
            let name = label.replace(' ', "_");
            format!("<{name} ua=\"na\">{value}</{name}>")
        };
        check_all(&format!("<status>{}</status>", fields.iter().map(element).collect::<String>()), &made, made.model);
        let rows = |fields: &[(&str, String)]| -> String {
            fields.iter().map(|(label, value)| style.row(&format!("{label}:"), value)).collect()
        };
        check_all(&format!("<html><table>{}</table></html>", rows(&fields)), &made, made.model);
        // Two fields in each row.
        let pairs: String = fields.chunks(2).map(|pair| {
            let cells = pair.iter().map(|(label, value)| style.cell(&format!("{label}:")) + &style.cell(value));
            format!("<TR>{}", cells.collect::<String>())
        }).collect();
        check_all(&format!("<html><table>{pairs}</table></html>"), &made, made.model);
        let text = |separator: &str| -> String {
            fields.iter().map(|(label, value)| format!("{label}{separator}{value}\n")).collect()
        };
        for separator in [": ", "\t", ":\t", " = ", "\n", ":\n", ":\t\t"] {
            check_all(&text(separator), &made, made.model);
        }
        let pairs: String = fields.chunks(2).map(|pair| {
            let cells: Vec<_> = pair.iter().map(|(label, value)| format!("{label}:\t{value}")).collect();
            cells.join("\t") + "\n"
        }).collect();
        check_all(&pairs, &made, made.model);
    }
}
