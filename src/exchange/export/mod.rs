//! The records of a register as tables that keep their types.
