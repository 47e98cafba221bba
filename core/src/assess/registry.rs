//! The registry of findings: every code that crossgrade can say, what it means and what to do.
//!
//! Codes are never renamed and never reused.

use std::fmt;

use crate::text::words;

words! {
    /// What a finding does to the verdict.
    ///
    /// Ordered by what it does to the verdict: an effect outweighs those after it.
    #[derive(PartialOrd, Ord)]
    pub enum Effect as "effect" {
        /// The verdict is not-needed.
        Settled = "settled",
        /// The verdict is ineligible, unless something settles.
        Blocks = "blocks",
        /// The verdict is unknown, unless something settles or blocks.
        Unsettled = "unsettled",
        /// Something must be done; the verdict stays.
        Requires = "requires",
        /// Something should be considered.
        Advises = "advises",
        /// Something is good to know.
        Notes = "notes",
    }
}

words! {
    /// A field of the question, as evidence that would settle a finding.
    ///
    /// Ordered as everything lists them.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Field as "field" {
        /// The product text.
        Pid = "pid",
        /// The hardware version.
        Vid = "vid",
        /// The MAC address.
        Mac = "mac",
        /// The serial number.
        Serial = "serial",
        /// The running load.
        Load = "load",
        /// The running release.
        Release = "release",
        /// The running type.
        FirmwareType = "firmware_type",
        /// The transition authorization.
        Authorization = "authorization",
        /// What the caller chose to install.
        Target = "target",
    }
}

macro_rules! registry {
    ($( $code:ident $name:literal $effect:ident [$($source:literal)*] $meaning:literal $remedy:literal )+) => {
        /// The code of a finding: stable for ever.
        ///
        /// # Example
        /// ```
        /// use crossgrade::Code;
        ///
        /// let code: Code = "CG203".parse()?;
        /// assert_eq!(code.name(), "vid-below-range");
        /// assert_eq!(code.effect().as_str(), "blocks");
        /// # Ok::<(), crossgrade::ParseError>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $( #[doc = $meaning] $code ),+ }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$code),+];

            /// The code as it is printed: `CG203`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$code => stringify!($code)),+ }
            }

            /// The kebab-case name: `vid-below-range`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name),+ }
            }

            /// The effect that it usually has; an occurrence shows the one it had.
            pub const fn effect(self) -> Effect {
                match self { $(Self::$code => Effect::$effect),+ }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$code => $meaning),+ }
            }

            /// What to do about it.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$code => $remedy),+ }
            }

            /// The sources behind it, where no row of the rule book speaks.
            pub const fn sources(self) -> &'static [&'static str] {
                match self { $(Self::$code => &[$($source),*]),+ }
            }
        }
    };
}

registry! {
    CG101 "pid-missing" Unsettled ["S2"]
        "The product id is missing; everything depends on the model."
        "Read the PID on the label or on the phone's web page."
    CG102 "pid-unrecognized" Unsettled ["ours"]
        "The product text names no Cisco device that crossgrade can read."
        "Compare the text with the label; the PID looks like CP-8841-K9=."
    CG103 "series-not-convertible" Blocks ["S2"]
        "The device is of no series that runs MPP firmware: 6800, 7800 and 8800 do."
        "Plan a replacement if the device shall move."
    CG104 "model-excluded" Blocks ["S1" "S2"]
        "A document names the model as not eligible."
        "Plan a replacement phone."
    CG105 "model-not-listed" Unsettled ["S1" "S2"]
        "No document says whether the model can be converted in this direction."
        "Ask Cisco or the service provider about the model before buying a license."
    CG106 "pid-not-listed-for-direction" Unsettled ["S2"]
        "The documents list the model, but not this product id for this direction."
        "Find out what runs on the phone; a 3PCC phone usually runs MPP firmware already."
    CG107 "single-firmware-hardware" Settled ["S2"]
        "The hardware runs one type of firmware only."
        "Nothing to convert."
    CG108 "not-a-phone" Blocks ["S2" "ours"]
        "The device is no desk phone, so there is no firmware of phones to convert."
        "Leave it out of the migration of phones; an expansion module goes with its phone."
    CG109 "one-image-for-both" Settled ["ours"]
        "One image of the hardware serves Unified CM, Webex Calling and BroadWorks: there is nothing to convert."
        "Reset the phone to factory settings and onboard it; no license is needed."
    CG111 "mac-missing" Requires ["S2"]
        "The MAC address is missing; licenses are bound to it."
        "Read the MAC address on the label or in the call control."
    CG112 "mac-unreadable" Requires ["S2"]
        "The MAC address cannot be read; licenses are bound to it."
        "Correct the MAC address: twelve hexadecimal digits of a unicast address."
    CG113 "serial-missing" Notes ["S2"]
        "The serial number is missing; it is recommended for the license order."
        "Read the serial number on the label if the order asks for it."
    CG114 "serial-unusual" Notes ["ours"]
        "The serial number does not have the shape that Cisco's factories use."
        "Compare the serial number with the label."
    CG201 "vid-missing" Unsettled ["S2"]
        "The hardware version (VID) is missing."
        "Read the VID on the label or on the phone's web page."
    CG202 "vid-unreadable" Unsettled ["S2"]
        "What stands in the place of the VID is none."
        "Read the VID on the label: V and digits, such as V03."
    CG203 "vid-below-range" Blocks ["S1" "S2"]
        "The hardware version is too old for MPP firmware."
        "Plan a replacement phone."
    CG204 "vid-above-range" Blocks ["S1" "S2"]
        "The hardware version is newer than the documents allow."
        "Ask Cisco whether a newer firmware supports this hardware version."
    CG301 "already-on-destination-firmware" Settled ["ours"]
        "The phone runs the type of firmware that the destination needs."
        "Nothing to convert; register the phone."
    CG302 "firmware-type-assumed" Notes ["ours"]
        "Nothing readable says what runs; the type that the product id suggests is assumed."
        "Confirm with the running load if the phone may have been converted before."
    CG303 "load-unreadable" Notes ["ours"]
        "The running load cannot be read as a load name."
        "Read the load again; it looks like sip88xx.14-2-1-0101-26."
    CG304 "load-family-mismatch" Unsettled ["ours"]
        "The running load is for other phones than this model."
        "Check whether the PID and the load belong to the same phone."
    CG305 "start-release-too-old" Requires ["S1" "S2"]
        "The running release is below the minimum for the conversion."
        "Upgrade the phone within its firmware type first."
    CG306 "start-release-unknown" Requires ["S1" "S2"]
        "It is not known whether the running release meets the minimum for the conversion."
        "Read the running load on the phone or in the call control, and upgrade first if it is older."
    CG307 "target-below-minimum" Blocks ["S1" "S2"]
        "The chosen target is below a minimum for this phone."
        "Choose a later release."
    CG308 "no-downgrade-below" Notes ["S1" "S2"]
        "After the conversion this hardware must stay at or above a release."
        "Keep older releases away from upgrade rules."
    CG309 "tlexe2m-running" Requires ["ours"]
        "The phone runs the two-step load of 2019, between Enterprise and MPP."
        "Apply the license, then install the MPP load."
    CG310 "returning-phone" Notes ["S2"]
        "The phone was sold with Enterprise firmware, runs MPP, and goes back."
        "Read its transition authorization: it decides whether a license is needed."
    CG311 "evidence-contradicts-itself" Unsettled ["ours"]
        "Two pieces of evidence exclude each other; neither counts."
        "Read the fields again on the phone and correct the wrong one."
    CG312 "target-not-for-family" Unsettled ["ours"]
        "The chosen target has no load for this phone's load family."
        "Choose a release, or a load of the phone's family."
    CG313 "target-load-unknown" Requires ["ours"]
        "The rule book has no load of the target release for this load family."
        "Look up the load name in Cisco's release notes and choose it as target."
    CG314 "target-unverified" Advises ["FN" "RN"]
        "The chosen target is older than the release that the documents convert to; notices forbid it on some hardware."
        "Choose 14.2(1)SR1 or later, or check the notices for the hardware version."
    CG315 "firmware-type-unknown" Unsettled ["ours"]
        "Nothing says which type of firmware runs, and it cannot be assumed."
        "Read the running load on the phone, its web page or in the call control."
    CG401 "features-lost" Advises ["S2"]
        "Wi-Fi and daisy chain are not supported under MPP firmware; the phone needs permanent Ethernet."
        "Ask the service provider first."
    CG402 "use-wired-connection" Advises ["S1"]
        "The phone loses its Wi-Fi settings."
        "Connect the phone by cable for the conversion, and set up Wi-Fi again afterwards."
    CG403 "degraded-performance" Advises ["FN"]
        "A field notice reports degraded performance under MPP firmware on this hardware."
        "Read field notice FN74296 before converting."
    CG404 "local-data-lost" Notes ["G1" "G2"]
        "The conversion erases what is stored on the phone: call history, personal contacts, settings."
        "Save what is needed first."
    CG405 "fix-missing" Advises ["ours"]
        "The firmware lacks the fix of a published vulnerability."
        "Install a release that has the fix, if there is one for the phone; else do what the advisory offers instead."
    CG406 "certificate-not-renewed" Advises ["ours"]
        "The certificate of the phone expires, and its firmware does not renew it by itself."
        "Install a release that renews the certificate by itself, and let the phone reach sudirenewal.cisco.com on port 80."
    CG407 "new-certificate-authority" Advises ["ours"]
        "The phone may carry a certificate of Cisco's new manufacturing authority."
        "Let every server that checks certificates of phones trust the new authority."
    CG408 "changes-on-arrival" Advises ["ours"]
        "The firmware behaves differently from the first start on it."
        "Prepare servers, profiles and users before the phones arrive."
    CG409 "too-old-to-onboard" Requires ["ours"]
        "The MPP firmware that runs is too old for the phone to be onboarded."
        "Upgrade the MPP firmware first, reset the phone to factory settings, and onboard it then."
    CG410 "web-access-off" Advises ["ours"]
        "The web page of the phone, which is off by default, has its hardware version and its load."
        "Switch Web Access on in Unified CM for the round, read the page, and switch it off again."
    CG411 "upgrade-in-steps" Advises ["ours"]
        "Release notes name releases that come between what runs and newer ones."
        "Install the releases in the order of the release notes."
    CG501 "license-purchase" Requires ["S2"]
        "A migration license is needed for this phone; it is bound to the MAC address and the direction."
        "Order the license once the verdict is eligible, and keep its file; a replacement phone needs a new one from Cisco GLO."
    CG502 "license-issued-by-control-hub" Notes ["S1" "S2"]
        "Control Hub issues the license; the phone is then authorized for Webex Calling only."
        "Nothing to order."
    CG503 "license-not-required" Notes ["S2"]
        "The phone shows a transition authorization and may go back without a license."
        "Nothing to order."
    CG504 "authorization-unknown" Requires ["S2"]
        "Whether a license is needed depends on the transition authorization, which is not known."
        "Read the transition authorization type on the phone's web page, or from MPP 11.3(5) on its screen, registered and without warning, before any reset."
    CG505 "webex-only-authorization" Requires ["S1" "S2"]
        "The phone is authorized for Webex Calling only."
        "Ask Cisco Global Licensing Operations (GLO) which license another call control needs."
    CG506 "running-unlicensed" Requires ["S2"]
        "The phone was converted without a license; it cannot call until one is applied."
        "Apply the license that the answer names."
    CG601 "sources-disagree" Notes []
        "The sources disagree about a value of this answer."
        "Read both sides before relying on the value."
    CG602 "target-unconfirmed" Advises ["S1"]
        "No second document confirms the load for this destination."
        "Try one phone first."
    CG603 "call-controls-documented" Notes ["ours"]
        "Release notes of the firmware name releases of call controls that it supports."
        "Compare with the call control of the provider; the notes say no minimum."
}

impl Code {
    /// The number behind `CG`.
    pub fn number(self) -> u16 {
        self.as_str()[2..].parse().unwrap_or_default()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl crate::text::FieldText for Code {
    const THING: &'static str = "finding code";
    const EXPECTED: &'static str = "a code such as CG203, or its name such as vid-below-range";

    fn read(text: &[u8]) -> Result<Self, crate::text::Fault> {
        let folded = crate::text::Folded::<48>::new(text, Self::SPACES)?;
        let is = |word: &str| word.as_bytes().eq_ignore_ascii_case(folded.bytes());
        let code = Self::ALL.iter().find(|code| is(code.as_str()) || is(code.name()));
        code.copied().ok_or(crate::text::fault("no such code", 0))
    }
}

crate::text::read_and_print!(Code);
