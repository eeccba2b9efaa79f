//! What follows from a register on a day: pure functions, one topic a file.
