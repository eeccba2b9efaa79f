//! A `Document` into terminal, Markdown and CSV; the typed value into JSON and YAML.
