//! The forms in which callers name a target.

use std::borrow::Cow;

use super::{Target, TargetError};
use crate::firmware::{LoadName, Release};
use crate::text::trim;

/// What a rule book takes as a target: a text, a [`Release`], a [`LoadName`], a [`Target`], borrowed or owned, or an `Option`
/// of these.
///
/// Empty text is no target, as everywhere. Sealed: these are all.
pub trait IntoTarget: sealed::Sealed {
    /// The target; none for the rule book's own.
    ///
    /// # Errors
    /// If a text is no target, or loads of a [`Target`] are not one for each family.
    fn into_target(self) -> Result<Option<Target>, TargetError>;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! into_target {
    ($($form:ty: $said:ident => $target:expr;)+) => {$(
        impl sealed::Sealed for $form {}

        impl IntoTarget for $form {
            fn into_target(self) -> Result<Option<Target>, TargetError> {
                let $said = self;
                $target
            }
        }
    )+};
}

into_target! {
    &str: text => if trim(text).is_empty() { Ok(None) } else { text.parse().map(Some) };
    &&str: text => (*text).into_target();
    String: text => text.as_str().into_target();
    &String: text => text.as_str().into_target();
    Cow<'_, str>: text => (*text).into_target();
    &Cow<'_, str>: text => (**text).into_target();
    Release: release => Ok(Some(release.into()));
    &Release: release => (*release).into_target();
    LoadName: load => Ok(Some(load.into()));
    &LoadName: load => (*load).into_target();
    Target: target => match target {
        // A caller can build this variant with two loads of one family, which `of_loads` refuses.
        Target::LoadPerFamily(loads) => Target::of_loads(loads).map(Some),
        target => Ok(Some(target)),
    };
    &Target: target => target.clone().into_target();
}

impl<T: IntoTarget> sealed::Sealed for Option<T> {}

impl<T: IntoTarget> IntoTarget for Option<T> {
    fn into_target(self) -> Result<Option<Target>, TargetError> {
        self.map_or(Ok(None), T::into_target)
    }
}

impl<'a, T> sealed::Sealed for &'a Option<T> where &'a T: IntoTarget {}

impl<'a, T> IntoTarget for &'a Option<T>
where
    &'a T: IntoTarget,
{
    fn into_target(self) -> Result<Option<Target>, TargetError> {
        self.as_ref().map_or(Ok(None), <&'a T as IntoTarget>::into_target)
    }
}
