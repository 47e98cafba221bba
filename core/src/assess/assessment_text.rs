//! The assessment as the text that a person reads, the same in every language.

use std::fmt::{self, Display};

use super::{Assessment, Code, Effect};
use crate::phone::Evidence;
use crate::rulebook::rows::Stage;
use crate::text::Shown;

impl Display for Assessment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read = self.phone_read();
        let destination = self.request().destination();
        match (&read.pid, &read.model, self.phone().product()) {
            (Some(pid), ..) => write!(f, "{pid}")?,
            (None, Some(model), _) => write!(f, "{model}")?,
            (None, None, Evidence::Unreadable(text)) => write!(f, "{}", Shown::quoted(text))?,
            (None, None, _) => write!(f, "phone without product id")?,
        }
        if let Some(vid) = read.vid {
            write!(f, " {vid}")?;
        }
        write!(f, " to {}", destination.name())?;
        if let Some(target) = self.request().chosen_target() {
            write!(f, " with {}", Shown::new(&target.to_string()))?;
        }
        writeln!(f, ": {}", self.verdict())?;

        for finding in self.findings() {
            writeln!(f, "  {} {:<9} {}", finding.code(), finding.effect().as_str(), finding.message())?;
            let is_work =
                matches!(finding.effect(), Effect::Blocks | Effect::Unsettled | Effect::Requires | Effect::Advises);
            // A phone with one image for all has work to do, too.
            if is_work || finding.code() == Code::CG109 {
                writeln!(f, "                  -> {}", finding.remedy())?;
            }
        }
        for gate in self.gates() {
            let (on, name, minimum, status) = (gate.on(), gate.firmware_type().name(), gate.minimum(), gate.status());
            let actual = match (on, gate.actual()) {
                (Stage::Start, Some(actual)) => format!("{actual} runs"),
                (Stage::Start, None) => "what runs is not known".to_owned(),
                (Stage::Target, Some(actual)) => format!("{actual} is installed"),
                (Stage::Target, None) => "what is installed is not known".to_owned(),
            };
            let sources = gate.sources().collect::<Vec<_>>().join(", ");
            writeln!(f, "  {on} gate: {name} {minimum} or later, {actual}: {status} ({sources})")?;
        }
        if let Some(firmware) = self.firmware() {
            write!(f, "  install: ")?;
            match (firmware.load(), firmware.release()) {
                (Some(load), _) => write!(f, "{load}")?,
                (None, Some(release)) => write!(f, "{} {release}, load not known", firmware.firmware_type().name())?,
                (None, None) => write!(f, "no load known")?,
            }
            if let Some(server) = firmware.load_server() {
                write!(f, " from {server}")?;
            }
            writeln!(f)?;
        }
        if let Some(license) = self.license() {
            write!(f, "  license: {}", license.need())?;
            let parts = [license.sku(), license.service_sku()];
            parts.into_iter().flatten().try_for_each(|sku| write!(f, " {sku}"))?;
            if let Some(file) = license.file() {
                write!(f, " as {file}")?;
            }
            writeln!(f)?;
        }
        write!(f, "  rules: {}", self.rulebook().label())
    }
}

impl fmt::Debug for Assessment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let findings: Vec<_> = self.findings().collect();
        write!(f, "Assessment({}, {:?})", self.verdict(), findings)
    }
}
