//! Bytes of a text file into text: by its byte order mark, by what was said, or by what it looks like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Unreadable;

/// A text, and what its encoding is called.
pub(super) struct Decoded {
    pub text: String,
    pub encoding: String,
    /// How many characters could not be read.
    pub lost: usize,
}

/// Decodes a file.
pub(super) fn decode(bytes: &[u8], said: Option<&str>) -> Result<Decoded, Unreadable> {
    let mark = Encoding::for_bom(bytes);
    let (encoding, how) = match (said, mark) {
        (Some(said), _) => (named(said)?, ""),
        (None, Some((encoding, _))) => (encoding, " with a byte order mark"),
        (None, None) if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) => (UTF_8, ""),
        (None, None) => (guessed(bytes), ""),
    };
    let (text, _, had_errors) = encoding.decode(bytes);
    let lost = if had_errors { text.matches('\u{fffd}').count() } else { 0 };
    // The name that people know: what the web calls windows-1252 is what Excel calls ANSI.
    let name = format!("{}{how}", encoding.name());
    Ok(Decoded { text: text.into_owned(), encoding: name, lost })
}

fn named(said: &str) -> Result<&'static Encoding, Unreadable> {
    let lower = said.trim().to_lowercase();
    let label = match lower.as_str() {
        "cp1252" | "ansi" | "latin1" => "windows-1252",
        "utf16" => "utf-16le",
        "utf8" => "utf-8",
        other => other,
    };
    Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        Unreadable::new(format!("`{said}` is no encoding that is known"))
            .help("such as utf-8, utf-16le, windows-1252 or iso-8859-15")
    })
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    // UTF-16 without a mark: every other byte of western text is zero.
    let sample = &bytes[..bytes.len().min(4_000)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let half = sample.len() / 2;
    if half > 1 && zeros(1) * 2 > half {
        return UTF_16LE;
    }
    if half > 1 && zeros(0) * 2 > half {
        return UTF_16BE;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, String) {
        let decoded = decode(bytes, None).unwrap();
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn encodings_are_recognised() {
        assert_eq!(read("Zürich".as_bytes()), ("Zürich".into(), "UTF-8".into()));
        assert_eq!(read(b"\xEF\xBB\xBFa").1, "UTF-8 with a byte order mark");
        let cp1252 = b"Projekt;B\xFCro\r\nGeb\xFChren;12 \x80\r\n";
        assert_eq!(read(cp1252), ("Projekt;Büro\r\nGebühren;12 €\r\n".into(), "windows-1252".into()));
        let wide = |text: &str, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        };
        assert_eq!(
            read(&wide("name;Büro", true)),
            ("name;Büro".into(), "UTF-16LE with a byte order mark".into())
        );
        assert_eq!(read(&wide("name;Büro", false)), ("name;Büro".into(), "UTF-16LE".into()));
        assert_eq!(decode(cp1252, Some("cp1252")).unwrap().encoding, "windows-1252");
        assert!(decode(b"a", Some("klingon")).is_err());
    }
}
