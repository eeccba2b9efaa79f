//! What a kind of record loses: each kind says which of its fields name people, hold money, or are written at length.

use std::collections::BTreeMap;

use crate::model::Ref;

use super::WITHHELD;

/// Whether a reference may stay.
pub(super) type Keeps<'a> = &'a dyn Fn(&Ref) -> bool;

/// A record that can lose what is withheld.
///
/// No method has a default: a new kind has to say what of it is what.
pub(super) trait Cut: Clone {
    /// Takes out references to what is gone.
    fn unlink(&mut self, keeps: Keeps<'_>);
    /// Puts a word in the place of everybody's name.
    fn people(&mut self);
    /// Takes out amounts, and what is reckoned with them.
    fn money(&mut self);
    /// Takes out what is written at length; titles stay.
    fn text(&mut self);
    /// Takes out the organisation's own fields, of which nobody knows what they hold.
    fn custom(&mut self);
}

/// Takes a reference out that may not stay.
pub(super) fn link(reference: &mut Option<Ref>, keeps: Keeps<'_>) {
    if reference.as_ref().is_some_and(|reference| !keeps(reference)) {
        *reference = None;
    }
}

/// Puts a word in the place of a name, if there is one.
pub(super) fn name(name: &mut Option<String>) {
    if let Some(name) = name {
        hide(name);
    }
}

/// Puts a word in the place of a text that must be there, or whose presence says something.
pub(super) fn hide(text: &mut String) {
    if !text.trim().is_empty() {
        text.clear();
        text.push_str(WITHHELD);
    }
}

/// Takes texts out.
pub(super) fn drop_all<const N: usize>(texts: [&mut Option<String>; N]) {
    for text in texts {
        *text = None;
    }
}

/// Takes fields of the organisation's own out.
pub(super) fn clear<K, V>(fields: &mut BTreeMap<K, V>) {
    *fields = BTreeMap::new();
}
