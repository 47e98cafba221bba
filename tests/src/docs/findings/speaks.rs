//! What the registry does not say of a code: what makes it speak, and which effects it can have besides the usual one.

use crossgrade::{Code, Effect};

pub(super) struct Speaks {
    code: Code,
    /// Whose word it is.
    pub(super) when: &'static str,
    /// Other effects, and when it has them.
    pub(super) also: &'static [(Effect, &'static str)],
}

const NO_ROW: &str = "No row: the evidence itself.";
const MAY_RUN_IT: (Effect, &str) = (
    Effect::Unsettled,
    "where the phone may already run what the destination needs; then nothing would have to be converted",
);
const VID_DECIDES_NOTHING: (Effect, &str) =
    (Effect::Requires, "on the way to MPP where the hardware version decides nothing");

const SPEAKS: &[Speaks] = &[
    speaks(Code::CG101, NO_ROW),
    speaks(Code::CG102, NO_ROW),
    also(
        Code::CG103,
        "Rows of `conversions` with the answer `series-excluded`, unless another row says yes.",
        &[MAY_RUN_IT],
    ),
    also(Code::CG104, "Rows of `conversions` with the answer `excluded`, unless another row says yes.", &[MAY_RUN_IT]),
    speaks(
        Code::CG105,
        "Rows of `conversions` with the answer `not-listed`, unless another row says yes; or no row at all in a book \
         that says nothing of the model.",
    ),
    speaks(
        Code::CG106,
        "On the way to MPP no row: the product id is marked 3PCC, and nothing says that MPP firmware runs. On the way \
         back, rows of `conversions` with the answer `pid-not-listed`.",
    ),
    also(
        Code::CG107,
        "Rows of `single-firmware`.",
        &[(Effect::Blocks, "where the hardware runs MPP firmware only and the destination needs Enterprise firmware")],
    ),
    speaks(
        Code::CG108,
        "No row: the type code, the name or the product id is one of a device that is no phone, or the row adds up a table. \
         It speaks alone.",
    ),
    speaks(Code::CG111, NO_ROW),
    speaks(Code::CG112, NO_ROW),
    speaks(Code::CG113, NO_ROW),
    speaks(Code::CG114, NO_ROW),
    also(Code::CG201, "Rows of `conversions` with a VID range; elsewhere no row.", &[VID_DECIDES_NOTHING]),
    also(Code::CG202, "Rows of `conversions` with a VID range; elsewhere no row.", &[VID_DECIDES_NOTHING]),
    also(Code::CG203, "Rows of `conversions` with a lowest VID, unless another row answers.", &[MAY_RUN_IT]),
    also(Code::CG204, "Rows of `conversions` with a highest VID, unless another row answers.", &[MAY_RUN_IT]),
    speaks(Code::CG301, NO_ROW),
    speaks(Code::CG302, NO_ROW),
    speaks(Code::CG109, "Rows of `single-firmware` that run PhoneOS."),
    speaks(Code::CG303, NO_ROW),
    speaks(Code::CG304, "No row: the load family in `models` and the one in the load name."),
    also(
        Code::CG305,
        "Rows of `gates` on `start`. Rows of `conversions` with `running-at-least`, unless another row answers.",
        &[(Effect::Blocks, "where a row of `conversions` speaks")],
    ),
    also(
        Code::CG306,
        "Rows of `gates` on `start`. Rows of `conversions` with `running-at-least`, unless another row says yes.",
        &[(Effect::Unsettled, "where a row of `conversions` speaks")],
    ),
    also(
        Code::CG307,
        "Rows of `gates` on `target` and of `floors`, for a target that the caller chose. Rows of `conversions` with \
         `target-at-least`, unless another row answers.",
        &[(
            Effect::Unsettled,
            "where the phone may already run what the destination needs, for an engineering build, whose release is \
             unknown, and where a row of `conversions` asks for a target and the book has none",
        )],
    ),
    speaks(Code::CG308, "Rows of `floors` that are `lasting`, once the VID is known to be in their range."),
    also(Code::CG309, NO_ROW, &[(Effect::Unsettled, "on the way to Enterprise firmware, which no document describes")]),
    speaks(Code::CG310, "Rows of `advice` that say `returning-phone`."),
    also(
        Code::CG311,
        "No row where two fields exclude each other. Rows of `single-firmware` where evidence contradicts the \
         hardware, rows of `floors` that are `lasting` where a release is said to run below them, and the row of \
         `evidence` about outdated loads on phones marked 3PCC.",
        &[(Effect::Notes, "where the thing that was said twice cannot change the verdict")],
    ),
    speaks(
        Code::CG312,
        "No row: the load families of the chosen target, and the type of which the rows of `loads` have the chosen release.",
    ),
    speaks(Code::CG313, "No row: the book has no row of `loads` that fits."),
    speaks(Code::CG314, "Rows of `advice` that say `target-unverified`."),
    speaks(Code::CG315, NO_ROW),
    speaks(Code::CG401, "Rows of `advice` that say `features-lost`."),
    speaks(Code::CG402, "Rows of `advice` that say `use-wired-connection`."),
    speaks(Code::CG403, "Rows of `advice` that say `degraded-performance`."),
    speaks(Code::CG404, "Rows of `advice` that say `local-data-lost`."),
    speaks(
        Code::CG405,
        "Rows of `advice` that say `fix-missing`, for the release that the phone runs in the end: of the load to install, or of \
         what runs where nothing is converted, wherever the phone was asked to go. A row for each vulnerability.",
    ),
    speaks(
        Code::CG406,
        "Rows of `advice` that say `certificate-not-renewed`, for the release that the phone runs in the end, wherever it was \
         asked to go.",
    ),
    speaks(
        Code::CG407,
        "Rows of `advice` that say `new-certificate-authority`, unless the serial number says that the phone is older.",
    ),
    speaks(
        Code::CG408,
        "Rows of `advice` that say `changes-on-arrival`, for the release of the load to install; where nothing is installed, \
         nothing changes.",
    ),
    speaks(Code::CG409, "Rows of `advice` that say `too-old-to-onboard`, for MPP firmware that runs now."),
    speaks(
        Code::CG410,
        "Rows of `advice` that say `web-access-off`, where the hardware version or the running release is not known and the phone \
         may run Enterprise firmware.",
    ),
    speaks(Code::CG411, "Rows of `advice` that say `upgrade-in-steps`, for MPP firmware that runs now."),
    speaks(Code::CG501, "Rows of `licenses` with the need `purchase`."),
    speaks(Code::CG502, "Rows of `licenses` with the need `issued-by-control-hub`."),
    speaks(Code::CG503, "Rows of `licenses` with the need `not-required`."),
    speaks(
        Code::CG504,
        "Rows of `licenses` with the need `unknown`, about a text that is no authorization. No row where the rows of \
         `licenses` differ by an authorization that nobody has read.",
    ),
    speaks(Code::CG505, "No row: the authorization on the phone."),
    speaks(Code::CG506, "Rows of `licenses` for phones on MPP firmware: the license that is still to be applied."),
    speaks(
        Code::CG601,
        "Rows of `disagreements`, one finding each, where a row that names them gave this answer a value.",
    ),
    speaks(Code::CG602, "Rows of `advice` that say `target-unconfirmed`."),
    speaks(
        Code::CG603,
        "Rows of `advice` that say `call-controls-documented`, for the release that the phone runs in the end.",
    ),
];

const fn speaks(code: Code, when: &'static str) -> Speaks {
    also(code, when, &[])
}

const fn also(code: Code, when: &'static str, also: &'static [(Effect, &'static str)]) -> Speaks {
    Speaks { code, when, also }
}

pub(super) fn speaks_of(code: Code) -> &'static Speaks {
    let speaks = SPEAKS.iter().find(|speaks| speaks.code == code);
    let file = "tests/src/docs/findings/speaks.rs";
    speaks.unwrap_or_else(|| panic!("{file} does not say what makes {code} speak; add it to SPEAKS"))
}
