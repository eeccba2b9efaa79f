//! The story of the demo register.
