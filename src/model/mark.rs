//! Numbers by which texts are known again: the same on every machine and in every release, unlike the standard
//! library's hashes. Nothing is secret by them.

/// Where a mark begins.
pub const START: u64 = 0xcbf2_9ce4_8422_2325;

/// Goes on from a mark over more bytes (FNV-1a of 64 bits).
pub fn over(mark: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(mark, |mark, byte| (mark ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_those_that_the_algorithm_is_known_by() {
        assert_eq!(over(START, *b""), START);
        assert_eq!(over(START, *b"foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(over(over(START, *b"foo"), *b"bar"), over(START, *b"foobar"));
    }
}
