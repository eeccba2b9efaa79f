//! What a register says: kinds of record, value types, the register itself. No IO, no clock, no printing.
