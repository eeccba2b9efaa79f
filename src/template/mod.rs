//! Scaffolds that people fill in: built in from `templates/`, overridden by name.
