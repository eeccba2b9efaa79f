//! A workbook's zip archive, measured before anything opens it.
//!
//! The sizes that an archive states may lie, so every part is unpacked here once, within limits.

use std::io::Read as _;

use flate2::read::DeflateDecoder;

use super::Unreadable;

/// No archive may be larger when it is unpacked, in bytes.
pub(super) const LARGEST_UNPACKED: u64 = 512 * 1024 * 1024;

/// No archive may have more parts.
const MOST_PARTS: usize = 10_000;

/// A part of an archive, still packed.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub name: String,
    packed: &'a [u8],
    is_deflated: bool,
}

/// The parts of an archive, each of which was unpacked once and found to stay within the limits.
pub(super) fn parts(bytes: &[u8]) -> Result<Vec<Part<'_>>, Unreadable> {
    let parts = listed(bytes).ok_or_else(broken)?;
    let mut whole: u64 = 0;
    for part in &parts {
        whole += part.measure(LARGEST_UNPACKED - whole)?;
    }
    Ok(parts)
}

fn broken() -> Unreadable {
    Unreadable::new("the workbook is damaged: its list of parts cannot be read")
        .help("open it in the program that wrote it, and save it again")
}

fn too_large() -> Unreadable {
    Unreadable::new(format!(
        "the workbook is larger than {} MiB when it is unpacked",
        LARGEST_UNPACKED / 1024 / 1024
    ))
    .help("no table of a PMO is; save the sheet that you want as CSV if it is meant")
}

impl Part<'_> {
    /// How large it is unpacked; an error beyond the limit.
    fn measure(&self, limit: u64) -> Result<u64, Unreadable> {
        let size = if self.is_deflated {
            let mut unpacked = DeflateDecoder::new(self.packed).take(limit + 1);
            std::io::copy(&mut unpacked, &mut std::io::sink()).map_err(|_| broken())?
        } else {
            self.packed.len() as u64
        };
        if size > limit { Err(too_large()) } else { Ok(size) }
    }

    /// Its text; what is no UTF-8 in it is replaced.
    pub fn text(&self) -> Result<String, Unreadable> {
        if !self.is_deflated {
            return Ok(String::from_utf8_lossy(self.packed).into_owned());
        }
        let mut bytes = Vec::new();
        let mut unpacked = DeflateDecoder::new(self.packed).take(LARGEST_UNPACKED);
        unpacked.read_to_end(&mut bytes).map_err(|_| broken())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// The parts by the archive's central directory (APPNOTE.TXT 4.3.12 and 4.3.16).
fn listed(bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end = bytes[from..].windows(4).rposition(|four| four == b"PK\x05\x06").map(|at| from + at)?;
    let count = usize::from(short(bytes, end + 10)?);
    let mut at = long(bytes, end + 16)?;
    if count > MOST_PARTS {
        return None;
    }
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let method = short(bytes, at + 10)?;
        let [name, extra, comment] = [28, 30, 32].map(|offset| short(bytes, at + offset).map(usize::from));
        let (name, extra, comment) = (name?, extra?, comment?);
        let own = bytes.get(at + 46 + name..at + 46 + name + extra)?;
        let [_, packed, local] = wide([24, 20, 42].map(|offset| long(bytes, at + offset)), own)?;
        let rest = extra + comment;
        let called = String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name)?).into_owned();
        // The local header repeats the name, with a rest of its own.
        let (named, more) = (short(bytes, local.checked_add(26)?)?, short(bytes, local.checked_add(28)?)?);
        let head = local + 30 + usize::from(named) + usize::from(more);
        let packed = bytes.get(head..head.checked_add(packed)?)?;
        if !matches!(method, 0 | 8) {
            return None;
        }
        parts.push(Part { name: called, packed, is_deflated: method == 8 });
        at += 46 + name + rest;
    }
    Some(parts)
}

/// Sizes and places of which some stand in a field of eight bytes each (APPNOTE.TXT 4.5.3), in this order.
fn wide(said: [Option<usize>; 3], extra: &[u8]) -> Option<[usize; 3]> {
    const ELSEWHERE: usize = u32::MAX as usize;
    let mut fields = extra;
    let mut own: &[u8] = &[];
    while let (Some(id), Some(size)) = (short(fields, 0), short(fields, 2)) {
        let end = 4 + usize::from(size);
        if id == 1 {
            own = fields.get(4..end)?;
        }
        fields = fields.get(end..)?;
    }
    let mut found = [0; 3];
    for (found, said) in found.iter_mut().zip(said) {
        *found = said?;
        if *found == ELSEWHERE {
            let (first, rest) = own.split_first_chunk::<8>()?;
            *found = usize::try_from(u64::from_le_bytes(*first)).ok()?;
            own = rest;
        }
    }
    Some(found)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}
