use crate::fleet::{Source, SourceKind};

/// Bytes that the caller read or fetched, with the name by which a person finds them again.
///
/// # Example
/// ```
/// use crossgrade::inventory::Document;
///
/// let document = Document::new("export.csv", b"PID,VID\nCP-8841-K9=,V05\n").when("2026-11-20");
/// assert_eq!(document.name(), "export.csv");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document<'a> {
    name: &'a str,
    bytes: &'a [u8],
    when: Option<&'a str>,
    cluster: Option<&'a str>,
}

impl<'a> Document<'a> {
    /// A document of this name.
    pub fn new<B: AsRef<[u8]> + ?Sized>(name: &'a str, bytes: &'a B) -> Self {
        Self { name, bytes: bytes.as_ref(), when: None, cluster: None }
    }

    /// When it was fetched, in the caller's words; see [`Source::when`].
    #[must_use]
    pub fn when(self, when: &'a str) -> Self {
        Self { when: Some(when), ..self }
    }

    /// Which cluster it tells of, in the caller's words; see [`Source::cluster`].
    #[must_use]
    pub fn cluster(self, cluster: &'a str) -> Self {
        Self { cluster: Some(cluster), ..self }
    }

    /// A document of another name that tells the same of when and of which cluster.
    pub(crate) fn under<'n>(&self, name: &'n str) -> Document<'n>
    where
        'a: 'n,
    {
        Document { name, bytes: b"", when: self.when, cluster: self.cluster }
    }

    /// The same with other bytes.
    #[cfg(feature = "inventory")]
    pub(crate) fn with_bytes<'n>(&self, bytes: &'n [u8]) -> Document<'n>
    where
        'a: 'n,
    {
        Document { bytes, ..*self }
    }

    /// Its name.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// What is in it.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// When it was fetched, if the caller said so.
    pub fn fetched(&self) -> Option<&'a str> {
        self.when
    }

    /// The same as a source of phones.
    pub(crate) fn source(&self, kind: SourceKind) -> Source {
        let source = Source::new(kind, self.name);
        let source = match self.when {
            Some(when) => source.when(when),
            None => source,
        };
        match self.cluster {
            Some(cluster) => source.cluster(cluster),
            None => source,
        }
    }
}
