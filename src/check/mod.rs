//! The rules: one a file, and their registry. A rule's doc comment is its manual page.
