//! Words for people: escaping for each destination, display width, cutting, near misses, plurals.
