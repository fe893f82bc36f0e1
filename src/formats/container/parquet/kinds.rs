//! What the values of a column mean, as JSON: numbers stay numbers, dates and times are written out, and what
//! is no text comes as base64.

use std::fmt::Write as _;

use ::parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use ::parquet::schema::types::ColumnDescriptor;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::{Number, Value};

/// What the values of a column mean beside what they are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Just that.
    Plain,
    /// Whole numbers without a sign.
    Unsigned,
    /// Text that is JSON.
    Json,
    /// Whole numbers, so many digits of which stand behind the point.
    Decimal(u32),
    /// Days since 1970.
    Date,
    /// So many of which are a second, since midnight.
    Time(i64),
    /// So many of which are a second, since 1970; `utc` says of which clock.
    Timestamp { per_second: i64, utc: bool },
    /// A UUID.
    Uuid,
    /// A floating point number of 16 bits.
    Half,
}

impl Meaning {
    pub fn of(column: &ColumnDescriptor, is_json: bool) -> Self {
        let scale = || u32::try_from(column.type_scale()).unwrap_or(0);
        match column.logical_type_ref() {
            _ if is_json => Self::Json,
            Some(LogicalType::Json) => Self::Json,
            Some(LogicalType::Uuid) => Self::Uuid,
            Some(LogicalType::Float16) => Self::Half,
            Some(LogicalType::Date) => Self::Date,
            Some(LogicalType::Decimal(_)) => Self::Decimal(scale()),
            Some(LogicalType::Integer(kind)) if !kind.is_signed => Self::Unsigned,
            Some(LogicalType::Time(kind)) => Self::Time(per_second(kind.unit)),
            Some(LogicalType::Timestamp(kind)) => {
                Self::Timestamp { per_second: per_second(kind.unit), utc: kind.is_adjusted_to_u_t_c }
            }
            Some(_) => Self::Plain,
            None => match column.converted_type() {
                ConvertedType::JSON => Self::Json,
                ConvertedType::DATE => Self::Date,
                ConvertedType::DECIMAL => Self::Decimal(scale()),
                ConvertedType::TIME_MILLIS => Self::Time(1_000),
                ConvertedType::TIME_MICROS => Self::Time(1_000_000),
                ConvertedType::TIMESTAMP_MILLIS => Self::Timestamp { per_second: 1_000, utc: true },
                ConvertedType::TIMESTAMP_MICROS => Self::Timestamp { per_second: 1_000_000, utc: true },
                ConvertedType::UINT_8
                | ConvertedType::UINT_16
                | ConvertedType::UINT_32
                | ConvertedType::UINT_64 => Self::Unsigned,
                _ => Self::Plain,
            },
        }
    }

    /// A whole number of 32 bits.
    pub fn of_i32(self, value: i32) -> Value {
        match self {
            Self::Unsigned => Value::from(value.cast_unsigned()),
            _ => self.of_i64(i64::from(value)),
        }
    }

    /// A whole number of 64 bits.
    pub fn of_i64(self, value: i64) -> Value {
        let written = match self {
            Self::Unsigned => return Value::from(value.cast_unsigned()),
            Self::Decimal(scale) => return decimal(i128::from(value), scale),
            Self::Date => date(value),
            Self::Time(per_second) => time(value, per_second),
            Self::Timestamp { per_second, utc } => timestamp(value, per_second, utc),
            _ => None,
        };
        // what no calendar has stays the number that it is
        written.map_or_else(|| Value::from(value), Value::String)
    }

    /// Bytes of any number.
    pub fn of_bytes(self, bytes: &[u8]) -> Value {
        match self {
            Self::Decimal(scale) if bytes.len() <= 16 => {
                let sign = bytes.first().map_or(0, |&first| if first < 0x80 { 0 } else { -1 });
                decimal(bytes.iter().fold(sign, |number, &byte| number << 8 | i128::from(byte)), scale)
            }
            Self::Half => match bytes {
                &[low, high] => number(half(u16::from_le_bytes([low, high]))),
                _ => Value::Null,
            },
            Self::Uuid => uuid::Uuid::from_slice(bytes)
                .map_or_else(|_| Value::String(base64(bytes)), |uuid| Value::String(uuid.to_string())),
            _ => match std::str::from_utf8(bytes) {
                Ok(text) if self == Self::Json => {
                    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
                }
                Ok(text) => Value::from(text),
                Err(_) => Value::String(base64(bytes)),
            },
        }
    }
}

/// A number with the shortest digits that mean it; null for those that JSON does not have.
pub(super) fn number(value: impl std::fmt::Debug) -> Value {
    format!("{value:?}").parse::<Number>().map_or(Value::Null, Value::Number)
}

const fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1_000,
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => 1_000_000_000,
    }
}

fn decimal(value: i128, scale: u32) -> Value {
    let scale = usize::try_from(scale).unwrap_or(0).min(100);
    let mut text = format!("{:0>width$}", value.unsigned_abs(), width = scale + 1);
    if scale > 0 {
        text.insert(text.len() - scale, '.');
    }
    if value < 0 {
        text.insert(0, '-');
    }
    text.parse::<Number>().map_or(Value::String(text), Value::Number)
}

fn date(days: i64) -> Option<String> {
    let span = 0.days().try_days(days).ok()?;
    Date::constant(1970, 1, 1).checked_add(span).ok().map(|date| date.to_string())
}

fn time(value: i64, per_second: i64) -> Option<String> {
    Time::midnight().checked_add(duration(value, per_second)).ok().map(|time| time.to_string())
}

fn timestamp(value: i64, per_second: i64, utc: bool) -> Option<String> {
    let mut text = Timestamp::from_duration(duration(value, per_second)).ok()?.to_string();
    if !utc && text.ends_with('Z') {
        text.pop();
    }
    Some(text)
}

fn duration(value: i64, per_second: i64) -> SignedDuration {
    let nanos = value.rem_euclid(per_second) * (1_000_000_000 / per_second);
    SignedDuration::new(value.div_euclid(per_second), i32::try_from(nanos).unwrap_or(0))
}

/// A floating point number of 16 bits, widened.
fn half(bits: u16) -> f32 {
    let (sign, exponent, fraction) =
        (if bits < 0x8000 { 1.0 } else { -1.0 }, i32::from(bits >> 10 & 0x1F), f32::from(bits & 0x3FF));
    match exponent {
        0 => sign * fraction * 2f32.powi(-24),
        31 => f32::NAN,
        _ => sign * (1.0 + fraction / 1024.0) * 2f32.powi(exponent - 15),
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = LETTERS.get((bits >> (18 - 6 * at) & 63) as usize).copied().unwrap_or(b'=');
            let _ = text.write_char(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_no_number_and_no_text_is_written_out() {
        assert_eq!(Meaning::Date.of_i32(20_787), json!("2026-11-30"));
        assert_eq!(Meaning::Date.of_i32(-1), json!("1969-12-31"));
        assert_eq!(Meaning::Time(1_000).of_i32(3_723_004), json!("01:02:03.004"));
        let utc = Meaning::Timestamp { per_second: 1_000_000, utc: true };
        assert_eq!(utc.of_i64(1_500_000), json!("1970-01-01T00:00:01.5Z"));
        assert_eq!(utc.of_i64(-1), json!("1969-12-31T23:59:59.999999Z"));
        assert_eq!(utc.of_i64(i64::MAX), json!(i64::MAX));
        assert_eq!(Meaning::Timestamp { per_second: 1, utc: false }.of_i64(0), json!("1970-01-01T00:00:00"));
        assert_eq!(Meaning::Decimal(2).of_i32(-5).to_string(), "-0.05");
        assert_eq!(Meaning::Decimal(2).of_bytes(&[0xFF, 0x38]).to_string(), "-2.00");
        assert_eq!(Meaning::Unsigned.of_i32(-1), json!(u32::MAX));
        assert_eq!(Meaning::Half.of_bytes(&[0x00, 0x3E]), json!(1.5));
        assert_eq!(Meaning::Json.of_bytes(b"{\"a\": [1]}"), json!({"a": [1]}));
        assert_eq!(Meaning::Json.of_bytes(b"{a"), json!("{a"));
        for (bytes, text) in [(&b"\xff"[..], "/w=="), (b"\xff\xfe", "//4="), (b"\xff\xfe\xfd", "//79")] {
            assert_eq!(Meaning::Plain.of_bytes(bytes), json!(text));
        }
        assert_eq!(number(0.1_f32).to_string(), "0.1");
        assert_eq!(number(f64::NAN), json!(null));
    }
}
