//! Each rule against its cases.
