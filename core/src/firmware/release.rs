use std::fmt;

use crate::text::read_and_print;

/// A firmware release: `14.2(1)SR1`. Ordered by major, minor, micro and service release.
///
/// It does not know whether it is Enterprise or MPP; [`Firmware`](super::Firmware) does. Respins and builds do not
/// count: they order loads, not releases.
///
/// # Accepted spellings
/// `14.2(1)SR1`, `14.2(1) SR1`, `14.2.1SR1`, `14-2-1-0101`, `14.2.1(0101.26)`, `12.0(3)`, `12.0.(3)`, `12.0.3`,
/// `12-0-3`, `11.3.6 MSR1`, `14.1` (which is 14.1(1)), and the version part of a load of an Enterprise release (`14-2-1-0101-26`).
/// What Unified CM prints without the first number (`3.1(0301.349)`) or without the second (`14.(1)`) is unreadable; so is
/// a text with `MPP`, because a release says no type: that is a load name, or its half.
///
/// # Example
/// ```
/// use crossgrade::Release;
///
/// let release: Release = "14-2-1-0101".parse()?;
/// assert_eq!(release.to_string(), "14.2(1)SR1");
/// assert!(release > "14.2(1)".parse()?);
/// assert!("3.1(0301.349)".parse::<Release>().is_err());
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    pub(crate) major: u8,
    pub(crate) minor: u8,
    pub(crate) micro: u8,
    pub(crate) service: u8,
}

impl Release {
    /// The release `major.minor(micro)SRservice`; 0 for no service release.
    pub const fn new(major: u8, minor: u8, micro: u8, service: u8) -> Self {
        Self { major, minor, micro, service }
    }

    /// The first number.
    pub const fn major(self) -> u8 {
        self.major
    }

    /// The second number.
    pub const fn minor(self) -> u8 {
        self.minor
    }

    /// The number in parentheses.
    pub const fn micro(self) -> u8 {
        self.micro
    }

    /// The number of the service release, 0 for none.
    pub const fn service(self) -> u8 {
        self.service
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { major, minor, micro, service } = self;
        write!(f, "{major}.{minor}({micro})")?;
        if *service > 0 {
            write!(f, "SR{service}")?;
        }
        Ok(())
    }
}

read_and_print!(Release);
