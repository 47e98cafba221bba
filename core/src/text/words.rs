/// A closed set of words: an enum that prints, reads and lists them.
///
/// Case, spaces, `_` and `-` do not matter when a word is read; further spellings may follow the canonical one.
/// Other marks, such as parentheses, are part of a spelling.
///
/// Words have no order. An enum that derives one says what it means.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident as $thing:literal {
            $( $(#[$variant_meta:meta])* $variant:ident = $word:literal $(| $spelling:literal)* ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $name { $( $(#[$variant_meta])* $variant ),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands for it in JSON, C, Python and on the command line.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::text::FieldText for $name {
            const THING: &'static str = $thing;
            const EXPECTED: &'static str = $crate::text::words!(@list $($word)+);

            fn read(text: &[u8]) -> Result<Self, $crate::text::Fault> {
                let mut folded = $crate::text::Folded::<64>::EMPTY;
                let text = folded.fold(text, $crate::text::Spaces::Drop)?;
                let counts = |byte: &u8| !matches!(byte, b' ' | b'-' | b'_');
                let letters = || text.iter().copied().filter(counts);
                let is = |word: &str| word.bytes().filter(counts).map(|byte| byte.to_ascii_uppercase()).eq(letters());
                $( if is($word) $(|| is($spelling))* { return Ok(Self::$variant); } )+
                Err($crate::text::fault("none of the known words", 0))
            }
        }

        $crate::text::read_and_print!($name);
    };
    (@list $first:literal $($word:literal)*) => { concat!("one of ", $first $(, ", ", $word)*) };
}
pub(crate) use words;
