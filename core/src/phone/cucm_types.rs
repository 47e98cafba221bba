// GENERATED from data/cucm_types.toml by `UPDATE=1 cargo test -p crossgrade --features load baked`. Do not edit.

use super::Model;

/// CUCM type codes and the models that they name, by code.
#[rustfmt::skip]
pub(super) static CUCM_TYPES: &[(u32, Model)] = &[
    (621, Model::constant("7821")),
    (622, Model::constant("7841")),
    (623, Model::constant("7861")),
    (659, Model::constant("8831")),
    (683, Model::constant("8841")),
    (684, Model::constant("8851")),
    (685, Model::constant("8861")),
    (36213, Model::constant("7811")),
    (36216, Model::constant("8821")),
    (36217, Model::constant("8811")),
    (36224, Model::constant("8845")),
    (36225, Model::constant("8865")),
    (36232, Model::constant("8851NR")),
    (36247, Model::constant("7832")),
    (36248, Model::constant("8865NR")),
    (36256, Model::constant("KEM-8800-VIDEO")),
    (36257, Model::constant("KEM-8800-AUDIO")),
    (36258, Model::constant("8832")),
    (36260, Model::constant("8832NR")),
];
