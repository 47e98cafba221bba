use std::ffi::c_char;

/// The version of the library, such as "0.1.0". Static, never NULL. Compare it with CG_VERSION.
#[unsafe(no_mangle)]
pub extern "C" fn cg_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}
