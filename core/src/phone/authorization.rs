use crate::text::words;

words! {
    /// The "Transition authorization type" that a licensed conversion leaves on a phone.
    ///
    /// # Accepted spellings
    /// `Classic`, `WxC`, and the word `blank` for a phone that shows the field empty. Empty text is an absent field,
    /// which is something else: nobody looked.
    ///
    /// # Example
    /// ```
    /// use crossgrade::Authorization;
    ///
    /// assert_eq!("wxc".parse(), Ok(Authorization::WxC));
    /// assert_eq!(Authorization::Blank.as_str(), "blank");
    /// ```
    #[non_exhaustive]
    pub enum Authorization as "authorization" {
        /// Converted with a purchased license; any approved call control.
        Classic = "Classic",
        /// Converted by Control Hub; authorized for Webex Calling only.
        WxC = "WxC",
        /// The phone shows the field, and it is empty: no license was applied.
        Blank = "blank",
    }
}
