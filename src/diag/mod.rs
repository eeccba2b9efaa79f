//! A problem as data, and its renderers. Places are found on demand, so the model stays free of spans.
