//! Bytes as text, or a sentence that says where they are none and what to do.

use std::io::{Error, ErrorKind};

/// The bytes as text. The error is one of reading, so that it is told like any other of the file, by its name:
/// `line 3, byte 17: byte 0xE9 (“é” in Latin-1) is not UTF-8: save the file as UTF-8`.
///
/// # Errors
/// Where they are not UTF-8.
pub fn decode(bytes: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(bytes).map_err(|error| {
        let (good, rest) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
        let line = good.split(|byte| *byte == b'\n').count();
        let sentence = format!(
            "line {line}, byte {}: {}",
            good.len() + 1,
            foreign(rest.first().copied().unwrap_or_default())
        );
        Error::new(ErrorKind::InvalidData, sentence)
    })
}

/// What is said of a byte that can't be where it is.
pub fn foreign(byte: u8) -> String {
    // what older editors mean by it
    let meant =
        if byte >= 0xA0 { format!(" (“{}” in Latin-1)", char::from(byte)) } else { String::new() };
    format!("byte 0x{byte:02X}{meant} is not UTF-8: save the file as UTF-8")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_told_with_line_and_byte() {
        assert_eq!(decode("Grüße".into()).unwrap(), "Grüße");
        let told = decode(b"one\nGr\xfc\xdfe".to_vec()).unwrap_err().to_string();
        assert_eq!(told, "line 2, byte 7: byte 0xFC (“ü” in Latin-1) is not UTF-8: save the file as UTF-8");
        assert!(decode(vec![0x80]).unwrap_err().to_string().starts_with("line 1, byte 1: byte 0x80 is not"));
    }
}
