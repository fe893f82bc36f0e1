//! JSON text that no reader can tear apart: the line separators that some take for the end of a
//! line (U+2028, U+2029, U+0085; Python's `splitlines` does) are written as escapes.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};

/// Writes a value on one line.
pub(super) fn write_json(writer: &mut impl Write, value: &Value) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(writer, Escaping)).map_err(io::Error::from)
}

struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // The first bytes of those characters, and of few others: to look for them takes no time, for without
        // branches many are looked at at once.
        #[allow(clippy::needless_bitwise_bool)]
        let begins = fragment.bytes().fold(false, |found, byte| found | (byte == 0xC2) | (byte == 0xE2));
        if !begins {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some(at) = rest.find(['\u{85}', '\u{2028}', '\u{2029}']) {
            let (before, from) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut characters = from.chars();
            if let Some(separator) = characters.next() {
                write!(writer, "\\u{:04x}", u32::from(separator))?;
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}
