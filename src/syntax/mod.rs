//! TOML as text: where a key stands, every mistake in a file, and the change of one value that keeps all else.
