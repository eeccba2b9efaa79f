//! Files into a `Register` plus problems, in parallel, only as much as was asked for.
