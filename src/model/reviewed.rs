//! What was linked when somebody last looked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ref;

/// What was linked when its owner last looked (written by `pmo review-links`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reviewed {
    /// The link.
    pub link: Ref,
    /// The fingerprint of what it led to.
    pub seen: String,
}
