//! Planned writes, moves and removals as one value: shown, validated, then applied.
