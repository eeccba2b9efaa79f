//! Who is asked for more than there is, and when.
