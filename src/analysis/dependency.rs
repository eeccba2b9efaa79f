//! Who waits for whom: cycles, and suppliers that come too late.
