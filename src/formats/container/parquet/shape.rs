//! The shape that the values of a column share, learnt from one value after the other.

use serde_json::{Number, Value};

/// More fields than this an object of one shape does not have: it is a dictionary.
const MOST_FIELDS: usize = 500;
/// Digits that a 64-bit floating point number keeps.
const DIGITS: usize = 17;
/// Up to here every whole number is a floating point number too.
const EXACT: u64 = 1 << 53;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Shape {
    /// Nothing but null so far.
    #[default]
    Nothing,
    /// True or false.
    Bool,
    /// Whole numbers; `wide` where one is too large to be a floating point number without loss.
    Int {
        /// Whether there is one.
        wide: bool,
    },
    /// Numbers.
    Float,
    /// Texts.
    Text,
    /// Lists whose elements have one shape.
    List(Box<Shape>),
    /// Objects whose fields have one shape each, in the order in which they were met.
    Object(Vec<(String, Shape)>),
    /// Anything, as JSON text.
    Json,
}

impl Shape {
    /// Widens the shape so that it fits this value too.
    pub fn see(&mut self, value: &Value) {
        let seen = std::mem::take(self);
        *self = match (seen, value) {
            (seen, Value::Null) => seen,
            (Self::Nothing | Self::Bool, Value::Bool(_)) => Self::Bool,
            (Self::Nothing | Self::Text, Value::String(_)) => Self::Text,
            (seen @ (Self::Nothing | Self::Int { .. } | Self::Float), Value::Number(number)) => {
                seen.joined(number)
            }
            (Self::Nothing, Value::Array(list)) => Self::List(Box::default()).with_elements(list),
            (seen @ Self::List(_), Value::Array(list)) => seen.with_elements(list),
            (Self::Nothing, Value::Object(map)) => Self::Object(Vec::new()).with_fields(map),
            (seen @ Self::Object(_), Value::Object(map)) => seen.with_fields(map),
            _ => Self::Json,
        };
    }

    fn joined(self, number: &Number) -> Self {
        match (self, Self::of_number(number)) {
            (Self::Nothing, shape) => shape,
            (Self::Int { wide }, Self::Int { wide: other }) => Self::Int { wide: wide || other },
            (Self::Float | Self::Int { wide: false }, Self::Float)
            | (Self::Float, Self::Int { wide: false }) => Self::Float,
            _ => Self::Json,
        }
    }

    fn of_number(number: &Number) -> Self {
        if let Some(whole) = number.as_i64() {
            return Self::Int { wide: whole.unsigned_abs() > EXACT };
        }
        let text = number.to_string();
        let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
        let digits = mantissa.chars().filter(char::is_ascii_digit).collect::<String>();
        let kept = digits.trim_start_matches('0').len() <= DIGITS;
        if kept && number.as_f64().is_some_and(f64::is_finite) { Self::Float } else { Self::Json }
    }

    fn with_elements(self, list: &[Value]) -> Self {
        let Self::List(mut element) = self else { return Self::Json };
        for value in list {
            element.see(value);
        }
        Self::List(element)
    }

    fn with_fields(self, map: &serde_json::Map<String, Value>) -> Self {
        let Self::Object(mut fields) = self else { return Self::Json };
        for (at, (name, value)) in map.iter().enumerate() {
            // most rows have the fields of the row before, in its order
            let there = match fields.get(at) {
                Some((field, _)) if field == name => Some(at),
                _ => fields.iter().position(|(field, _)| field == name),
            };
            if let Some((_, shape)) = there.and_then(|at| fields.get_mut(at)) {
                shape.see(value);
                continue;
            }
            if fields.len() == MOST_FIELDS {
                return Self::Json;
            }
            let mut shape = Self::Nothing;
            shape.see(value);
            fields.push((name.clone(), shape));
        }
        Self::Object(fields)
    }

    /// The shape once all values were seen: what was always null is text, and an object without fields,
    /// which the file can't have, is JSON.
    pub fn settled(self) -> Self {
        match self {
            Self::Nothing => Self::Text,
            Self::Object(fields) if fields.is_empty() => Self::Json,
            Self::Object(fields) => {
                Self::Object(fields.into_iter().map(|(name, shape)| (name, shape.settled())).collect())
            }
            Self::List(element) => Self::List(Box::new(element.settled())),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(values: &[Value]) -> Shape {
        let mut shape = Shape::Nothing;
        for value in values {
            shape.see(value);
        }
        shape.settled()
    }

    #[test]
    fn what_has_one_shape_keeps_it_and_the_rest_is_json() {
        let int = Shape::Int { wide: false };
        assert_eq!(of(&[json!(null)]), Shape::Text);
        assert_eq!(of(&[json!(1), json!(null), json!(2)]), int);
        assert_eq!(of(&[json!(1), json!(2.5)]), Shape::Float);
        assert_eq!(of(&[json!(2.5), json!(9_007_199_254_740_993_u64)]), Shape::Json);
        assert_eq!(of(&[json!(9_007_199_254_740_993_u64), json!(2.5)]), Shape::Json);
        assert_eq!(of(&[json!(u64::MAX)]), Shape::Json);
        assert_eq!(of(&[json!("a"), json!({"b": 1})]), Shape::Json);
        assert_eq!(of(&[json!({})]), Shape::Json);
        assert_eq!(of(&[json!([])]), Shape::List(Box::new(Shape::Text)));
        assert_eq!(
            of(&[json!({"a": [1]}), json!({"b": true, "a": ["x"]})]),
            Shape::Object(vec![
                ("a".to_owned(), Shape::List(Box::new(Shape::Json))),
                ("b".to_owned(), Shape::Bool)
            ])
        );
    }

    #[test]
    fn numbers_of_which_digits_would_be_lost_stay_as_they_are_written() {
        let number = |text: &str| of(&[serde_json::from_str(text).unwrap_or_default()]);
        assert_eq!(number("0.25"), Shape::Float);
        assert_eq!(number("1e300"), Shape::Float);
        assert_eq!(number("1e400"), Shape::Json);
        assert_eq!(number("0.1234567890123456789"), Shape::Json);
    }
}
