//! JSON pointers as people write the way to a value: `entities[0].type`.

use serde_json::Value;

use super::show;
use crate::text::json::locate::unescape;

/// The way to what the pointer means in that value; empty for the whole.
pub(super) fn human(root: &Value, pointer: &str) -> String {
    let mut path = String::new();
    let mut value = Some(root);
    for segment in pointer.split('/').skip(1) {
        let key = unescape(segment);
        if let Some(Value::Array(items)) = value {
            path = format!("{path}[{key}]");
            value = key.parse().ok().and_then(|index: usize| items.get(index));
            continue;
        }
        push_key(&mut path, &key);
        value = value.and_then(|object| object.get(key.as_ref()));
    }
    path
}

/// The way one key further.
pub(super) fn push_key(path: &mut String, key: &str) {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$');
    if key.is_empty() || !key.chars().all(plain) {
        *path = format!("{path}[\"{}\"]", show::short(key));
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(&show::short(key));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_way_is_written_as_people_do() {
        let value = json!({"entities": [{"type": 1}], "a b": {"": 2}, "0": {"x/y": 3}, "größe": 4});
        for (pointer, path) in [
            ("", ""),
            ("/entities/0/type", "entities[0].type"),
            ("/a b/", "[\"a b\"][\"\"]"),
            ("/0/x~1y", "0[\"x/y\"]"),
            ("/größe", "größe"),
            ("/gone/1", "gone.1"),
        ] {
            assert_eq!(human(&value, pointer), path);
        }
    }
}
