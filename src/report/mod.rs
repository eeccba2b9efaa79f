//! One report a file: a typed, serialisable value and its `Document`.

pub mod prefill;
