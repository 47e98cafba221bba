//! Classes of the Python half of the package.

/// The class of this name, looked up once; of `crossgrade/_results.py` if no module is named.
macro_rules! class {
    ($py:expr, $name:literal) => {
        class!($py, "crossgrade._results", $name)
    };
    ($py:expr, $module:literal, $name:literal) => {{
        static CLASS: pyo3::sync::PyOnceLock<pyo3::Py<pyo3::types::PyType>> = pyo3::sync::PyOnceLock::new();
        CLASS.import($py, $module, $name)
    }};
}
pub(crate) use class;
