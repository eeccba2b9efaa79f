//! Rows of a foreign table into records: what would be added, changed, left alone and refused.
